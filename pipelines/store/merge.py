"""Several versions of one visit made into the current one.

The newest value of each column wins; a blank never erases a known value, unless the
row came by an import that was told to replace.
"""

import numpy as np
import pandas as pd

from pipelines.tables import CATEGORY, ORIGIN, SESSION, SET

CONTENT = tuple(name for name in SESSION if name != "session_key" and name not in ORIGIN)


def current_rows(rows: pd.DataFrame, erases: np.ndarray) -> pd.DataFrame:
    """One row per session_key, from versions in order of time; origin is that of the newest.

    `erases` tells for each row whether its blanks count. Keys come out in order of first
    appearance.
    """
    if not rows["session_key"].duplicated().any():
        return rows
    keys, names = pd.factorize(rows["session_key"])
    order = np.argsort(keys, kind="stable")
    keys, erases = keys[order], erases[order]
    place = np.arange(len(keys))
    first = np.searchsorted(keys, np.arange(len(names)))
    last = np.append(first[1:], len(keys)) - 1
    since = np.maximum.accumulate(np.where(erases | (place == first[keys]), place, 0))
    result = {}
    for name in rows.columns:
        column = rows[name].iloc[order]
        if name in CONTENT:
            known = np.where(column.notna().to_numpy(), place, -1)
            newest = np.maximum.accumulate(known)[last]
            taken = column.iloc[np.maximum(newest, 0)]
            result[name] = taken.where(newest >= since[last]).array
        else:
            result[name] = column.iloc[last].array
    return pd.DataFrame(result)


def same_content(one: pd.DataFrame, other: pd.DataFrame) -> np.ndarray:
    """Which rows of two frames of equal length hold the same values in every column."""
    same = np.ones(len(one), dtype=bool)
    for name in CONTENT:
        same &= _equal(one[name], other[name], SESSION[name])
    return same


def adds_nothing(incoming: pd.DataFrame, current: pd.DataFrame) -> np.ndarray:
    """Which incoming rows hold only values that the current row has too."""
    nothing = np.ones(len(incoming), dtype=bool)
    for name in CONTENT:
        blank = incoming[name].isna().to_numpy()
        nothing &= blank | _equal(incoming[name], current[name], SESSION[name])
    return nothing


def _equal(one: pd.Series, other: pd.Series, kind: str) -> np.ndarray:
    both_blank = one.isna().to_numpy() & other.isna().to_numpy()
    if kind in (CATEGORY, SET):
        return both_blank | equal_words(one, other)
    neither = one.notna().to_numpy() & other.notna().to_numpy()
    equal = np.zeros(len(one), dtype=bool)
    equal[neither] = one.to_numpy()[neither] == other.to_numpy()[neither]
    return both_blank | equal


def equal_words(one: pd.Series, other: pd.Series) -> np.ndarray:
    """Which rows of two columns of categories hold the same known word."""
    place = np.append(one.cat.categories.get_indexer(other.cat.categories), -2)
    translated = place[other.cat.codes.to_numpy()]
    return (one.cat.codes.to_numpy() == translated) & (translated >= 0)
