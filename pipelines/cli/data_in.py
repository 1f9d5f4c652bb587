"""Commands that bring data in, list it, mend it and take it back."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli.app import app
from pipelines.cli.asking import answered, ask, ask_for_a_name, can_ask
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
    mapping: Annotated[
        str | None, typer.Option(help="A saved mapping to read the files by.")
    ] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option(help="KEY=VALUE: settles what a file leaves open; repeat for several."),
    ] = None,
    save_mapping: Annotated[
        str | None,
        typer.Option(help="Save what was settled under a name, for files with the same headers."),
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
    from pipelines.ingest.mappings import load
    from pipelines.ingest.questions import Mapping
    from pipelines.ingest.report import Report
    from pipelines.ingest.words import report_in_words

    if date_order not in (None, "dmy", "mdy", "ymd"):
        raise typer.BadParameter("use dmy, mdy or ymd", param_hint="--date-order")
    opened = open_store(store)
    if if_empty and opened.version() > 0:
        return
    settled = answered(answer or (), load(opened, mapping).mapping if mapping else Mapping())
    options = {"date_order": date_order, "replace": replace, "dry_run": dry_run}
    reports = []
    for file in files:
        for part in _parts(file):
            report = part if isinstance(part, Report) else None
            if report is None:
                asking = can_ask() and not as_json
                report = _import(opened, part, settled, asking, save_mapping, options)
            reports.append(report)
            if not as_json:
                typer.echo("\n".join(report_in_words(report, dry_run)))
    if as_json:
        typer.echo(json.dumps([report.as_contract() for report in reports], indent=1))
    if any(report.refused for report in reports):
        raise typer.Exit(1)


def _parts(file: Path) -> list:
    """The tables of a file; the report of a refusal where it has none."""
    from pipelines.errors import FileRefused
    from pipelines.ingest.files import parts
    from pipelines.ingest.report import Report

    try:
        return parts(file.name, file.read_bytes())
    except FileRefused as refusal:
        return [Report(file=file.name, refused=f"{file.name}: {refusal}")]


def _import(store, part, settled, asking: bool, name: str | None, options: dict):
    """The report of one table; its questions are asked until none keeps it out."""
    from pipelines.ingest.load import import_file
    from pipelines.ingest.questions import blocking

    asked = False
    part.once = not (asking or name)  # else it is read again, by what was answered or to save it
    while True:
        with progress_bar(f"Importing {part.name}") as progress:
            report = import_file(
                store, part.name, part, mapping=settled, progress=progress, **options
            )
        if not (report.refused and blocking(report.questions) and asking):
            break
        settled, asked = ask(report.questions, settled), True
    if not report.refused and not options["dry_run"]:
        name = name or (ask_for_a_name() if asked else None)
        if name:
            _save(store, name, part, settled, options["date_order"])
    return report


def _save(store, name: str, part, settled, date_order: str | None) -> None:
    """Saves what was settled, for files with the same headers."""
    from pipelines.ingest.mappings import save
    from pipelines.ingest.preview import look_at
    from pipelines.ingest.questions import Mapping

    look = look_at(store, part.name, part, Mapping(date_order=date_order).over(settled))
    save(store, name, [column.header for column in look.columns], look.to_save)
    say(f"Saved as the mapping “{name}”: files with the same headers are read by it.")


@app.command()
def mappings(
    show: Annotated[str | None, typer.Option(help="Print one mapping as it is saved.")] = None,
    delete: Annotated[str | None, typer.Option(help="Delete one mapping.")] = None,
    as_json: AsJson = False,
    store: StoreFolder = None,
) -> None:
    """List the saved mappings: what was settled about files with certain headers."""
    from pipelines.ingest import mappings as saved

    opened = open_store(store)
    if delete is not None:
        saved.delete(opened, delete)
        say(f"The mapping “{delete}” is deleted.")
        return
    found = saved.list_mappings(opened) if show is None else [saved.load(opened, show)]
    if as_json:
        typer.echo(json.dumps([mapping.as_json() for mapping in found], indent=1))
    elif show is not None:
        typer.echo(found[0].as_toml(), nl=False)
    else:
        for mapping in found:
            settled = sum(column is not None for column in mapping.mapping.columns.values())
            typer.echo(f"{mapping.name}: {len(mapping.headers)} headers, {settled} columns settled")
        if not found:
            say("No mapping has been saved yet.")


@app.command()
def imports(as_json: AsJson = False, store: StoreFolder = None) -> None:
    """List the imports, newest first."""
    from pipelines.store.ledger import other_changes

    opened = open_store(store)
    table = opened.imports()
    if as_json:
        typer.echo(json.dumps(table.to_dict("records"), indent=1))
        return
    others = other_changes(opened.head())
    if table.empty and others.empty:
        typer.echo("Nothing has been imported yet.")
    lines = {
        row.import_id: f"{_when(row)}  {row.file}: {row.accepted:,} accepted,"
        f" {row.unchanged:,} unchanged, {row.quarantined:,} quarantined,"
        f" {row.skipped_rows:,} skipped" + _undone(row)
        for row in table.itertuples()
    }
    lines |= {
        row.import_id: f"{_when(row)}  {CHANGES.get(row.event, row.event)}" + _undone(row)
        for row in others.itertuples()
    }
    typer.echo("\n".join(lines[name] for name in sorted(lines, reverse=True)), nl=bool(lines))


CHANGES = {
    "answers": "words of the clinic: answered",
    "removal": "visits removed, which a newer export lacks",
    "keep": "visits kept, though a newer export lacks them",
}
"""Changes that bring no file, in words."""


def _when(row: Any) -> str:
    return f"{row.import_id}  {row.at[:16].replace('T', ' ')} UTC"


def _undone(row: Any) -> str:
    return "  (undone)" if row.undone else ""


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
