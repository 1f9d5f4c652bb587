"""What a file leaves open, as questions with choices, and the answers that settle them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Choice:
    """One possible answer: its value, its words, and what it would mean or a sample."""

    value: str
    label: str
    detail: str = ""


@dataclass(frozen=True)
class Question:
    """What is asked, in the words of a front desk.

    `key` says what the answer settles: `date_order`, `pain_scale`, `unticked`, `column:NAME`
    (which header says it), `header:HEADER` (what a header says) or `term:LIST:WORD` (what a
    word of the file means). `suggested` is
    the likeliest answer, offered and never taken by itself. Where `blocking`, the file cannot
    be imported before it is answered; else rows or cells wait for the answer.
    """

    key: str
    text: str
    choices: tuple[Choice, ...]
    suggested: str | None = None
    blocking: bool = True
    cells: int = 0  # how many rows of the file it is about; 0 for all


@dataclass(frozen=True)
class Answer:
    """A word of the clinic and the term that it means, in one list of the vocabulary.

    `term` empty: the word says nothing that is kept.
    """

    list: str
    word: str
    term: str


NOT_ASKED = "not kept"
"""The answer to which column says something, where none does; and a column that is not kept."""


@dataclass(frozen=True)
class Mapping:
    """What is settled about files with these headers, by a person or by a profile.

    `columns` gives for a header the importer's column (`patient_id`, `birth_date`, `status`,
    `effect:soreness`), or None for one that is not kept; headers that it lacks are understood by
    their names and values. `unticked` says what a tick box that is not ticked means: `none`
    or `not_recorded`. `absent` are columns that no header says, as a person answered.
    """

    columns: dict[str, str | None] = field(default_factory=dict)
    date_order: str | None = None
    hundred: bool | str | None = None  # a column's name: its scores alone are out of 100
    unticked: str | None = None
    absent: tuple[str, ...] = ()

    def over(self, other: "Mapping") -> "Mapping":
        """This mapping, and the other where it says nothing."""
        named = {*filter(None, self.columns.values()), *self.absent}
        below = {h: name for h, name in other.columns.items() if name not in named}
        return Mapping(
            below | self.columns,
            self.date_order or other.date_order,
            other.hundred if self.hundred is None else self.hundred,
            self.unticked or other.unticked,
            tuple(dict.fromkeys((*self.absent, *(n for n in other.absent if n not in named)))),
        )

    def with_answer(self, question: str, value: str) -> "Mapping":
        """This mapping with the answer to one question; terms are not a mapping's matter."""
        if question == "date_order":
            return replace(self, date_order=value)
        if question == "pain_scale":
            return replace(self, hundred=value == "0-100")
        if question == "unticked":
            return replace(self, unticked=value)
        kind, _, name = question.partition(":")
        if kind == "header":
            said = None if value == NOT_ASKED else value
            return replace(self, columns=self._without(said) | {name: said})
        absent = tuple(column for column in self.absent if column != name)
        if value == NOT_ASKED:
            return replace(self, columns=self._without(name), absent=(*absent, name))
        return replace(self, columns=self._without(name) | {value: name}, absent=absent)

    def _without(self, name: str | None) -> dict[str, str | None]:
        """The columns but for the header that said this one."""
        return {h: column for h, column in self.columns.items() if column is None or column != name}


NOTHING_SETTLED = Mapping()


def blocking(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Those without whose answer the file is not imported."""
    return tuple(question for question in questions if question.blocking)
