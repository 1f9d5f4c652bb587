"""On which line of a text each record stands, where one pass over its bytes can tell."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.ingest.reading.text import LINE_END, RETURN


def line_of_each(
    data: bytes, body: int, breaks: int, table: pa.Table, odd: int, delimiter: str
) -> np.ndarray | None:
    """The line of each record, counted from 1 at the start of the body.

    The body holds so many line `breaks`; `table` the records, and `odd` is how many more there
    are. None where records stand on several lines among blank or odd ones, or a cell may hold
    the lines of other records.
    """
    rows = table.num_rows + odd
    if breaks + (not data.endswith(b"\n")) == rows:
        return np.arange(1, 1 + rows, dtype=np.int32)
    filled = _filled_lines(np.frombuffer(data, dtype=np.uint8, offset=body))
    if len(filled) == rows:
        return (filled + 1).astype(np.int32)
    return None if odd else _over_several(data, body, table, delimiter)


def _filled_lines(content: np.ndarray) -> np.ndarray:
    """Numbers, from 0, of the lines that have any character."""
    ends = np.flatnonzero(content == LINE_END)
    if content[-1] != LINE_END:
        ends = np.append(ends, len(content))
    starts = np.concatenate([[0], ends[:-1] + 1])
    bare_return = (ends - starts == 1) & (content[np.minimum(starts, len(content) - 1)] == RETURN)
    return np.flatnonzero((ends > starts) & ~bare_return)


def _over_several(data: bytes, body: int, table: pa.Table, delimiter: str) -> np.ndarray | None:
    """By the line breaks in the cells of each record, where no line is blank."""
    further = np.zeros(table.num_rows, dtype=np.int32)
    for column in table.columns:
        breaks = _breaks(column, delimiter, table.num_columns)
        if breaks is None:
            return None
        further += breaks
    end = len(data.rstrip(b"\r\n"))
    if data.count(b"\n", body, end) + 1 != table.num_rows + further.sum():
        return None
    before = np.concatenate([[0], np.cumsum(further[:-1], dtype=np.int32)])
    return (np.arange(1, 1 + table.num_rows) + before).astype(np.int32)


def _breaks(column: pa.ChunkedArray, delimiter: str, width: int) -> np.ndarray | None:
    """How many line breaks each cell holds; None where one may hold another record.

    Two lines that stray quotes join have, in the cell between, the delimiters of one.
    """
    found = []
    for chunk in column.chunks:
        breaks = pc.count_substring(chunk.dictionary, "\n")
        long = chunk.dictionary.filter(pc.greater(breaks, 0))
        if pc.any(pc.greater_equal(pc.count_substring(long, delimiter), width - 1)).as_py():
            return None
        found.append(breaks.to_numpy(zero_copy_only=False)[chunk.indices.to_numpy()])
    return np.concatenate(found)
