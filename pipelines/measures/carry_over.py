"""How much of the relief within a session is still there at the next visit."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.intervals import clustered_ratio
from pipelines.measures.grouping import grouped, patient_codes
from pipelines.measures.sessions import episode_visits, treated
from pipelines.selection import Clinic


def carry_over(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Retention: what was carried to the next visit per point gained within the session.

    Columns: *by, n (pairs with all three scores), patients, drop_mean, carried_mean,
    retention, low, high, missing (pairs without all three).

    A pair is a treatment session and the next visit of the same episode. Retention is
    the sum of (before - next before) over the sum of (before - after), both over the same
    pairs; missing where the latter is not above 0. Interval: linearised, by patient.
    """
    pairs, groups = session_pairs(clinic), grouped(clinic.episodes, by)
    before, after, following = (
        pairs[name].to_numpy() for name in ("before", "after", "next_before")
    )
    known = np.flatnonzero(~np.isnan(before - after) & ~np.isnan(following))
    episode = pairs["episode"].to_numpy()
    codes, patients = groups.codes[episode[known]], patient_codes(clinic.episodes)[episode[known]]
    drop, carried = (before - after)[known], (before - following)[known]
    ratio = clustered_ratio(carried, drop, patients, codes, groups.size)
    pairs_of_group = np.bincount(groups.codes[episode], minlength=groups.size)
    return groups.named(
        {
            "n": ratio["n"],
            "patients": ratio["clusters"],
            "drop_mean": _mean(drop, codes, ratio["n"]),
            "carried_mean": _mean(carried, codes, ratio["n"]),
            "retention": ratio["ratio"],
            "low": ratio["low"],
            "high": ratio["high"],
            "missing": pairs_of_group - ratio["n"],
        }
    )


def session_pairs(clinic: Clinic) -> pd.DataFrame:
    """Each treatment session that has a next visit in its episode.

    Columns: episode (row of `clinic.episodes`), before, after, next_before. Scores may
    be missing.
    """
    visits, episode = episode_visits(clinic, "pain_before", "pain_after", "session_number")
    if (episode[1:] < episode[:-1]).any():
        order = np.argsort(episode, kind="stable")
        visits, episode = visits.take(order), episode[order]
    before, after = (visits[name].to_numpy() for name in ("pain_before", "pain_after"))
    pair = np.flatnonzero(treated(visits)[:-1] & (episode[1:] == episode[:-1]))
    return pd.DataFrame(
        {
            "episode": episode[pair],
            "before": before[pair],
            "after": after[pair],
            "next_before": before[pair + 1],
        }
    )


def _mean(values: np.ndarray, codes: np.ndarray, n: pd.Series) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        return np.bincount(codes, values, minlength=len(n)) / n.to_numpy()
