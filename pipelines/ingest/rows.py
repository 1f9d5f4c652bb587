"""Records that are no visit: blank ones, the header again, totals, notes; and booked ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from pipelines.ingest.cells import Cells, Reading, tidy
from pipelines.ingest.read import TextTable
from pipelines.ingest.steps import Step
from pipelines.ingest.terms import as_word
from pipelines.store.words import WORD
from pipelines.vocabulary import Vocabulary, normalised

TOTAL = re.compile(
    r"^((grand |sub ?|running )?totals?|sum|count|average|mean|gesamt|summe|zwischensumme"
    r"|total general|totaal|subtotaal|somme|suma|moyenne)\b"
)
SUBTOTAL = re.compile(
    r"\b((sub ?|grand )?totals?|gesamt|ergebnis|somme|suma|totaal)( count| sessions)?$"
)
LABEL, LABELS = 40, 3
"""A label is shorter, and among the first cells of its row."""
NOTE = re.compile(
    r"^((page|seite|pagina|hoja) \d|(applied )?filters?\b|\d+ (rows|records|sessions|visits)\b"
    r"|(printed|generated|exported|created|prepared|gedruckt|erstellt|imprime|impreso|afgedrukt)\b"
    r"|(end of|confidential|date range|period|as of|therapist|provider|clinician|practitioner"
    r"|location|clinic|month|week) |[^\W\d]{3,10} (19|20)\d\d$)"
)
FEW = 4
BLANK = " \t\r\n\v\f\u00a0\u2007\u202f\u200b\u200c\u200d\u2060\ufeff\u00ad"
SKIPPED = (
    "blank", "header", "total", "note", "cancelled", "no_show", "rescheduled", "never_booked",
    "archived", "deleted", "break", "waitlist", "test", "preview", "not_yet_attended",
    "same_visit", "record",
)  # fmt: skip


class Skipped:
    """Which rows are no visit, and why; the first reason stands."""

    def __init__(self, rows: int) -> None:
        self.reason = np.full(rows, -1, dtype=np.int8)

    def mark(self, rows: np.ndarray, reason: str) -> None:
        self.reason[rows & (self.reason < 0)] = SKIPPED.index(reason)

    def counts(self) -> dict[str, int]:
        found = np.bincount(self.reason[self.reason >= 0], minlength=len(SKIPPED))
        return {name: int(n) for name, n in zip(SKIPPED, found, strict=True) if n}


def mark_what_is_no_record(
    skipped: Skipped, table: TextTable, no_patient: np.ndarray, no_date: np.ndarray
) -> tuple[Step, ...]:
    """Marks blank rows, the header again, totals and notes among rows without patient or date.

    A row that might be a half-filled visit is left for quarantine. Returns what is told of the
    rows below the table.
    """
    odd = no_patient | no_date
    odd[list(table.ragged)] = True
    rows = np.flatnonzero(odd)
    blank = _blank(table, rows)
    skipped.reason[blank] = SKIPPED.index("blank")
    headers = [_names(names) for names in (table.layout.header, *table.layout.header_rows)]
    for row in np.setdiff1d(rows, blank, assume_unique=True):
        kind = _kind(table.cells(int(row)), headers, bool(no_patient[row]), bool(no_date[row]))
        if kind:
            skipped.reason[row] = SKIPPED.index(kind)
    return _footer(skipped.reason)


def _blank(table: TextTable, rows: np.ndarray) -> np.ndarray:
    """Those of the rows in which no cell holds anything, whatever their number."""
    rows = np.setdiff1d(rows, list(table.ragged))
    for column in table.columns:
        if len(rows):
            texts = column.unify_dictionaries().take(rows).cast("string")
            rows = rows[pc.equal(pc.utf8_trim(texts, BLANK), "").to_numpy(zero_copy_only=False)]
    return rows


def _footer(reason: np.ndarray) -> tuple[Step, ...]:
    last = np.flatnonzero(reason < 0)
    below = len(reason) - 1 - last[-1] if len(last) else 0
    if not below:
        return ()
    rows = "the last row is no visit" if below == 1 else f"the last {below:,} rows are no visits"
    return (Step("footer", rows, "totals, notes or nothing stand there"),)


def _names(cells: Sequence[str]) -> list[str]:
    return [normalised(tidy(cell)) for cell in cells]


def _kind(
    cells: Sequence[str], headers: Sequence[list[str]], no_patient: bool, no_date: bool
) -> str | None:
    filled = [text for text in map(tidy, cells) if text]
    if not filled:
        return "blank"
    if any(_is_header(cells, header) for header in headers):
        return "header"
    if not no_date:
        return None
    first = normalised(filled[0])
    if TOTAL.match(first) or any(map(_is_total, filled[:LABELS])):
        return "total"
    if len(filled) == 1 or (no_patient and len(filled) == 2):
        return "note"
    return "note" if len(filled) <= FEW and NOTE.match(first) else None


def _is_total(text: str) -> bool:
    """Whether a cell says that its row adds up others, as `Total` or `Ada Berg Total` does."""
    return len(text) < LABEL and bool(SUBTOTAL.search(normalised(text)))


def _is_header(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row says again what one of the header's lines says."""
    pairs = [
        (normalised(tidy(cell)), name) for cell, name in zip(cells, header, strict=False) if name
    ]
    if len(pairs) == 1:
        return [name for name in header if name] == _names(filter(str.strip, cells))
    return bool(pairs) and sum(cell == name for cell, name in pairs) >= max(2, 0.8 * len(pairs))


