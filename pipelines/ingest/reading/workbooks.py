"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods): each sheet that is a table, as a part."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.errors import FileRefused
from pipelines.ingest.reading import limits
from pipelines.ingest.reading.archives import Archive

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
KINDS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}
OTHERS = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a presentation",
    "Index/Document.iwa": "an Apple Numbers or Pages document",
}
READER = Path(__file__).with_name("workbook_cells.py")
MEMORY, MOST_MEMORY, TIMES_UNPACKED = 200_000_000, 3_000_000_000, 12
"""Opened, a workbook takes some ten bytes for each that it unpacks to."""
WHY = {
    "password": "The workbook is locked with a password. Open it in the spreadsheet program, save"
    " the sheet of sessions as CSV, and drop that file.",
    "damaged": "The workbook cannot be opened: it is damaged, or made by a program that is not"
    " known. Open it, save the sheet of sessions as CSV, and drop that file.",
    "large": f"The workbook holds more than any list of sessions. {limits.AGAIN}",
}


@dataclass(frozen=True)
class Sheet:
    """A sheet with any content: its filled rows as lines of JSON, `[row, cell, ...]`."""

    name: str
    kind: str
    visible: bool
    rows: bytes = field(repr=False)


def kind_of_archive(archive: Archive) -> str | None:
    """Which workbook a zip file is, such as `xlsx`; None where it is a zip file of files.

    Raises FileRefused where it is another office document.
    """
    for member, what in OTHERS.items():
        if member in archive.names:
            raise FileRefused(f"This is {what}, not a table. Save the sessions as CSV or .xlsx.")
    return next((kind for member, kind in KINDS.items() if member in archive.names), None)


def sheets(data: bytes, kind: str, archive: Archive | None = None) -> list[Sheet]:
    """The sheets of a workbook that hold anything.

    Raises FileRefused where it is locked or damaged, or larger than any list of sessions.
    """
    if LOCKED in data or (archive and archive.is_locked_document()):
        raise FileRefused(WHY["password"])
    found = list(_sheets(_cells(data, archive.measure() if archive else len(data)), kind))
    if not found:
        raise FileRefused("The workbook is empty. Export the sessions once more.")
    return found


def _cells(data: bytes, unpacked: int) -> bytes:
    """What the process that reads workbooks writes; its end without a word is a refusal."""
    memory = min(MEMORY + TIMES_UNPACKED * unpacked, MOST_MEMORY)
    command = [sys.executable, "-I", str(READER), str(memory), str(limits.BYTES)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limits.SECONDS)
    except subprocess.TimeoutExpired:
        raise FileRefused(WHY["large"]) from None
    if done.returncode:
        raise FileRefused(WHY["large" if done.returncode < 0 else "damaged"])
    return done.stdout


def _sheets(lines: bytes, kind: str) -> Iterator[Sheet]:
    start = 0
    while start < len(lines):
        ends = lines.index(b"\n", start) + 1
        said = json.loads(lines[start:ends])
        if "refused" in said:
            raise FileRefused(WHY[said["refused"]])
        following = lines.find(b"\n{", ends - 1) + 1 or len(lines)
        if following > ends:
            yield Sheet(said["sheet"], kind, said["visible"], lines[ends:following])
        start = following
