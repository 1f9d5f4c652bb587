"""Pain at the start of each session of an episode."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.intervals import clustered_mean
from pipelines.measures.grouping import Groups, grouped, patient_codes
from pipelines.measures.sessions import episode_visits, treated
from pipelines.selection import Clinic
from pipelines.settings import Settings


def trajectory(clinic: Clinic, settings: Settings, by: Sequence[str] = ()) -> pd.DataFrame:
    """Mean pain_before by session number, of everybody and of completers.

    Columns: *by, group ("all", "completers"), session_number, n, patients, mean, low,
    high, missing (sessions of that number without a score).

    Completers are episodes of at least `completer_sessions` treatment sessions: since
    those who do well may stop early, the line of all can rise or fall by drop-out alone.
    Interval clustered by patient.
    """
    visits, episode = episode_visits(clinic, "session_number", "pain_before")
    sessions = treated(visits)
    enough = clinic.episodes["treatment_sessions"].to_numpy() >= settings.completer_sessions
    groups = grouped(clinic.episodes, by)
    parts = [
        _line(clinic, groups, label, visits.take(rows), episode[rows])
        for label, rows in (
            ("all", np.flatnonzero(sessions)),
            ("completers", np.flatnonzero(sessions & enough[episode])),
        )
    ]
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)


def _line(
    clinic: Clinic, groups: Groups, label: str, visits: pd.DataFrame, episode: np.ndarray
) -> pd.DataFrame:
    """One row a group and session number that occurs, indexed by group."""
    number, score = (visits[name].to_numpy() for name in ("session_number", "pain_before"))
    largest = int(number.max(initial=0))
    cell = groups.codes[episode] * largest + number - 1
    known = np.flatnonzero(~np.isnan(score))
    patients = patient_codes(clinic.episodes)[episode[known]]
    mean = clustered_mean(score[known], patients, cell[known], groups.size * largest)
    missing = np.bincount(cell, minlength=groups.size * largest) - mean["n"].to_numpy()
    place = np.arange(groups.size * largest)
    figures = pd.DataFrame(
        {
            "group": label,
            "session_number": place % max(largest, 1) + 1,
            "n": mean["n"],
            "patients": mean["clusters"],
            "mean": mean["mean"],
            "low": mean["low"],
            "high": mean["high"],
            "missing": missing,
        }
    ).set_index(place // max(largest, 1))
    occurs = (figures["n"] + figures["missing"] > 0).to_numpy()
    return groups.names.join(figures[occurs], how="inner")
