"""Rows by group, so that a figure is computed for all groups at once."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.intervals import wilson
from pipelines.visits import days_of

MONTH = "month"
DAY_OF = {"first_date", "session_date"}


class Groups(NamedTuple):
    """One row of names a group, and the group of each row grouped."""

    names: pd.DataFrame
    codes: np.ndarray

    @property
    def size(self) -> int:
        return len(self.names)

    def count(self, chosen: np.ndarray) -> np.ndarray:
        """How many of the chosen rows each group has."""
        if self.size == 1:
            return np.array([np.count_nonzero(chosen)])
        return np.bincount(self.codes[np.flatnonzero(chosen)], minlength=self.size)

    def named(self, figures: pd.DataFrame | dict) -> pd.DataFrame:
        """Figures, one row a group, with the groups' names before them."""
        return pd.concat([self.names, pd.DataFrame(figures)], axis=1)


def grouped(frame: pd.DataFrame, by: Sequence[str]) -> Groups:
    """The groups of a frame; without `by` one group, however many rows."""
    code, levels = np.zeros(len(frame), dtype=np.int64), []
    for name in by:
        codes, values = _levels(frame, name)
        code = code * (len(values) + 1) + np.where(codes < 0, len(values), codes)
        levels.append(values)
    if not by:
        return Groups(pd.DataFrame(index=range(1)), code)
    present, codes = _present(code)
    return Groups(_names(present, by, levels), codes)


def columns_for(by: Sequence[str], day: str) -> list[str]:
    """The frame's columns that grouping needs."""
    return [day if name == MONTH else name for name in by]


def month_of(dates: pd.Series) -> np.ndarray:
    """The first day of each month."""
    codes, months = _by_month(dates)
    return months[codes]


def rates(n, of) -> pd.DataFrame:
    """n, of, rate, low, high with Wilson's interval; a rate of nothing is missing."""
    n, of = np.asarray(n), np.asarray(of)
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = n / of
    low, high = wilson(n, of)
    return pd.DataFrame({"n": n, "of": of, "rate": rate, "low": low, "high": high})


def medians(values: np.ndarray, groups: np.ndarray, size: int) -> np.ndarray:
    """The median of each group; missing for an empty one."""
    ordered = values[np.lexsort((values, groups))]
    count = np.bincount(groups, minlength=size)
    first = np.cumsum(count) - count
    if not len(values):
        return np.full(size, np.nan)
    below, above = first + (count - 1) // 2, first + count // 2
    middle = (
        ordered[np.clip(below, 0, len(ordered) - 1)] + ordered[np.minimum(above, len(ordered) - 1)]
    ) / 2
    return np.where(count > 0, middle, np.nan)


def patient_codes(frame: pd.DataFrame) -> np.ndarray:
    """A whole number for each row's patient."""
    return frame["patient_id"].cat.codes.to_numpy()


def _levels(frame: pd.DataFrame, name: str) -> tuple[np.ndarray, pd.Index]:
    if name == MONTH:
        day = next(column for column in frame if column in DAY_OF)
        codes, months = _by_month(frame[day])
        return codes, pd.Index(months)
    column = frame[name]
    if isinstance(column.dtype, pd.CategoricalDtype):
        values = pd.CategoricalIndex(column.cat.categories, dtype=column.dtype)
        return column.cat.codes.to_numpy(), values
    codes, values = pd.factorize(column, sort=True)
    return codes, pd.Index(values)


def _by_month(dates: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """The place of each row's month among the months, and the first day of each."""
    days = days_of(dates)
    first, last = (days.min(), days.max()) if len(days) else (0, 0)
    # Each day is turned into its month once, however many rows it has.
    calendar = np.arange(first, last + 1).astype("datetime64[D]").astype("datetime64[M]")
    months, of_day = np.unique(calendar, return_inverse=True)
    return of_day[days - first], months.astype("datetime64[s]")


def _present(code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The codes that occur, in order, and the place of each row's among them."""
    if code.max(initial=0) > 4 * len(code) + 1000:
        return np.unique(code, return_inverse=True)
    seen = np.bincount(code) > 0 if len(code) else np.zeros(0, dtype=bool)
    return np.flatnonzero(seen), (np.cumsum(seen) - 1)[code]


def _names(present: np.ndarray, by: Sequence[str], levels: list[pd.Index]) -> pd.DataFrame:
    names = {}
    for name, values in zip(reversed(by), reversed(levels), strict=True):
        place = present % (len(values) + 1)
        names[name] = values.take(np.where(place == len(values), -1, place), fill_value=pd.NA)
        present = present // (len(values) + 1)
    return pd.DataFrame({name: names[name] for name in by})
