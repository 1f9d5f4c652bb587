"""Sessions to episodes of care: which visits belong together.

Works on whole columns of category codes; visits are sorted once.
"""

import numpy as np
import pandas as pd

from pipelines import tables
from pipelines.episode_table import episode_table
from pipelines.settings import Settings
from pipelines.visits import days_of, is_treatment, order_by_patient

__all__ = ["ORPHAN", "form_episodes", "is_treatment"]

ORPHAN = -1
"""The episode of a follow-up with no episode before it."""


def form_episodes(sessions: pd.DataFrame, settings: Settings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The visits in order, each with its episode, and the episodes (`tables.VISIT`, `.EPISODE`).

    A treatment session more than `episode_gap_days` after the previous one of the same
    patient and condition starts an episode. Other visits join the episode before them,
    whatever the gap. Episodes are numbered from 1 in the order of their first visits.
    """
    visits = sessions.take(order_by_patient(sessions)).reset_index(drop=True)
    visits = visits.assign(**_ordered(visits))
    treated = is_treatment(visits).to_numpy(dtype=bool)
    visits = visits.assign(**_places(visits, treated, settings.episode_gap_days))
    return visits, episode_table(visits, treated, settings)


def _ordered(visits: pd.DataFrame) -> dict[str, pd.Series]:
    """Columns of a known vocabulary with their categories in its order."""
    ordered = {}
    for name in tables.SESSION.keys() & tables.IN_ORDER.keys():
        names, column = tables.IN_ORDER[name], visits[name]
        others = [value for value in column.cat.categories if value not in names]
        ordered[name] = column.cat.set_categories([*names, *others])
    return ordered


def _places(visits: pd.DataFrame, treated: np.ndarray, gap_days: int) -> dict[str, np.ndarray]:
    """Episode, session number and treatment sessions before, for each visit."""
    patient = visits["patient_id"].cat.codes.to_numpy().astype(np.int64)
    condition, unspecified = _conditions(visits["condition"])
    days = days_of(visits["session_date"])
    vague = ~treated & (condition == unspecified)
    episode, sessions = _joined(patient, condition, days, treated, vague, gap_days)
    last = _last_treated(treated)
    known = vague & (last >= 0) & (patient[last] == patient)
    episode[known], sessions[known] = episode[last[known]], sessions[last[known]]
    return {
        "episode_id": episode,
        "session_number": np.where(treated, sessions, 0).astype(np.int32),
        "treatment_sessions_before": (sessions - treated).astype(np.int32),
    }


def _conditions(column: pd.Series) -> tuple[np.ndarray, int]:
    """Codes of the conditions, missing being unspecified, and the code of unspecified."""
    names = list(column.cat.categories)
    unspecified = names.index(tables.UNSPECIFIED) if tables.UNSPECIFIED in names else len(names)
    codes = column.cat.codes.to_numpy().astype(np.int64)
    return np.where(codes < 0, unspecified, codes), unspecified


def _joined(
    patient: np.ndarray,
    condition: np.ndarray,
    days: np.ndarray,
    treated: np.ndarray,
    vague: np.ndarray,
    gap_days: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Episode of each visit that tells its condition, and treatment sessions up to it."""
    care = patient * (condition.max(initial=0) + 1) + condition
    rows = np.flatnonzero(~vague)
    rows = rows[np.argsort(care[rows], kind="stable")]
    starts = _starts(care[rows], days[rows], treated[rows], gap_days)
    episode = np.full(len(patient), ORPHAN, dtype=np.int64)
    sessions = np.zeros(len(patient), dtype=np.int64)
    if not starts.any():
        return episode, sessions
    first = np.flatnonzero(starts)
    latest = np.cumsum(starts) - 1
    belongs = (latest >= 0) & (care[rows[first]][latest] == care[rows])
    count = np.cumsum(treated[rows])
    received = count - (count[first] - 1)[latest]
    episode[rows] = np.where(belongs, _numbers(rows[first], len(patient))[latest], ORPHAN)
    sessions[rows] = np.where(belongs, received, 0)
    return episode, sessions


def _starts(care: np.ndarray, days: np.ndarray, treated: np.ndarray, gap_days: int) -> np.ndarray:
    """Which visits start an episode, in order of patient and condition."""
    starts = np.zeros(len(care), dtype=bool)
    sessions = np.flatnonzero(treated)
    same = care[sessions][1:] == care[sessions][:-1]
    near = np.diff(days[sessions]) <= gap_days
    starts[sessions[:1]] = True
    starts[sessions[1:]] = ~(same & near)
    return starts


def _numbers(first: np.ndarray, visits: int) -> np.ndarray:
    """1, 2, 3 ... for the episodes in the order of their first visits."""
    begins = np.zeros(visits, dtype=bool)
    begins[first] = True
    return np.cumsum(begins)[first]


def _last_treated(treated: np.ndarray) -> np.ndarray:
    """The position of the last treatment session up to each visit; -1 before the first."""
    places = np.where(treated, np.arange(len(treated)), -1)
    return np.maximum.accumulate(places) if len(places) else places
