"""Records that are no visit: blank ones, the header again, totals, notes; and booked ones."""

import re
from collections.abc import Sequence

import numpy as np

from pipelines.ingest.cells import Cells, Reading, tidy
from pipelines.ingest.read import TextTable
from pipelines.vocabulary import Vocabulary, normalised

TOTAL = re.compile(
    r"^((grand |sub ?|running )?totals?|sum|count|average|mean|gesamt|summe|zwischensumme"
    r"|total general|totaal|subtotaal|somme|suma|moyenne)\b"
)
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
) -> None:
    """Marks blank rows, the header again, totals and notes among rows without patient or date.

    A row that might be a half-filled visit is left for quarantine.
    """
    odd = no_patient | no_date
    odd[list(table.ragged)] = True
    header = [normalised(tidy(text)) for text in table.layout.header]
    for row in np.flatnonzero(odd):
        kind = _kind(table.cells(int(row)), header, bool(no_patient[row]), bool(no_date[row]))
        if kind:
            skipped.reason[row] = SKIPPED.index(kind)


def _kind(
    cells: Sequence[str], header: Sequence[str], no_patient: bool, no_date: bool
) -> str | None:
    filled = [text for text in map(tidy, cells) if text]
    if not filled:
        return "blank"
    if _is_header(cells, header):
        return "header"
    if no_date and TOTAL.match(normalised(filled[0])):
        return "total"
    if no_date and (len(filled) == 1 or (no_patient and len(filled) == 2)):
        return "note"
    return None


def _is_header(cells: Sequence[str], header: Sequence[str]) -> bool:
    pairs = [
        (normalised(tidy(cell)), name) for cell, name in zip(cells, header, strict=False) if name
    ]
    return sum(cell == name for cell, name in pairs) >= max(2, 0.8 * len(pairs))


def status(vocabulary: Vocabulary):
    """Reads what became of an appointment; yes and no answer whether it was attended.

    An `x` alone does not: in some systems it stands for cancelled.
    """

    def read(text: str) -> Reading:
        found = vocabulary.statuses.find(text)
        if found is None and text.casefold() != "x":
            found = {"yes": "attended", "no": "no_show"}.get(vocabulary.answers.find(text))
        return Reading(found) if found else Reading(problem="unknown_status")

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
    for name in {value for value in values if value not in (None, "attended")}:
        rows = by_row == name
        if name == "not_yet_attended":
            all_the_same = rows & took_place & (skipped.reason < 0)
            rows = rows & ~took_place
        skipped.mark(rows, name)
    return all_the_same
