"""Which of several candidates a column of a session is read from; what is too close is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipelines.ingest.cells import one_line
from pipelines.ingest.columns.ask import which_column
from pipelines.ingest.columns.looks import Look
from pipelines.ingest.columns.model import Candidate
from pipelines.ingest.columns.values import BY_VALUES, is_silent
from pipelines.ingest.questions import Question
from pipelines.ingest.steps import Step

CONTESTED = ("session_date", "patient_id", "pain_before", "pain_after", "status", "technique")
"""Columns whose two equal candidates are asked about; of others the first name holds."""
SCALES = ("pain_before", "pain_after")
LEAST = 0.25


@dataclass
class Chosen:
    """The place of each column, what is open, and what was decided on the way."""

    positions: dict[str, int] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class File:
    """What choosing asks of a file: its labels, looks, and whether two columns say the same."""

    labels: tuple[str, ...]
    look: Callable[[int], Look]
    same: Callable[[int, int], bool]


def choose(candidates: Sequence[Candidate], file: File) -> Chosen:
    """A place for each column that has a clear candidate, and a question where two are close."""
    chosen = Chosen()
    by_column: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.score >= LEAST and candidate.trust >= BY_VALUES:
            by_column.setdefault(candidate.column, []).append(candidate)
    for column, found in by_column.items():
        named = [c for c in found if c.trust > BY_VALUES]
        if named:
            _among_names(column, named, file, chosen)
    taken = set(chosen.positions.values())
    for column, found in by_column.items():
        asked = any(question.key == f"column:{column}" for question in chosen.questions)
        free = [c for c in found if c.trust == BY_VALUES and c.position not in taken]
        if column not in chosen.positions and not asked and free and column not in SCALES:
            _among_values(column, free, file, chosen)
    _scales(by_column, file, chosen)
    return chosen


def _among_names(column: str, found: list[Candidate], file: File, chosen: Chosen) -> None:
    ordered = sorted(found, key=lambda c: (-c.trust, c.group, c.rank, c.position))
    best = ordered[0]
    rivals = [
        c
        for c in ordered[1:]
        if (c.trust, c.group) == (best.trust, best.group)
        and not file.same(best.position, c.position)
    ]
    if column in CONTESTED and rivals:
        choices = [(file.labels[c.position], file.look(c.position)) for c in (best, *rivals)]
        chosen.questions.append(which_column(column, choices, file.labels[best.position]))
        return
    chosen.positions[column] = best.position
    for other in ordered[1:] if column != "patient_name" else ():
        decided = (
            f"{column} is read from “{one_line(file.labels[best.position])}”,"
            f" not from “{one_line(file.labels[other.position])}”"
        )
        chosen.steps.append(Step("columns", decided))


def _among_values(column: str, found: list[Candidate], file: File, chosen: Chosen) -> None:
    """One silent column that looks like it is taken; several, or one of another name, are asked."""
    best = max(found, key=lambda c: c.score)
    label = file.labels[best.position]
    must = column in ("session_date", "patient_id", "status")
    if column == "session_time":
        return
    if len(found) == 1 and is_silent(_header(file, best)) and column != "patient_id":
        chosen.positions[column] = best.position
        chosen.steps.append(
            Step("columns", f"“{one_line(label)}” is taken for the {column}", best.reason)
        )
        return
    choices = [(file.labels[c.position], file.look(c.position)) for c in found]
    chosen.questions.append(which_column(column, choices, label, blocking=must))


def _header(file: File, candidate: Candidate) -> str:
    """The header as the file writes it: none for a label that only tells the place."""
    label = file.labels[candidate.position]
    return "" if label == f"column {candidate.position + 1}" else label


def _scales(by_column: dict[str, list[Candidate]], file: File, chosen: Chosen) -> None:
    """Silent columns of scores: which is before and which after is asked, never guessed."""
    taken = set(chosen.positions.values())
    for column in SCALES:
        asked = any(question.key == f"column:{column}" for question in chosen.questions)
        if column in chosen.positions or asked:
            continue
        free = [
            c
            for c in by_column.get(column, ())
            if c.trust == BY_VALUES and c.position not in taken and is_silent(_header(file, c))
        ]
        if free:
            choices = [(file.labels[c.position], file.look(c.position)) for c in free]
            chosen.questions.append(which_column(column, choices))
