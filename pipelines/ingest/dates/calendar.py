"""Years, months and days as days of the calendar; numbers of days as spreadsheets count them."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SERIAL = r"^(?P<days>\d{5})(?:[.,](?P<part>\d{1,18}))?$"
DAY_ZERO = np.datetime64("1899-12-30", "D")
"""What the count of a spreadsheet starts from, for every day since March 1900."""
EARLIEST = np.datetime64("1990-01-01", "D")
BOOKED_AHEAD = 731
"""Days from today on that a list of appointments may reach."""
DAY = 86_400


def calendar(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The days, and which exist in the calendar."""
    may = (year >= 1000) & (year <= 9999) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    years = np.where(may, year, 2000) - 1970
    months = (years * 12 + np.where(may, month, 1) - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (np.where(may, day, 1) - 1)
    return days, may & (days.astype("datetime64[M]") == months)


def century(year: np.ndarray, births: bool) -> np.ndarray:
    """Two-digit years: a visit is of this century, a birth from 69 on of the last."""
    return year + np.where((year >= 69) & births, 1900, 2000)


def serials(
    texts: pa.Array, births: bool, today: date
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which texts are a spreadsheet's count of days, their days and seconds (NaN for none).

    A visit's lies between 1990 and two years from today; a birth may lie before. Counts from
    1904, as spreadsheets on a Macintosh once wrote, cannot be told from these and are not read.
    """
    groups = pc.extract_regex(texts, SERIAL)
    fits = groups.is_valid().to_numpy(zero_copy_only=False)
    days = np.full(len(texts), np.datetime64("NaT", "D"))
    seconds = np.full(len(texts), np.nan)
    if fits.any():
        count, part = (groups.field(name).filter(pa.array(fits)) for name in ("days", "part"))
        told = pc.not_equal(part, "").to_numpy(zero_copy_only=False)
        share = pc.binary_join_element_wise("0", part, ".").cast(pa.float64()).to_numpy()
        total = count.cast(pa.int64()).to_numpy() * DAY + np.rint(share * DAY).astype(np.int64)
        days[fits] = DAY_ZERO + total // DAY
        seconds[fits] = np.where(told, total % DAY, np.nan)
        last = np.datetime64(today, "D") + BOOKED_AHEAD
        fits[fits] = (days[fits] <= last) & ((days[fits] >= EARLIEST) | births)
    return fits, days, seconds
