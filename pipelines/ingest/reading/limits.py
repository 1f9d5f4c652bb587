"""How large a file may be: beyond each of these it is no export of a clinic's sessions."""

from pipelines.errors import FileRefused

BYTES = 1_000_000_000
"""A file of text, or what a zip file or a workbook unpacks to: 1 GB, some three million visits."""
RATIO, COUNTED_FROM = 200, 1 << 24
"""No text packs 200 to 1; asked once 16 MB are unpacked, as a small file may be mostly blank."""
MEMBERS = 200
"""Files in one zip: a file a week for four years."""
WORKBOOK_MEMBERS = 5_000
"""A workbook has a few parts a sheet."""
ROWS = 20_000_000
"""Ten times what the largest clinics have."""
COLUMNS = 2_000
"""The widest survey exports have a few hundred."""
CELL = 1_000_000
"""Characters in one cell: a long note has some thousands."""
LINE = 1_000_000
"""Bytes on one line: more is a file without line ends, and no table."""
QUOTES = 200
"""Quotes that are never closed, in one file: each is looked for a cell's length."""
SECONDS = 120
"""To open one workbook; the largest real ones take some twenty."""

AGAIN = "Export the sessions of a shorter period, as CSV."


def too_large(what: str) -> FileRefused:
    """The refusal of a file that passes a limit; `what` tells which, and where it stands."""
    return FileRefused(f"{what}, which no list of sessions has. {AGAIN}")
