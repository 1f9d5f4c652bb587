"""Times of day as people and systems write them, with or without their zone."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

HALF = r"(?: ?(?P<half>[AaPp]\.? ?[Mm]\.?))?"
BEFORE = r"^(?:[T ,\-]|at |um |à |a las |om |kl )*"
NAMED_ZONE = r" (?:CES?T|ME[SZ]Z?|BST|WES?T|[ECMP][SD]T|A[EWC][SD]T|NZ[SD]T)"
ZONE = rf"(?: ?\(?(?P<zone>Z|(?:UTC|GMT)?[+\-]\d{{2}}(?::?\d{{2}})?|UTC|GMT)\)?|{NAMED_ZONE})?$"
AHEAD = rf"(?: ?(?P<zone>Z|UTC|GMT|\+\d{{2}}:?\d{{2}})|{NAMED_ZONE})?"
UNTIL = r"(?: ?(?:-|–|—|to|bis|à|a|tot|until) ?\d{1,2}[:.h]\d{2}(?P<until> ?[AaPp]\.? ?[Mm]\.?)?)?$"
UNIT = r"(?: ?(?:Uhr|uur|h|hrs?))?"
HOUR_MINUTE = r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})"
FORMS = (
    BEFORE + HOUR_MINUTE + r"[:.](?P<second>\d{2})(?:[.,]\d+)?" + HALF + UNIT + ZONE,
    r"^T" + HOUR_MINUTE + HALF + ZONE,
    BEFORE + HOUR_MINUTE + HALF + UNIT + AHEAD + UNTIL,
    BEFORE + r"(?P<hour>\d{1,2})(?: ?(?P<half>[AaPp]\.? ?[Mm]\.?)| ?(?:Uhr|uur|h|hrs?))$",
)
"""With seconds and zone; a stamp without seconds; without zone behind UTC, which would look like
the end of a period (09:00-10:00); an hour alone."""
SHARE = r"^0?[.,](?P<part>\d{1,18})$"
CLOCK_OR_SHARE = r"^0[.,]\d{2}$"
DAY = 86_400


@dataclass(frozen=True)
class Clock:
    """Seconds after midnight (NaN where no time is given), and which texts could be read.

    `offset` are the seconds by which the zone written with it is ahead of UTC; NaN for none.
    """

    seconds: np.ndarray
    readable: np.ndarray
    offset: np.ndarray


def clock(texts: pa.Array) -> Clock:
    """The time of day in each text; empty says that none is given."""
    trimmed = pc.utf8_trim_whitespace(texts)
    given = pc.not_equal(trimmed, "").to_numpy(zero_copy_only=False)
    seconds, offset = np.full(len(texts), np.nan), np.full(len(texts), np.nan)
    for pattern in FORMS:
        left = np.flatnonzero(given & np.isnan(seconds))
        groups = pc.extract_regex(trimmed.take(pa.array(left)), pattern)
        fits = groups.is_valid()
        if pc.any(fits).as_py():
            part = {f.name: groups.field(f.name).filter(fits) for f in groups.type}
            at = left[fits.to_numpy(zero_copy_only=False)]
            seconds[at] = _seconds(part)
            if "zone" in part:
                offset[at] = _offset(part["zone"])
    return Clock(seconds, ~given | ~np.isnan(seconds), offset)


def shares_of_a_day(texts: pa.Array) -> np.ndarray:
    """Seconds after midnight of times that a spreadsheet wrote as a share of the day, else NaN.

    `0.25` alone could be a quarter of a day or a quarter past midnight: it is a share where
    some other text of the column can be nothing else.
    """
    trimmed = pc.utf8_trim_whitespace(texts)
    groups = pc.extract_regex(trimmed, SHARE)
    fits = groups.is_valid().to_numpy(zero_copy_only=False)
    open_ = pc.match_substring_regex(trimmed, CLOCK_OR_SHARE).to_numpy(zero_copy_only=False)
    seconds = np.full(len(texts), np.nan)
    if (fits & ~open_).any():
        part = groups.field("part").filter(pa.array(fits))
        share = pc.binary_join_element_wise("0", part, ".").cast(pa.float64()).to_numpy()
        seconds[fits] = np.rint(share * DAY) % DAY
    return seconds


def _seconds(part: dict[str, pa.Array]) -> np.ndarray:
    """Seconds after midnight, NaN where there is no such time."""
    hour = _number(part["hour"])
    minute, second = (
        _number(part[name]) if name in part else np.zeros_like(hour)
        for name in ("minute", "second")
    )
    half = pc.utf8_lower(part["half"])
    afternoon = pc.starts_with(half, "p").to_numpy(zero_copy_only=False)
    morning = pc.starts_with(half, "a").to_numpy(zero_copy_only=False)
    right = (hour < 24) & (minute < 60) & (second < 60) & ~(morning & (hour > 12))
    if "until" in part:
        # In 2:15 - 3:00 PM nothing says which half of the day the start is in.
        right &= ~pc.and_(pc.not_equal(part["until"], ""), pc.equal(half, "")).to_numpy(False)
    hour = np.where(afternoon | morning, hour % 12 + 12 * afternoon, hour)
    return np.where(right, hour * 3600 + minute * 60 + second, np.nan)


def _number(texts: pa.Array) -> np.ndarray:
    return pc.if_else(pc.equal(texts, ""), "0", texts).cast(pa.int64()).to_numpy()


def _offset(zones: pa.Array) -> np.ndarray:
    """Seconds ahead of UTC of `Z`, `UTC`, `+02:00`, `-0500`; NaN where no zone is written."""
    encoded = zones.dictionary_encode()
    known = np.array([_ahead(text) for text in encoded.dictionary.to_pylist()])
    return known[encoded.indices.to_numpy()]


def _ahead(zone: str) -> float:
    if not zone:
        return np.nan
    plain = zone.removeprefix("UTC").removeprefix("GMT").replace(":", "")
    if plain in ("", "Z"):
        return 0.0
    seconds = int(plain[1:3]) * 3600 + int(plain[3:] or 0) * 60
    return float(-seconds if plain[0] == "-" else seconds)
