"""Dates and times of day, judged over the whole column and all its forms.

One day above 12 settles whether day or month comes first; so does a weekday's name.
What stays open is refused, never guessed.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.errors import FileRefused
from pipelines.ingest.cells import on_one_line
from pipelines.ingest.steps import Step

WEEKDAY = r"^(?:(?P<weekday>\pL{2,10})\.?,? +)?"
REST = r"(?P<rest>(?:[T ,].*)?)$"
NUMERIC = WEEKDAY + r"(?P<a>\d{1,4}) ?[/.\-] ?(?P<b>\d{1,2}) ?[/.\-] ?(?P<c>\d{1,4})" + REST
DAY_NAMED = (
    WEEKDAY
    + r"(?P<b>\d{1,2})(?:st|nd|rd|th|\.|er)?(?: de)?[ \-./]+(?P<a>\pL{3,10})\.?,?(?: de)?[ \-./]+"
    r"(?P<c>\d{2,4})" + REST
)
MONTH_NAMED = (
    WEEKDAY + r"(?P<a>\pL{3,10})\.?[ \-]+(?P<b>\d{1,2})(?:st|nd|rd|th)?,?[ \-]+(?P<c>\d{4})" + REST
)
COMPACT = r"^(?P<a>\d{4})(?P<b>\d{2})(?P<c>\d{2})$"
CLOCK = (
    r"^[T ,\-]*(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r" ?(?P<half>[AaPp]\.?[Mm]\.?)?(?: ?Uhr)?(?: ?(?:Z|UTC|GMT|[+\-]\d{2}:?\d{2}))?$"
)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene januari",
            "february feb februar février févr fév febrero februari",
            "march mar märz mrz mars marzo maart mrt",
            "april apr avril avr abril abr",
            "may mai mayo mei",
            "june jun juni juin junio",
            "july jul juli juillet juil julio",
            "august aug août aou agosto ago augustus",
            "september sep sept septembre septiembre setiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre déc diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday mo montag lun lundi lunes ma maandag",
            "tue tuesday tues di dienstag mar mardi martes dinsdag",
            "wed wednesday mi mittwoch mer mercredi mié miércoles wo woensdag",
            "thu thursday thur thurs do donnerstag jeu jeudi jue jueves donderdag",
            "fri friday fr freitag ven vendredi vie viernes vr vrijdag",
            "sat saturday sa samstag sam samedi sáb sábado za zaterdag",
            "sun sunday so sonntag dim dimanche dom domingo zo zondag",
        )
    )
    for name in names.split()
}
ORDERS = ("dmy", "mdy", "ymd")
MAJORITY = 20
"""So many cells to one must say the same before the one is taken for a mistake."""
FINE, UNREADABLE, NO_SUCH_DAY = 0, 1, 2


@dataclass(frozen=True)
class Dates:
    """A column's distinct texts as dates: day, seconds after midnight, and what is wrong."""

    day: np.ndarray  # datetime64[D], NaT where unreadable
    seconds: np.ndarray  # NaN where no time is given
    fault: np.ndarray
    two_digit_year: np.ndarray
    order: str | None


@dataclass(frozen=True)
class Parts:
    """The three numbers of each text as they stand, and which are in an open order."""

    first: np.ndarray
    second: np.ndarray
    third: np.ndarray
    year_first: np.ndarray
    open: np.ndarray
    named: np.ndarray
    weekday: np.ndarray  # 0 is Monday, -1 not given
    rest: pa.Array
    short_year: np.ndarray


def read_dates(
    words: list[str | None],
    counts: np.ndarray,
    header: str,
    order: str | None,
    others: tuple[list[str | None], ...] = (),
    births: bool = False,
) -> tuple[Dates, Step | None]:
    """The dates of a column's distinct texts, and why they were read so.

    `order` settles what the column leaves open; `others` are further date columns of the file.
    Raises FileRefused where day and month cannot be told apart.
    """
    parts = _parts(words)
    found, step = _order(parts, counts, header, order, others)
    year, month, day = _sorted(parts, found)
    short = (year >= 0) & (year < 100) & parts.short_year
    year = np.where(short, _century(year, births), year)
    days, exists = _calendar(year, month, day)
    seconds, clock = _clock(parts.rest)
    readable = (parts.first >= 0) & clock
    fault = np.where(~readable, UNREADABLE, np.where(exists, FINE, NO_SUCH_DAY))
    days[fault != FINE] = np.datetime64("NaT", "D")
    return Dates(days, seconds, fault, short, found), step


