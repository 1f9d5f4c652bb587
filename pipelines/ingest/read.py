"""From the bytes of a file to a table of text, step by step: text, layout, records.

A well-formed text is read in one pass; one with records over several lines, or of unequal
width, record by record. Both give the same table.
"""

from collections.abc import Iterator

from pipelines.errors import FileRefused
from pipelines.ingest.reading.at_once import read_at_once
from pipelines.ingest.reading.header import Likeness
from pipelines.ingest.reading.layout import Found, find_header, steps_of
from pipelines.ingest.reading.part import Part, as_part
from pipelines.ingest.reading.records import Record, Records
from pipelines.ingest.reading.sheets import read_sheet
from pipelines.ingest.reading.table import Layout, TextTable, table_of, with_blank_ends
from pipelines.ingest.reading.text import Text, decoded

SHOWS_A_CUT = 10
"""Rows from which on a last cell like no other is worth a word."""


def read_table(file: bytes | Part, likeness: Likeness) -> TextTable:
    """The table in a file; `likeness` counts the cells of a record that name a known column.

    Raises FileRefused where the bytes are no table, or no record looks like a header.
    """
    part = as_part(file)
    if part.workbook:
        return _whole(read_sheet(part, likeness))
    text = decoded(part.data)
    found = find_header(text, likeness)
    steps = (*part.steps, *text.steps, *steps_of(found, text))
    header, dialect = found.header, found.dialect
    layout = Layout(text.encoding, dialect.delimiter, header.line, header.cells, steps, header.rows)
    table = None if dialect.spaces else read_at_once(text, layout, header.last_line)
    return _whole(table or table_of(_below(text, found), layout))


def _below(text: Text, found: Found) -> Iterator[Record]:
    """The records below the header."""
    records = Records(text.data, found.dialect, len(found.header.cells), text.start)
    return (record for record in records if record.line > found.header.last_line)


def _whole(table: TextTable) -> TextTable:
    if not len(table):
        raise FileRefused(
            f"The file has a header on line {table.layout.header_line} and no row below it."
            " Export a period in which there were sessions."
        )
    return with_blank_ends(table)
