"""A folder with exports dropped into it in every way, and a watch of it that is killed."""

import hashlib
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.ingest.load import import_file
from pipelines.store import Store
from pipelines.store.ledger import IMPORT
from tests.support.exports import export, visit
from tests.support.hygiene import PROJECT

EVERY, SETTLE = 0.05, 0.2
VISITS, OVERLAP = 400, 100
LONGEST_SECONDS = 120


@dataclass(frozen=True)
class Drop:
    """A file for the folder: its name, its content, and whether it is an export at all."""

    name: str
    data: bytes
    accepted: bool = True


def drops(number: int) -> list[Drop]:
    """So many exports that overlap without contradicting each other, and what comes with them.

    Every third has the name of the one before, every fourth comes twice, every fifth is
    followed by a file that is no export.
    """
    found = []
    for place in range(number):
        first = place * (VISITS - OVERLAP)
        rows = [_visit(which) for which in range(first, first + VISITS)]
        name = f"export {place - place % 3 // 2}.csv"
        found.append(Drop(name, export(rows)))
        if place % 4 == 3:
            found.append(Drop(f"again {place}.csv", export(rows)))
        if place % 5 == 4:
            found.append(Drop(f"letter {place}.txt", f"Dear {place},\nthanks.\n".encode(), False))
    return found


def _visit(number: int) -> dict[str, str]:
    return visit(
        number,
        patient_id=f"P{number % 97}",
        date=f"20{10 + number % 15}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        pain_before=str(4 + number % 6),
    )


def drop(folder: Path, one: Drop, draw: random.Random) -> None:
    """Drops a file once its name is free: at once, slowly, or renamed when it is written."""
    target = folder / one.name
    _wait(lambda: not target.exists())
    way = draw.choice(("at once", "slowly", "renamed", "part"))
    if way == "at once":
        target.write_bytes(one.data)
    elif way == "slowly":
        _write_slowly(target, one.data, draw)
    else:
        made = folder / (f".{one.name}" if way == "renamed" else f"{one.name}.part")
        _write_slowly(made, one.data, draw)
        made.rename(target)


def _write_slowly(file: Path, data: bytes, draw: random.Random) -> None:
    """In pieces that end inside a line, with pauses that may be longer than the settle time."""
    middle = len(data) // 2
    while data[middle - 1 : middle] == b"\n":
        middle += 1
    with file.open("wb") as opened:
        opened.write(data[:middle])
        opened.flush()
        time.sleep(draw.uniform(0, 1.5 * SETTLE))
        opened.write(data[middle:])


class Watching:
    """The watch as a process of its own, started and killed again and again."""

    def __init__(self, folder: Path, store: Path, said: Path) -> None:
        self.folder, self.store, self.said = folder, store, said
        folder.mkdir(parents=True)

    def start(self) -> subprocess.Popen:
        options = {"--store": self.store, "--every": EVERY, "--settle": SETTLE}
        flags = [str(text) for option in options.items() for text in option]
        command = [sys.executable, "-m", "pipelines", "watch", str(self.folder), *flags]
        with self.said.open("ab") as said:
            return subprocess.Popen(command, cwd=PROJECT, stdout=said, stderr=said)

    def killed(self, draw: random.Random, longest: float, working: bool) -> bool:
        """Starts it and kills it: at any moment, or while a file is at work. Whether one was."""
        process, started = self.start(), time.monotonic()
        if working:
            while not self._at_work_or_idle(time.monotonic() - started, longest):
                time.sleep(0.002)
            time.sleep(draw.uniform(0, 0.3))
        else:
            time.sleep(draw.uniform(0, longest))
        process.kill()
        process.wait()
        return bool(self.at_work())

    def _at_work_or_idle(self, seconds: float, longest: float) -> bool:
        idle = seconds > longest and not self.waiting()
        return bool(self.at_work()) or idle or seconds > LONGEST_SECONDS

    def finished(self) -> int:
        """Starts it, lets it handle all that is there, ends it; its exit status."""
        process = self.start()
        _wait(lambda: not self.waiting() or process.poll() is not None)
        process.send_signal(signal.SIGTERM)
        return process.wait(LONGEST_SECONDS)

    def at_work(self) -> list[Path]:
        return [path for path in self.folder.glob(".at-work/*") if path.name != ".lock"]

    def waiting(self) -> list[Path]:
        """Files that were dropped and not put aside yet."""
        return [*(path for path in self.folder.iterdir() if path.is_file()), *self.at_work()]

    def kept(self) -> Counter:
        """How often each content is in the folders of imported and of refused files."""
        files = [*self.folder.glob("imported/*"), *self.folder.glob("refused/*")]
        reasons = {path for path in files if path.with_suffix("") in files}
        return Counter(digest(path.read_bytes()) for path in files if path not in reasons)


def imported(store: Store) -> Counter:
    """How many imports in force each content has."""
    head = store.head()
    events = head.events[head.events["event"] == IMPORT]
    return Counter(events.loc[events["import_id"].isin(head.surviving()), "digest"])


def by_hand(store: Store, dropped: Sequence[Drop]) -> Store:
    """A store into which each export was imported once, in the order in which they came."""
    for data in dict.fromkeys(one.data for one in dropped if one.accepted):
        assert import_file(store, "export.csv", data).refused is None
    return store


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _wait(until: object) -> None:
    last = time.monotonic() + LONGEST_SECONDS
    while not until():
        assert time.monotonic() < last, "the watch did not come to an end"
        time.sleep(0.01)


def pieces(dropped: Sequence[Drop], number: int) -> Iterator[Sequence[Drop]]:
    """The drops in so many parts of like size."""
    for part in range(number):
        yield dropped[part * len(dropped) // number : (part + 1) * len(dropped) // number]
