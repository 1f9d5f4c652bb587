"""From the bytes of a file to a table of text: delimiter, preamble, header, records.

A well-formed file is read in one pass by pyarrow; one with records over several
lines, or of unequal width, record by record. Both give the same table.
"""

import csv
import io
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from pipelines.errors import FileRefused
from pipelines.ingest.decode import Text, decoded
from pipelines.ingest.reading.part import Part, Record, as_part
from pipelines.ingest.steps import Step

DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 60
"""Records searched for the header: titles, filters and blank lines rarely fill a page."""
START = 1 << 18
LONGEST_CELL = 1_000_000
NEWLINE, RETURN = ord("\n"), ord("\r")
ENCODED = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True)
class Layout:
    """How the text is laid out, and why it was taken so."""

    encoding: str
    delimiter: str
    header_line: int
    header: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class TextTable:
    """Every record after the header, as text by distinct values, each with its line in the file.

    `ragged` holds the cells of records with another number of filled cells than the header.
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


@dataclass(frozen=True)
class Header:
    """The record that names the columns, and the lines on which it begins and ends."""

    delimiter: str
    cells: tuple[str, ...]
    line: int
    last_line: int

    def rank(self, likeness: Callable[[Sequence[str]], int]) -> tuple[int, int]:
        return likeness(self.cells), len(self.cells)


def read_table(file: bytes | Part, likeness: Callable[[Sequence[str]], int]) -> TextTable:
    """The table in a file; `likeness` counts the cells of a record that name a known column.

    Raises FileRefused where the bytes are no table, or no record looks like a header.
    """
    part = as_part(file)
    if part.workbook:
        return _read_sheet(part, likeness)
    text = decoded(part.data)
    header = _header(text.content, likeness)
    steps = (*part.steps, Step("encoding", text.encoding, text.why))
    layout = Layout(text.encoding, header.delimiter, header.line, header.cells, steps)
    body = _end_of_line(text, header.last_line)
    if not text.data[body : body + START].strip() and not text.data[body:].strip():
        raise FileRefused(
            f"The file has a header on line {header.line} and no row below it."
            " Export a period in which there were sessions."
        )
    return _read_at_once(text, body, header, layout) or _read_by_record(text, header, layout)


def _read_sheet(part: Part, likeness: Callable[[Sequence[str]], int]) -> TextTable:
    """A sheet of a workbook: its cells have places, so no row is short."""
    header = header_among(part.rows(), likeness)
    if header is None:
        raise FileRefused(_no_header(b"\n\n"))
    layout = Layout(part.workbook or "", ",", header.line, header.cells, part.steps)
    width = len(header.cells)
    records = (
        (line, last, cells + [""] * (width - len(cells))) for line, last, cells in part.rows()
    )
    return _table_of(records, header, layout)


def _header(content: memoryview, likeness: Callable[[Sequence[str]], int]) -> Header:
    """The early record that looks most like a header, under the delimiter that makes it so."""
    start = bytes(content[:START])
    if len(start) < len(content):
        start = start[: start.rfind(b"\n") + 1] or start
    text = start.decode("utf-8", errors="replace")
    best, found = (1, 0), None
    for delimiter in DELIMITERS:
        header = header_among(_records(text, delimiter), likeness, delimiter)
        rank = header.rank(likeness) if header else best
        if rank > best:
            best, found = rank, header
    if found is None:
        raise FileRefused(_no_header(start))
    return found


def header_among(
    records: Iterator[Record], likeness: Callable[[Sequence[str]], int], delimiter: str = ","
) -> Header | None:
    """The early record that names most columns; None where none names two."""
    best, found = (1, 0), None
    early = list(itertools.islice(records, LOOKED_AT))
    for header, below in itertools.pairwise([*early, (0, 0, [])]):
        for candidate in (header, _joined(header, below)):
            rank = (likeness(candidate[2]), len(candidate[2]))
            if rank > best and rank[0] > 1:
                best, found = rank, _with_question_ids(candidate, below, delimiter)
    return found


def _joined(header: Record, below: Record) -> Record:
    """A header of two lines as one: groups such as `Pain` above `Before` and `After`.

    A line with a digit is a visit, and no second line of a header.
    """
    groups, names = header[2], below[2]
    if len(groups) != len(names) or any(map(str.isdigit, "".join(names))):
        return header
    cells, group = [], ""
    for over, under in zip(groups, names, strict=True):
        group = over.strip() or group
        cells.append(f"{group} {under.strip()}" if under.strip() else over)
    return header[0], below[1], cells


def _with_question_ids(header: Record, below: Record, delimiter: str) -> Header:
    """The header, together with the line of ids that some survey systems write below it."""
    ids = any(cell.startswith('{"ImportId"') for cell in below[2])
    return Header(delimiter, tuple(header[2]), header[0], below[1] if ids else header[1])


def _no_header(start: bytes) -> str:
    found = "This is not a session list: no line names"
    if b"\n" not in start.strip():
        found = "There is only one line in the file, and it does not name"
    return (
        f"{found} columns such as patient, date and pain before."
        " Export the sessions as CSV with a header line."
    )


def _records(text: str, delimiter: str) -> Iterator[Record]:
    """Each record that has any character, with the first and the last line it stands on.

    A quote that is never closed is a letter: else it would swallow every line below it.
    """
    last: Record | None = None
    for record in _as_quoted(text, delimiter):
        if last is not None:
            yield last
        last = record
    if last is None:
        return
    below = _swallowed(text, last)
    if below is None:
        yield last
        return
    line = last[0]
    first = text[: -len(below)].rstrip("\r\n").rsplit("\n", 1)[-1]
    yield line, line, next(csv.reader([first], delimiter=delimiter, quoting=csv.QUOTE_NONE))
    for begins, ends, cells in _records(below, delimiter):
        yield line + begins, line + ends, cells


def _swallowed(text: str, last: Record) -> str | None:
    """The lines below the one on which the last record opens a quote, where it closes none."""
    if last[0] == last[1]:
        return None
    lines = text.split("\n", last[0])
    whole = "\n".join(lines[last[0] - 1 :])
    return lines[last[0]] or None if whole.count('"') % 2 else None


def _as_quoted(text: str, delimiter: str) -> Iterator[Record]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    try:
        for cells in reader:
            if cells:
                yield start, reader.line_num, cells
            start = reader.line_num + 1
    except csv.Error:
        raise FileRefused(
            f"Line {start} holds a cell of over {LONGEST_CELL:,} characters, so this is no"
            " session list. Export the sessions as CSV once more."
        ) from None


def _end_of_line(text: Text, line: int) -> int:
    """Where the line after this one begins."""
    at = text.start
    for _ in range(line):
        at = text.data.find(b"\n", at) + 1 or len(text.data)
    return at


def _read_at_once(text: Text, body: int, header: Header, layout: Layout) -> TextTable | None:
    """The table by pyarrow's reader, or None where some record has another width."""
    names = [str(number) for number in range(len(header.cells))]
    odd: list[int] = []

    def note(row: pacsv.InvalidRow) -> str:
        odd.append(row.actual_columns)
        return "skip"

    try:
        table = pacsv.read_csv(
            pa.BufferReader(pa.py_buffer(text.data)[body:]),
            pacsv.ReadOptions(column_names=names, block_size=1 << 22),
            pacsv.ParseOptions(
                delimiter=header.delimiter, invalid_row_handler=note, newlines_in_values=True
            ),
            pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, ENCODED), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    lines = None if odd else _line_of_each(text, body, header.last_line, table.num_rows)
    return None if lines is None else TextTable(layout, lines, list(table.columns), {})


