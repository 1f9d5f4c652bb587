"""Commands about the clinic's own words: those that nobody has answered, and answers to them."""

import csv
import json
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.app import app
from pipelines.cli.options import AsJson, StoreFolder, open_store
from pipelines.cli.terminal import say
from pipelines.errors import BadUsage


@app.command()
def vocabulary(as_json: AsJson = False, store: StoreFolder = None) -> None:
    """List the clinic's words that are not understood, with the nearest term; for the owner."""
    from pipelines.ingest.unknown_words import unknown_words

    rows = unknown_words(open_store(store)).to_dict("records")
    if as_json:
        typer.echo(json.dumps(rows, indent=1))
        return
    for row in rows:
        waits = f", {row['waiting']:,} waiting for it" if row["waiting"] else ""
        near = f" Is it {row['suggested']}?" if row["suggested"] else ""
        typer.echo(f"{row['list']}: {row['word']} ({row['visits']:,} visits{waits}).{near}")
    if rows:
        say("Say what one means with: outcomes answer LIST WORD TERM")
    else:
        typer.echo("Every word is understood.")


@app.command()
def answer(
    name: Annotated[str | None, typer.Argument(metavar="LIST", help="As listed.")] = None,
    word: Annotated[str | None, typer.Argument(help="The clinic's word.")] = None,
    term: Annotated[
        str | None, typer.Argument(help="What it means; '' for nothing that is kept.")
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(help="A CSV of several, with the columns list, word, term.", exists=True),
    ] = None,
    store: StoreFolder = None,
) -> None:
    """Say what a word of the clinic means; it is applied to what is already in."""
    from pipelines.ingest.clinic_words import answer as keep
    from pipelines.ingest.questions import Answer

    if file:
        answers = _answers_in(file)
    elif name is not None and word is not None and term is not None:
        answers = [Answer(name, word, term)]
    else:
        raise typer.BadParameter("give LIST, WORD and TERM, or --file")
    done = keep(open_store(store), answers)
    taken = f", {done.taken_in:,} more visits" if done.taken_in > 0 else ""
    gone = f", {-done.taken_in:,} visits fewer" if done.taken_in < 0 else ""
    typer.echo(
        f"Kept as {done.import_id}: {done.visits:,} visits read otherwise{taken}{gone}."
        f" To take it back: outcomes undo {done.import_id}"
    )


def _answers_in(file: Path) -> list:
    """The answers of a CSV. Raises BadUsage where a column is missing."""
    from pipelines.ingest.questions import Answer

    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    if not rows or not {"list", "word", "term"} <= rows[0].keys():
        raise BadUsage(f"{file.name} must have the columns list, word and term, and a row or more.")
    return [Answer(row["list"], row["word"] or "", row["term"] or "") for row in rows]
