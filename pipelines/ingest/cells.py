"""A column as its distinct texts, each understood once, and what was found in it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.ingest.questions import Question
from pipelines.ingest.steps import Step
from pipelines.store.words import behind, has_words, is_word
from pipelines.vocabulary import Vocabulary

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\t\r\v\f", " "))
NOT_PLAIN = r"^$|^[\s='#]|\s$|[^ -~]"
"""Texts that may hold more than plain letters: empty, padded, wrapped, with signs of any sort."""


class Reading(NamedTuple):
    """What one text means: a value, or the reason why it means none; and the repair it took."""

    value: Any = None
    repair: str | None = None
    problem: str | None = None


BLANK = Reading()


@dataclass(frozen=True)
class Cells:
    """One column: its distinct texts, tidied, and for each row the number of its text.

    A cell without content, or with a mark that stands for none such as `N/A`, is None.
    """

    position: int
    words: list[str | None]
    codes: np.ndarray

    @classmethod
    def of(cls, column: pa.ChunkedArray, position: int, vocabulary: Vocabulary) -> "Cells":
        encoded = column.unify_dictionaries().combine_chunks()
        return cls(position, _tidied(encoded.dictionary, vocabulary), encoded.indices.to_numpy())

    def counts(self, rows: np.ndarray | None = None) -> np.ndarray:
        """How many (of the masked) rows hold each distinct text."""
        codes = self.codes if rows is None else self.codes[rows]
        return np.bincount(codes, minlength=len(self.words))

    def blank(self) -> np.ndarray:
        """Rows without content."""
        return np.array([word is None for word in self.words])[self.codes]

    def read(self, reader: Callable[[str], Reading]) -> list[Reading]:
        """Each distinct text read once."""
        return [BLANK if word is None else reader(word) for word in self.words]


def _tidied(texts: pa.Array, vocabulary: Vocabulary) -> list[str | None]:
    """Each text tidied, None where it has no content; plain ones are taken as they are."""
    marks = vocabulary.missing_marks
    words = texts.to_pylist()
    for number in np.flatnonzero(pc.match_substring_regex(texts, NOT_PLAIN)):
        words[number] = tidy(words[number]) or None
    return [None if word is None or marks.is_written(word) else word for word in words]


def texts(column: pa.ChunkedArray, vocabulary: Vocabulary) -> pa.Array:
    """Each row's text, tidied, null where it has no content; for columns of which few repeat."""
    encoded = column.unify_dictionaries().combine_chunks()
    words = encoded.dictionary
    marks = pa.array(vocabulary.missing_marks.written(), pa.string())
    odd = pc.or_(pc.match_substring_regex(words, NOT_PLAIN), pc.is_in(words, value_set=marks))
    if pc.any(odd).as_py():
        tidied = pa.array(_tidied(words.filter(odd), vocabulary), pa.string())
        words = pc.replace_with_mask(words, odd, tidied)
    return words.take(encoded.indices)


def on_one_line(text: str) -> str:
    """The text where a line break says no more than a space: everywhere but in a list."""
    return text.replace("\n", " ")


def tidy(text: str) -> str:
    """Without invisible signs and outer spaces, and without a spreadsheet's wrapping of text.

    A line break inside stays: in a list it stands between two terms.
    """
    text = text.translate(INVISIBLE).translate(SPACES).strip()
    if text.startswith("'"):
        text = _without_apostrophe(text)
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        text = text[2:-1].strip()
    return text


def _without_apostrophe(text: str) -> str:
    """Text that was marked as such, by a spreadsheet or on its way out of here."""
    bare = text
    while bare.startswith("'"):
        bare = bare[1:].lstrip()
    return bare or text


def one_line(text: str) -> str:
    """A header for people: without line breaks and outer spaces."""
    return " ".join(text.split())


