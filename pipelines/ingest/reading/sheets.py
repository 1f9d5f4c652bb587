"""A sheet of a workbook as a table of text: its cells have places, so no row is short."""

import itertools
from collections.abc import Iterator

from pipelines.errors import FileRefused
from pipelines.ingest.reading.header import LOOKED_AT, Header, Likeness, header_among
from pipelines.ingest.reading.layout import header_steps
from pipelines.ingest.reading.part import Part
from pipelines.ingest.reading.records import Record
from pipelines.ingest.reading.table import Layout, TextTable, table_of
from pipelines.ingest.steps import Step

KINDS = {
    "xlsx": "an Excel workbook",
    "xlsb": "a binary Excel workbook",
    "xls": "an old Excel workbook",
    "ods": "an OpenDocument spreadsheet",
}
NO_TABLE = (
    "No sheet of the workbook is a session list: none has a row that names columns such as"
    " patient, date and pain before. Drop the sheet of sessions with its header row."
)


def sheet_header(part: Part, likeness: Likeness) -> Header | None:
    """The header of a sheet; None where it has none."""
    early = list(itertools.islice(part.rows(), LOOKED_AT))
    width = max((len(record.cells) for record in early), default=0)
    return header_among([_filled_up(record, width) for record in early], likeness)


def read_sheet(part: Part, likeness: Likeness) -> TextTable:
    """The table in a sheet; raises FileRefused where it has no header."""
    header, kind = sheet_header(part, likeness), part.workbook or ""
    if header is None:
        raise FileRefused(NO_TABLE)
    steps = (Step("file", KINDS[kind]), *part.steps, *header_steps(header))
    layout = Layout(kind, ",", header.line, header.cells, steps, header.rows)
    return table_of(_below(part, header), layout)


def _below(part: Part, header: Header) -> Iterator[Record]:
    width = len(header.cells)
    return (_filled_up(record, width) for record in part.rows() if record.line > header.last_line)


def _filled_up(record: Record, width: int) -> Record:
    return record._replace(cells=record.cells + [""] * (width - len(record.cells)))
