"""The `outcomes` command: data on standard output, progress and messages on standard error.

Exit status: 0 done, 1 a file was refused or a check failed, 2 bad usage.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli_options import (
    AsCsv,
    AsJson,
    First,
    Last,
    Several,
    StoreFolder,
    names_of,
    print_figures,
)
from pipelines.errors import OutcomesError

app = typer.Typer(
    help="Session exports in, truthful outcomes figures out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Runs the command; what a user can mend is said in a sentence, without a traceback."""
    try:
        app()
    except OutcomesError as error:
        _say(str(error))
        sys.exit(error.exit_status)


def _say(text: str) -> None:
    typer.echo(text, err=True)


def _open(folder: Path | None):  # the class is imported late
    from pipelines.settings import load_settings
    from pipelines.store import Store

    return Store(folder, load_settings())


@app.command("import")
def import_(
    files: Annotated[
        list[Path], typer.Argument(help="Session exports.", exists=True, dir_okay=False)
    ],
    date_order: Annotated[
        str | None,
        typer.Option(help="dmy, mdy or ymd, where a file leaves it open."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Let blank cells erase known values.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would happen; write nothing.")
    ] = False,
    if_empty: Annotated[
        bool, typer.Option("--if-empty", help="Only where nothing was imported before.")
    ] = False,
    as_json: AsJson = False,
    store: StoreFolder = None,
) -> None:
    """Import session exports, each whole or not at all."""
    from pipelines.ingest.load import import_file
    from pipelines.ingest.words import report_in_words

    if date_order not in (None, "dmy", "mdy", "ymd"):
        raise typer.BadParameter("use dmy, mdy or ymd", param_hint="--date-order")
    opened = _open(store)
    if if_empty and opened.version() > 0:
        return
    reports = []
    for file in files:
        with _progress(f"Importing {file.name}") as progress:
            reports.append(
                import_file(
                    opened,
                    file.name,
                    file.read_bytes(),
                    date_order=date_order,
                    replace=replace,
                    dry_run=dry_run,
                    progress=progress,
                )
            )
        if not as_json:
            typer.echo("\n".join(report_in_words(reports[-1], dry_run)))
    if as_json:
        typer.echo(json.dumps([report.as_contract() for report in reports], indent=1))
    if any(report.refused for report in reports):
        raise typer.Exit(1)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error, for people only: nothing where it is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda step, done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=1)
        yield lambda step, done, of: bar.update(
            task, description=f"{what}: {step}", completed=done / of
        )


@app.command()
def imports(as_json: AsJson = False, store: StoreFolder = None) -> None:
    """List the imports, newest first."""
    table = _open(store).imports()
    if as_json:
        typer.echo(json.dumps(table.to_dict("records"), indent=1))
        return
    if table.empty:
        typer.echo("Nothing has been imported yet.")
    for row in table.itertuples():
        typer.echo(
            f"{row.import_id}  {row.at[:16].replace('T', ' ')} UTC  {row.file}:"
            f" {row.accepted:,} accepted, {row.unchanged:,} unchanged,"
            f" {row.quarantined:,} quarantined, {row.skipped_rows:,} skipped"
            + ("  (undone)" if row.undone else "")
        )


@app.command()
def undo(
    import_id: Annotated[str, typer.Argument(help="As `outcomes imports` lists it.")],
    store: StoreFolder = None,
) -> None:
    """Take an import back: what was there before it is there again."""
    _open(store).undo(import_id)
    typer.echo(f"Import {import_id} is undone.")


@app.command()
def quarantine(
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write the rows to mend, with their reasons.")
    ] = None,
    store: StoreFolder = None,
) -> None:
    """List the rows that cannot be right, or write them to a file to mend and import again."""
    from pipelines.ingest.quarantine import tables_to_mend

    waiting = _open(store).quarantine()
    if csv is None:
        for row in waiting.itertuples():
            typer.echo(f"{row.file}, line {row.line}: {row.sentence}")
        typer.echo(f"{len(waiting):,} rows wait to be mended.", err=True)
        return
    tables = tables_to_mend(waiting)
    if not tables:
        _say("Nothing waits to be mended.")
    for number, (file, content) in enumerate(tables, start=1):
        path = csv if number == 1 else csv.with_stem(f"{csv.stem}-{number}")
        path.write_bytes(content)
        typer.echo(f"{path}: rows of {file}. Mend them and import this file.")


@app.command()
def summary(
    start: First = None,
    end: Last = None,
    condition: Several = None,
    technique: Several = None,
    therapist: Several = None,
    clinic: Several = None,
    chronicity: Several = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    store: StoreFolder = None,
) -> None:
    """Print every figure of the selected data."""
    from pipelines.summary import summarise, summary_rows

    names = names_of(condition, technique, therapist, clinic, chronicity)
    chosen, settings, filters = _selected(store, start, end, names)
    figures = summarise(chosen, settings, filters)
    print_figures(figures, summary_rows(figures), as_json, as_csv)


@app.command()
def compare(
    feature: Annotated[
        str, typer.Option(help="technique, twitch_response, stimulation, adjunct or depth.")
    ] = "technique",
    start: First = None,
    end: Last = None,
    condition: Several = None,
    technique: Several = None,
    therapist: Several = None,
    clinic: Several = None,
    chronicity: Several = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    store: StoreFolder = None,
) -> None:
    """Compare groups of the selected data: raw, adjusted, and how far to trust it."""
    from pipelines.comparison_contract import comparison_contract
    from pipelines.measures.comparison import FEATURES
    from pipelines.measures.comparison import compare as compared

    if feature not in FEATURES:
        raise typer.BadParameter(f"use one of {', '.join(FEATURES)}", param_hint="--feature")
    names = names_of(condition, technique, therapist, clinic, chronicity)
    chosen, settings, filters = _selected(store, start, end, names)
    figures = comparison_contract(compared(chosen, settings, feature), chosen, feature, filters)
    print_figures(figures, figures["differences"], as_json, as_csv)


def _selected(store: Path | None, start: datetime | None, end: datetime | None, names: dict):
    """The selected clinic, the settings, and the filters in words."""
    from pipelines.filters import selection_of
    from pipelines.selection import select

    opened = _open(store)
    data = opened.clinic()
    selection, filters = selection_of(
        data, start.date() if start else None, end.date() if end else None, names
    )
    return select(data, selection), opened.settings, filters


@app.command()
def demo(
    csv: Annotated[Path, typer.Option("--csv", help="The file to write.")],
    sessions: Annotated[int, typer.Option(min=1, max=100_000_000)] = 2000,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    store: StoreFolder = None,
) -> None:
    """Write a synthetic export: no such patients exist."""
    from pipelines.demo import write_export

    with _progress(f"Writing {csv.name}") as progress:
        write_export(
            csv,
            sessions=sessions,
            seed=seed,
            progress=lambda done: progress("sessions", done, sessions),
        )
    typer.echo(f"{csv}: {sessions:,} synthetic sessions, seed {seed}.")


@app.command()
def check(store: StoreFolder = None) -> None:
    """Tell whether the store is sound, and what to do if not."""
    from pipelines.store.check import check_store

    findings = check_store(_open(store))
    for finding in findings:
        mark = "sound" if finding.sound else "BROKEN"
        typer.echo(f"{mark}: {finding.promise}" + (f" {finding.advice}" if finding.advice else ""))
    if not all(finding.sound for finding in findings):
        raise typer.Exit(1)
