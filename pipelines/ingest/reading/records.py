"""The records of a text, one by one, whatever their width and their quotes."""

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipelines.errors import FileRefused
from pipelines.ingest.reading import limits

CLOSED = re.compile(r'"[^"]*"')
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class Record(NamedTuple):
    """The first and the last line a record stands on, and its cells.

    `cut`: the file ends within the record.
    """

    line: int
    last_line: int
    cells: list[str]
    cut: bool = False


class Dialect(NamedTuple):
    """What stands between cells; and whether a space after that is no part of a quoted one."""

    delimiter: str
    spaces: bool = False


class Records:
    """The records of a text that have any character.

    A quote that is never closed, or only by another stray one below, is a letter: else it would
    swallow the lines between. `width` is how many cells a record has, once that is known.
    """

    def __init__(self, data: bytes, dialect: Dialect, width: int = 0, start: int = 0) -> None:
        csv.field_size_limit(limits.CELL)
        self._lines = _Lines(data, start)
        self._dialect, self._width = dialect, width
        self._given_up = 0

    def __iter__(self) -> Iterator[Record]:
        while line := self._lines.next():
            first = self._lines.number
            if '"' in line:
                yield from self._quoted(line, first)
            elif cells := line.rstrip("\r\n"):
                yield Record(first, first, cells.split(self._dialect.delimiter))

    def _quoted(self, line: str, first: int) -> Iterator[Record]:
        """A record with quotes, which may go on over further lines."""
        taken = _Taken(self._lines, line, self._is_whole)
        cells = self._parsed(taken, first)
        cut = taken.open and len(taken.lines) == 1 and not line.endswith(("\n", "\r"))
        if taken.open and not cut:
            self._lines.give_back(taken.lines[1:])
            self._count_open_quotes(len(taken.lines))
            cells = line.rstrip("\r\n").split(self._dialect.delimiter)
        if cells:
            yield Record(first, self._lines.number, cells, cut)

    def _parsed(self, taken: "_Taken", first: int) -> list[str]:
        delimiter, spaces = self._dialect
        try:
            return next(csv.reader(taken, delimiter=delimiter, skipinitialspace=spaces), [])
        except csv.Error:
            if len(taken.lines) > 1:
                taken.open = True
                return []
            raise limits.too_large(
                f"Line {first:,} holds a cell of over {limits.CELL:,} characters"
            ) from None

    def _is_whole(self, line: str) -> bool:
        """Whether a line has the delimiters of a whole record, by itself."""
        count = CLOSED.sub("", line).count(self._dialect.delimiter)
        return self._width > 1 and count == self._width - 1

    def _count_open_quotes(self, lines: int) -> None:
        self._given_up += lines > 2
        if self._given_up > limits.QUOTES:
            raise FileRefused(
                f"Over {limits.QUOTES} quotes in the file are never closed, so its cells cannot"
                " be told apart. Export the sessions as CSV once more."
            )


class _Taken:
    """A line and, as they are asked for, those that a quote holds together with it.

    It holds no two lines together of which each is a whole record: then it is a stray one.
    """

    def __init__(self, lines: "_Lines", first: str, is_whole: Callable[[str], bool]) -> None:
        self.lines, self.open = [first], False
        self._source, self._is_whole = lines, is_whole

    def __iter__(self) -> Iterator[str]:
        yield self.lines[0]
        whole, size = self._is_whole(self.lines[0]), 0
        while line := self._source.next():
            self.lines.append(line)
            size += len(line)
            if size > limits.CELL or (whole and self._is_whole(line)):
                break
            yield line
        self.open = True


class _Lines:
    """The lines of a text with their ends, each with its number; a lone CR ends a line too."""

    def __init__(self, data: bytes, start: int) -> None:
        self._source = io.BytesIO(data)
        self._source.seek(start)
        self._waiting: deque[str] = deque()
        self.number = 0

    def next(self) -> str:
        """The next line; empty at the end."""
        if not self._waiting:
            line = self._source.readline().decode("utf-8", errors="replace")
            if "\r" not in line or line.index("\r") == len(line) - 2:
                self.number += bool(line)
                return line
            self._waiting.extend(LINE.findall(line))
        self.number += 1
        return self._waiting.popleft()

    def give_back(self, lines: list[str]) -> None:
        """The lines will be next again."""
        self._waiting.extendleft(reversed(lines))
        self.number -= len(lines)
