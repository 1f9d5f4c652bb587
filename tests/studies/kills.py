"""An import killed at random moments, often enough to hit each of its steps."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipelines.ingest.load import import_file
from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.store.check import check_store
from pipelines.summary import summarise
from tests.support.hygiene import PROJECT

TITLE = "An import killed at random moments"
ABOUT = """
A store holds one export. The import of a second one is killed (SIGKILL) at a moment drawn
at random between the start of the process and a little after its usual end. Then the store
is read: it must be as before the import or as after it. The import is repeated, and the
store must be as after it and sound by its own check.
"""
KILLS = 200
PARTS = 10
SAMPLES = PROJECT / "data" / "samples"
FIRST, SECOND = SAMPLES / "practice_management.csv", SAMPLES / "outcome_survey.csv"
State = tuple[str, int]


def run(seed: int) -> Iterator[dict]:
    """One row for each tenth of the time an import takes, with what was left by the kills in it."""
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        take(folder / "before", FIRST)
        before = state(folder / "before")
        usual, after = whole_import(folder)
        found = [Counter() for _ in range(PARTS)]
        for _ in range(KILLS):
            share = draw.random()
            left = killed(folder, share * usual * 1.1, before, after)
            found[int(share * PARTS)].update(left)
    for part, counts in enumerate(found):
        yield {
            "killed after": f"{110 * part // PARTS}-{110 * (part + 1) // PARTS}% of its time",
            "kills": counts["kills"],
            "as before": counts["before"],
            "as after": counts["after"],
            "neither": counts["neither"],
            "repeat completed": counts["completed"],
        }


def whole_import(folder: Path) -> tuple[float, State]:
    """How long an import takes that nobody kills, and the store after it."""
    store = shutil.copytree(folder / "before", folder / "whole")
    started = time.perf_counter()
    process(store).wait()
    return time.perf_counter() - started, state(store)


def killed(folder: Path, seconds: float, before: State, after: State) -> list[str]:
    """What is found after one kill, and after the repeat."""
    store = shutil.copytree(folder / "before", folder / "killed")
    running = process(store)
    time.sleep(seconds)
    running.kill()
    running.wait()
    found = state(store)
    take(store, SECOND)
    whole = state(store) == after and all(one.sound for one in check_store(Store(store)))
    shutil.rmtree(store)
    names = {before: "before", after: "after"}
    return ["kills", names.get(found, "neither")] + (["completed"] if whole else [])


def process(store: Path) -> subprocess.Popen:
    """The import of the second export, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines", "import", SECOND, "--json"],
        cwd=PROJECT,
        env=os.environ | {"OUTCOMES_STORE": str(store)},
        stdout=subprocess.DEVNULL,
    )


def take(store: Path, file: Path) -> None:
    """Import a file here and now."""
    import_file(Store(store), file.name, file.read_bytes())


def state(store: Path) -> State:
    """Every figure of the store, and how many rows wait in quarantine."""
    opened = Store(store)
    return repr(summarise(opened.clinic(), Settings())), len(opened.quarantine())
