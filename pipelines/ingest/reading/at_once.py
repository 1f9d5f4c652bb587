"""The fast way: a well-formed text read in one pass by pyarrow."""

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from pipelines.ingest.reading.table import ENCODED, Layout, TextTable
from pipelines.ingest.reading.text import LINE_END, RETURN, Text

BLOCK = 1 << 22


def read_at_once(text: Text, layout: Layout, last_line: int) -> TextTable | None:
    """The table below the header's last line, the same as record by record.

    None where a record has another width than the header, or stands on several lines, or the
    file ends within a quoted cell: such a text is read record by record.
    """
    body = _end_of_line(text, last_line)
    table = None if text.bare_returns else _table(text, body, layout)
    if table is None or _may_be_cut(text):
        return None
    lines = _line_of_each(text, body, last_line, table.num_rows)
    return None if lines is None else TextTable(layout, lines, list(table.columns), {})


def _end_of_line(text: Text, line: int) -> int:
    """Where the line after this one begins."""
    at = text.start
    for _ in range(line):
        at = text.data.find(b"\n", at) + 1 or len(text.data)
    return at


def _may_be_cut(text: Text) -> bool:
    """Whether the last line has no end and a quote that is not closed."""
    last = text.data[text.data.rfind(b"\n") + 1 :]
    return last.count(b'"') % 2 == 1


def _table(text: Text, body: int, layout: Layout) -> pa.Table | None:
    names = [str(number) for number in range(len(layout.header))]
    try:
        return pacsv.read_csv(
            pa.BufferReader(pa.py_buffer(text.data)[body:]),
            pacsv.ReadOptions(column_names=names, block_size=BLOCK),
            pacsv.ParseOptions(delimiter=layout.delimiter, newlines_in_values=True),
            pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, ENCODED), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None


def _line_of_each(text: Text, body: int, header_line: int, rows: int) -> np.ndarray | None:
    """The line of each record, or None where some record stands on several lines."""
    count = text.data.count(b"\n", body) + (not text.data.endswith(b"\n"))
    if count == rows:
        return np.arange(header_line + 1, header_line + 1 + rows, dtype=np.int32)
    filled = _filled_lines(np.frombuffer(text.data, dtype=np.uint8, offset=body))
    return (filled + header_line + 1).astype(np.int32) if len(filled) == rows else None


def _filled_lines(content: np.ndarray) -> np.ndarray:
    """Numbers, from 0, of the lines that have any character."""
    ends = np.flatnonzero(content == LINE_END)
    if content[-1] != LINE_END:
        ends = np.append(ends, len(content))
    starts = np.concatenate([[0], ends[:-1] + 1])
    bare_return = (ends - starts == 1) & (content[np.minimum(starts, len(content) - 1)] == RETURN)
    return np.flatnonzero((ends > starts) & ~bare_return)
