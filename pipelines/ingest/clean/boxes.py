"""Side effects with a column each: answered with yes and no, or boxes that can only be ticked."""

from dataclasses import dataclass

import numpy as np

from pipelines.ingest import terms
from pipelines.ingest.cells import Reading
from pipelines.ingest.clean.answers import answers
from pipelines.ingest.clean.opened import Opened
from pipelines.ingest.questions import Choice, Question
from pipelines.ingest.steps import Step
from pipelines.tables import SEVERITIES

ONLY_TICKED = "side effects are boxes that can only be ticked, without one for none"


@dataclass(frozen=True)
class Answered:
    """What each row's columns say: effects as bits, whether recorded, severity (-1 for none)."""

    bits: np.ndarray
    recorded: np.ndarray
    severity: np.ndarray


def in_columns(file: Opened, order: tuple[str, ...]) -> Answered:
    """The side effects by a column each; an answer in any column makes the visit recorded."""
    columns = file.columns.effects
    bits, recorded, none = np.zeros(file.rows, dtype=np.int64), file.nowhere(), file.nowhere()
    severity, denied = np.full(file.rows, -1, dtype=np.int8), False
    for column in columns:
        said, grade = _answers(file, column.position)
        denied |= bool((said == 0).any())
        if file.columns.tick_only:
            said[said == 0] = -1
        recorded |= said >= 0
        severity = np.maximum(severity, grade)
        if column.effect is None:
            none |= said == 1
        else:
            bits |= np.where(said == 1, terms.bits(column.effect, order), 0)
    file.findings.problem(none & (bits > 0), "none_beside_an_effect", columns[0].position)
    only_ticked = file.columns.tick_only or (bool((bits > 0).any()) and not denied)
    if only_ticked and all(column.effect for column in columns):
        recorded = _unticked(file, recorded)
    return Answered(bits, recorded, severity)


def _answers(file: Opened, position: int) -> tuple[np.ndarray, np.ndarray]:
    """For each row 1 for yes, 0 for no, -1 for neither; and a severity that stands for yes."""
    cells, severities = file.cells_at(position), file.vocabulary.severities
    found = answers(cells, file.vocabulary)
    grades = np.full(len(found), -1, dtype=np.int8)
    for place, (word, reading) in enumerate(zip(cells.words, found, strict=True)):
        grade = severities.find(word) if reading.problem else None
        if grade:
            found[place], grades[place] = Reading(True), SEVERITIES.index(grade)
    values = file.findings.take(cells, found)
    said = np.array([-1 if value is None else int(value) for value in values])
    return said[cells.codes], grades[cells.codes]


def _unticked(file: Opened, recorded: np.ndarray) -> np.ndarray:
    """Which visits are recorded, where nothing ticked says nothing until a person says what."""
    settled, open_ = file.settled.unticked, ~recorded & file.findings.live
    if settled == "none":
        decided, why = "a visit with nothing ticked had no side effect", "the answer says so"
        file.findings.steps.append(Step("side effects", decided, why))
        return recorded | file.findings.live
    decided = "a visit with nothing ticked counts as not recorded"
    file.findings.steps.append(Step("side effects", decided, ONLY_TICKED))
    if settled is None and open_.any():
        file.findings.questions.append(_question(int(open_.sum())))
    return recorded


def _question(visits: int) -> Question:
    return Question(
        "unticked",
        "Side effects are boxes that can only be ticked. What does a visit with nothing ticked"
        " mean?",
        (
            Choice("none", "No side effect", "it was asked about at every visit"),
            Choice("not_recorded", "Not recorded", "nobody may have asked"),
        ),
        blocking=False,
        cells=visits,
    )
