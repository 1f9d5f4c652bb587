"""Yes and no in a column, judged over the whole column."""

from pipelines.ingest import terms
from pipelines.ingest.cells import Cells, Reading
from pipelines.vocabulary import Vocabulary

CROSSES = frozenset("✗✘✕✖❌")
"""Beside ticks a cross says no; where there are no ticks, it may as well be one."""


def answers(cells: Cells, vocabulary: Vocabulary) -> list[Reading]:
    """Each distinct text as True or False; a cross alone says neither."""
    found = cells.read(terms.answer(vocabulary))
    if any(reading.value is True for reading in found):
        return found
    open_ = Reading(problem="answer_not_understood")
    return [
        open_ if word in CROSSES else reading
        for word, reading in zip(cells.words, found, strict=True)
    ]
