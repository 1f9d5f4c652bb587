"""Which files in a folder have stopped growing: looked at again and again, never listened to.

Polling sees network drives, which tell of no changes.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipelines.watch.whole import seems_whole

UNFINISHED = (
    ".part", ".partial", ".crdownload", ".download", ".opdownload", ".filepart", ".tmp", ".temp",
    ".swp", ".lock", "~",
)  # fmt: skip
"""How programs name what they have not finished writing."""
PATIENCE = 12
"""How many settle times a file has to stay the same that does not seem to be whole."""


class Seen(NamedTuple):
    """What shows that a file was written to."""

    size: int
    modified: int  # nanoseconds
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> "Seen":
        return cls(found.st_size, found.st_mtime_ns, found.st_ino)


@dataclass(frozen=True)
class Quiet:
    """How a file looked when it was last found changed, and when that was."""

    seen: Seen
    since: float


class Arrivals:
    """The files of some folders, each with how long it has been the same.

    `settle` is in seconds; moments are those of one clock that only runs forward.
    """

    def __init__(self, folders: list[Path], settle: float) -> None:
        self.folders, self.settle = folders, settle
        self._quiet: dict[Path, Quiet] = {}

    def look(self, now: float) -> list[tuple[Path, Seen]]:
        """The files that are to be taken now, the one that was written first coming first.

        One that is the same for a while but not whole holds back those written after it: what
        was exported later is to have the last word.
        """
        present = sorted(self._present(), key=_by_age)
        self._quiet = {path: self._since(path, seen, now) for path, seen in present}
        taken = []
        for path, seen in present:
            quiet_for = now - self._quiet[path].since
            if quiet_for < self.settle or not quiet_for:
                continue
            if quiet_for < self.settle * PATIENCE and not seems_whole(path, seen.size):
                break
            taken.append((path, seen))
        return taken

    @property
    def names(self) -> set[str]:
        """What the last look found."""
        return {path.name for path in self._quiet}

    def _since(self, path: Path, seen: Seen, now: float) -> Quiet:
        before = self._quiet.get(path)
        return before if before and before.seen == seen else Quiet(seen, now)

    def _present(self) -> Iterator[tuple[Path, Seen]]:
        for folder in self.folders:
            with os.scandir(folder) as entries:
                found = {entry.name: entry for entry in entries}
            for name, entry in found.items():
                if not is_unfinished(name, found):
                    yield from _seen(entry)


def is_unfinished(name: str, beside: dict) -> bool:
    """Whether a name says that its file is no export, or is open in a program."""
    lower = name.lower()
    marks = (f"~${name}", f".~lock.{name}#", *(name + ending for ending in UNFINISHED))
    return (
        lower.startswith((".", "~"))
        or lower.endswith(UNFINISHED)
        or lower in ("thumbs.db", "desktop.ini")
        or any(mark in beside for mark in marks)
    )


def _seen(entry: os.DirEntry) -> Iterator[tuple[Path, Seen]]:
    """A plain file; not a folder, a link or a device, and not one that is gone meanwhile."""
    try:
        found = os.stat(entry.path, follow_symlinks=False)
    except FileNotFoundError:
        return
    if stat.S_ISREG(found.st_mode):
        yield Path(entry.path), Seen.of(found)


def _by_age(present: tuple[Path, Seen]) -> tuple[int, str]:
    path, seen = present
    return seen.modified, path.name
