"""Which appointments were visits: by status, by columns filled only where one was not, by name."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.ingest import rows
from pipelines.ingest.cells import Cells
from pipelines.ingest.clean.opened import Opened
from pipelines.ingest.clean.scores import PAIN
from pipelines.terms import words as spellings


def skip_what_was_no_visit(
    file: Opened, visit: np.ndarray, today: date
) -> tuple[np.ndarray, rows.UnknownStatuses | None]:
    """Skips appointments that were no visit; returns those that were, though only booked.

    Beside them the rows with an unknown status, if any.
    """
    _cancelled_or_missed(file)
    _for_practice(file)
    cells = file.cells("status")
    reader = rows.status(file.vocabulary)
    if cells is None:
        cells, reader = file.cells("arrived"), rows.arrived(file.vocabulary)
    if cells is None:
        return file.nowhere(), None
    scored = file.nowhere()
    for name in PAIN:
        if file.has(name):
            scored |= ~file.cells(name).blank()
    file.findings.live = file.skipped.reason < 0
    values = file.findings.take(cells, cells.read(reader))
    took_place = scored & (visit <= np.datetime64(today))
    booked = rows.mark_by_status(file.skipped, cells, values, took_place)
    return booked, rows.unknown_statuses(cells, values, took_place)


def _cancelled_or_missed(file: Opened) -> None:
    """Skips rows by columns that are filled, with a time or a yes, only where it did not happen."""
    for name, fate in (("cancelled_at", "cancelled"), ("did_not_arrive", "no_show")):
        cells = file.cells(name)
        if cells is not None:
            answers = file.vocabulary.answers
            told = [word is not None and answers.find(word) != "no" for word in cells.words]
            file.skipped.mark(np.array(told, dtype=bool)[cells.codes], fate)


def _for_practice(file: Opened) -> None:
    """Skips rows of a made-up patient for trying things out, such as `Ted Test`.

    A name counts whole, in one column or as first and last name in two: people are called Test.
    """
    names = [file.cells_at(position) for position in file.columns.names]
    for cells in names:
        file.skipped.mark(_knows_as_test(file, cells.words)[cells.codes], "test")
    if len(names) == 2:
        file.skipped.mark(_first_and_last(file, *names), "test")


def _first_and_last(file: Opened, one: Cells, other: Cells) -> np.ndarray:
    pairs, places = np.unique(one.codes * len(other.words) + other.codes, return_inverse=True)
    firsts, lasts = np.divmod(pairs, max(len(other.words), 1))
    whole = [
        " ".join(filter(None, (one.words[first], other.words[last])))
        for first, last in zip(firsts, lasts, strict=True)
    ]
    return _knows_as_test(file, whole)[places]


def _knows_as_test(file: Opened, words: list[str | None]) -> np.ndarray:
    """Names of several words that are a status of trying out; hardly any is looked up for it."""
    statuses = file.vocabulary.statuses
    trying_out = "|".join({word.split()[0].casefold() for word in spellings(statuses["test"])})
    likely = pc.match_substring_regex(pa.array(words, pa.string()), trying_out, ignore_case=True)
    known = np.zeros(len(words), dtype=bool)
    for place in np.flatnonzero(likely.fill_null(False)):
        known[place] = " " in words[place] and statuses.find(words[place]) == "test"
    return known
