"""Zip files: their members unpacked in memory, counted as they come, never written to disk."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from pipelines.errors import FileRefused
from pipelines.ingest.reading import limits

ZIP = b"PK\x03\x04"
ENTRY = b"PK\x01\x02"
PIECE = 1 << 20
SEPARATORS = re.compile(r"[\\/:]")
HOUSEKEEPING = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")
MANIFEST = "META-INF/manifest.xml"
ENCRYPTED = 0x1
DAMAGED = "The zip file is damaged. Download or export it once more."


class Archive:
    """An opened zip file, and how much of it was unpacked so far."""

    def __init__(self, data: bytes) -> None:
        if data.count(ENTRY) > limits.WORKBOOK_MEMBERS:
            raise limits.too_large(f"The zip file holds over {limits.WORKBOOK_MEMBERS:,} files")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
            raise FileRefused(DAMAGED) from None
        self._packed = len(data)
        self.unpacked = 0
        self.members = [info for info in self._zip.infolist() if not info.is_dir()]
        self.names = {info.filename for info in self.members}

    def content(self, member: zipfile.ZipInfo) -> bytes:
        """The bytes of a member; raises FileRefused where they pass a limit or are damaged."""
        return b"".join(self._pieces(member))

    def measure(self) -> int:
        """Unpacks every member, keeping none: the bytes there are, whatever the file promises."""
        return sum(len(piece) for member in self.members for piece in self._pieces(member))

    def is_locked_document(self) -> bool:
        """Whether this is a document whose manifest says that its parts are encrypted."""
        manifest = (member for member in self.members if member.filename == MANIFEST)
        return any(b"encryption-data" in self.content(member) for member in manifest)

    def _pieces(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        if member.flag_bits & ENCRYPTED:
            raise FileRefused(
                "The zip file is locked with a password. Unpack it and drop the files in it."
            )
        try:
            with self._zip.open(member) as opened:
                while piece := opened.read(PIECE):
                    self._count(len(piece))
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
            raise FileRefused(DAMAGED) from None

    def _count(self, size: int) -> None:
        self.unpacked += size
        if self.unpacked > limits.BYTES:
            raise limits.too_large("The file unpacks to over 1 GB")
        if self.unpacked > max(limits.COUNTED_FROM, limits.RATIO * self._packed):
            raise limits.too_large(f"The file unpacks to over {limits.RATIO} times its size")


def tables(archive: Archive) -> list[tuple[str, zipfile.ZipInfo]]:
    """Each member that may hold a table under the name it has in reports, by place in the file.

    A name is the last part of its path alone; names that come twice are numbered.
    """
    found, seen = [], {}
    for number, member in enumerate(archive.members, start=1):
        if HOUSEKEEPING.search(member.filename):
            continue
        name = last_name(member.filename) or f"file {number}"
        seen[name] = seen.get(name, 0) + 1
        found.append((name if seen[name] == 1 else _numbered(name, seen[name]), member))
    if len(found) > limits.MEMBERS:
        raise limits.too_large(f"The zip file holds over {limits.MEMBERS} files")
    return found


def _numbered(name: str, number: int) -> str:
    """`june (2).csv`."""
    path = PurePosixPath(name)
    return f"{path.stem} ({number}){path.suffix}"


def last_name(path: str) -> str:
    """The last part of a path of any system, without signs that cannot be seen."""
    last = SEPARATORS.split(path)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip().strip(".")
