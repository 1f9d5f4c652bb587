"""From the bytes of a file to a table of text: delimiter, preamble, header, records.

A well-formed file is read in one pass by pyarrow; one with line breaks inside
quotes, or lines of unequal width, record by record. Both give the same table.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from pipelines.errors import FileRefused
from pipelines.ingest.decode import decoded

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
LOOKED_AT = 60
"""Records searched for the header: titles, filters and blank lines rarely fill a page."""
START = 1 << 18
LONGEST_CELL = 1_000_000
NEWLINE, RETURN, QUOTE = ord("\n"), ord("\r"), ord('"')
ENCODED = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True)
class Layout:
    """How the text is laid out, and why it was taken so."""

    encoding: str
    delimiter: str
    header_line: int
    header: tuple[str, ...]
    why: tuple[str, ...]


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


def read_table(data: bytes, likeness: Callable[[Sequence[str]], int]) -> TextTable:
    """The table in a file; `likeness` counts the cells of a record that name a known column.

    Raises FileRefused where the bytes are no table, or no record looks like a header.
    """
    text = decoded(data)
    delimiter, position = _delimiter_and_header(text.content, likeness)
    lines = _Lines(text.content)
    why = (f"{text.encoding}, because {text.why}",)
    if not lines.breaks_inside_quotes():
        layout = _layout_at(lines, position, text.encoding, delimiter, why)
        columns = _columns_at_once(lines, position, layout)
        if columns is not None:
            rows = lines.filled[position + 1 :]
            return TextTable(layout, (rows + 1).astype(np.int32), columns, {})
    return _read_by_record(text.content, position, text.encoding, delimiter, why)


def _delimiter_and_header(
    content: memoryview, likeness: Callable[[Sequence[str]], int]
) -> tuple[str, int]:
    """The delimiter under which some early record looks most like a header, and which it is."""
    start = bytes(content[:START])
    if len(start) < len(content):
        start = start[: start.rfind(b"\n") + 1] or start
    text = start.decode("utf-8", errors="replace")
    best = (0, 0, "", -1)
    for delimiter in DELIMITERS:
        records = _records(text, delimiter)
        for position, (_, cells) in zip(range(LOOKED_AT), records, strict=False):
            found = likeness(cells)
            if (found, len(cells)) > best[:2]:
                best = (found, len(cells), delimiter, position)
    if best[0] < 2:
        raise FileRefused(_no_header(start))
    return best[2], best[3]


def _no_header(start: bytes) -> str:
    found = (
        "There is only one line in the file"
        if b"\n" not in start.strip()
        else "This is not a session list: no line"
    )
    if found.startswith("There"):
        found += ", and it does not name columns such as patient, date and pain before."
    else:
        found += " names columns such as patient, date and pain before."
    return f"{found} Export the sessions as CSV with a header line."


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that has any character, with the line it starts on."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    try:
        for cells in reader:
            if cells:
                yield start, cells
            start = reader.line_num + 1
    except csv.Error:
        raise FileRefused(
            f"Line {start} holds a cell of over {LONGEST_CELL:,} characters, so this is no"
            " session list. Export the sessions as CSV once more."
        ) from None


class _Lines:
    """Where the lines of the content begin and end, and which have any character."""

    def __init__(self, content: memoryview) -> None:
        self.content = content
        self._bytes = np.frombuffer(content, dtype=np.uint8)
        ends = np.flatnonzero(self._bytes == NEWLINE)
        if content[-1] != NEWLINE:
            ends = np.append(ends, len(content))
        self.ends = ends
        self.starts = np.concatenate([[0], ends[:-1] + 1])
        bare_return = (ends - self.starts == 1) & (self._bytes[self.starts] == RETURN)
        self.filled = np.flatnonzero((ends > self.starts) & ~bare_return)

    def breaks_inside_quotes(self) -> bool:
        """Whether some line ends while a quote is open."""
        quotes = np.flatnonzero(self._bytes == QUOTE)
        return bool((np.searchsorted(quotes, self.ends) % 2).any())

    def text(self, line: int) -> str:
        return str(self.content[self.starts[line] : self.ends[line]], "utf-8").rstrip("\r")


def _layout_at(
    lines: _Lines, position: int, encoding: str, delimiter: str, why: tuple[str, ...]
) -> Layout:
    line = int(lines.filled[position])
    header = next(csv.reader([lines.text(line)], delimiter=delimiter))
    return Layout(encoding, delimiter, line + 1, tuple(header), why)


def _columns_at_once(lines: _Lines, position: int, layout: Layout) -> list[pa.ChunkedArray] | None:
    """All columns by pyarrow's reader, or None where some record has another width."""
    rows = lines.filled[position + 1 :]
    _refuse_header_alone(len(rows), layout.header_line)
    names = [str(number) for number in range(len(layout.header))]
    odd: list[int] = []

    def note(row: pacsv.InvalidRow) -> str:
        odd.append(row.actual_columns)
        return "skip"

    try:
        table = pacsv.read_csv(
            pa.BufferReader(pa.py_buffer(lines.content)[int(lines.starts[rows[0]]) :]),
            pacsv.ReadOptions(column_names=names, block_size=1 << 23),
            pacsv.ParseOptions(delimiter=layout.delimiter, invalid_row_handler=note),
            pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, ENCODED), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    return None if odd or table.num_rows != len(rows) else list(table.columns)


def _read_by_record(
    content: memoryview, position: int, encoding: str, delimiter: str, why: tuple[str, ...]
) -> TextTable:
    """The same table record by record, whatever the width and the quotes."""
    records = _records(str(content, "utf-8"), delimiter)
    for _ in range(position):
        next(records)
    header_line, header = next(records)
    width = len(header)
    lines, rows, ragged = [], [], {}
    for line, cells in records:
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            ragged[len(rows)] = cells
        lines.append(line)
        rows.append((cells + [""] * width)[:width])
    _refuse_header_alone(len(rows), header_line)
    columns = [
        pa.chunked_array([pa.array(column, pa.string())]).cast(ENCODED)
        for column in zip(*rows, strict=True)
    ]
    layout = Layout(encoding, delimiter, header_line, tuple(header), why)
    return TextTable(layout, np.array(lines, dtype=np.int32), columns, ragged)


def _refuse_header_alone(rows: int, line: int) -> None:
    if not rows:
        raise FileRefused(
            f"The file has a header on line {line} and no row below it."
            " Export a period in which there were sessions."
        )
