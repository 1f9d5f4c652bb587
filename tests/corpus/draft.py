"""A correct file on its way to being spoiled, and what may still be known of each visit."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.corpus.clinic import PLAIN, Visit
from tests.corpus.sheet import sheet

FACTS = {
    "Visit ID": "visit_id",
    "Patient ID": "patient_id",
    "Date": "session_date",
    "Time": "session_time",
    "Visit type": "visit_type",
    "Therapist": "therapist",
    "Condition": "condition",
    "Technique": "technique",
    "Pain before": "pain_before",
    "Pain after": "pain_after",
    "Twitch": "twitch_response",
    "Side effects": "side_effects",
    "Adjuncts": "adjuncts",
}
"""Which column of a session each plain header is."""
NEEDED = ("patient_id", "session_date")
WITHOUT_MARK = {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}


@dataclass
class Row:
    """One record: a visit with its truth, or (no truth) a line that is none.

    `spoiled` are facts for whose cells the visit must not be accepted. `ragged` says that cells
    stand in the wrong columns: the visit may be in only if none of its values is another. Of a
    row that is `destroyed` nobody could say what it was.
    """

    cells: list[str]
    truth: dict[str, object] | None = None
    spoiled: set[str] = field(default_factory=set)
    ragged: bool = False
    destroyed: bool = False


@dataclass
class Draft:
    """The table, and how it will be written down. `counts` says whether records can be counted."""

    facts: list[str | None]
    header: list[str]
    rows: list[Row]
    above: list[str] = field(default_factory=list)
    delimiter: str = ","
    newline: str = "\n"
    encoding: str = "utf-8"
    quoting: int = csv.QUOTE_MINIMAL
    trailing: str = ""
    padding: int = 0
    hundred: bool = False
    counts: bool = True
    after: bytes = b""

    def place(self, fact: str) -> int | None:
        """Where a fact's column stands; None where the file has none."""
        return self.facts.index(fact) if fact in self.facts else None

    @property
    def visits(self) -> list[Row]:
        """The rows that are visits."""
        return [row for row in self.rows if row.truth is not None]

    @property
    def whole(self) -> list[Row]:
        """The visits whose cells all stand where they should."""
        return [row for row in self.visits if not row.ragged]

    def must_wait(self, row: Row) -> bool:
        """Whether a visit must not be accepted, whatever is made of its cells."""
        return any(fact in self.facts for fact in row.spoiled)

    def size(self, text: str) -> int:
        """How many bytes a piece of the text takes."""
        return len(
            text.encode(
                {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(self.encoding, self.encoding)
            )
        )

    def lines(self) -> list[str]:
        """Header and records as lines; a line break in a cell is inside its line."""
        return [self._line(self.header), *(self._line(row.cells) for row in self.rows)]

    def text(self) -> str:
        """The whole text."""
        return "".join(line + self.newline for line in [*self.above, *self.lines()])

    def data(self) -> bytes:
        """The bytes of the file."""
        return self.text().encode(self.encoding) + self.after

    def records(self) -> int:
        """How many records a reader must account for: all below the header that have a sign."""
        return sum(1 for row in self.rows if self._line(row.cells))

    def _line(self, cells: Sequence[str]) -> str:
        if cells == [""]:
            return ""
        text = io.StringIO()
        made = csv.writer(
            text, delimiter=self.delimiter, lineterminator="\r\n", quoting=self.quoting
        )
        made.writerow([f"{cell:<{self.padding}}" for cell in cells])
        return text.getvalue().removesuffix("\r\n") + self.trailing


def draft_of(visits: Sequence[Visit]) -> Draft:
    """A plain file with nothing wrong in it."""
    made = sheet(PLAIN, visits)
    rows = [
        Row(list(cells), dict(truth))
        for cells, truth in zip(made.records, made.visits, strict=True)
    ]
    return Draft([FACTS[name] for name in made.header], list(made.header), rows)
