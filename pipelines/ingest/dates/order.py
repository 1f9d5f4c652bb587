"""Which number of a date is the day: judged over the whole column, else asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from pipelines.errors import FileRefused
from pipelines.ingest.dates.asking import Hint, open_order
from pipelines.ingest.dates.calendar import calendar
from pipelines.ingest.dates.parts import Parts
from pipelines.ingest.steps import Step

MAJORITY = 20
"""So many cells to one must say the same before the one is taken for a mistake."""
DAYS_SPREAD = 8
"""Two-digit numbers that spread as widely as this look more like days than like years."""
BOOKED_AHEAD = 2
"""Years from this one on in which an appointment may lie."""
IN_WORDS = {"dmy": "day before month", "mdy": "month before day", "ymd": "year first"}


@dataclass(frozen=True)
class Column:
    """A column of dates whose order is to be found."""

    parts: Parts
    counts: np.ndarray
    header: str
    births: bool
    today: date


def order_of(
    column: Column, asked: str | None, others: tuple[Parts, ...], hints: tuple[Hint, ...]
) -> tuple[str | None, tuple[Step, ...]]:
    """The order of the open numbers, and what says so.

    `asked` settles what the column leaves open; `others` are further date columns of the file.
    Raises FileRefused where the column is open, contradicts what was asked, or holds two orders.
    """
    parts = column.parts
    _refuse_year_day_month(column)
    if not parts.open.any():
        return _named_or_year_first(column, asked)
    _refuse_two_digit_years_first(column, asked, hints)
    settled = _settled(column, others, asked)
    if settled is None:
        raise open_order(parts, column.header, hints, column.today)
    return settled[0], (settled[1], *_two_forms(column))


def _named_or_year_first(column: Column, asked: str | None) -> tuple[str | None, tuple[Step, ...]]:
    if column.parts.year_first.any():
        why = f"“{column.header}” begins with the year"
        return "ymd", (Step("dates", IN_WORDS["ymd"], why),)
    named = Step("dates", "dates as they are named", f"“{column.header}” names its months")
    return asked, (named,) if column.parts.named.any() else ()


def _two_forms(column: Column) -> tuple[Step, ...]:
    parts = column.parts
    if not (parts.year_first | parts.named).any():
        return ()
    why = f"“{column.header}” holds dates in more than one form"
    return (Step("dates", "each form of date is read for itself", why),)


def _settled(
    column: Column, others: tuple[Parts, ...], asked: str | None
) -> tuple[str, Step] | None:
    """The order, by the column itself, by what was asked, by the file's other dates."""
    header, parts = column.header, column.parts
    if asked == "ymd" and (parts.width_of_third == 4)[parts.open].all():
        raise FileRefused(
            f"The dates of “{header}” were to be read year first, but end with the year."
            " Leave the order open, or say dmy or mdy."
        )
    for (day_first, month_first), why in _evidence(column, others, asked):
        found = _majority(day_first, month_first)
        if asked in ("dmy", "mdy") and found not in (None, asked):
            raise _contradicts(header, asked)
        if found and not asked:
            return found, Step("dates", IN_WORDS[found], f"{why} of “{header}”")
        if day_first and month_first and not found and not asked:
            raise FileRefused(
                f"The dates of “{header}” are written in two ways: some with the day first, some"
                " with the month first. Write them one way, or export them as YYYY-MM-DD."
            )
    if asked:
        return asked, Step("dates", f"“{header}” is read {asked}", "it was asked for")
    if (parts.first == parts.second)[parts.open].all():
        why = f"both are one number in every date of “{header}”"
        return "dmy", Step("dates", IN_WORDS["dmy"], why)
    return None


def _majority(day_first: int, month_first: int) -> str | None:
    if day_first and day_first >= MAJORITY * month_first:
        return "dmy"
    if month_first and month_first >= MAJORITY * day_first:
        return "mdy"
    return None


