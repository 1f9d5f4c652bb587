"""One file while it is being cleaned: its cells by column name, and what has been found."""

import numpy as np
import pandas as pd

from pipelines.ingest.cells import Cells, Findings, one_line
from pipelines.ingest.columns import Columns
from pipelines.ingest.questions import NOTHING_SETTLED, Mapping
from pipelines.ingest.read import TextTable
from pipelines.ingest.rows import Skipped
from pipelines.settings import Settings
from pipelines.vocabulary import Vocabulary

Values = dict[str, np.ndarray | pd.Categorical | pd.api.extensions.ExtensionArray]
"""Columns of a session by name, a value for every record of the file."""

FACTS = (
    "condition", "body_region", "side", "chronicity", "onset_date", "birth_date", "age", "sex",
    "contraindications",
)  # fmt: skip
"""Columns that tell about the patient rather than about one visit."""


class Opened:
    """A table with its columns understood; each column's texts are tidied once."""

    def __init__(
        self,
        table: TextTable,
        columns: Columns,
        vocabulary: Vocabulary,
        settings: Settings,
        settled: Mapping = NOTHING_SETTLED,
    ) -> None:
        self.table, self.columns, self.settled = table, columns, settled
        self.vocabulary, self.settings = vocabulary, settings
        self.findings = Findings(len(table))
        self.findings.steps += [*table.layout.steps, *columns.steps]
        self.findings.questions += columns.questions
        self.skipped = Skipped(len(table))
        self._read: dict[int, Cells] = {}

    @property
    def rows(self) -> int:
        return len(self.table)

    def has(self, name: str) -> bool:
        """Whether the file has such a column."""
        return name in self.columns.positions

    def cells(self, name: str) -> Cells | None:
        """The column's cells, None where the file has no such column."""
        position = self.columns.positions.get(name)
        return None if position is None else self.cells_at(position)

    def cells_at(self, position: int) -> Cells:
        """The cells of the column at a place in the file."""
        if position not in self._read:
            column = self.table.columns[position]
            self._read[position] = Cells.of(column, position, self.vocabulary)
        return self._read[position]

    def replace(self, name: str, words: list[str | None]) -> Cells:
        """The column's cells with other words in place of its distinct texts."""
        cells = self.cells(name)
        self._read[cells.position] = found = Cells(cells.position, words, cells.codes)
        return found

    def hold_facts_of(self, record: np.ndarray) -> None:
        """Facts of the patient are read from this row where a row's own cell is blank.

        `record` is the row that holds the facts of each row's patient, -1 for none.
        """
        for name in filter(self.has, FACTS):
            cells = self.cells(name)
            source = np.where(cells.blank() & (record >= 0), record, np.arange(self.rows))
            filled = Cells(cells.position, cells.words, cells.codes[source])
            self._read[cells.position] = filled

    def header(self, name: str) -> str:
        """The column's header; empty where the file has no such column."""
        position = self.columns.positions.get(name)
        return "" if position is None else one_line(self.table.layout.header[position])

    def nowhere(self) -> np.ndarray:
        """A mask without any row."""
        return np.zeros(self.rows, dtype=bool)
