"""The numbers in each text of a column of dates, as they stand, whatever their order."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.ingest.cells import on_one_line
from pipelines.ingest.dates.names import ARTICLES, MONTHS, WEEKDAYS

WEEKDAY = r"^(?:(?P<weekday>\pL{2,10})\.?,? +)?"
REST = r"(?P<rest>(?:[T ,].*)?)$"
NUMERIC = WEEKDAY + r"(?P<a>\d{1,4}) ?[/.\-] ?(?P<b>\d{1,2}) ?[/.\-] ?(?P<c>\d{1,4})\.?" + REST
DAY_NAMED = (
    WEEKDAY
    + r"(?P<b>\d{1,2})(?:st|nd|rd|th|\.|er|º|e)?(?: (?:de|of) )?[ \-./]*(?P<a>\pL{3,10})\.?,?"
    r"(?: (?:del?|of))?[ \-./]*'?(?P<c>\d{2,4})" + REST
)
MONTH_NAMED = (
    WEEKDAY + r"(?P<a>\pL{3,10})\.?[ \-./]+(?P<b>\d{1,2})(?:st|nd|rd|th)?(?: de)?,?[ \-./]+"
    r"(?P<c>\d{4})" + REST
)
YEAR_NAMED = r"^(?P<a>\d{4})[ \-./]+(?P<b>\pL{3,10})\.?[ \-./]+(?P<c>\d{1,2})" + REST
COMPACT = r"^(?P<a>\d{4})(?P<b>0[1-9]|1[0-2])(?P<c>\d{2})" + REST
COMPACT_YEAR_LAST = r"^(?P<a>\d{2})(?P<b>\d{2})(?P<c>(?:19|20)\d{2})" + REST
NAMES_MONTH = {DAY_NAMED: "a", MONTH_NAMED: "a", YEAR_NAMED: "b"}
SURE_OF_WEEKDAY = 3
"""Letters from which on the name of a weekday is the same day in every language that has it."""


@dataclass(frozen=True)
class Parts:
    """The three numbers of each text as they stand, and which are in an open order."""

    texts: pa.Array
    first: np.ndarray
    second: np.ndarray
    third: np.ndarray
    width_of_first: np.ndarray
    width_of_third: np.ndarray
    year_first: np.ndarray
    open: np.ndarray
    named: np.ndarray
    weekday: np.ndarray  # 0 is Monday, -1 not given
    sure_weekday: np.ndarray
    rest: pa.Array


def one_line_texts(words: list[str | None]) -> pa.Array:
    """A column's distinct texts, a missing one as an empty text."""
    return pa.array([on_one_line(word or "") for word in words], pa.string())


def parts_of(texts: pa.Array) -> Parts:
    """The parts of each text; a text that is no date in any form has -1 for its numbers."""
    count = len(texts)
    found = _Found(count)
    for pattern in (NUMERIC, DAY_NAMED, MONTH_NAMED, YEAR_NAMED, COMPACT, COMPACT_YEAR_LAST):
        left = np.flatnonzero(found.numbers["a"] < 0)
        groups = pc.extract_regex(texts.take(pa.array(left)), pattern)
        fits = groups.is_valid()
        if pc.any(fits).as_py():
            taken = {f.name: groups.field(f.name).filter(fits) for f in groups.type}
            at = left[fits.to_numpy(zero_copy_only=False)]
            found.take(at, taken, NAMES_MONTH.get(pattern))
    return found.parts(texts)


class _Found:
    """What the forms gave so far, text by text."""

    def __init__(self, count: int) -> None:
        self.numbers = {name: np.full(count, -1) for name in "abc"}
        self.width = {name: np.zeros(count, int) for name in "ac"}
        self.year_first, self.open, self.named = (np.zeros(count, bool) for _ in range(3))
        self.weekday, self.sure = np.full(count, -1), np.zeros(count, bool)
        self.rest = np.full(count, "", dtype=object)

    def take(self, at: np.ndarray, part: dict[str, pa.Array], month: str | None) -> None:
        """Notes the parts of the texts at these places; `month` is the one that is a name."""
        for name in "abc":
            read = _months if name == month else _integers
            self.numbers[name][at] = read(part[name])
        for name in "ac":
            self.width[name][at] = pc.utf8_length(part[name]).to_numpy()
        leads = (self.width["a"][at] == 4) & (month != "a")
        self.year_first[at], self.named[at] = leads, month is not None
        self.open[at] = ~leads & (month is None)
        self.rest[at] = part["rest"].to_pylist()
        if "weekday" in part:
            self._weekdays(at, part["weekday"])
        # A month that is no month's name leaves no date.
        self.numbers["a"][at[self.numbers["b"][at] < 0]] = -1

    def _weekdays(self, at: np.ndarray, names: pa.Array) -> None:
        """A word before the date that is no weekday may change its meaning: no date then."""
        encoded = names.dictionary_encode()
        words = [word.casefold() for word in encoded.dictionary.to_pylist()]
        codes = encoded.indices.to_numpy()
        self.weekday[at] = np.array([WEEKDAYS.get(word, -1) for word in words])[codes]
        self.sure[at] = np.array([len(word) >= SURE_OF_WEEKDAY for word in words])[codes]
        strange = [bool(word) and word not in WEEKDAYS and word not in ARTICLES for word in words]
        self.numbers["a"][at[np.array(strange)[codes]]] = -1

    def parts(self, texts: pa.Array) -> Parts:
        a, b, c = (self.numbers[name] for name in "abc")
        open_ = self.open & (a >= 0)
        return Parts(
            texts, a, b, c, self.width["a"], self.width["c"], self.year_first & (a >= 0), open_,
            self.named & (a >= 0), self.weekday, self.sure & (self.weekday >= 0),
            pa.array(self.rest, pa.string()),
        )  # fmt: skip


def _integers(texts: pa.Array) -> np.ndarray:
    return texts.cast(pa.int64()).to_numpy()


def _months(names: pa.Array) -> np.ndarray:
    return np.array([MONTHS.get(name.casefold(), -1) for name in names.to_pylist()])
