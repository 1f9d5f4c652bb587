"""Commands whose result is a page to print, drawn by whatever is installed to draw it.

The pipelines draw nothing: a printer is found by its name among the entry points of the
group `outcomes.printers`, so that imports go on running one way.
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.app import app
from pipelines.cli.options import StoreFolder, open_store
from pipelines.errors import OutcomesError

PRINTERS = "outcomes.printers"


class Paper(StrEnum):
    """Sizes of paper, as they are called in the command."""

    A4 = "a4"
    LETTER = "letter"


SIZES = {Paper.A4: "a4", Paper.LETTER: "us-letter"}


@app.command()
def report(
    month: Annotated[str, typer.Option(help="The month, as YYYY-MM.")],
    pdf: Annotated[Path, typer.Option("--pdf", help="The file to write.")],
    paper: Annotated[Paper, typer.Option(help="Size of the paper.")] = Paper.A4,
    store: StoreFolder = None,
) -> None:
    """Write the owner's report of a month: two pages to read or to print."""
    printer("report")(open_store(store), month, pdf, SIZES[paper])
    typer.echo(f"{pdf}: report of {month}.")


def printer(name: str) -> Callable[..., None]:
    """What draws a page of this name. Raises OutcomesError where none is installed."""
    from importlib.metadata import entry_points

    found = entry_points(group=PRINTERS, name=name)
    if not found:
        raise OutcomesError(
            f"Nothing that draws the {name} is installed. Run make setup, which installs it."
        )
    return next(iter(found)).load()
