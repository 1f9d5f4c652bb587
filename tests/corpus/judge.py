"""What the importer made of a file, held against its truth, value by value."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from pipelines.ingest.load import import_all
from pipelines.ingest.patients import PatientHash
from pipelines.ingest.report import Report
from pipelines.settings import Settings
from pipelines.store import Changes, Store, Writer
from pipelines.store.ledger import Head
from pipelines.tables import ORIGIN, SEPARATOR, SESSION, SET
from tests.corpus.labels import REFUSALS, Labelled, Truth

TODAY = date(2026, 6, 1)
VALUES = [name for name in SESSION if name not in (*ORIGIN, "session_key")]
WRONG, LOST, WAITS, OTHER = "wrong without a word", "value lost", "not read", "said otherwise"
WORST_FIRST = (WRONG, LOST, WAITS, OTHER)
"""A value or a visit that is not so; a value that is true and was left out; a visit that could
be read and was not; the right visits with other counts or words about them."""


@dataclass(frozen=True)
class Fault:
    """One thing that is not as the truth says: how bad, and what."""

    grade: str
    what: str


EMPTY: dict[tuple, pd.DataFrame] = {}


class Unwritten(Store):
    """A store that takes each import up to its last step, the writing, and keeps what it got."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, Settings())
        self.taken: list[pd.DataFrame] = []

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        yield _Noting(self)

    def read(self, head: Head, table: str, columns: dict | None = None) -> pd.DataFrame:
        """Every table is empty and stays so: made once."""
        key = (table, tuple(columns or ()))
        if key not in EMPTY:
            EMPTY[key] = super().read(head, table, columns)
        return EMPTY[key].copy(deep=False)


class _Noting(Writer):
    def commit(self, import_id: str, changes: Changes, *_: object, **__: object) -> None:
        self.store.taken.append(changes.sessions)


def judged(file: Labelled, folder: Path, written: bool = True) -> list[Fault]:
    """Imports the file or files into an empty store; everything that is not as it should be.

    Not `written`, a file is imported up to the commit, which takes half of the time.
    """
    alone = len(file.files) == 1
    store = Unwritten(folder) if alone and not written else Store(folder, Settings())
    faults = []
    for (name, data), truth in zip(file.files, file.truths, strict=True):
        reports = import_all(store, name, data, today=TODAY, **file.options)
        faults += [
            Fault(fault.grade, f"{name}: {fault.what}") for fault in _faults(reports, truth, store)
        ]
    return faults


def worst(faults: Iterable[Fault]) -> str:
    """The worst grade among the faults, `right` where there is none."""
    grades = {fault.grade for fault in faults}
    return next((grade for grade in WORST_FIRST if grade in grades), "right")


def _faults(reports: list[Report], truth: Truth, store: Store) -> list[Fault]:
    refused = [report.refused for report in reports if report.refused]
    faults = _of_questions(reports, truth)
    if refused and truth.refused:
        if not re.search(REFUSALS[truth.refused], refused[0], re.I):
            faults.append(Fault(OTHER, f"refused, not as {truth.refused}: {refused[0]}"))
        return faults
    faults += [Fault(WAITS, f"refused: {sentence}") for sentence in refused]
    if truth.refused:
        return [Fault(WRONG, f"imported, though {truth.refused} should have stopped it")]
    return faults + _of_visits(store, truth) + ([] if refused else _of_counts(reports, truth))


def _of_questions(reports: list[Report], truth: Truth) -> list[Fault]:
    """Questions that must be asked and are not."""
    keys = [question.key for report in reports for question in report.questions]
    return [
        Fault(OTHER, f"nobody is asked about {wanted}")
        for wanted in truth.asks
        if not any(key.startswith(wanted) for key in keys)
    ]


