"""The month a report is about, and the spans that its figures look at."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from pipelines.errors import OutcomesError
from pipelines.selection import Clinic, Selection

MONTHS_OF_OUTCOMES, MONTHS_OF_CHARTS = 12, 24
"""Outcomes need time to be followed up; a control chart needs a year to know its centre."""


@dataclass(frozen=True)
class Month:
    """One calendar month."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def name(self) -> str:
        """Such as "October 2026"."""
        return f"{self.first:%B %Y}"

    def itself(self) -> Selection:
        """The month alone."""
        return Selection(self.first, self.last)

    def ending(self, months: int) -> Selection:
        """So many months, of which this is the last."""
        before = self.year * 12 + self.month - months
        return Selection(date(before // 12, before % 12 + 1, 1), self.last)


def month_of(text: str) -> Month:
    """The month written YYYY-MM. Raises OutcomesError for any other form."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text)
    if not found or not 1 <= int(found[2]) <= 12 or not 1990 <= int(found[1]) <= 9000:
        raise OutcomesError("The month is written YYYY-MM, such as 2026-10.")
    return Month(int(found[1]), int(found[2]))


def require_visits(clinic: Clinic, month: Month) -> None:
    """Raises OutcomesError where the data hold no visit of the month."""
    days = clinic.visits["session_date"]
    if not len(days):
        raise OutcomesError("Nothing is imported yet, so there is no month to report.")
    if not days.between(str(month.first), str(month.last)).any():
        raise OutcomesError(
            f"The data hold no visit in {month.name}: they run from {days.min():%Y-%m} to "
            f"{days.max():%Y-%m}."
        )
