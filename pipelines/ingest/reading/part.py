"""One table to import, out of a dropped file: a text file, a file in a zip, a sheet."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pipelines.ingest.reading.records import Record
from pipelines.ingest.steps import Step


@dataclass
class Part:
    """One table: its name in reports, and the bytes of a text file.

    Of a sheet, `data` is a line of JSON for every row that holds something, `[row, cell, ...]`,
    and `workbook` says what it comes from, such as `xlsx`. `steps` tell how it was found.
    `once`: the part is read one time only.
    """

    name: str
    data: bytes = field(repr=False)
    workbook: str | None = None
    steps: tuple[Step, ...] = ()
    once: bool = False

    @cached_property
    def digest(self) -> str:
        """By which the list of imports knows the content, whatever its file is called."""
        return hashlib.sha256(self.data).hexdigest()

    def forget(self) -> None:
        """Lets go of the bytes, where they are read once: a table is not held beside its text."""
        if self.once:
            _ = self.digest
            self.data = b""

    def rows(self) -> Iterator[Record]:
        """The records of a sheet, each with its row in it."""
        start = 0
        while start < len(self.data):
            end = self.data.index(b"\n", start)
            row, *cells = json.loads(self.data[start:end])
            yield Record(row, row, cells)
            start = end + 1


def as_part(data: bytes | Part) -> Part:
    """Bytes alone are a text file without a name."""
    return data if isinstance(data, Part) else Part("", data)