def read_clock(words: list[str | None]) -> tuple[np.ndarray, np.ndarray]:
    """Seconds after midnight of each text, and whether it could be read."""
    return _clock(pa.array([on_one_line(word or "") for word in words], pa.string()))


def _parts(words: list[str | None]) -> Parts:
    texts = pa.array([on_one_line(word or "") for word in words], pa.string())
    count = len(texts)
    numbers = {name: np.full(count, -1) for name in "abc"}
    year_first, open_, named = (np.zeros(count, bool) for _ in range(3))
    weekday, short = np.full(count, -1), np.zeros(count, bool)
    rest = np.full(count, "", dtype=object)
    for pattern in (NUMERIC, DAY_NAMED, MONTH_NAMED, COMPACT):
        groups = pc.extract_regex(texts, pattern)
        fits = groups.is_valid().to_numpy(zero_copy_only=False) & (numbers["a"] < 0)
        if not fits.any():
            continue
        at = np.flatnonzero(fits)
        part = {f.name: groups.field(f.name).take(pa.array(at)) for f in groups.type}
        by_name = pattern in (DAY_NAMED, MONTH_NAMED)
        first = _months(part["a"]) if by_name else _integers(part["a"])
        numbers["a"][at], numbers["b"][at] = first, _integers(part["b"])
        numbers["c"][at] = _integers(part["c"])
        width = pc.utf8_length(part["a"]).to_numpy()
        leads = (width == 4) & (not by_name)
        year_first[at], named[at], open_[at] = leads, by_name, ~leads & (not by_name)
        short[at] = ~leads & (pc.utf8_length(part["c"]).to_numpy() == 2)
        if "weekday" in part:
            weekday[at] = [
                WEEKDAYS.get((name or "").casefold(), -1) for name in part["weekday"].to_pylist()
            ]
        if "rest" in part:
            rest[at] = part["rest"].to_pylist()
    return Parts(
        numbers["a"], numbers["b"], numbers["c"], year_first, open_, named, weekday,
        pa.array(rest, pa.string()), short,
    )  # fmt: skip


def _integers(texts: pa.Array) -> np.ndarray:
    return texts.cast(pa.int64()).to_numpy()


def _months(names: pa.Array) -> np.ndarray:
    return np.array([MONTHS.get(name.casefold().rstrip("."), -1) for name in names.to_pylist()])


def _order(
    parts: Parts,
    counts: np.ndarray,
    header: str,
    order: str | None,
    others: tuple[list[str | None], ...],
) -> tuple[str | None, Step | None]:
    """Which of the open numbers is the day, and what says so."""
    if not parts.open.any():
        if parts.year_first.any():
            return "ymd", Step("dates", "year first", f"“{header}” begins with the year")
        named = Step("dates", "dates as they are named", f"“{header}” names its months")
        return order, named if parts.named.any() else None
    if order:
        return order, Step("dates", f"“{header}” is read {order}", "it was asked for")
    for evidence, what in _evidence(parts, counts, others):
        day_first, month_first = evidence
        if day_first and day_first >= MAJORITY * month_first:
            return "dmy", Step("dates", "day before month", f"{what} of “{header}”")
        if month_first and month_first >= MAJORITY * day_first:
            return "mdy", Step("dates", "month before day", f"{what} of “{header}”")
        if day_first and month_first:
            raise FileRefused(
                f"The dates of “{header}” are written in two ways: some with the day first, some"
                " with the month first. Write them one way, or export them as YYYY-MM-DD."
            )
    alike = parts.first == parts.second
    if (alike | ~parts.open).all():
        return "dmy", Step(
            "dates", "day before month", f"both are one number in every date of “{header}”"
        )
    raise FileRefused(
        f"Day and month of “{header}” cannot be told apart: no date in the file has a day above 12."
        " Say which comes first: dmy (03/04/2025 is 3 April) or mdy (it is March 4),"
        " on the page or with --date-order."
    )


