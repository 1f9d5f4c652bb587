"""Builders of files that tell of the same visits again, and what became of them."""

from collections.abc import Mapping, Sequence

from pipelines.ingest.report import Report
from pipelines.store import Store
from tests.support.exports import export, take, visit

Rows = Sequence[Mapping[str, str]]


def clinic_of(patients: int = 7) -> list[dict[str, str]]:
    """One visit a patient, all on one day, their scores up to ten apart."""
    return [visit(n, patient_id=f"P{n}", pain_before=f"{n % 11}") for n in range(1, patients + 1)]


def renumbered(rows: Rows, mark: str = "W") -> list[dict[str, str]]:
    """The same visits under other ids."""
    return [{**row, "Visit ID": f"{mark}{row['Visit ID']}"} for row in rows]


def survey_of(rows: Rows, **answers: str) -> list[dict[str, str]]:
    """A form answered at the same visits: it shares patient and day with the practice system."""
    return [
        {
            "Response": f"R{number}",
            "Your patient number": row["Patient ID"],
            "Visit date": row["Date"],
            "Pain before treatment": row["Pain before"],
            "Pain after treatment": row["Pain after"],
        }
        | answers
        for number, row in enumerate(rows, start=1)
    ]


def practice_of(rows: Rows) -> list[dict[str, str]]:
    """The same visits without scores, as a practice system that keeps none exports them."""
    return [
        {name: cell for name, cell in row.items() if not name.startswith("Pain")} for row in rows
    ]


def counts(report: Report) -> tuple[int, int, int, int]:
    """New, updated, unchanged and quarantined rows."""
    new = report.accepted - report.updated
    return new, report.updated, report.unchanged, report.quarantined


def taken(store: Store, *files: Rows) -> list[Report]:
    """Imports each file in turn, under names of their own."""
    return [take(store, export(rows), f"file {n}.csv") for n, rows in enumerate(files, start=1)]


def steps_about(report: Report, word: str) -> list[str]:
    """What the report's steps say that has this word in it."""
    return [str(step) for step in report.steps if word in str(step)]
