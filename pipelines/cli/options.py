"""What several commands of `outcomes` take, and how they print figures."""

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

DAY = ["%Y-%m-%d"]
StoreFolder = Annotated[
    Path | None,
    typer.Option("--store", help="The store's folder (else OUTCOMES_STORE, else data/store)."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
First = Annotated[
    datetime | None, typer.Option("--from", formats=DAY, help="First day of the period.")
]
Last = Annotated[datetime | None, typer.Option("--to", formats=DAY, help="Last day of the period.")]
Names = list[str] | None
Several = Annotated[Names, typer.Option(help="Repeat for several.")]


def open_store(folder: Path | None, noting: bool = True):  # the class is imported late
    """The store in the folder, under the settings of data/settings.toml.

    A change of settings is noted in the store, unless nothing may be written.
    """
    from pipelines.settings import load_settings
    from pipelines.store import Store
    from pipelines.store.settings_log import note_settings

    store = Store(folder, load_settings())
    if noting:
        note_settings(store.folder, store.settings)
    return store


def names_of(
    condition: Names, technique: Names, therapist: Names, clinic: Names, chronicity: Names
) -> dict[str, tuple[str, ...]]:
    """The names to filter by that were given."""
    given = {
        "clinic": clinic,
        "therapist": therapist,
        "condition": condition,
        "technique": technique,
        "chronicity": chronicity,
    }
    return {name: tuple(texts) for name, texts in given.items() if texts}


def day_of(moment: datetime | None) -> date | None:
    """The day that was given; None where none was."""
    return moment.date() if moment else None


def period_of(start: datetime | None, end: datetime | None) -> tuple[date, date] | None:
    """The period that was given with both of its ends."""
    return (start.date(), end.date()) if start and end else None


def selected(store: Path | None, start: datetime | None, end: datetime | None, names: dict):
    """The selected clinic, the settings, and the filters in words."""
    from pipelines.filters import selection_of
    from pipelines.selection import select

    opened = open_store(store)
    data = opened.clinic()
    selection, filters = selection_of(data, day_of(start), day_of(end), names)
    return select(data, selection), opened.settings, filters


def print_figures(figures: dict, rows: list[dict], as_json: bool, as_csv: bool) -> None:
    """The object as JSON, or its rows as CSV, or as a table for people."""
    if as_json:
        typer.echo(json.dumps(figures, indent=1, allow_nan=False))
    elif not rows:
        typer.echo("Nothing is selected that could be shown.", err=True)
    elif as_csv:
        import csv

        from pipelines.formulas import as_texts

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(as_texts(rows[0]))
        writer.writerows(as_texts(row.values()) for row in rows)
    else:
        _print_columns(rows)


def _print_columns(rows: list[dict]) -> None:
    """The rows below their names, in columns as wide as they need: nothing is cut off."""
    lines = [list(rows[0]), *([_short(value) for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        typer.echo("  ".join(map(str.ljust, line, widths)).rstrip())


def _short(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)
