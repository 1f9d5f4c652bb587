"""Where an import stands: the tables on their way in, what is settled of each, and what is next.

Pure: each function takes a guide and returns the next one. It lives in one person's session,
holds the bytes of files only until the import is done or given up, and writes nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pipelines.ingest.preview import Look
from pipelines.ingest.questions import NOTHING_SETTLED, Answer, Mapping, Question, blocking
from pipelines.ingest.reading.part import Part
from pipelines.ingest.report import Report

Step = Literal["files", "questions", "outcome"]
STEPS: dict[Step, str] = {
    "files": "Drop files",
    "questions": "Settle what is open",
    "outcome": "See what will happen",
}
TERM = "term:"
LONGEST_NAME = 40


@dataclass(frozen=True)
class Table:
    """One table to import: what it is understood to be, and what a person said about it.

    `number` tells it from others in this dialogue; `round` grows with each look, so that no
    widget of an earlier look is taken for one of this. `words` are answers that become the
    clinic's own vocabulary; `keep_as` is the name to keep the answers under, if any.
    """

    number: int
    part: Part = field(repr=False)
    look: Look = field(repr=False)
    settled: Mapping = NOTHING_SETTLED
    words: tuple[Answer, ...] = ()
    keep_as: str = ""
    round: int = 0
    outcome: Report | None = None

    @property
    def refused(self) -> bool:
        """Whether nothing that a person could answer would let it in."""
        return bool(self.look.refused) and not blocking(self.look.questions)

    @property
    def answered(self) -> bool:
        """Whether a person said something about this table."""
        return self.settled != NOTHING_SETTLED or bool(self.words)

    def open(self) -> tuple[Question, ...]:
        """The questions still to answer, those first that keep the file out."""
        known = {(answer.list, answer.word) for answer in self.words}
        left = [q for q in self.look.questions if term_of(q) not in known]
        return tuple(sorted(left, key=lambda question: not question.blocking))


@dataclass(frozen=True)
class Guide:
    """The dialogue as it stands. `unread` are files in which there is no table at all."""

    tables: tuple[Table, ...] = ()
    unread: tuple[Report, ...] = ()
    step: Step = "files"
    files: int = 0

    @property
    def going_in(self) -> tuple[Table, ...]:
        """The tables that are not refused."""
        return tuple(table for table in self.tables if not table.refused)

    @property
    def must_be_answered(self) -> int:
        """How many questions keep a file out."""
        return sum(len(blocking(table.open())) for table in self.going_in)

    @property
    def may_be_answered(self) -> int:
        """How many questions are open in all."""
        return sum(len(table.open()) for table in self.going_in)

    @property
    def under_way(self) -> bool:
        """Whether there is anything to give up."""
        return bool(self.tables or self.unread)


def with_tables(guide: Guide, seen: Sequence[tuple[Part, Look]]) -> Guide:
    """The guide with further tables, back at its first step."""
    first = guide.files
    further = [Table(first + n, part, look) for n, (part, look) in enumerate(seen)]
    return replace(
        guide, tables=(*guide.tables, *further), files=first + len(further), step="files"
    )


def with_unread(guide: Guide, report: Report) -> Guide:
    """The guide with a file in which there is no table."""
    return replace(guide, unread=(*guide.unread, report))


def without(guide: Guide, number: int) -> Guide:
    """The guide without one of its tables; its bytes are gone with it."""
    return replace(guide, tables=tuple(t for t in guide.tables if t.number != number))


def changed(guide: Guide, table: Table) -> Guide:
    """The guide with this table in place of the one of its number."""
    return replace(
        guide, tables=tuple(table if t.number == table.number else t for t in guide.tables)
    )


def at(guide: Guide, step: Step) -> Guide:
    """The guide at another step."""
    return replace(guide, step=step)


def looked_again(table: Table, look: Look, settled: Mapping) -> Table:
    """The table under another mapping."""
    return replace(table, look=look, settled=settled, round=table.round + 1, outcome=None)


def next_step(guide: Guide) -> Step:
    """Where Continue leads from the first step: past the questions where there are none."""
    return "questions" if guide.may_be_answered else "outcome"


def with_answers(table: Table, answers: Sequence[tuple[Question, str]]) -> tuple[Mapping, Table]:
    """The mapping that the answers make, and the table with those about words of the clinic."""
    mapping, words = table.look.mapping, list(table.words)
    for question, value in answers:
        term = term_of(question)
        if term:
            words.append(Answer(*term, value))
        else:
            mapping = mapping.with_answer(question.key, value)
    return mapping, replace(table, words=tuple(words))


def term_of(question: Question) -> tuple[str, str] | None:
    """List and word of a question about a word of the clinic; None for another question."""
    if not question.key.startswith(TERM):
        return None
    name, word = question.key.removeprefix(TERM).split(":", 1)
    return name, word


def with_meaning(table: Table, header: str, column: str | None) -> Mapping:
    """The mapping in which a column means this; another column that meant it means nothing."""
    settled = table.look.mapping
    kept = {h: name for h, name in settled.columns.items() if name != column or name is None}
    return replace(settled, columns=kept | {header: column})


def forgotten(table: Table) -> Table:
    """The table without any answer."""
    return replace(table, settled=NOTHING_SETTLED, words=(), outcome=None)


def named(table: Table, keep_as: str | None) -> Table:
    """The table with the name to keep its answers under."""
    return replace(table, keep_as=(keep_as or "").strip())


def name_for(table: Table) -> str:
    """A name to keep the answers under, made from the file's."""
    stem = table.part.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return " ".join(re.findall(r"[^\W_]+", stem))[:LONGEST_NAME].strip()
