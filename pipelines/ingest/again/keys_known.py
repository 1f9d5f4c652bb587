"""Which known visit each row of a file names by its own key, and whether its ids can be trusted."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.ingest.again.patient_days import patient_days
from pipelines.store.merge import equal_words

FEWEST = 3
"""Ids beside another patient's visit from which on a file may be numbered anew."""


@dataclass(frozen=True)
class Named:
    """For each row the place of the known visit that its key names, -1 for none.

    `own` is the visit with that very key; `by_alias` marks those named by a number of another
    export, `agrees` those whose patient and day are those of the visit. `numbered_anew`: ids of
    this file stand beside other patients and days than before; those name nothing.
    """

    place: np.ndarray
    own: np.ndarray
    by_alias: np.ndarray
    agrees: np.ndarray
    numbered_anew: bool
    differ: int
    known: int


def named(rows: pd.DataFrame, current: pd.DataFrame, aliases: pd.DataFrame) -> Named:
    """`rows` are all of a file with their own keys, `aliases` in order of time."""
    keys = pd.Index(current["session_key"])
    own = keys.get_indexer(rows["session_key"])
    other = _by_alias(rows, keys, aliases)
    own_agrees = _agrees(rows, current, own)
    by_alias = (other >= 0) & (_agrees(rows, current, other) | ~own_agrees)
    place = np.where(by_alias, other, own)
    place = np.where(rows["session_key"].isna(), -1, place)
    known = place >= 0
    agrees = known & np.where(by_alias, _agrees(rows, current, other), own_agrees)
    complete = rows["patient_id"].notna().to_numpy() & rows["session_date"].notna().to_numpy()
    differs = known & ~agrees & complete
    anew = _numbered_anew(rows, current, place, differs, int(known.sum()))
    if anew:
        unsure = differs | _of_several(rows, current)
        place = np.where(unsure, -1, place)
        by_alias = by_alias & ~unsure
    return Named(place, own, by_alias, agrees, anew, int(differs.sum()), int(known.sum()))


def _numbered_anew(
    rows: pd.DataFrame, current: pd.DataFrame, place: np.ndarray, differs: np.ndarray, known: int
) -> bool:
    """Whether numbers stand beside other visits than before: too many, or beside known ones.

    A corrected day seldom is one on which the patient is known to have been; a shifted row is.
    """
    if differs.sum() < FEWEST - 1:
        return False
    strangers = ~_same_patient(rows[differs], current, place[differs])
    if strangers.sum() >= FEWEST and 2 * differs.sum() > known:
        return True
    mine, theirs = patient_days(rows[differs], current)
    shifted = np.isin(mine, theirs)
    return bool(shifted.sum() >= FEWEST or (shifted & ~strangers).sum() >= FEWEST - 1)


def _of_several(rows: pd.DataFrame, current: pd.DataFrame) -> np.ndarray:
    """Rows of a patient and day with several known visits: a number there may be the other's."""
    mine, theirs = patient_days(rows, current)
    names, visits = np.unique(theirs, return_counts=True)
    return np.isin(mine, names[visits > 1])


def _by_alias(rows: pd.DataFrame, keys: pd.Index, aliases: pd.DataFrame) -> np.ndarray:
    """The visit that another export has given this key to, by the newest."""
    if aliases.empty:
        return np.full(len(rows), -1)
    newest = aliases.drop_duplicates("other_key", keep="last").set_index("other_key")
    at = newest.index.get_indexer(rows["session_key"])
    place = np.append(keys.get_indexer(newest["session_key"]), -1)
    return place[at]


def _agrees(rows: pd.DataFrame, current: pd.DataFrame, place: np.ndarray) -> np.ndarray:
    """Rows whose visit is of the same patient and day."""
    same = _same_patient(rows, current, place)
    at = np.flatnonzero(same)
    days, known = rows["session_date"].to_numpy(), current["session_date"].to_numpy()
    same[at] = days[at] == known[place[at]]
    return same


def _same_patient(rows: pd.DataFrame, current: pd.DataFrame, place: np.ndarray) -> np.ndarray:
    same = place >= 0
    at = np.flatnonzero(same)
    same[at] = equal_words(rows["patient_id"].iloc[at], current["patient_id"].iloc[place[at]])
    return same
