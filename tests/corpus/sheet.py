"""A table on its way into a file: header, records, and the truth about them."""

import io
from collections.abc import Mapping, Sequence
from csv import QUOTE_MINIMAL, writer
from dataclasses import dataclass, field, replace

from tests.corpus.clinic import CLINIC, PLAIN, Visit, Writer, told

KEYS = ("patient_id", "session_date", "pain_before", "pain_after")


@dataclass(frozen=True)
class Sheet:
    """Records under a header, the visits that they tell, and which header says what."""

    header: tuple[str, ...]
    records: tuple[tuple[str, ...], ...]
    visits: tuple[dict[str, object], ...]
    keys: Mapping[str, str] = field(default_factory=dict)

    def csv(
        self,
        delimiter: str = ",",
        newline: str = "\n",
        encoding: str = "utf-8",
        quoting: int = QUOTE_MINIMAL,
        above: str = "",
        below: str = "",
    ) -> bytes:
        """The bytes of a file; `above` and `below` stand around the table as they are."""
        return self.text(delimiter, newline, quoting, above, below).encode(encoding)

    def text(
        self,
        delimiter: str = ",",
        newline: str = "\n",
        quoting: int = QUOTE_MINIMAL,
        above: str = "",
        below: str = "",
    ) -> str:
        """The text of a file."""
        text = io.StringIO()
        made = writer(text, delimiter=delimiter, lineterminator=newline, quoting=quoting)
        made.writerows([self.header, *self.records])
        return above + text.getvalue() + below

    def inserted(self, before: int, *records: Sequence[str]) -> "Sheet":
        """With further records in front of the one of this number, from 0."""
        width = len(self.header)
        added = tuple((*record, *[""] * (width - len(record))) for record in records)
        return replace(self, records=self.records[:before] + added + self.records[before:])

    def with_cell(self, record: int, header: str, text: str) -> "Sheet":
        """With another text in one cell."""
        place = self.header.index(header)
        cells = list(self.records[record])
        cells[place] = text
        return replace(
            self, records=(*self.records[:record], tuple(cells), *self.records[record + 1 :])
        )

    def renamed(self, **headers: str) -> "Sheet":
        """With other headers; `Pain_before="NPRS"` renames the column `Pain before`."""
        new = {old.replace("_", " "): name for old, name in headers.items()}
        return replace(
            self,
            header=tuple(new.get(name, name) for name in self.header),
            keys={key: new.get(name, name) for key, name in self.keys.items()},
        )

    def without(self, *numbers: int) -> "Sheet":
        """The same records, of which these tell no visit that is accepted."""
        kept = [visit for number, visit in enumerate(self.visits) if number not in numbers]
        return replace(self, visits=tuple(kept))

    def knowing(self, number: int, **facts: object) -> "Sheet":
        """The same records, of which one tells other facts; None is a fact not told."""
        visits = list(self.visits)
        both = visits[number] | facts
        visits[number] = {name: value for name, value in both.items() if value is not None}
        return replace(self, visits=tuple(visits))


def sheet(columns: Mapping[str, Writer] | None = None, visits: Sequence[Visit] = CLINIC) -> Sheet:
    """The visits under the headers of one system, each cell written as it writes it."""
    columns = PLAIN if columns is None else columns
    by_fact = {fact: header for header, writer in columns.items() for fact in writer.tells}
    return Sheet(
        tuple(columns),
        tuple(tuple(writer.text(visit) for writer in columns.values()) for visit in visits),
        tuple(told(visit, columns.values()) for visit in visits),
        {key: by_fact[key] for key in KEYS if key in by_fact},
    )
