"""Commands that bring data in, list it, mend it and take it back."""

import json
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.app import app
from pipelines.cli.options import AsJson, StoreFolder, open_store
from pipelines.cli.terminal import progress_bar, say


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
    from pipelines.ingest.load import import_all
    from pipelines.ingest.words import report_in_words

    if date_order not in (None, "dmy", "mdy", "ymd"):
        raise typer.BadParameter("use dmy, mdy or ymd", param_hint="--date-order")
    opened = open_store(store)
    if if_empty and opened.version() > 0:
        return
    reports = []
    for file in files:
        with progress_bar(f"Importing {file.name}") as progress:
            found = import_all(
                opened,
                file.name,
                file.read_bytes(),
                date_order=date_order,
                replace=replace,
                dry_run=dry_run,
                progress=progress,
            )
        reports += found
        for report in () if as_json else found:
            typer.echo("\n".join(report_in_words(report, dry_run)))
    if as_json:
        typer.echo(json.dumps([report.as_contract() for report in reports], indent=1))
    if any(report.refused for report in reports):
        raise typer.Exit(1)


@app.command()
def imports(as_json: AsJson = False, store: StoreFolder = None) -> None:
    """List the imports, newest first."""
    table = open_store(store).imports()
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
    open_store(store).undo(import_id)
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

    waiting = open_store(store).quarantine()
    if csv is None:
        for row in waiting.itertuples():
            typer.echo(f"{row.file}, line {row.line}: {row.sentence}")
        typer.echo(f"{len(waiting):,} rows wait to be mended.", err=True)
        return
    tables = tables_to_mend(waiting)
    if not tables:
        say("Nothing waits to be mended.")
    for number, (file, content) in enumerate(tables, start=1):
        path = csv if number == 1 else csv.with_stem(f"{csv.stem}-{number}")
        path.write_bytes(content)
        typer.echo(f"{path}: rows of {file}. Mend them and import this file.")