def _of_counts(reports: list[Report], truth: Truth) -> list[Fault]:
    """Records by fate, date order, encoding and delimiter."""
    skipped, reasons = Counter(), Counter()
    for report in reports:
        skipped += Counter(report.skipped)
        reasons += Counter(report.reasons)
    found = {
        "rows": sum(report.rows for report in reports),
        "unchanged": sum(report.unchanged for report in reports),
        "quarantined": sum(report.quarantined for report in reports),
        "skipped": dict(skipped),
        "reasons": dict(reasons),
    }
    right = {
        "rows": truth.rows,
        "unchanged": truth.unchanged,
        "quarantined": sum(truth.reasons.values()),
        "skipped": dict(truth.skipped),
        "reasons": found["reasons"] if "" in truth.reasons else dict(truth.reasons),
    }
    for name in ("encoding", "delimiter"):
        if getattr(truth, name):
            found[name], right[name] = getattr(reports[0], name), getattr(truth, name)
    if truth.date_order:
        found["date_order"], right["date_order"] = reports[0].date_order, truth.date_order
    faults = [
        Fault(OTHER, f"{name} is {found[name]}, not {right[name]}")
        for name in right
        if found[name] != right[name]
    ]
    lost = [report.file for report in reports if not _accounted(report)]
    return faults + [Fault(WRONG, f"{name}: rows not accounted for") for name in lost]


def _accounted(report: Report) -> bool:
    parts = report.accepted + report.unchanged + report.quarantined + sum(report.skipped.values())
    return parts == report.rows


def _of_visits(store: Store, truth: Truth) -> list[Fault]:
    """Visits that are not as they should be, and those that are missing or too many."""
    held = held_visits(store, [str(visit["patient_id"]) for visit in truth.now])
    right = [whole(visit) for visit in truth.now]
    left = list(right)
    odd = []
    for visit in held:
        if visit in left:
            left.remove(visit)
        else:
            odd.append(visit)
    faults = []
    for visit in odd:
        meant = next((other for other in left if _one_visit(visit, other)), None)
        if meant is None:
            faults.append(Fault(WRONG, f"a visit that is none, or another one: {_shown(visit)}"))
            continue
        left.remove(meant)
        faults += _of_values(visit, meant)
    return faults + [Fault(WAITS, f"a visit was not accepted: {_shown(visit)}") for visit in left]


def _of_values(visit: Mapping, meant: Mapping) -> list[Fault]:
    return [
        Fault(
            LOST if visit[name] is None else WRONG,
            f"{name} is {visit[name]}, not {meant[name]} ({_shown(meant)})",
        )
        for name in VALUES
        if visit[name] != meant[name]
    ]


def _one_visit(visit: Mapping, other: Mapping) -> bool:
    return all(visit[name] == other[name] for name in ("patient_id", "session_date"))


def _shown(visit: Mapping) -> str:
    return f"{visit['patient_id']} on {visit['session_date']} at {visit['session_time']}"


def whole(visit: Mapping) -> dict[str, object]:
    """A visit of the truth with every column; None is missing."""
    return {name: visit.get(name) for name in VALUES}


def held_visits(store: Store, labels: Iterable[str]) -> list[dict[str, object]]:
    """What the store holds, in plain values, its patients by their labels."""
    taken = store.taken if isinstance(store, Unwritten) else [store.current()]
    frame = pd.concat(taken or [store.current()])
    frame = frame.sort_values(["import_id", "source_line"], kind="stable")
    known = _labels(store, list(dict.fromkeys(frame["patient_id"])), list(dict.fromkeys(labels)))
    return [_plain(row, known) for row in frame[VALUES].to_dict("records")]


def _labels(store: Store, codes: list[str], labels: list[str]) -> dict[str, str]:
    """The label of each code: by its number, or for names by who came first."""
    by_number = {PatientHash(store.key)(label): label for label in labels}
    if by_number.keys() & set(codes):
        return {code: by_number.get(code, f"somebody else ({code[:4]})") for code in codes}
    return {code: labels[n] if n < len(labels) else "somebody else" for n, code in enumerate(codes)}


def _plain(row: Mapping, labels: Mapping[str, str]) -> dict[str, object]:
    plain = {}
    for name, value in row.items():
        if name == "patient_id":
            value = labels[value]
        elif value is None or pd.isna(value):
            value = None
        elif name == "session_date":
            value = value.date()
        elif SESSION[name] == SET and name != "flags":
            value = frozenset(value.split(SEPARATOR)) if value else frozenset()
        plain[name] = value
    return plain
