"""What the values of a column look like, by a sample of its distinct texts."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from pipelines.codes import AT_START
from pipelines.ingest.cells import tidy
from pipelines.ingest.durations import chronicity
from pipelines.ingest.terms import LIST
from pipelines.vocabulary import Terms, Vocabulary, normalised

ROWS, WORDS = 5000, 200
"""How far down a column is looked at, and how many distinct texts of it."""
DAY = re.compile(
    r"^(?:[^\W\d_]{2,10}\.?,? +)?(?:\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?(?P<last>\d{2,4})"
    r"|(?P<first>\d{4}) ?[/.\-] ?\d{1,2} ?[/.\-] ?\d{1,2}|(?P<run>(?:19|20)\d\d)[01]\d[0-3]\d"
    r"|\d{1,2}(?:st|nd|rd|th|\.|er)?(?: de)?[ \-./]+[^\W\d_]{3,10}\.?,?(?: de)?[ \-./]+"
    r"(?P<named>\d{2,4})"
    r"|[^\W\d_]{3,10}\.?[ \-]+\d{1,2}(?:st|nd|rd|th)?,?[ \-]+(?P<month>\d{4}))(?:[T ,].*)?$"
)
CLOCK = re.compile(r"^\d{1,2}(?::\d{2}(?:[:.]\d{2})?|[.h]\d{2})(?: ?[ap]\.?m\.?)?(?: ?uhr)?$", re.I)
NUMBER = re.compile(r"^[+\-−]?\d+(?:[.,]\d+)?$")
SCORE = re.compile(
    r"^(?P<n>[+\-−]?\d+(?:[.,]\d+)?) ?(?:(?:/|out of|von|sur|de|van) ?(?P<of>100?)\b"
    r"|mm|cm|%|[-–—:=(,]+ ?[^\W\d_].*)?$",
    re.I,
)
EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
PHONE = re.compile(r"^(?:\+|00)?[(\d][\d ()./\-]{6,}\d$")
STREET = re.compile(
    r"\d.*\b(?:street|st|road|rd|avenue|ave|lane|drive|blvd|boulevard|court|way|rue|calle|via)\b"
    r"|\b(?:rue|calle|avenida|avenue) .*\d"
    r"|[^\W\d_](?:strasse|straße|str\.|weg|platz|gasse|straat|laan|plein)"
    r" ?\d",
    re.I,
)
NETWORK = re.compile(r"^\d{1,3}(?:\.\d{1,3}){3}$")
PERSON = re.compile(
    r"^(?:(?:mrs?|ms|miss|herr|frau|mme|m)\.? )?[^\W\d_][^\W\d_'’.\-]+,?(?: [^\W\d_]\.?)?"
    r" [^\W\d_][^\W\d_'’\-]+\d{0,4}$",
    re.I,
)
CODE = re.compile(r"^[A-Za-z]{0,4}[-_ ]?\d{2,}[A-Za-z0-9\-]*$")
LONG = 60
OLDEST_VISIT, MANY_YEARS = 1990, 4


@dataclass(frozen=True)
class Look:
    """A sample of one column: distinct texts, tidied, and how many rows hold each.

    Shares are of the filled cells looked at, 0 to 1; an empty column has none of anything.
    """

    words: tuple[str, ...]
    counts: tuple[int, ...]
    distinct: int  # texts in the rows looked at, of which `words` are the first
    filled: int
    vocabulary: Vocabulary

    def share(self, test: Callable[[str], object]) -> float:
        """The part of the filled cells whose text passes the test."""
        held = sum(n for word, n in zip(self.words, self.counts, strict=True) if test(word))
        return held / sum(self.counts) if self.counts else 0.0

    def of(self, terms: Terms) -> float:
        """The part of the filled cells that are terms of a list, alone or several in a cell."""
        nothing = self.vocabulary.nothing

        def known(word: str) -> bool:
            if terms.find(word) or self.vocabulary.not_known.find(word):
                return True
            parts = [part.strip() for part in LIST.split(word) if part.strip()]
            return len(parts) > 1 and all(terms.find(p) or nothing.find(p) for p in parts)

        return self.share(known)

    @cached_property
    def dates(self) -> float:
        return self.share(DAY.match)

    @cached_property
    def clocks(self) -> float:
        return self.share(CLOCK.match)

    @cached_property
    def numbers(self) -> float:
        return self.share(NUMBER.match)

    @cached_property
    def births(self) -> float:
        """The part with a year in which no visit can have been; 0 where these are few years."""
        years = {year for year in map(_year, self.words) if 1880 < year < OLDEST_VISIT}
        return self.share(lambda word: _year(word) in years) if len(years) >= MANY_YEARS else 0.0

    @cached_property
    def scores(self) -> float:
        """The part that are numbers from 0 to 10, or to 100, alone or with the words of a scale."""
        return self.share(lambda word: 0 <= _score(word) <= 100)

    @cached_property
    def durations(self) -> float:
        """The part that tell how long something has lasted, as a stage or with a unit of time."""
        read = chronicity(self.vocabulary, "")
        found = {word: read(word) for word in self.words}
        told = [w for w, got in found.items() if got.value and got.repair != "unknown_chronicity"]
        return self.share(set(told).__contains__)

    @property
    def in_ten(self) -> float:
        return self.share(lambda word: 0 <= _score(word) <= 10)

    @cached_property
    def codes(self) -> float:
        """The part that begin like a diagnosis code with its dot; without it ids look so too."""
        return self.share(lambda word: "." in word and AT_START.match(word.upper()))

    @cached_property
    def personal(self) -> str | None:
        """What the values would tell of a person, in words; None where nothing."""
        for what, test in (
            ("e-mail addresses", EMAIL.match),
            ("network addresses", NETWORK.match),
            ("phone numbers", _is_phone),
            ("addresses", STREET.search),
            ("free text", _is_prose),
        ):
            if self.share(test) >= 0.6:
                return what
        return None

    @cached_property
    def people(self) -> float:
        """The part that are two words without a digit, as names are."""
        return self.share(PERSON.match)

    @cached_property
    def ids(self) -> float:
        """The part that are numbers or short codes, of many different ones."""
        many = self.distinct >= 5 and self.distinct > 0.02 * self.filled
        return self.share(CODE.match) if many else 0.0

    def example(self) -> str:
        """The first texts, for a person to know the column by."""
        return ", ".join(word if len(word) <= 30 else word[:29] + "…" for word in self.words[:3])

    def shape(self) -> str:
        """How the texts are built, each letter as A and each digit as 9."""
        first = self.words[0] if self.words else ""
        drawn = "".join("9" if c.isdigit() else "A" if c.isalpha() else c for c in first[:20])
        return f"like {drawn}, {self.distinct:,} different ones" if first else "empty"


def look_at_column(column: pa.ChunkedArray, vocabulary: Vocabulary) -> Look:
    """The first thousands of rows of a column; the first rows that are filled, if these are not."""
    for start in range(0, len(column), ROWS * 10):
        found = _look(column.slice(start, ROWS), vocabulary)
        if found.filled or start > 20 * ROWS:
            return found
    return Look((), (), 0, 0, vocabulary)


def _look(column: pa.ChunkedArray, vocabulary: Vocabulary) -> Look:
    encoded = column.unify_dictionaries().combine_chunks()
    held, first, counts = np.unique(
        encoded.indices.to_numpy(zero_copy_only=False), return_index=True, return_counts=True
    )
    order = np.argsort(first)
    texts = encoded.dictionary.take(pa.array(held[order])).to_pylist()
    marks = vocabulary.missing_marks
    pairs = [(tidy(t), int(n)) for t, n in zip(texts, counts[order], strict=True) if t.strip()]
    pairs = [(text, n) for text, n in pairs if text and not marks.is_written(text)]
    words, numbers = tuple(zip(*pairs[:WORDS], strict=True)) or ((), ())
    return Look(words, numbers, len(pairs), sum(n for _, n in pairs), vocabulary)


def _year(word: str) -> int:
    """The four-digit year of a date, 0 where there is none."""
    found = DAY.match(word)
    if not found:
        return 0
    year = next((text for text in found.groups() if text), "0")
    return int(year) if len(year) == 4 else 0


def _score(word: str) -> float:
    found = SCORE.match(word)
    return float(found["n"].replace(",", ".").replace("−", "-")) if found else -1.0


def _is_phone(word: str) -> bool:
    if not PHONE.match(word) or DAY.match(word) or NETWORK.match(word):
        return False
    digits = sum(map(str.isdigit, word))
    return 7 <= digits <= 15 and (not word.isdigit() or word.startswith("00"))


def _is_prose(word: str) -> bool:
    return len(word) > LONG and len(normalised(word).split()) > 8