@dataclass
class Findings:
    """What the cleaning found, row by row: the first problem of each, and repairs by rule.

    `live` are the rows that are visits: repairs are counted in these alone. `questions` are
    what the values leave open.
    """

    rows: int
    repairs: Counter = field(default_factory=Counter)
    reasons: list[str] = field(default_factory=lambda: [""])
    steps: list[Step] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    details: dict[int, str] = field(default_factory=dict)  # of a row's problem, beside its reason

    def __post_init__(self) -> None:
        self.reason = np.zeros(self.rows, dtype=np.int16)
        self.position = np.full(self.rows, -1, dtype=np.int16)
        self.live = np.ones(self.rows, dtype=bool)

    def problem(self, rows: np.ndarray, reason: str, position: int = -1) -> None:
        """Marks the rows (a mask) that have no earlier problem."""
        fresh = rows & (self.reason == 0)
        if fresh.any():
            if reason not in self.reasons:
                self.reasons.append(reason)
            self.reason[fresh] = self.reasons.index(reason)
            self.position[fresh] = position

    def take(self, cells: Cells, readings: list[Reading]) -> np.ndarray:
        """Notes problems and repairs of the readings; returns their values by distinct text."""
        for problem in sorted({reading.problem for reading in readings} - {None}):
            found = np.array([reading.problem == problem for reading in readings])
            self.problem(found[cells.codes], problem, cells.position)
        self._count_repairs(cells, readings)
        values = np.empty(len(readings), dtype=object)
        values[:] = [reading.value for reading in readings]
        return values

    def _count_repairs(self, cells: Cells, readings: list[Reading]) -> None:
        if any(reading.repair for reading in readings):
            for reading, count in zip(readings, cells.counts(self.live), strict=True):
                if reading.repair and count:
                    self.repairs[reading.repair] += int(count)

    def repaired(self, rows: np.ndarray, rule: str) -> None:
        """Counts a repair of whole rows."""
        self.repairs[rule] += int((rows & self.live).sum())

    def numbers(self, cells: Cells, readings: list[Reading]) -> np.ndarray:
        """The readings' values as a number a row, NaN where there is none."""
        values = self.take(cells, readings)
        return np.array([np.nan if v is None else v for v in values], dtype=float)[cells.codes]

    def words(self, cells: Cells, readings: list[Reading]) -> pd.Categorical:
        """The readings' values as one of few words a row."""
        return categorical(self.take(cells, readings), cells.codes)


def categorical(values: Sequence[str | None], codes: np.ndarray) -> pd.Categorical:
    """The value of each row's distinct text; None is missing."""
    words = sorted({value for value in values if value is not None})
    place = {word: number for number, word in enumerate(words)}
    moved = np.array([place.get(value, -1) for value in values], dtype=np.int32)
    return pd.Categorical.from_codes(
        moved[codes] if len(moved) else np.full(len(codes), -1, dtype=np.int32),
        pd.Index(words, dtype="str"),
    )


def filled(said: pd.Categorical, told: pd.Categorical) -> pd.Categorical:
    """The first column, and where it is missing the second; behind a word it waits beside it."""
    words = said.categories.union(told.categories, sort=False)
    place = np.append(words.get_indexer(told.categories), -1)
    codes = np.where(said.codes >= 0, said.codes, place[told.codes])
    result = pd.Categorical.from_codes(codes, words)
    return _with_what_stands_behind(result, said, told) if has_words(said) else result


def _with_what_stands_behind(
    result: pd.Categorical, said: pd.Categorical, told: pd.Categorical
) -> pd.Categorical:
    marked = np.array([*map(is_word, said.categories), False])
    both = marked[said.codes] & (told.codes >= 0)
    pairs = said.codes.astype(np.int64) * len(told.categories) + told.codes
    distinct, found = np.unique(pairs[both], return_inverse=True)
    texts = [
        behind((said.categories[one], told.categories[other]))
        for one, other in (divmod(int(pair), len(told.categories)) for pair in distinct)
    ]
    words = result.categories.union(pd.Index(texts, dtype="str"), sort=False)
    codes = result.codes.astype(np.int32)
    codes[both] = words.get_indexer(texts)[found] if len(found) else 0
    return pd.Categorical.from_codes(codes, words)


def nothing_known(rows: int) -> pd.Categorical:
    """A column of words in which nothing is known."""
    return pd.Categorical.from_codes(np.full(rows, -1), pd.Index([], dtype="str"))
