"""Codes and numbers to the text of a table, a column at a time, each distinct value once."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Numbers = np.ndarray | pd.Series | range
SMALL_NUMBERS = tuple(str(number) for number in range(1_001))
MINUTES = pd.date_range("2000-01-01", periods=24 * 60, freq="min")


def cells(terms: Sequence[str], codes: Numbers) -> pa.Array:
    """The term of each code, quoted where it needs it; a negative code is blank."""
    return raw([_quoted(term) for term in terms], codes)


def raw(terms: Sequence[str], codes: Numbers) -> pa.Array:
    """The term of each code as it is, which may be several cells; a negative code is blank."""
    place = np.asarray(codes, dtype=np.int64)
    place = np.where(place < 0, len(terms), place)
    return pa.array([*terms, ""], pa.large_string()).take(pa.array(place))


def counts(numbers: Numbers) -> pa.Array:
    """Whole numbers from 0 to 1,000; a negative one is blank."""
    return raw(SMALL_NUMBERS, numbers)


def numbered(prefix: str, numbers: Numbers, width: int) -> pa.Array:
    """The prefix and the number with leading zeros."""
    digits = pc.cast(pa.array(np.asarray(numbers, dtype=np.int64)), pa.large_string())
    return join([_text(prefix), pc.utf8_lpad(digits, width, "0")], "")


def days(numbers: Numbers, pattern: str) -> pa.Array:
    """Days since 1970 in the pattern of strftime."""
    distinct, place = np.unique(np.asarray(numbers, dtype=np.int64), return_inverse=True)
    stamps = pd.DatetimeIndex(distinct.astype("datetime64[D]"))
    return raw(stamps.strftime(pattern).tolist(), place)


def clock(minutes: Numbers, pattern: str) -> pa.Array:
    """Minutes after midnight in the pattern of strftime."""
    return raw(MINUTES.strftime(pattern).tolist(), minutes)


def scores(values: Numbers, steps: int) -> np.ndarray:
    """Scores counted in steps of a point (1 whole, 2 half, 10 tenth points); missing is -1."""
    counted = np.rint(np.asarray(values, dtype=float) * steps)
    return np.where(np.isnan(counted), -1, counted).astype(np.int64)


def sets(codes: Numbers, write: Callable[[int], str]) -> pa.Array:
    """What the function writes for each set, given as bits; a negative code is given too."""
    distinct, place = np.unique(np.asarray(codes, dtype=np.int64), return_inverse=True)
    return raw([write(int(code)) for code in distinct], place)


def members(code: int, names: Sequence[str]) -> list[str]:
    """The names whose bits are set."""
    return [name for place, name in enumerate(names) if code >> place & 1]


def joined(names: Sequence[str], separator: str, nothing: str = "") -> Callable[[int], str]:
    """A writer of sets as one cell: the members with the separator, or the word for none."""

    def write(code: int) -> str:
        return "" if code < 0 else _quoted(separator.join(members(code, names)) or nothing)

    return write


def join(columns: Sequence[pa.Array | pa.Scalar], separator: str) -> pa.Array:
    """The cells of each row as one text."""
    return pc.binary_join_element_wise(*columns, _text(separator))


def lines(columns: Sequence[pa.Array], delimiter: str) -> memoryview:
    """The rows in UTF-8, each ended by CR LF."""
    rows = join([join(columns, delimiter), _text("")], "\r\n")
    _, offsets, data = rows.buffers()
    ends = np.frombuffer(offsets, dtype=np.int64)[rows.offset : rows.offset + len(rows) + 1]
    return memoryview(data)[ends[0] : ends[-1]]


def _quoted(term: str) -> str:
    if any(mark in term for mark in ',;"\r\n'):
        return '"' + term.replace('"', '""') + '"'
    return term


def _text(value: str) -> pa.Scalar:
    return pa.scalar(value, pa.large_string())
