"""What a cell in quarantine should say, where only one reading of it is possible.

A suggestion is for a person to accept; nothing is mended by itself.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from pipelines.ingest.cells import one_line
from pipelines.ingest.numbers import PLAIN, UNITS, number, read_number
from pipelines.ingest.pain import read_pain
from pipelines.ingest.quarantine import Reading
from pipelines.ingest.rules import reason_in_words
from pipelines.vocabulary import Terms, load_vocabulary, normalised

MARKS = " .,;:!'\"`*#_()[]"
"""Signs around a number that change nothing; a slash, dash, plus or question mark may."""
OUT_OF_GIVEN = re.compile(r"^(\S+ ?/ ?100?) ?/+$")
HAS_DIGIT = re.compile(r"\d").search
LOOK_LIKE_DIGITS = str.maketrans("OoIl", "0011")
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SLIPS = (2, 3, 4, 5, 6, 7, 8, 10)
"""Tens that are a tenth by every reading: no point, an added nought, out of a hundred. In 90
the nought may be the key beside the nine."""
DAY = re.compile(r"^\W*(\d{1,4})\W+(\d{1,2})\W+(\d{4}|\d{1,2})\W*$")
TIME = re.compile(r"^\W*(\d{1,2})\W(\d{2})\W*$")
NEAR, APART = 80, 10
"""How like a known word a mistyped one is, and how much less like every word of another term."""
FIRST_YEAR = 1990


@dataclass(frozen=True)
class Suggestion:
    """The text to write in place of the cell, and what makes it the only reading."""

    text: str
    because: str


Suggest = Callable[[str, Reading], Suggestion | None]


def suggestion(reason: str, text: str, reading: Reading) -> Suggestion | None:
    """What to write in place of a cell that is in quarantine for a reason.

    `reading` is how its file was read. None where nothing or more than one thing is likely.
    """
    suggest = SUGGEST.get(reason)
    return suggest(text.strip(), reading) if suggest and text.strip() else None


def suggestions(waiting: pd.DataFrame) -> pd.DataFrame:
    """One row an entry in quarantine for which there is a suggestion.

    `place` is the cell's place in its row, `text` what stands there, `suggested` what would.
    """
    found = []
    for row, place in zip(waiting.itertuples(), places(waiting), strict=True):
        if place >= 0:
            text = json.loads(row.cells)[place]
            made = suggestion(row.reason, text, Reading.of(row.reading))
            if made:
                found.append((row.entry, place, text, made.text, made.because))
    return pd.DataFrame(found, columns=["entry", "place", "text", "suggested", "because"])


def accepted(waiting: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    """The entries with their suggestions in place of their cells."""
    told = made.set_index("entry")
    return waiting.assign(
        cells=[
            _with(row.cells, int(told["place"][row.entry]), told["suggested"][row.entry])
            if row.entry in told.index
            else row.cells
            for row in waiting.itertuples()
        ]
    )


def _with(cells: str, place: int, text: str) -> str:
    changed = json.loads(cells)
    changed[place] = text
    return json.dumps(changed)


def places(waiting: pd.DataFrame) -> list[int]:
    """Which cell each entry's reason is about: its place in the row, -1 for none or unknown."""
    return [_place(row) for row in waiting.itertuples()]


def _place(row) -> int:
    """The one cell of which the reason's sentence, said again, is the one that was kept."""
    header, cells = json.loads(row.header), json.loads(row.cells)
    told = [
        place
        for place, (name, text) in enumerate(zip(header, cells, strict=False))
        if row.sentence.startswith(one_line(name))
        and reason_in_words(row.reason, one_line(name), text.strip()) == row.sentence
    ]
    return told[0] if len(told) == 1 else -1


def _pain(text: str, reading: Reading) -> Suggestion | None:
    """A score that is a number but for a slip of the hand."""
    if isinstance(reading.hundred, str):
        return None
    hundred = bool(reading.hundred)
    if text.casefold() in WORDS:
        value = WORDS.index(text.casefold())
        return Suggestion(str(value * (10 if hundred else 1)), "a number in words")
    for tidy in _tidied(text):
        score = read_pain(tidy, hundred)
        if score.value is not None and 0 <= score.value <= 10:
            on_its_scale = score.value * (10 if hundred else 1)
            return Suggestion(f"{on_its_scale:g}", _why(text, tidy))
    return None