def _evidence(parts: Parts, counts: np.ndarray, others: tuple[list[str | None], ...]):
    """Cells that speak for day first and for month first, the strongest kind first."""
    yield _above_twelve(parts, counts), "a number above 12 settles it in the dates"
    yield _by_weekday(parts, counts), "the weekday's name fits only so in the dates"
    for words in others:
        other = _parts(words)
        yield (
            _above_twelve(other, np.ones(len(words), int)),
            "another date column settles it, not the dates",
        )


def _above_twelve(parts: Parts, counts: np.ndarray) -> tuple[int, int]:
    day_first = parts.open & (parts.first > 12) & (parts.first <= 31) & (parts.second <= 12)
    month_first = parts.open & (parts.second > 12) & (parts.second <= 31) & (parts.first <= 12)
    return int(counts[day_first].sum()), int(counts[month_first].sum())


def _by_weekday(parts: Parts, counts: np.ndarray) -> tuple[int, int]:
    told = parts.open & (parts.weekday >= 0) & (parts.first != parts.second)
    fits = []
    for day, month in ((parts.first, parts.second), (parts.second, parts.first)):
        days, exists = _calendar(parts.third, month, day)
        fits.append(told & exists & ((days.astype(int) + 3) % 7 == parts.weekday))
    return int(counts[fits[0] & ~fits[1]].sum()), int(counts[fits[1] & ~fits[0]].sum())


def _sorted(parts: Parts, order: str | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Year, month and day of each text, under the order found."""
    year_first = parts.year_first | (parts.open & (order == "ymd"))
    day_first = parts.open & (order == "dmy")
    year = np.where(year_first, parts.first, parts.third)
    month = np.where(year_first | day_first, parts.second, parts.first)
    day = np.where(year_first, parts.third, np.where(day_first, parts.first, parts.second))
    return year, month, day


def _century(year: np.ndarray, births: bool) -> np.ndarray:
    """Two-digit years: a visit is of this century, a birth from 69 on of the last."""
    return year + np.where((year >= 69) & births, 1900, 2000)


def _calendar(
    year: np.ndarray, month: np.ndarray, day: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The days, and which exist in the calendar."""
    may = (year >= 1000) & (year <= 9999) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    years = np.where(may, year, 2000) - 1970
    months = (years * 12 + np.where(may, month, 1) - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (np.where(may, day, 1) - 1)
    return days, may & (days.astype("datetime64[M]") == months)


def _clock(texts: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Seconds after midnight, NaN where no time is given; and whether it could be read."""
    trimmed = pc.utf8_trim_whitespace(texts)
    given = pc.not_equal(trimmed, "").to_numpy(zero_copy_only=False)
    groups = pc.extract_regex(trimmed, CLOCK)
    fits = groups.is_valid().to_numpy(zero_copy_only=False)
    seconds = np.full(len(texts), np.nan)
    if fits.any():
        part = {f.name: groups.field(f.name).filter(pa.array(fits)) for f in groups.type}
        hour, minute = _integers(part["hour"]), _integers(part["minute"])
        second = pc.if_else(pc.equal(part["second"], ""), "0", part["second"]).cast(pa.int64())
        half = pc.utf8_lower(part["half"])
        afternoon = pc.starts_with(half, "p").to_numpy(zero_copy_only=False)
        halved = pc.not_equal(half, "").to_numpy(zero_copy_only=False)
        hour = np.where(halved, hour % 12 + 12 * afternoon, hour)
        total = hour * 3600 + minute * 60 + second.to_numpy()
        right = (hour < 24) & (minute < 60)
        seconds[fits] = np.where(right, total, np.nan)
        fits[np.flatnonzero(fits)[~right]] = False
    return seconds, ~given | fits
