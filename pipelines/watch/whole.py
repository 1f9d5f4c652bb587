"""Whether a file is whole, as far as its bytes can say."""

from pathlib import Path

from pipelines.errors import FileRefused
from pipelines.ingest.cells import tidy
from pipelines.ingest.columns import likeness
from pipelines.ingest.read import TextTable, read_table
from pipelines.ingest.rows import TOTAL
from pipelines.vocabulary import load_vocabulary, normalised

TAIL = 1 << 17
"""The list of contents of a zip file or workbook lies in its last 64 KB."""
ZIP, ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
LINE_ENDS = (b"\n", b"\r", b"\n\x00", b"\r\x00")
BLOCK = 4096
"""Programs write in blocks of so many bytes, or a multiple."""
RESERVED = b"\x00" * 16
"""Some programs reserve a file's place on the disk before they write it: zeros."""


def seems_whole(path: Path, size: int) -> bool:
    """Whether the end of the file is one: a line end, or a zip file's list of contents.

    Many whole text files end without: this only tells which to wait for a little longer.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(ZIP))
            file.seek(max(0, size - TAIL))
            tail = file.read(TAIL)
    except OSError:
        return True  # what is wrong with it is found when it is taken
    if start == ZIP:
        return ZIP_END in tail
    return tail.rstrip(b"\x1a").endswith(LINE_ENDS) and not tail.endswith(RESERVED)


def why_cut_off(data: bytes) -> str | None:
    """What shows that a file of text was cut off in its last line, in a sentence; None if nothing.

    A last line that is whole, but for its line end, is taken as it is.
    """
    if data.startswith(ZIP) or data.rstrip(b"\x1a").endswith(LINE_ENDS):
        return None
    if data.endswith(RESERVED):
        return f"The file ends in zeros: only a part of it was written. {AGAIN}"
    if data and len(data) % BLOCK == 0:
        return f"The file ends inside a line, where a block of {BLOCK:,} bytes ends. {AGAIN}"
    try:
        table = read_table(data, lambda cells: likeness(cells, load_vocabulary()))
    except FileRefused:
        return None  # the import says why
    return f"The file ends inside line {table.lines[-1]:,}. {AGAIN}" if _torn(table) else None


AGAIN = (
    "It seems to have been cut off. Export it once more and drop that file; if it is whole,"
    " import it with `outcomes import`."
)


def _torn(table: TextTable) -> bool:
    """Whether the last record lacks cells and stands right below a whole one: no note, no total."""
    last = len(table) - 1
    if last not in table.ragged or last - 1 in table.ragged:
        return False
    below = last == 0 or table.lines[last] == table.lines[last - 1] + 1
    first = next(filter(None, map(tidy, table.ragged[last])), "")
    return bool(below and not TOTAL.match(normalised(first)))