def _ten_times(text: str, reading: Reading) -> Suggestion | None:
    """A score ten times what the scale holds, where every way to it means the same."""
    if isinstance(reading.hundred, str):
        return None
    top = 100 if reading.hundred else 10
    value = number(text)[0] if PLAIN.match(text) else 0.0
    if value % top or value / top not in SLIPS:
        return None
    return Suggestion(f"{value / 10:g}", "a nought too many, or a point left out")


def _number(text: str, reading: Reading) -> Suggestion | None:
    for tidy in _tidied(text):
        if any(read_number(measure)(tidy).problem is None for measure in UNITS):
            return Suggestion(tidy, _why(text, tidy))
    return None


def _tidied(text: str) -> list[str]:
    """A text with a digit in it without the signs around, then with digits for letters too."""
    told = OUT_OF_GIVEN.match(text.strip(MARKS))
    bare = told[1] if told else text.strip(MARKS)
    tidied = dict.fromkeys((bare, bare.translate(LOOK_LIKE_DIGITS))) if HAS_DIGIT(text) else {}
    return [tidy for tidy in tidied if tidy != text and tidy[:1].isdigit()]


def _why(text: str, tidy: str) -> str:
    return "signs around the number left out" if tidy in text else "a letter typed for a digit"


def _day(text: str, reading: Reading) -> Suggestion | None:
    """A date between unusual signs, or with day and month the other way about."""
    parts = DAY.match(text.translate(LOOK_LIKE_DIGITS))
    if not parts:
        return None
    first, second, third = (int(part) for part in parts.groups())
    if len(parts[1]) == 4:
        found = _date(first, second, third) if len(parts[3]) <= 2 else None
        return found and Suggestion(found.isoformat(), "year, month and day with other signs")
    if len(parts[1]) > 2 or reading.date_order not in ("dmy", "mdy"):
        return None
    year = third + 2000 if len(parts[3]) <= 2 else third
    return _in_order(first, second, year, reading.date_order)


def _in_order(first: int, second: int, year: int, order: str) -> Suggestion | None:
    day, month = (first, second) if order == "dmy" else (second, first)
    as_read, swapped = _date(year, month, day), _date(year, day, month)
    if as_read:
        return Suggestion(_written(as_read, order), "the same date with the usual signs")
    if swapped and int(f"{month:02}"[::-1]) > 12:  # else the month's own digits may be swapped
        return Suggestion(_written(swapped, order), "day and month the other way about")
    return None


def _date(year: int, month: int, day: int) -> date | None:
    """A day that can be a visit's."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if year >= FIRST_YEAR and found <= date.today() else None


def _written(day: date, order: str) -> str:
    """The day as its file writes dates."""
    return day.strftime("%d/%m/%Y" if order == "dmy" else "%m/%d/%Y")


def _time(text: str, reading: Reading) -> Suggestion | None:
    parts = TIME.match(text.translate(LOOK_LIKE_DIGITS))
    if not parts or int(parts[1]) > 23 or int(parts[2]) > 59:
        return None
    return Suggestion(f"{int(parts[1]):02}:{parts[2]}", "a time with the usual sign")


def _term_of(name: str) -> Suggest:
    def suggest(text: str, reading: Reading) -> Suggestion | None:
        word = nearest(text, getattr(load_vocabulary(), name))
        return word and Suggestion(word, "the known word that is most like it")

    return suggest


def nearest(text: str, terms: Terms) -> str | None:
    """The label of the term that the text mistypes; None where none or two terms are near."""
    from rapidfuzz import fuzz

    written = normalised(text)
    likeness = {
        term.name: max(
            fuzz.ratio(written, normalised(word))
            for word in (term.name, term.label, *term.synonyms)
        )
        for term in terms
    }
    order = sorted(likeness, key=lambda name: -likeness[name])
    scores = np.array([likeness[name] for name in order[:2]] + [0.0])
    if len(written) < 3 or scores[0] < NEAR or scores[0] - scores[1] < APART:
        return None
    return terms.label(order[0])


SUGGEST: dict[str, Suggest] = {
    "pain_not_a_number": _pain,
    "pain_out_of_range": _ten_times,
    "number_not_understood": _number,
    "date_not_understood": _day,
    "date_does_not_exist": _day,
    "time_not_understood": _time,
    "unknown_status": _term_of("statuses"),
    "severity_not_understood": _term_of("severities"),
    "answer_not_understood": _term_of("answers"),
}
