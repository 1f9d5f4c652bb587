"""Pain before against pain after, within a treatment session."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.intervals import cells_of, clustered_mean, rate_of_cells
from pipelines.measures.grouping import grouped, patient_codes
from pipelines.measures.sessions import treatment_sessions
from pipelines.selection import Clinic
from pipelines.thresholds import fell_by_points

DROPS = (1, 2)


def immediate_change(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Mean fall in pain within a treatment session with both scores.

    Columns: *by, n, patients, before_mean, after_mean, change_mean, low, high, missing
    (treatment sessions without both scores). Points of 0-10, positive is less pain;
    interval clustered by patient.
    """
    sessions = treatment_sessions(clinic, by, "pain_before", "pain_after")
    groups, scored = grouped(sessions, by), _scored(sessions)
    codes, patients = groups.codes[scored], patient_codes(sessions)[scored]
    before, after = (sessions[name].to_numpy()[scored] for name in ("pain_before", "pain_after"))
    change = clustered_mean(before - after, patients, codes, groups.size)
    with np.errstate(invalid="ignore"):
        means = [
            np.bincount(codes, score, minlength=groups.size) / change["n"].to_numpy()
            for score in (before, after)
        ]
    return groups.named(
        {
            "n": change["n"],
            "patients": change["clusters"],
            "before_mean": means[0],
            "after_mean": means[1],
            "change_mean": change["mean"],
            "low": change["low"],
            "high": change["high"],
            "missing": groups.count(~scored),
        }
    )


def immediate_drops(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of treatment sessions with a drop of at least 1 and at least 2 points.

    Columns: *by, points (1, 2), n, of, rate, low, high, missing. Sessions without both
    scores are missing; interval as for side effects.
    """
    sessions = treatment_sessions(clinic, by, "pain_before", "pain_after")
    groups, scored = grouped(sessions, by), _scored(sessions)
    cells = cells_of(patient_codes(sessions)[scored], groups.codes[scored])
    before, after = (sessions[name].to_numpy()[scored] for name in ("pain_before", "pain_after"))
    parts = []
    for points in DROPS:
        rate = rate_of_cells(fell_by_points(before, after, points), cells, groups.size)
        figures = rate[["n", "of", "rate", "low", "high"]].assign(missing=groups.count(~scored))
        figures.insert(0, "points", points)
        parts.append(groups.named(figures))
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)


def _scored(sessions: pd.DataFrame) -> np.ndarray:
    return (sessions["pain_before"].notna() & sessions["pain_after"].notna()).to_numpy()
