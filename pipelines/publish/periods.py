"""Which time a release is about: whole half-years, long enough over to be followed up."""

import calendar
from datetime import date, timedelta

import numpy as np
import pandas as pd

from pipelines.settings import Settings

WEEKEND = 2
"""Days at the end of a month that may be without a visit in a month that is over."""


def closed_until(as_of: date) -> date:
    """The last day of the last month that is over, judged by the newest visit alone."""
    last = as_of.replace(day=calendar.monthrange(as_of.year, as_of.month)[1])
    if (last - as_of).days <= WEEKEND:
        return last
    return as_of.replace(day=1) - timedelta(days=1)


def half_years(dates: pd.Series) -> np.ndarray:
    """The half-year of each day, such as "2025-H1"."""
    months = dates.to_numpy().astype("datetime64[M]").astype(np.int64)
    codes, halves = pd.factorize(months // 6)
    names = np.array([_name(half) for half in halves], dtype=object)
    return names[codes] if len(names) else np.zeros(0, dtype=object)


def _name(half: int) -> str:
    return f"{1970 + half // 2}-H{half % 2 + 1}"


def year_of(half_year: str) -> str:
    """The year of a half-year."""
    return half_year[:4]


def days_of_half_year(half_year: str) -> tuple[date, date]:
    """Its first and its last day."""
    year = int(half_year[:4])
    if half_year.endswith("1"):
        return date(year, 1, 1), date(year, 6, 30)
    return date(year, 7, 1), date(year, 12, 31)


def is_followed(half_year: str, closed: date, settings: Settings) -> bool:
    """Whether every episode begun in it was due for a second score by the last closed day."""
    return days_of_half_year(half_year)[1] + timedelta(days=settings.due_days) <= closed
