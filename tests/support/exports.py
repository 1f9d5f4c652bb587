"""Builders of small export files, and a store that holds them."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.ingest.load import import_file
from pipelines.ingest.report import Report
from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.store.merge import CONTENT
from pipelines.summary import summarise

VISIT = {
    "Visit ID": "V1",
    "Patient ID": "P1",
    "Date": "2025-01-06",
    "Therapist": "Ada",
    "Condition": "Neck pain",
    "Technique": "deep",
    "Pain before": "7",
    "Pain after": "4",
    "Side effects": "none",
}
"""One visit as a plain export writes it, with nothing to repair."""


@dataclass(frozen=True)
class Dialect:
    """How a file is written down."""

    delimiter: str = ","
    encoding: str = "utf-8"
    newline: str = "\n"
    quoting: int = csv.QUOTE_MINIMAL
    above: str = ""
    below: str = ""


PLAIN = Dialect()


def visit(number: int = 1, **cells: str) -> dict[str, str]:
    """One visit with an id of its own; `pain_before="8"` sets the column `Pain before`."""
    named = {name.replace(" ", "_").lower(): name for name in VISIT}
    changed = {named.get(key, key): value for key, value in cells.items()}
    return VISIT | {"Visit ID": f"V{number}"} | changed


def export(rows: Sequence[Mapping[str, str]], dialect: Dialect = PLAIN) -> bytes:
    """The rows as the bytes of a file, under the names of the first one's keys."""
    header, records = list(rows[0]), [[row[name] for name in rows[0]] for row in rows]
    return records_of([header, *records], dialect)


def records_of(records: Sequence[Sequence[str]], dialect: Dialect = PLAIN) -> bytes:
    """Records of any width, header first, as the bytes of a file."""
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=dialect.delimiter,
        lineterminator=dialect.newline,
        quoting=dialect.quoting,
    )
    writer.writerows(records)
    return f"{dialect.above}{text.getvalue()}{dialect.below}".encode(dialect.encoding)


def written(text: str) -> bytes:
    """A file from a table of cells between bars, one line a record, header first."""
    lines = text.strip().splitlines()
    return records_of([[cell.strip() for cell in line.split("|")] for line in lines])


def empty_store(folder: Path) -> Store:
    """A store under the default settings in a folder that need not be there yet."""
    return Store(folder / "store", Settings())


def twin_store(folder: Path) -> Store:
    """An empty store whose patients have the same codes as in every other twin."""
    store = empty_store(folder)
    store.folder.mkdir(parents=True)
    key = store.folder / "patient-key"
    key.write_text("ab" * 32, encoding="ascii")
    key.chmod(0o600)
    return store


def take(store: Store, data: bytes, name: str = "export.csv", **options: Any) -> Report:
    """Imports a file that must not be refused."""
    report = import_file(store, name, data, **options)
    assert report.refused is None, report.refused
    return report


def refusal(store: Store, data: bytes, **options: Any) -> str:
    """The sentence with which a file is refused; it must be, and leave no trace."""
    before = store.version()
    report = import_file(store, "export.csv", data, **options)
    assert report.refused is not None
    assert (report.import_id, report.rows, store.version()) == (None, 0, before)
    return report.refused


def accounted(report: Report) -> bool:
    """Whether every record of the file is counted exactly once."""
    parts = report.accepted + report.unchanged + report.quarantined + sum(report.skipped.values())
    return parts == report.rows


def figures(store: Store) -> dict[str, Any]:
    """Every figure of `outcomes summary` over the whole store."""
    return summarise(store.clinic(), store.settings)


def content(store: Store) -> pd.DataFrame:
    """What the store holds of each visit, by its key, origin aside; missing is None.

    Patients are numbered: their codes are those of one store.
    """
    held = store.current().set_index("session_key")[list(CONTENT)].sort_index().astype(object)
    held["patient_id"] = pd.factorize(held["patient_id"])[0]
    return held.where(held.notna(), None)


def cell(store: Store, column: str, key: str = "/V1") -> Any:
    """One value of one visit; missing is None."""
    return content(store).loc[key, column]


def column(store: Store, name: str) -> list[Any]:
    """One column of all visits in order of their line in the file; missing is None."""
    held = store.current().sort_values("source_line")[name].astype(object)
    return list(held.where(held.notna(), None))
