"""The watched folder: what is dropped in, what is at work, what was imported and refused."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.errors import OutcomesError
from pipelines.watch.arrivals import Seen


class WatchedFolder:
    """A folder with three of its own: `imported`, `refused`, and one for files at work.

    A file is moved to the last before it is read: a new one of the same name, that a scheduled
    export may bring at any moment, is then another file.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.imported, self.refused = self.folder / "imported", self.folder / "refused"
        self.at_work = self.folder / ".at-work"

    @contextmanager
    def watched(self) -> Iterator[None]:
        """For one watch at a time; raises OutcomesError where another has it, or none can."""
        from filelock import FileLock, Timeout

        if not self.folder.is_dir():
            raise OutcomesError("There is no such folder to watch. Make it, or name another one.")
        try:
            for own in (self.imported, self.refused, self.at_work):
                own.mkdir(exist_ok=True)
            lock = FileLock(self.at_work / ".lock")
            lock.acquire(timeout=0)
        except Timeout:
            raise OutcomesError("Another watch has this folder. End that one first.") from None
        except OSError as error:
            raise OutcomesError(
                f"The folder cannot be written to ({error.strerror}). Let this user move files"
                " in it, and no file be called `imported` or `refused`."
            ) from None
        try:
            yield
        finally:
            lock.release()

    def take(self, file: Path) -> Path:
        """Moves a file to those at work, if it is not there; raises OSError where it cannot be."""
        taken = self.at_work / file.name
        if file != taken:
            with file.open("rb"):
                pass  # one that cannot be read stays where its owner sees it
            os.rename(file, taken)
        return taken

    def is_taken(self, file: Path) -> bool:
        """Whether another file of this name is at work."""
        taken = self.at_work / file.name
        return file != taken and os.path.lexists(taken)


def read_unchanged(file: Path, seen: Seen) -> bytes | None:
    """The file's bytes; None where somebody writes to it after all."""
    with file.open("rb") as opened:
        data = opened.read()
        found = Seen.of(os.fstat(opened.fileno()))
    return data if found[:2] == seen[:2] and len(data) == found.size else None


def is_unchanged(file: Path, seen: Seen) -> bool:
    """Whether nobody has written to the file since."""
    return Seen.of(file.stat())[:2] == seen[:2]


def shown(name: str) -> str:
    """A name for people, on one line: what cannot be seen, or is no letter, as a question mark."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)
