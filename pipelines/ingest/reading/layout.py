"""How a text is laid out: what stands between cells, above the header, and in it."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.errors import FileRefused
from pipelines.ingest.reading import limits
from pipelines.ingest.reading.header import LOOKED_AT, Header, Likeness, header_among
from pipelines.ingest.reading.phrases import counted
from pipelines.ingest.reading.records import Dialect, Record, Records
from pipelines.ingest.reading.text import Text
from pipelines.ingest.steps import Step

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
NAMES_IT = re.compile(rb'\s*"?sep=([^\w\s]|\t)"?[ ,;\t]*\r?\n', re.IGNORECASE)
START = 1 << 19
UNNAMED = 20
"""So many unnamed columns at the end are a spreadsheet's empty ones, and no part of the table."""


class Found(NamedTuple):
    """A header, under the dialect that makes it one, and the records it was found among."""

    header: Header
    dialect: Dialect
    records: list[Record]


def find_header(text: Text, likeness: Likeness) -> Found:
    """The header of a text; raises FileRefused where no line looks like one."""
    named = NAMES_IT.match(text.data, text.start)
    own = [named[1].decode()] if named else []
    found = max(
        filter(None, (_under(text, delimiter, likeness) for delimiter in own or DELIMITERS)),
        key=lambda found: found.header.rank,
        default=None,
    )
    if found is None and own:
        found = next(filter(None, (_under(text, each, likeness) for each in DELIMITERS)), None)
    if found is None:
        raise FileRefused(_no_header(text))
    if len(found.header.cells) > limits.COLUMNS:
        raise limits.too_large(f"Line {found.header.line} names over {limits.COLUMNS:,} columns")
    return found


def _under(text: Text, delimiter: str, likeness: Likeness) -> Found | None:
    """The header, where this delimiter stands between cells."""
    start = _start_of(text)
    padded = re.compile(rf'(?m)(?:^|{re.escape(delimiter)}) +"[^"\n]*"'.encode())
    dialect = Dialect(delimiter, padded.search(start) is not None)
    early = itertools.islice(Records(start, dialect), LOOKED_AT)
    records = _without_empty_end(list(early))
    header = header_among(records, likeness)
    return header and Found(header, dialect, records)


def _start_of(text: Text) -> bytes:
    """Whole lines from the start, more than any header takes."""
    start = text.data[text.start : text.start + START]
    whole = start.rfind(b"\n") + 1 if len(text.data) - text.start > START else len(start)
    return start[:whole] or text.data[text.start : text.start + 2 * limits.LINE]


def _without_empty_end(records: list[Record]) -> list[Record]:
    """The records without the many cells at their end in which nothing stands anywhere.

    Of one that is absurdly wide, as many cells are left as show that it is.
    """
    width = max((_filled(record.cells) for record in records), default=0)
    width = min(width, limits.COLUMNS + 1)
    if all(len(record.cells) <= min(width + UNNAMED, limits.COLUMNS) for record in records):
        return records
    return [record._replace(cells=record.cells[:width]) for record in records]


def _filled(cells: Sequence[str]) -> int:
    """How many cells there are up to the last that is filled."""
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _no_header(text: Text) -> str:
    found = "This is not a session list: no line names"
    if b"\n" not in text.data[text.start :].strip():
        found = "There is only one line in the file, and it does not name"
    return (
        f"{found} columns such as patient, date and pain before."
        " Export the sessions as CSV with a header line."
    )


def steps_of(found: Found, text: Text) -> tuple[Step, ...]:
    """What was decided over delimiter, preamble and header, and why."""
    return (_delimiter_step(found, text), *header_steps(found.header, _named_by_line(text)))


def _named_by_line(text: Text) -> bool:
    return NAMES_IT.match(text.data, text.start) is not None


def _delimiter_step(found: Found, text: Text) -> Step:
    name = DELIMITERS.get(found.dialect.delimiter, f"sign {found.dialect.delimiter}")
    decided = f"a {name} between cells"
    if _named_by_line(text):
        return Step("delimiter", decided, f"the first line says sep={found.dialect.delimiter}")
    widths = Counter(
        len(record.cells) for record in found.records if record.line >= found.header.line
    )
    width, alike = widths.most_common(1)[0]
    seen = f"{alike} of the first {counted(sum(widths.values()), 'row')}"
    return Step("delimiter", decided, f"{seen} then have {counted(width, 'cell')}")


def header_steps(header: Header, named_by_line: bool = False) -> tuple[Step, ...]:
    """What stands above the header, and on which lines it is."""
    above = header.line - 1 - named_by_line
    left = (Step("preamble", f"{counted(above, 'line')} above the header left out"),)
    where = f"line {header.line}"
    if header.last_line > header.line:
        where = f"lines {header.line}-{header.last_line}"
    because = f"{counted(header.known, 'known column')} are named there"
    return (*(left if above else ()), Step("header", f"header on {where}", because))
