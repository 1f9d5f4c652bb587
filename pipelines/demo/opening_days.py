"""The days on which the sample clinic is open, and how busy each is."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from pipelines.demo.facts import LAST_DATE, STAFF, YEARS, Therapist

DAY = np.timedelta64(1, "D")
MONTHS = np.array([1.30, 1.12, 1.05, 1.0, 1.0, 0.92, 0.70, 0.66, 1.05, 1.10, 1.02, 0.80])
WEEKDAYS = np.array([1.12, 1.05, 1.0, 1.02, 0.81])
GROWTH = 2.0
"""New episodes per day at the end of the period, against its beginning."""


@dataclass(frozen=True)
class Scenario:
    """Which branches are exported and over which period, both days included."""

    first_date: date
    last_date: date
    branches: tuple[str, ...] = ()

    @cached_property
    def days(self) -> np.ndarray:
        """Weekdays of the period but 25 December to 1 January, as datetime64 days in order."""
        days = np.arange(
            np.datetime64(self.first_date, "D"), np.datetime64(self.last_date, "D") + DAY
        )
        month, day = _month(days), (days - days.astype("datetime64[M]")).astype(int) + 1
        holiday = ((month == 11) & (day >= 25)) | ((month == 0) & (day == 1))
        return days[(_weekday(days) < 5) & ~holiday]

    @property
    def staff(self) -> list[int]:
        """Positions in STAFF of those who work in the branches; no branch named means all."""
        return [place for place, person in enumerate(STAFF) if self._employs(person)]

    def _employs(self, person: Therapist) -> bool:
        return not self.branches or person.branch in self.branches


def years_until(last_date: date = LAST_DATE) -> Scenario:
    """The whole clinic over the three years that end on the date."""
    first = np.datetime64(last_date, "D") - (round(365.25 * YEARS) - 1) * DAY
    return Scenario(first.astype(object), last_date)


def arrivals(days: np.ndarray) -> np.ndarray:
    """Share of new episodes up to and including each opening day: season, weekday, growth."""
    growth = np.linspace(1.0, GROWTH, len(days))
    busy = growth * MONTHS[_month(days)] * WEEKDAYS[_weekday(days)]
    return np.cumsum(busy) / busy.sum()


def _month(days: np.ndarray) -> np.ndarray:
    return days.astype("datetime64[M]").astype(int) % 12


def _weekday(days: np.ndarray) -> np.ndarray:
    return (days.astype(int) + 3) % 7  # 1 January 1970 was a Thursday
