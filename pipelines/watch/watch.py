"""The watch itself: look, take what is whole, import it, put it aside; again and again."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pipelines.errors import FileRefused, OutcomesError
from pipelines.ingest.reading import limits
from pipelines.store import Store
from pipelines.watch.arrivals import PATIENCE, Arrivals, Seen
from pipelines.watch.aside import move, move_with_reason
from pipelines.watch.folder import WatchedFolder, is_unchanged, read_unchanged, shown
from pipelines.watch.importing import import_new, known_digests
from pipelines.watch.last_run import IMPORTED, REFUSED, Handled, begun, keep, now
from pipelines.watch.troubles import Troubles, as_trouble

SETTLE_SECONDS = 5.0
EVERY_SECONDS = 10.0
FOLDER, STORE, STATE = "/folder", "/store", "/state"
"""What a trouble is about, if not a file: no name of a file has a slash."""
Say = Callable[[str], None]


class Watch:
    """A folder watched for a store; `tell` says what became of each file, `warn` what is amiss.

    `every` is the time between two looks and `settle` how long a file has to stay the same, in
    seconds. A file that is cut off from the store or from its folder is tried at every look.
    """

    def __init__(
        self,
        store: Store,
        folder: Path,
        tell: Say,
        warn: Say,
        every: float = EVERY_SECONDS,
        settle: float = SETTLE_SECONDS,
    ) -> None:
        self.store, self.place, self.tell = store, WatchedFolder(folder), tell
        self.every, self.settle = every, settle
        self.troubles = Troubles(warn)
        # Those at work come first: only a watch that was cut off leaves one there.
        self.arrivals = Arrivals([self.place.at_work, self.place.folder], settle)
        self.run = begun(store, self.place.folder, every)

    def until_ended(self) -> None:
        """Looks again and again; only an exception ends it. The folder is locked meanwhile."""
        with self.place.watched():
            try:
                while True:
                    self.look()
                    time.sleep(self.every)
            finally:
                self._keep(ended=now(), importing=None)

    def once(self) -> None:
        """Handles what is there and whole, then ends; does not wait for a file that grows."""
        with self.place.watched():
            self.look()
            last = time.monotonic()
            while self.arrivals.names and time.monotonic() - last < self.settle * (PATIENCE + 1):
                time.sleep(min(self.every, self.settle / 2))
                before = self.run
                self.look()
                if self.run.recent != before.recent:
                    last = time.monotonic()
            self._keep(ended=now(), importing=None)

    def look(self) -> None:
        """Looks once and handles every file that has settled."""
        settled: list[tuple[Path, Seen]] = []
        with self.troubles.told(FOLDER, self.place.folder.name, OSError):
            settled = self.arrivals.look(time.monotonic())
        self.troubles.forget_all_but({FOLDER, STORE, STATE, *self.arrivals.names})
        with self.troubles.told(STORE, "", OutcomesError):
            if settled:
                known_digests(self.store)  # an unreadable store is found before a file is moved
            for file, seen in settled:
                self._handle(file, seen)
        self._keep(looked=now(), importing=None)

    def _handle(self, file: Path, seen: Seen) -> None:
        name = shown(file.name)
        if self.place.is_taken(file):
            return
        with self.troubles.told(file.name, name, OSError, OutcomesError, *as_trouble()):
            taken = self.place.take(file)
            self._keep(importing=name, looked=now())
            handled = self._imported(taken, name, seen)
            if handled is None or not is_unchanged(taken, seen):
                return  # it was written to after all: it settles and is looked at anew
            self._put_aside(taken, handled)
            self.run = self.run.with_file(handled)
            self.tell(in_words(handled))

    def _imported(self, file: Path, name: str, seen: Seen) -> Handled | None:
        try:
            if seen.size > limits.BYTES:
                raise limits.too_large("The file is over 1 GB")
            data = read_unchanged(file, seen)
            return None if data is None else import_new(self.store, name, data)
        except FileRefused as refusal:
            return Handled(name, REFUSED, now(), sentence=str(refusal))
        except (OSError, OutcomesError, *as_trouble()):
            raise
        except Exception as fault:  # one bad file must not end the watch, now or at each restart
            return Handled(name, REFUSED, now(), sentence=FAULT.format(type(fault).__name__))

    def _put_aside(self, file: Path, handled: Handled) -> None:
        if handled.outcome == REFUSED:
            move_with_reason(file, self.place.refused, handled.sentence)
        else:
            move(file, self.place.imported)

    def _keep(self, **changed: object) -> None:
        """Writes the state down; a store that takes no file is told once and does not end it."""
        self.run = replace(self.run, troubles=self.troubles.sentences, **changed)
        with self.troubles.told(STATE, "The watch's own state", OSError):
            keep(self.store, self.run)


FAULT = (
    "The program failed at this file ({}), which is a fault of the program. Report it; the store"
    " is as it was before the table that it failed at."
)


def in_words(handled: Handled) -> str:
    """What became of a file, on one line."""
    said = " ".join(handled.sentence.splitlines())
    outcome = "imported. " if handled.outcome == IMPORTED else ""
    outcome = "refused. " if handled.outcome == REFUSED else outcome
    return f"{handled.file}: {outcome}{said}"
