"""Commands about what may be said: the page's claims, and the words of a text."""

import json
import textwrap
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
    period_of,
    print_figures,
    selected,
)


@app.command()
def claims(
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
    """Hold each claim of the clinic's page against the selected data; for the owner."""
    from pipelines.claims import hold_claims
    from pipelines.claims.contract import claims_contract, claims_rows

    names = names_of(condition, technique, therapist, clinic, chronicity)
    chosen, settings, filters = selected(store, start, end, names)
    held = hold_claims(chosen, settings, period_of(start, end))
    if as_json or as_csv:
        figures = claims_contract(held, chosen, settings, filters)
        print_figures(figures, claims_rows(held), as_json, as_csv)
        return
    for one in held:
        _print_claim(one)


def _print_claim(held) -> None:  # the class is imported late
    """One claim for people: what it says, the verdict and why, what may be printed."""
    typer.echo(f"{held.number}. {held.gist}: {held.verdict}")
    _print_wrapped(held.reason)
    for sentence in held.sentences:
        _print_wrapped(f"To print: {sentence.text}" if sentence.text else sentence.why_not)
    for found in held.outside:
        _print_wrapped(f"Elsewhere: {found.about}: {found.result}. {found.size}. {found.quality}.")
    typer.echo("")


def _print_wrapped(text: str) -> None:
    typer.echo(textwrap.fill(text, 96, initial_indent="   ", subsequent_indent="   "))


@app.command()
def wording(
    file: Annotated[Path, typer.Argument(help="A text, Markdown, HTML or Word file.", exists=True)],
    start: First = None,
    end: Last = None,
    as_json: AsJson = False,
    store: StoreFolder = None,
) -> None:
    """Mark each sentence of a text that the clinic's figures do not carry."""
    from pipelines.claims import hold_claims
    from pipelines.claims.contract import wording_contract
    from pipelines.claims.wording import check_text
    from pipelines.claims.wording.texts import paragraphs_of

    paragraphs = paragraphs_of(file)
    chosen, settings, filters = selected(store, start, end, {})
    checked = check_text(paragraphs, hold_claims(chosen, settings, period_of(start, end)))
    if as_json:
        figures = wording_contract(checked, file.name, chosen, settings, filters)
        typer.echo(json.dumps(figures, indent=1, ensure_ascii=False))
    else:
        _print_checked(checked)
    if not all(one.fine for one in checked):
        raise typer.Exit(1)


def _print_checked(checked: list) -> None:
    """Each sentence with its marks, and what could be printed instead."""
    for one in checked:
        cites = f" (claim {one.cites})" if one.cites else ""
        typer.echo(f"line {one.line}: {'fine' + cites if one.fine else 'MARKED'}")
        _print_wrapped(one.text)
        for mark in one.marks:
            _print_wrapped(f"{mark.kind}, “{mark.words}”: {mark.why.rstrip('.')}.")
        if one.print_instead:
            _print_wrapped(f"Instead (claim {one.could_cite}): {one.print_instead}")
    marked = sum(not one.fine for one in checked)
    typer.echo(f"{marked} of {len(checked)} sentences marked.")