def _contradicts(header: str, asked: str) -> FileRefused:
    return FileRefused(
        f"The dates of “{header}” were to be read {IN_WORDS[asked]}, but days above 12 stand in the"
        f" other place. Leave the order open, or say {'mdy' if asked == 'dmy' else 'dmy'}."
    )


def _evidence(
    column: Column, others: tuple[Parts, ...], asked: str | None
) -> Iterator[tuple[tuple[int, int], str]]:
    """Cells that speak for day first and for month first, the strongest kind first."""
    yield _above_twelve(column.parts, column.counts), "a number above 12 settles it in the dates"
    yield (
        _by_weekday(column.parts, column.counts),
        "the weekday's name fits only so in the dates",
    )
    # One system writes all its dates alike; what was asked is about the visits' own column.
    for other in () if asked else others:
        once = np.ones(len(other.first), int)
        yield _above_twelve(other, once), "another date column settles it, not the dates"


def _above_twelve(parts: Parts, counts: np.ndarray) -> tuple[int, int]:
    day_first = parts.open & (parts.first > 12) & (parts.first <= 31) & (parts.second <= 12)
    month_first = parts.open & (parts.second > 12) & (parts.second <= 31) & (parts.first <= 12)
    return int(counts[day_first].sum()), int(counts[month_first].sum())


def _by_weekday(parts: Parts, counts: np.ndarray) -> tuple[int, int]:
    told = parts.open & (parts.weekday >= 0) & (parts.first != parts.second)
    if not told.any():
        return 0, 0
    year = np.where(parts.width_of_third == 2, parts.third + 2000, parts.third)
    fits = []
    for day, month in ((parts.first, parts.second), (parts.second, parts.first)):
        days, exists = calendar(year, month, day)
        fits.append(told & exists & (weekday_of(days) == parts.weekday))
    return int(counts[fits[0] & ~fits[1]].sum()), int(counts[fits[1] & ~fits[0]].sum())


def weekday_of(days: np.ndarray) -> np.ndarray:
    """0 for Monday to 6 for Sunday; no matter what for NaT."""
    return (days.astype("datetime64[D]").astype(np.int64) + 3) % 7


def _short(parts: Parts) -> np.ndarray:
    """Dates of three two-digit numbers, of which the first or the last may be the year."""
    return parts.open & (parts.width_of_first == 2) & (parts.width_of_third == 2)


def _no_year_yet(numbers: np.ndarray, today: date) -> np.ndarray:
    return (numbers > today.year % 100) & (numbers < 90)


def _refuse_two_digit_years_first(
    column: Column, asked: str | None, hints: tuple[Hint, ...]
) -> None:
    """Raises where either end of two-digit dates could be the year, and the last is like days."""
    parts, short = column.parts, _short(column.parts)
    if asked or column.births or not short.any():
        return
    first, last = parts.first[short], parts.third[short]
    may_lead = not _no_year_yet(first, column.today).any() and (last <= 31).all()
    spread = np.ptp(last) >= DAYS_SPREAD and np.ptp(last) > np.ptp(first)
    if may_lead and (spread or _no_year_yet(last - BOOKED_AHEAD, column.today).any()):
        raise open_order(parts, column.header, hints, column.today, year_may_lead=True)


def _refuse_year_day_month(column: Column) -> None:
    """Raises where a year is followed by the day: such dates are not guessed at."""
    parts, counts = column.parts, column.counts
    leads = parts.year_first & ~parts.named
    if not leads.any():
        return
    swapped = leads & (parts.second > 12) & (parts.second <= 31) & (parts.third <= 12)
    plain = leads & (parts.third > 12) & (parts.second <= 12)
    if counts[swapped].sum() * MAJORITY > counts[plain].sum() and counts[swapped].sum() > 1:
        raise FileRefused(
            f"The dates of “{column.header}” begin with the year and go on with the day."
            " Export them as YYYY-MM-DD."
        )
