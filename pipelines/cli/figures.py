"""Commands that print figures."""

from datetime import datetime
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
    day_of,
    names_of,
    open_store,
    print_figures,
    selected,
)


@app.command()
def summary(
    start: First = None,
    end: Last = None,
    condition: Several = None,
    technique: Several = None,
    therapist: Several = None,
    clinic: Several = None,
    chronicity: Several = None,
    public: Annotated[
        bool, typer.Option("--public", help="Only what the newest release carries.")
    ] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    store: StoreFolder = None,
) -> None:
    """Print every figure of the selected data."""
    from pipelines.summary import summarise, summary_rows

    names = names_of(condition, technique, therapist, clinic, chronicity)
    if public:
        figures = _public(store, start, end, names)
        print_figures(figures, summary_rows(_figures_alone(figures)), as_json, as_csv)
        return
    chosen, settings, filters = selected(store, start, end, names)
    figures = summarise(chosen, settings, filters)
    print_figures(figures, summary_rows(figures), as_json, as_csv)


def _public(store: Path | None, start: datetime | None, end: datetime | None, names: dict) -> dict:
    """The newest release's answer to what is asked."""
    from pipelines.publish.asking import asked_of
    from pipelines.publish.public import public_summary
    from pipelines.publish.releases import newest

    release = newest(open_store(store))
    return public_summary(release, asked_of(release, day_of(start), day_of(end), names))


def _figures_alone(figures: dict) -> dict:
    """The summary without the name of its release, which is no figure."""
    return {name: value for name, value in figures.items() if name != "release"}


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
    chosen, settings, filters = selected(store, start, end, names)
    figures = comparison_contract(compared(chosen, settings, feature), chosen, feature, filters)
    print_figures(figures, figures["differences"], as_json, as_csv)
