"""Several versions of one visit made into the current one.

The newest value of each column wins; a blank never erases a known value, unless the
row came by an import that was told to replace. A condition that is not specified is a blank,
and so is a type of visit that the file does not tell: missing in the log, a treatment here.
"""

import numpy as np
import pandas as pd

from pipelines.tables import CATEGORY, ORIGIN, SESSION, SET, UNSPECIFIED

NOT_TOLD = {"condition": UNSPECIFIED, "visit_type": "treatment"}
"""What stands where no version of a visit tells these."""
CONTENT = tuple(name for name in SESSION if name != "session_key" and name not in ORIGIN)


def current_rows(rows: pd.DataFrame, erases: np.ndarray) -> pd.DataFrame:
    """One row per session_key, from versions in order of time; origin is that of the newest.

    `erases` tells for each row whether its blanks count. Keys come out in order of first
    appearance.
    """
    if not rows["session_key"].duplicated().any():
        return with_what_is_not_told(rows)
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
            known = np.where(told(column), place, -1)
            newest = np.maximum.accumulate(known)[last]
            taken = column.iloc[np.maximum(newest, 0)]
            result[name] = taken.where(newest >= since[last]).array
        else:
            result[name] = column.iloc[last].array
    return with_what_is_not_told(pd.DataFrame(result))


def told(column: pd.Series) -> np.ndarray:
    """Which values of a column say something."""
    known = column.notna().to_numpy()
    if column.name == "condition":
        return known & (column != UNSPECIFIED).to_numpy(dtype=bool)
    return known


def with_what_is_not_told(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the condition and the type of each visit filled where nothing tells them."""
    lacking = [name for name in NOT_TOLD if name in rows and rows[name].isna().any()]
    return rows.assign(**{name: _filled(rows[name], NOT_TOLD[name]) for name in lacking})


def _filled(column: pd.Series, word: str) -> pd.Series:
    if word not in column.cat.categories:
        column = column.cat.add_categories([word])
    return column.fillna(word)


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
        blank = ~told(incoming[name])
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
