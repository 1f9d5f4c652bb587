"""A table of text: every record below the header, each column by its distinct texts."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from pipelines.ingest.reading import limits
from pipelines.ingest.reading.records import Record
from pipelines.ingest.steps import Step

AT_ONCE = 1 << 14
ENCODED = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True)
class Layout:
    """How the text is laid out, and why it was taken so.

    `header` names the columns, each differently; `header_rows` are the lines that do, as they
    stand. A sheet of a workbook has its kind as `encoding` and no delimiter: it counts as comma.
    """

    encoding: str
    delimiter: str
    header_line: int
    header: tuple[str, ...]
    steps: tuple[Step, ...]
    header_rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class TextTable:
    """Every record after the header, as text by distinct values, each with its line in the file.

    `ragged` holds the cells of records with another number of filled cells than the header, and
    of one that the end of the file cuts off.
    """

    layout: Layout
    lines: np.ndarray
    columns: list[pa.ChunkedArray] = field(repr=False)
    ragged: dict[int, list[str]] = field(repr=False)

    def __len__(self) -> int:
        return len(self.lines)

    def cells(self, row: int) -> list[str]:
        """One record as it stands in the file, whatever its width."""
        return self.ragged.get(row) or [column[row].as_py() for column in self.columns]


def table_of(records: Iterable[Record], layout: Layout) -> TextTable:
    """The records as a table, whatever their width, a good many at a time."""
    width = len(layout.header)
    lines: list[int] = []
    ragged: dict[int, list[str]] = {}
    blocks = []
    records = iter(records)
    while block := list(itertools.islice(records, AT_ONCE)):
        for row, record in enumerate(block, start=len(lines)):
            if _is_ragged(record, width):
                ragged[row] = record.cells
        lines += [record.line for record in block]
        if len(lines) > limits.ROWS:
            raise limits.too_large(f"The file has over {limits.ROWS:,} rows")
        blocks.append(_encoded([record.cells for record in block], width))
    columns = [pa.chunked_array(chunks, ENCODED) for chunks in zip(*blocks, strict=True)]
    return TextTable(layout, np.array(lines, dtype=np.int32), columns, ragged)


def _is_ragged(record: Record, width: int) -> bool:
    cells = record.cells
    if len(cells) == width:
        return record.cut
    return len(cells) < width or record.cut or any(cell.strip() for cell in cells[width:])


def _encoded(rows: Sequence[list[str]], width: int) -> list[pa.DictionaryArray]:
    """Each column of some records, by its distinct texts."""
    whole = [cells if len(cells) == width else (cells + [""] * width)[:width] for cells in rows]
    return [
        pa.array(column, pa.string()).dictionary_encode() for column in zip(*whole, strict=True)
    ]
