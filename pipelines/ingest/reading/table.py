"""A table of text: every record below the header, each column by its distinct texts."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.ingest.reading import limits
from pipelines.ingest.reading.records import Record
from pipelines.ingest.steps import Step

AT_ONCE = 1 << 14
SEVERAL = 3
"""Records with blank cells beyond the header that are no slip of one line."""
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
    if len(cells) <= width or record.cut:
        return len(cells) < width or record.cut
    return any(cell.strip() for cell in cells)


def with_blank_ends(table: TextTable) -> TextTable:
    """The table in which blank cells beyond the header make no record a ragged one.

    Where most are longer and several have something there, the header lacks a name. A record
    that alone has a blank cell too many shows as well cells that are shifted by one: it is only
    taken where its last filled cell is seen to stand in its own column.
    """
    width = len(table.layout.header)
    beyond = {row: cells for row, cells in table.ragged.items() if len(cells) > width}
    blank = {row for row, cells in beyond.items() if not any(map(str.strip, cells[width:]))}
    if 2 * len(beyond) > len(table) and len(beyond) - len(blank) > 1:
        return table
    if len(blank) < SEVERAL:
        blank = {row for row in blank if _ends_in_its_column(table, beyond[row][:width])}
    ragged = {row: cells for row, cells in table.ragged.items() if row not in blank}
    return replace(table, ragged=ragged)


def _ends_in_its_column(table: TextTable, cells: list[str]) -> bool:
    """Whether the last filled cell has a text of its own column and not of the one before."""
    last = max(place for place, cell in enumerate(cells) if cell.strip())
    own = pc.sum(pc.equal(table.columns[last], cells[last])).as_py()
    before = pc.any(pc.equal(table.columns[last - 1], cells[last])).as_py() if last else False
    return own > 1 and not before


def _encoded(rows: Sequence[list[str]], width: int) -> list[pa.DictionaryArray]:
    """Each column of some records, by its distinct texts."""
    whole = [cells if len(cells) == width else (cells + [""] * width)[:width] for cells in rows]
    return [
        pa.array(column, pa.string()).dictionary_encode() for column in zip(*whole, strict=True)
    ]
