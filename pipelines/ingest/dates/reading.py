"""A column of dates read as days and times of day."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from pipelines.ingest.dates.asking import Hint
from pipelines.ingest.dates.calendar import calendar, century, serials
from pipelines.ingest.dates.clock import clock, shares_of_a_day
from pipelines.ingest.dates.order import Column, order_of, weekday_of
from pipelines.ingest.dates.parts import Parts, one_line_texts, parts_of
from pipelines.ingest.dates.zone import local
from pipelines.ingest.steps import Step

FINE, UNREADABLE, NO_SUCH_DAY, WRONG_WEEKDAY, SWAPPED = range(5)
FAULTS = {
    UNREADABLE: "date_not_understood",
    NO_SUCH_DAY: "date_does_not_exist",
    WRONG_WEEKDAY: "weekday_does_not_fit",
    SWAPPED: "day_number_may_be_swapped",
}
"""The reason of each fault of a date."""
UNTIMED = "times of day are left out"


@dataclass(frozen=True)
class How:
    """What is known about a column of dates before it is read.

    `order` settles what it leaves open; `others` are the texts of the file's further date
    columns; `time_zone` is the clinic's, empty to keep times as they are written.
    """

    header: str = ""
    order: str | None = None
    others: tuple[list[str | None], ...] = ()
    hints: tuple[Hint, ...] = ()
    births: bool = False
    time_zone: str = ""
    today: date = field(default_factory=date.today)


@dataclass(frozen=True)
class Dates:
    """A column's distinct texts as dates: day, seconds after midnight, and what is wrong.

    `repairs` tells by rule for which texts something was mended.
    """

    day: np.ndarray  # datetime64[D], NaT where there is a fault
    seconds: np.ndarray  # NaN where no time is given
    fault: np.ndarray
    repairs: dict[str, np.ndarray]
    order: str | None


def read_dates(
    words: list[str | None], counts: np.ndarray, how: How
) -> tuple[Dates, tuple[Step, ...]]:
    """The dates of a column's distinct texts, and why they were read so.

    Raises FileRefused, with the question, where day and month cannot be told apart.
    """
    texts = one_line_texts(words)
    parts = parts_of(texts)
    column = Column(parts, counts, how.header, how.births, how.today)
    others = tuple(parts_of(one_line_texts(other)) for other in _asked(parts, how))
    order, steps = order_of(column, how.order, others, how.hints)
    days, fault, short = _days(parts, order, how.births)
    time = clock(parts.rest)
    counted, serial_days, serial_seconds = serials(texts, how.births, how.today)
    days[counted], seconds = serial_days[counted], time.seconds.copy()
    seconds[counted] = serial_seconds[counted]
    readable = ((parts.first >= 0) & time.readable) | counted
    fault = np.where(counted, FINE, np.where(readable, fault, UNREADABLE))
    fault[counted & _may_be_swapped(parts, days, counted, order)] = SWAPPED
    days[fault != FINE] = np.datetime64("NaT", "D")
    seconds, untimed = _without_midnights(seconds, days, how.header)
    days, seconds, moved = local(days, seconds, time.offset, how.time_zone)
    told = (*_about_serials(counted, how.header), *untimed, *_about_zone(time.offset, moved, how))
    repairs = {"two_digit_year": short, "date_from_serial": counted, "time_from_utc": moved}
    return Dates(days, seconds, fault, repairs, order), (*steps, *told)


def _asked(parts: Parts, how: How) -> tuple[list[str | None], ...]:
    """The other columns, where they are needed: only what is open and not asked for needs them."""
    return how.others if parts.open.any() and not how.order else ()


def _days(
    parts: Parts, order: str | None, births: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The day of each text under the order found, what is wrong, and where a year was short."""
    year_first = parts.year_first | (parts.open & (order == "ymd"))
    day_first = parts.open & (order == "dmy")
    year = np.where(year_first, parts.first, parts.third)
    month = np.where(year_first | day_first, parts.second, parts.first)
    day = np.where(year_first, parts.third, np.where(day_first, parts.first, parts.second))
    width = np.where(year_first, parts.width_of_first, parts.width_of_third)
    short = (parts.first >= 0) & (width == 2)
    days, exists = calendar(np.where(short, century(year, births), year), month, day)
    other_day = exists & parts.sure_weekday & (weekday_of(days) != parts.weekday)
    fault = np.where(exists, np.where(other_day, WRONG_WEEKDAY, FINE), NO_SUCH_DAY)
    return days, fault, short


def _may_be_swapped(
    parts: Parts, days: np.ndarray, counted: np.ndarray, order: str | None
) -> np.ndarray:
    """Counts of days among written dates that a spreadsheet may have read in the wrong order.

    Opened in a country of the other order, it turns into counts just those dates whose day
    could be a month, and leaves as text just those whose day cannot.
    """
    nowhere = np.zeros(len(days), bool)
    if not parts.open.any() or not counted.any():
        return nowhere
    day = np.where(order == "mdy", parts.second, parts.first)
    of_month = np.zeros(len(days), int)
    start = days[counted].astype("datetime64[M]").astype("datetime64[D]")
    of_month[counted] = (days[counted] - start).astype(int) + 1
    month = np.zeros(len(days), int)
    month[counted] = days[counted].astype("datetime64[M]").astype(int) % 12 + 1
    likely = (day[parts.open] > 12).all() and (of_month[counted] <= 12).all()
    return counted & (of_month != month) if likely else nowhere


def _without_midnights(
    seconds: np.ndarray, days: np.ndarray, header: str
) -> tuple[np.ndarray, tuple[Step, ...]]:
    """No times where every date has one and each is midnight: a system wrote dates as times."""
    told = ~np.isnat(days)
    if not told.any() or not (seconds[told] == 0).all():
        return seconds, ()
    step = Step("dates", UNTIMED, f"every time in “{header}” is midnight")
    return np.full(len(seconds), np.nan), (step,)


def _about_serials(counted: np.ndarray, header: str) -> tuple[Step, ...]:
    if not counted.any():
        return ()
    decided = "numbers of days are read as a spreadsheet counts them, from 1900"
    return (Step("dates", decided, f"“{header}” holds such numbers"),)


def _about_zone(offset: np.ndarray, moved: np.ndarray, how: How) -> tuple[Step, ...]:
    if np.isnan(offset).all():
        return ()
    if how.time_zone:
        why = "the settings name this time zone" if moved.any() else ""
        return (Step("dates", f"times with a zone are read in {how.time_zone}", why),)
    decided = "times with a zone are kept as they are written"
    return (Step("dates", decided, "the settings name no time_zone"),)


def read_clock(words: list[str | None]) -> tuple[np.ndarray, np.ndarray]:
    """Seconds after midnight of each text, and whether it could be read.

    A share of the day, as a spreadsheet writes a time, is read over the whole column.
    """
    texts = one_line_texts(words)
    shares = shares_of_a_day(texts)
    found = clock(texts)
    share = ~np.isnan(shares)
    return np.where(share, shares, found.seconds), share | found.readable
