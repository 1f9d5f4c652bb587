"""Commands that tell how figures are computed, from which rows, and under which settings."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.app import app
from pipelines.cli.options import (
    AsCsv,
    AsJson,
    First,
    Last,
    Several,
    StoreFolder,
    names_of,
    open_store,
    print_figures,
    selected,
)


@app.command()
def explain(
    figure: Annotated[
        str | None, typer.Argument(help="Such as pain.responders_30; without it, all are listed.")
    ] = None,
    rows: Annotated[
        Path | None,
        typer.Option("--rows", help="Write the rows behind the figure here, as CSV (pseudonyms)."),
    ] = None,
    start: First = None,
    end: Last = None,
    condition: Several = None,
    technique: Several = None,
    therapist: Several = None,
    clinic: Several = None,
    chronicity: Several = None,
    as_json: AsJson = False,
    store: StoreFolder = None,
) -> None:
    """Tell how a figure is computed, with the numbers of the selected data."""
    if figure is None:
        return _list(as_json)
    from pipelines.explained import explained, in_lines

    names = names_of(condition, technique, therapist, clinic, chronicity)
    chosen, settings, filters = selected(store, start, end, names)
    told = explained(figure, chosen, settings, filters)
    if rows is not None:
        _write_rows(rows, figure, chosen, settings)
    if as_json:
        return print_figures(told, [], as_json=True, as_csv=False)
    for line in in_lines(told):
        typer.echo(line)


def _list(as_json: bool) -> None:
    from pipelines.definitions import DEFINITIONS, explain
    from pipelines.definitions.rows import has_rows
    from pipelines.settings import load_settings

    settings = load_settings()
    listed = [
        {
            "figure": name,
            "title": explain(one, settings).title,
            "unit": one.unit,
            "rows": "yes" if has_rows(name) else "no",
        }
        for name, one in DEFINITIONS.items()
    ]
    print_figures({"figures": listed}, listed, as_json, as_csv=False)


def _write_rows(path: Path, figure: str, chosen, settings) -> None:
    from pipelines.cli.terminal import say
    from pipelines.definitions.rows import rows_as_csv, rows_behind
    from pipelines.errors import OutcomesError

    found = rows_behind(figure, chosen, settings)
    try:
        path.write_bytes(rows_as_csv(found))
    except OSError as error:
        raise OutcomesError(
            f"{path.name} cannot be written ({error.strerror}). Choose another place for the rows."
        ) from None
    say(f"{path.name}: {len(found):,} rows, for the clinic's owner alone.")


@app.command()
def settings(
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    store: StoreFolder = None,
) -> None:
    """List the settings with their ranges, and when which were changed."""
    from dataclasses import asdict

    from pipelines.settings_listed import changes_listed, in_words, listed
    from pipelines.store.settings_log import settings_changes

    opened = open_store(store)
    rows, changes = listed(opened.settings), settings_changes(opened.folder)
    figures = {
        "version": opened.settings.version,
        "settings": asdict(opened.settings),
        "listed": rows,
        "changes": changes_listed(changes),
    }
    print_figures(figures, rows, as_json, as_csv)
    if not (as_json or as_csv):
        for change in changes:
            typer.echo(in_words(change))
