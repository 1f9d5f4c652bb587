"""Pain before against pain after, within a treatment session."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.intervals import Cells, cells_of, mean_of_cells, rate_of_cells
from pipelines.measures.grouping import Groups, grouped, patient_codes
from pipelines.measures.sessions import treatment_sessions
from pipelines.selection import Clinic
from pipelines.thresholds import fell_by_points

DROPS = (1, 2)


class ScoredSessions(NamedTuple):
    """Treatment sessions with both scores, by group and patient, and how many lack one."""

    groups: Groups
    cells: Cells
    codes: np.ndarray
    before: np.ndarray
    after: np.ndarray
    missing: np.ndarray


def scored_sessions(clinic: Clinic, by: Sequence[str] = ()) -> ScoredSessions:
    """The sessions of a selection that figures of immediate change are about."""
    sessions = treatment_sessions(clinic, by, "pain_before", "pain_after")
    groups = grouped(sessions, by)
    before, after = (sessions[name].to_numpy() for name in ("pain_before", "pain_after"))
    scored = np.flatnonzero(~np.isnan(before) & ~np.isnan(after))
    codes = groups.codes[scored]
    return ScoredSessions(
        groups=groups,
        cells=cells_of(patient_codes(sessions)[scored], codes),
        codes=codes,
        before=before[scored],
        after=after[scored],
        missing=np.bincount(groups.codes, minlength=groups.size)
        - np.bincount(codes, minlength=groups.size),
    )


def immediate_change(
    clinic: Clinic, by: Sequence[str] = (), sessions: ScoredSessions | None = None
) -> pd.DataFrame:
    """Mean fall in pain within a treatment session with both scores.

    Columns: *by, n, patients, before_mean, after_mean, change_mean, low, high, missing
    (treatment sessions without both scores). Points of 0-10, positive is less pain;
    interval clustered by patient. `sessions`, here and below, are those that
    `scored_sessions` gives for the same clinic and groups, where several figures are made.
    """
    groups, cells, codes, before, after, missing = sessions or scored_sessions(clinic, by)
    change = mean_of_cells(before - after, cells, groups.size)
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
            "missing": missing,
        }
    )


def immediate_drops(
    clinic: Clinic, by: Sequence[str] = (), sessions: ScoredSessions | None = None
) -> pd.DataFrame:
    """Share of treatment sessions with a drop of at least 1 and at least 2 points.

    Columns: *by, points (1, 2), n, of, rate, low, high, rao_scott_low, rao_scott_high, missing.
    Sessions without both
    scores are missing; interval as for side effects.
    """
    groups, cells, _, before, after, missing = sessions or scored_sessions(clinic, by)
    parts = []
    for points in DROPS:
        rate = rate_of_cells(fell_by_points(before, after, points), cells, groups.size)
        figures = rate.drop(columns=["clusters", "design_effect"]).assign(missing=missing)
        figures.insert(0, "points", points)
        parts.append(groups.named(figures))
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)
