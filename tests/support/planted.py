"""Plants a bug at a time in a copy of the project and sees whether a test goes red.

`python -m tests.support.planted` (`make gates`) plants every bug of planted.toml, runs
the tests that are to find it, and writes what happened into docs/testing.md. The same
tests must be green without the bug. Words that bugs of the list contain narrow it:
`python -m tests.support.planted episode`.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.support.hygiene import PROJECT
from tests.support.tables import markdown

LIST = Path(__file__).with_name("planted.toml")
PAGE = PROJECT / "docs" / "testing.md"
HEADING = "## Every gate shown to bite"
ABOUT = """
A test that cannot fail proves nothing. Each of these bugs was planted alone in a copy of
the project (`make gates` does it again), and the test that is named went red.
"""
GREEN, GONE = "STAYED GREEN", "CANNOT BE PLANTED ANY MORE"
RED_ALREADY = "RED WITHOUT IT"
LONGEST_SECONDS = 600


@dataclass(frozen=True)
class Planted:
    """One bug: what is wrong, the text it replaces in a file, and who is to find it."""

    bug: str
    file: str
    old: str
    new: str
    gate: tuple[str, ...]


def planted() -> list[Planted]:
    """Every bug of the list."""
    listed = tomllib.loads(LIST.read_text("utf-8"))["planted"]
    return [Planted(**one | {"gate": tuple(one["gate"])}) for one in listed]


def found_by(bug: Planted, folder: Path) -> str:
    """The first test that goes red with the bug in the copy of the project."""
    path = folder / bug.file
    sound = path.read_text(encoding="utf-8")
    if sound.count(bug.old) != 1:
        return GONE
    path.write_text(sound.replace(bug.old, bug.new), encoding="utf-8")
    try:
        status, printed = run(bug.gate, folder)
    finally:
        path.write_text(sound, encoding="utf-8")
    return GREEN if status == 0 else _first_red(printed) or " ".join(bug.gate)


def run(gate: tuple[str, ...], folder: Path) -> tuple[int, str]:
    """The exit status of a gate in the copy, and what it printed."""
    ran = subprocess.run(
        _command(gate),
        cwd=folder,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    return ran.returncode, ran.stdout


def _command(gate: tuple[str, ...]) -> list[str]:
    if gate[0].startswith("tests/"):
        return [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *gate]
    return [str(Path(sys.executable).with_name(gate[0])), *gate[1:]]


def _first_red(printed: str) -> str | None:
    red = re.search(r"^(?:FAILED|ERROR) (tests/\S+?)(?:\[| - |$)", printed, re.M)
    return red[1] if red else None


def copy_of_project(folder: Path) -> None:
    """Every tracked file, as it is now, pictures too."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (PROJECT / name).exists():
            shutil.copy2(PROJECT / name, folder / name)
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=folder, check=True)


def written(rows: list[dict[str, str]]) -> str:
    """The page of testing with this table at its end."""
    kept = PAGE.read_text(encoding="utf-8").partition(HEADING)[0].rstrip()
    return f"{kept}\n\n{HEADING}\n{ABOUT}\n{markdown(rows)}\n"


def main(words: list[str]) -> int:
    """Plant each bug whose text has one of the words; write the page when all were planted."""
    chosen = [bug for bug in planted() if not words or any(word in bug.bug for word in words)]
    rows = []
    with tempfile.TemporaryDirectory() as name:
        copy_of_project(Path(name))
        sound = {gate: run(gate, Path(name))[0] == 0 for gate in {bug.gate for bug in chosen}}
        for bug in chosen:
            red = found_by(bug, Path(name)) if sound[bug.gate] else RED_ALREADY
            rows.append({"planted": bug.bug, "in": bug.file, "red": red})
            print(f"{red}: {bug.bug}", flush=True)
    if not words:
        PAGE.write_text(written(rows), encoding="utf-8")
    return 1 if any(row["red"] in (GREEN, GONE, RED_ALREADY) for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
