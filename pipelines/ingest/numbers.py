"""Pain scores and other numbers as people write them."""

import re
from collections.abc import Iterable

import numpy as np

from pipelines.ingest.cells import Cells, Reading, on_one_line
from pipelines.ingest.steps import Step

NUMBER = r"[+\-−]?\d+(?:[.,]\d+)?"
PLAIN = re.compile(rf"^{NUMBER}$")
OUT_OF = re.compile(rf"^({NUMBER}) ?(?:/|out of|of|von|sur|de|van|sobre) ?(10|100)$", re.I)
WITH_WORDS = re.compile(rf"^({NUMBER})(?![OolI]+$) ?[-–—:=(,]* ?[^\W\d_½¼¾⅓⅔][^\d½¼¾⅓⅔]*$")
WITH_UNIT = re.compile(
    rf"^({NUMBER}) ?(mm|hz|min|mins|minutes|cm|%|x|years?|yrs?|y|points?|pts?)\.?$", re.I
)
RANGE = re.compile(rf"^{NUMBER} ?(?:-|–|—|to|bis|à|a) ?{NUMBER}$", re.I)
TWO_SCORES = re.compile(rf"^{NUMBER} ?(?:->|→|>|/|=>|then) ?{NUMBER}$", re.I)
HUNDRED = re.compile(r"0 ?(?:-|–|to|/|\.\.) ?100|/ ?100\b|\b100 ?mm|\bmm\b|per ?cent|%", re.I)
TEN = re.compile(r"0 ?(?:-|–|to|/|\.\.) ?10\b|/ ?10\b|out of 10\b", re.I)
MANY = 0.25
"""A 0-100 column holds values above 10 in far more rows than mistakes and codes do."""
REACHES = 20
DIVIDED = "pain is divided by 10"
CODES = (77, 88, 98, 99)
"""Written for a score that is not known; they say nothing about the scale."""


def number(text: str) -> tuple[float, bool]:
    """The number a plain text stands for, to three decimals, and whether its comma is a point."""
    plain = text.replace("−", "-")
    return round(float(plain.replace(",", ".")), 3), "," in plain


def read_pain(text: str, hundred: bool) -> Reading:
    """A score on the 0-10 scale; a 0-100 one is divided by ten. Out of range is left as it is."""
    text = on_one_line(text)
    out_of = OUT_OF.match(text)
    if out_of:
        value, comma = number(out_of[1])
        return Reading(_tenth(value, out_of[2] == "100"), "pain_out_of_given")
    if RANGE.match(text):
        return Reading(problem="pain_is_a_range")
    if TWO_SCORES.match(text):
        return Reading(problem="pain_before_and_after_in_one_cell")
    unit = WITH_UNIT.match(text)
    if unit:
        value, _ = number(unit[1])
        return Reading(_tenth(value, _scale_of(unit[2], hundred)), "words_after_number")
    worded = WITH_WORDS.match(text)
    if worded and not PLAIN.match(text):
        return Reading(_tenth(number(worded[1])[0], hundred), "words_after_number")
    if not PLAIN.match(text):
        return Reading(problem="pain_not_a_number")
    value, comma = number(text)
    repair = "pain_from_0_100" if hundred else "decimal_comma" if comma else None
    return Reading(_tenth(value, hundred), repair)


def _scale_of(unit: str, hundred: bool) -> bool:
    """Millimetres and per cent are out of 100 and centimetres out of 10, whatever the column."""
    return unit.lower() in ("mm", "%") or (hundred and unit.lower() != "cm")


def _tenth(value: float, hundred: bool) -> float:
    return round(value / 10, 3) if hundred else value


def is_out_of_hundred(columns: Iterable[tuple[str, Cells]]) -> tuple[bool, Step | None]:
    """Whether the pain columns are on a 0-100 scale, and what says so.

    A header that names its scale settles it; else values above 10 in many rows, reaching
    well above, do. Values just above 10, or codes such as 99 in a few rows, are mistakes.
    """
    columns = list(columns)
    for header, _ in columns:
        if HUNDRED.search(header):
            return True, Step("pain", DIVIDED, f"“{header}” names a 0-100 scale")
        if TEN.search(header):
            return False, None
    values, rows = _plain_numbers(cells for _, cells in columns)
    above = (values > 10) & (values <= 100) & ~np.isin(values, CODES)
    share = rows[above].sum() / max(rows.sum(), 1)
    if share >= MANY and (values[above] > REACHES).any():
        return True, Step("pain", DIVIDED, f"{share:.0%} of the scores are above 10")
    return False, None


def _plain_numbers(columns: Iterable[Cells]) -> tuple[np.ndarray, np.ndarray]:
    values, rows = [], []
    for cells in columns:
        for word, count in zip(cells.words, cells.counts(), strict=True):
            if word is not None and PLAIN.match(word):
                values.append(number(word)[0])
                rows.append(int(count))
    return np.array(values, dtype=float), np.array(rows, dtype=float)


def read_number(text: str) -> Reading:
    """A plain number, with or without its unit; centimetres become millimetres."""
    if PLAIN.match(text):
        value, comma = number(text)
        return Reading(value, "decimal_comma" if comma else None)
    unit = WITH_UNIT.match(text)
    if unit:
        value, _ = number(unit[1])
        return Reading(value * 10 if unit[2].lower() == "cm" else value, "unit_removed")
    return Reading(problem="number_not_understood")
