"""Commands about what may be said: the page's claims, and the words of a text."""

import textwrap

import typer

from pipelines.cli.app import app
from pipelines.cli.figures import selected
from pipelines.cli.options import (
    AsCsv,
    AsJson,
    First,
    Last,
    Several,
    StoreFolder,
    names_of,
    print_figures,
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
    period = (start.date(), end.date()) if start and end else None
    held = hold_claims(chosen, settings, period)
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
