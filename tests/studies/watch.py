"""A watch of a folder killed at random moments while files keep arriving."""

import random
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.store.check import check_store
from tests.support.exports import content, figures, twin_store
from tests.support.watching import Drop, Watching, by_hand, digest, drop, drops, imported, pieces

TITLE = "A watched folder, its watch killed at random moments"
ABOUT = """
Exports are dropped into a folder one after the other: written at once, written slowly in pieces
that end inside a line, or renamed when they are whole. They overlap, some have a name that came
before, some come twice, some are no exports. Meanwhile the watch of the folder is started and
killed (SIGKILL) again and again: half of the kills at a moment drawn at random, half at one while
a file is at work. After each round the watch is let finish what is left, and all is counted: each
content that is an export must be in force by exactly one import, each file must lie in one of the
two folders, and the store must be sound and hold what importing the files by hand holds.
"""
ROUNDS, KILLS, FILES, LONGEST_SECONDS = 10, 5, 60, 3.0


def run(seed: int) -> Iterator[dict]:
    """One row for each round of kills, on the same folder and store."""
    draw, dropped = random.Random(seed), drops(FILES)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = twin_store(folder)
        watching = Watching(folder / "drop", store.folder, folder / "said")
        wanted = twin_store(folder / "by hand")
        for number, part in enumerate(pieces(dropped, ROUNDS), start=1):
            at_work = _round(watching, part, draw)
            so_far = dropped[: dropped.index(part[-1]) + 1]
            by_hand(wanted, part)
            told = {"round": number, "kills": KILLS, "a file at work": at_work}
            yield told | _counted(watching, so_far, wanted)


def _round(watching: Watching, part: list[Drop], draw: random.Random) -> int:
    """Kills while the files arrive, then finishes; how many kills left a file at work."""
    arriving = threading.Thread(target=_arrive, args=(watching, part, random.Random(draw.random())))
    arriving.start()
    at_work = sum(watching.killed(draw, LONGEST_SECONDS, kill % 2 == 0) for kill in range(KILLS))
    process = watching.start()
    arriving.join()
    process.kill()
    process.wait()
    watching.finished()
    return at_work


def _arrive(watching: Watching, part: list[Drop], draw: random.Random) -> None:
    for one in part:
        drop(watching.folder, one, draw)


def _counted(watching: Watching, dropped: list[Drop], wanted: Store) -> dict:
    """What is in the store and in the folders, beside what was dropped so far."""
    store = Store(watching.store, Settings())
    exports = {digest(one.data) for one in dropped if one.accepted}
    found, kept = imported(store), watching.kept()
    owed = Counter(digest(one.data) for one in dropped)
    return {
        "files dropped": len(dropped),
        "exports among them": len(exports),
        "imported once": sum(found[one] == 1 for one in exports),
        "never, or twice": sum(found[one] != 1 for one in exports | set(found)),
        "files lost": (owed - kept).total(),
        "files too many": (kept - owed).total(),
        "sound": "yes" if all(one.sound for one in check_store(store)) else "no",
        "as by hand": "yes" if _same(store, wanted) else "no",
    }


def _same(store: Store, wanted: Store) -> bool:
    return content(store).equals(content(wanted)) and figures(store) == figures(wanted)
