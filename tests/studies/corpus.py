"""The corpus of labelled files through the import, and through bare readers of tables."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.corpus.judge import WRONG, judged, worst
from tests.corpus.labels import Labelled, corpus
from tests.corpus.readers import FAILED, READERS, RIGHT, SILENT, score
from tests.corpus.table import RIGHT as COMES_OUT

TITLE = "The corpus of labelled files"
ABOUT = """
Every file of [tests/corpus](../../tests/corpus/README.md) is imported into an empty store and
held against its truth: each record by its fate, each value of each visit. Right means all of
it; a file that nobody can read for sure is right when it is refused or asked about.

The same files go through `pandas.read_csv`, DuckDB's `read_csv_auto` and Polars' `read_csv` as
they come. These know nothing of clinics, so much less is asked of them: a table in which
patient, date and both scores have the true values for exactly the true visits. Dates that are
text are read for them by `pandas.to_datetime`, scores on a 0-100 scale count as true, and an
error on a file that must be refused is right. They keep no store, so that files exported again
are not put to them. Each cell: right / wrong without a word / an error that somebody sees. Of
this import the last is everything else that is not as the truth says: a file refused or a visit
in quarantine that could be read, a value left out, another count, reason or question.
"""
AGAIN = "exported again"


def run(seed: int) -> Iterator[dict]:
    """One row for each kind of file, and one for all."""
    kinds: dict[str, list[dict[str, str]]] = {}
    for file in corpus():
        kinds.setdefault(file.kind, []).append(_grades(file))
    for kind, grades in [*kinds.items(), ("all", [g for found in kinds.values() for g in found])]:
        yield {"kind": kind, "files": len(grades)} | {
            reader: _counts(grade[reader] for grade in grades if reader in grade)
            for reader in ("this import", *READERS)
        }


def _grades(file: Labelled) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        grade = worst(judged(file, Path(folder)))
    ours = {COMES_OUT: RIGHT, WRONG: SILENT}.get(grade, FAILED)
    others = {} if file.kind == AGAIN else {n: score(read, file) for n, read in READERS.items()}
    return {"this import": ours} | others


def _counts(grades: Iterator[str]) -> str:
    found = Counter(grades)
    return " / ".join(str(found[grade]) for grade in (RIGHT, SILENT, FAILED)) if found else "–"