def status(vocabulary: Vocabulary):
    """Reads what became of an appointment; yes and no answer whether it was attended.

    An unknown one is kept as a word.

    An `x` alone does not: in some systems it stands for cancelled.
    """

    def read(text: str) -> Reading:
        found = vocabulary.statuses.find(text)
        if found is None and text.casefold() != "x":
            found = {"yes": "attended", "no": "no_show"}.get(vocabulary.answers.find(text))
        return Reading(found or as_word(text))

    return read


def arrived(vocabulary: Vocabulary):
    """Reads whether the patient arrived: a no only says that nobody has ticked it yet."""

    def read(text: str) -> Reading:
        found = vocabulary.answers.find(text)
        if found is None:
            return status(vocabulary)(text)
        return Reading("attended" if found == "yes" else "not_yet_attended")

    return read


def mark_by_status(
    skipped: Skipped, cells: Cells, values: np.ndarray, took_place: np.ndarray
) -> np.ndarray:
    """Marks appointments that were no visit; returns those open ones that were one all the same.

    `took_place` are rows with a past date and a pain score: booked, and yet a visit.
    """
    by_row = values[cells.codes]
    all_the_same = np.zeros(len(by_row), dtype=bool)
    for name in set(values) & set(SKIPPED):
        rows = by_row == name
        if name == "not_yet_attended":
            all_the_same = rows & took_place & (skipped.reason < 0)
            rows = rows & ~took_place
        skipped.mark(rows, name)
    return all_the_same


@dataclass(frozen=True)
class UnknownStatuses:
    """Rows whose status no shipped list knows: the number of each row's word, -1 for none.

    `words` may hold an empty one, which is not kept; `took_place` has a past date and a score.
    """

    words: tuple[str, ...]
    codes: np.ndarray
    took_place: np.ndarray
    position: int


def unknown_statuses(
    cells: Cells, values: np.ndarray, took_place: np.ndarray
) -> UnknownStatuses | None:
    """The rows with an unknown status; None where there is none."""
    words = [value[len(WORD) :] if value and value.startswith(WORD) else None for value in values]
    distinct = tuple(sorted({word for word in words if word is not None}))
    if not distinct:
        return None
    numbers = np.array([-1 if word is None else distinct.index(word) for word in words])
    return UnknownStatuses(distinct, numbers[cells.codes], took_place, cells.position)
