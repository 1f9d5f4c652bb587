"""The fast way: a text read in one pass by pyarrow, with its few odd records one by one."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from pipelines.ingest.reading.lines import line_of_each
from pipelines.ingest.reading.records import Dialect, Record, Records
from pipelines.ingest.reading.table import ENCODED, Layout, TextTable, table_of
from pipelines.ingest.reading.text import Text

BLOCK = 1 << 22
Odd = dict[int, str]
"""The line of each record of another width than the header, by its place among all."""


def read_at_once(text: Text, layout: Layout, last_line: int) -> TextTable | None:
    """The table below the header's last line, the same as record by record.

    None where it cannot be told in one pass where each record ends and on which line it stands:
    such a text is read record by record.
    """
    body = _end_of_line(text, last_line)
    read = None if text.bare_returns else _read(text, body, layout)
    if read is None:
        return None
    table, odd = read
    breaks = text.data.count(b"\n", body)
    lines = line_of_each(text.data, body, breaks, table, len(odd), layout.delimiter)
    if lines is None or not len(lines):
        return None
    after = breaks + text.ends_within_a_line - int(lines[-1])
    if len(lines) - 1 not in odd and not _ends_well(text, body, table, after, layout):
        return None
    if len(lines) - 1 in odd and text.ends_within_a_line:
        odd[len(lines) - 1] = odd[len(lines) - 1].removesuffix("\n")
    return _with_odd(table, odd, lines + last_line, layout)


def _end_of_line(text: Text, line: int) -> int:
    """Where the line after this one begins."""
    at = text.start
    for _ in range(line):
        at = text.data.find(b"\n", at) + 1 or len(text.data)
    return at


def _ends_well(text: Text, body: int, table: pa.Table, after: int, layout: Layout) -> bool:
    """Whether the last record, with so many lines after its first, is one by itself too.

    It is not where a quote in it is never closed.
    """
    at = len(text.data) - (not text.ends_within_a_line)
    for _ in range(after + 1):
        at = max(text.data.rfind(b"\n", 0, at), body - 1)
    last = [column[-1].as_py() for column in table.columns]
    found = list(Records(text.data[at + 1 :], Dialect(layout.delimiter), len(last)))
    return [record.cells for record in found] == [last] and not found[0].cut


def _read(text: Text, body: int, layout: Layout) -> tuple[pa.Table, Odd] | None:
    """The records as wide as the header, and the others; None where a quote holds lines of one."""
    odd: Odd = {}

    def keep(row: pacsv.InvalidRow) -> str:
        odd[row.number - 1] = row.text + "\n"
        return "skip"

    try:
        return _parsed(text, body, layout), odd
    except pa.ArrowInvalid:
        pass  # in order, so that the place of each odd record is known
    try:
        table = _parsed(text, body, layout, keep)
    except pa.ArrowInvalid:
        return None
    return None if any("\n" in cells[:-1] for cells in odd.values()) else (table, odd)


def _parsed(text: Text, body: int, layout: Layout, keep: object = None) -> pa.Table:
    names = [str(number) for number in range(len(layout.header))]
    return pacsv.read_csv(
        pa.BufferReader(pa.py_buffer(text.data)[body:]),
        pacsv.ReadOptions(column_names=names, block_size=BLOCK, use_threads=keep is None),
        pacsv.ParseOptions(
            delimiter=layout.delimiter, newlines_in_values=True, invalid_row_handler=keep
        ),
        pacsv.ConvertOptions(column_types=dict.fromkeys(names, ENCODED), strings_can_be_null=False),
    )


def _with_odd(table: pa.Table, odd: Odd, lines: np.ndarray, layout: Layout) -> TextTable:
    """Every record in its place."""
    if not odd:
        return TextTable(layout, lines, list(table.columns), {})
    places = np.array(list(odd))
    others = table_of(_records(list(odd.values()), layout, lines[places]), layout)
    plain = np.delete(np.arange(len(lines)), places)
    order = np.empty(len(lines), dtype=np.int64)
    order[np.concatenate([plain, places])] = np.arange(len(lines))
    columns = [
        pa.chunked_array([*column.chunks, *other.chunks]).unify_dictionaries().take(order)
        for column, other in zip(table.columns, others.columns, strict=True)
    ]
    ragged = {int(places[row]): cells for row, cells in others.ragged.items()}
    return TextTable(layout, lines, columns, ragged)


def _records(texts: Sequence[str], layout: Layout, lines: np.ndarray) -> list[Record]:
    """The odd records, each from its own text."""
    dialect, width = Dialect(layout.delimiter), len(layout.header)
    return [
        record._replace(line=int(line), last_line=int(line))
        for text, line in zip(texts, lines, strict=True)
        for record in Records(text.encode(), dialect, width)
    ]
