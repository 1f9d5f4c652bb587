"""Where an import stands: the tables on their way in, what is settled of each, and what is next.

Pure: each function takes a guide and returns the next one. It lives in one person's session,
holds the bytes of files only until the import is done or given up, and writes nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pipelines.ingest.columns import in_words
from pipelines.ingest.mappings import NAME
from pipelines.ingest.preview import Look
from pipelines.ingest.questions import (
    NOT_ASKED,
    NOTHING_SETTLED,
    Answer,
    Mapping,
    Question,
    blocking,
)
from pipelines.ingest.reading.part import Part
from pipelines.ingest.report import Report
from pipelines.ingest.term_questions import KEY, as_answer

Step = Literal["files", "questions", "outcome"]
STEPS: dict[Step, str] = {
    "files": "Drop files",
    "questions": "Settle what is open",
    "outcome": "See what will happen",
}
LONGEST_NAME = 40
ORDERS = {"dmy": "the day comes first", "mdy": "the month comes first",
          "ymd": "the year comes first"}  # fmt: skip


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
        return self.look.mapping != NOTHING_SETTLED or bool(self.words)

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
    def answered(self) -> bool:
        """Whether a person said something about any table."""
        return any(table.answered for table in self.going_in)

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


def looked_again(table: Table, look: Look) -> Table:
    """The table under another look."""
    return replace(table, look=look, round=table.round + 1, outcome=None)


def next_step(guide: Guide) -> Step:
    """Where Continue leads from the first step: past the questions where there are none."""
    return "questions" if guide.may_be_answered or guide.answered else "outcome"


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
    if not question.key.startswith(KEY):
        return None
    asked = as_answer(question.key, "")
    return asked.list, asked.word


def with_meaning(table: Table, header: str, column: str | None) -> Mapping:
    """The mapping in which a column means this, or is not kept."""
    return table.look.mapping.with_answer(f"header:{header}", column or NOT_ASKED)


def forgotten(table: Table) -> Table:
    """The table without the words that were answered."""
    return replace(table, words=(), outcome=None)


def named(table: Table, keep_as: str | None) -> Table:
    """The table with the name to keep its answers under."""
    return replace(table, keep_as=(keep_as or "").strip())


def name_for(table: Table) -> str:
    """A name to keep the answers under, made from the file's."""
    stem = table.part.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return " ".join(re.findall(r"[^\W_]+", stem))[:LONGEST_NAME].strip()


def to_be_kept(table: Table) -> bool:
    """Whether answers about this table are kept under a name."""
    return bool(table.keep_as) and table.look.mapping != NOTHING_SETTLED


def is_name(text: str | None) -> bool:
    """Whether answers can be kept under this name; without one they are not kept."""
    return not text or bool(NAME.match(text.strip()))


def settled_in_words(table: Table) -> list[str]:
    """What a person said about a table, a line each."""
    words = [f"{word.word}: {word.term or 'nothing that is kept'}" for word in table.words]
    return mapping_in_words(table.look.mapping) + words


def mapping_in_words(said: Mapping) -> list[str]:
    """What a mapping settles, a line each."""
    lines = [f"\N{LEFT DOUBLE QUOTATION MARK}{header}\N{RIGHT DOUBLE QUOTATION MARK}: "
             f"{in_words(column)}" for header, column in said.columns.items()]  # fmt: skip
    lines += [f"no column is the {in_words(column)}" for column in said.absent]
    lines += [f"dates: {ORDERS[said.date_order]}"] if said.date_order else []
    if said.hundred is not None:
        lines.append("pain is out of 100" if said.hundred else "pain is out of 10")
    lines += (
        [f"a box that is not ticked: {said.unticked.replace('_', ' ')}"] if said.unticked else []
    )
    return lines
