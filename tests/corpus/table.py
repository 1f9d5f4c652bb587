"""The files of the corpus by kind, and how each kind came out."""

from collections import Counter
from collections.abc import Iterable, Mapping

from tests.corpus.judge import WORST_FIRST
from tests.corpus.labels import Labelled
from tests.support.tables import markdown

RIGHT = "right"


def by_kind(files: Iterable[Labelled], grades: Mapping[str, str]) -> list[dict[str, object]]:
    """One row for each kind and one for all: files, right ones, and the others by their worst."""
    kinds: dict[str, list[str]] = {}
    for file in files:
        kinds.setdefault(file.kind, []).append(grades[file.name])
    every = [grade for found in kinds.values() for grade in found]
    return [_row(kind, found) for kind, found in [*kinds.items(), ("all", every)]]


def _row(kind: str, grades: list[str]) -> dict[str, object]:
    counts = Counter(grades)
    return {"kind": kind, "files": len(grades)} | {
        grade: counts[grade] for grade in (RIGHT, *WORST_FIRST)
    }


def printed(files: Iterable[Labelled], grades: Mapping[str, str]) -> str:
    """The table as text."""
    return markdown(by_kind(files, grades))