def _line_of_each(text: Text, body: int, header_line: int, rows: int) -> np.ndarray | None:
    """The line of each record, or None where some record stands on several lines."""
    count = text.data.count(b"\n", body) + (not text.data.endswith(b"\n"))
    if count == rows:
        return np.arange(header_line + 1, header_line + 1 + rows, dtype=np.int32)
    filled = _filled_lines(np.frombuffer(text.data, dtype=np.uint8, offset=body))
    return (filled + header_line + 1).astype(np.int32) if len(filled) == rows else None


def _filled_lines(content: np.ndarray) -> np.ndarray:
    """Numbers, from 0, of the lines that have any character."""
    ends = np.flatnonzero(content == NEWLINE)
    if content[-1] != NEWLINE:
        ends = np.append(ends, len(content))
    starts = np.concatenate([[0], ends[:-1] + 1])
    bare_return = (ends - starts == 1) & (content[np.minimum(starts, len(content) - 1)] == RETURN)
    return np.flatnonzero((ends > starts) & ~bare_return)


def _read_by_record(text: Text, header: Header, layout: Layout) -> TextTable:
    """The same table record by record, whatever the width and the quotes."""
    return _table_of(_records(str(text.content, "utf-8"), header.delimiter), header, layout)


def _table_of(records: Iterator[Record], header: Header, layout: Layout) -> TextTable:
    width = len(header.cells)
    lines, rows, ragged = [], [], {}
    for line, _, cells in records:
        if line > header.last_line:
            if len(cells) < width or any(cell.strip() for cell in cells[width:]):
                ragged[len(rows)] = cells
            lines.append(line)
            rows.append((cells + [""] * width)[:width])
    columns = [
        pa.chunked_array([pa.array(column, pa.string())]).cast(ENCODED)
        for column in zip(*rows, strict=True)
    ]
    return TextTable(layout, np.array(lines, dtype=np.int32), columns, ragged)
