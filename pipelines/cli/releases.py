"""Commands about releases: the dated snapshots that figures are published from."""

from typing import Annotated

import typer

from pipelines.cli.app import app
from pipelines.cli.options import StoreFolder, open_store


@app.command()
def release(
    name: Annotated[str | None, typer.Argument(help="Print this release's JSON.")] = None,
    make: Annotated[bool, typer.Option("--make", help="Make a release of the store.")] = False,
    recount: Annotated[
        bool,
        typer.Option("--recount", help="With --make: a correction, every half-year counted anew."),
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Make every release again and compare the bytes.")
    ] = False,
    store: StoreFolder = None,
) -> None:
    """Make, list and check releases: all that is published names one."""
    from pipelines.publish import releases

    opened = open_store(store)
    if make or recount:
        _print_line(releases.make_release(opened, recount))
    elif check:
        _check(opened)
    elif name:
        typer.echo(releases.read(opened, name).as_bytes().decode(), nl=False)
    else:
        for known in reversed(releases.names(opened)):
            _print_line(releases.read(opened, known))


def _print_line(made) -> None:  # the class is imported late
    """One release in a line: its period, and what it differs in from the one before."""
    first, last = made.facts["period"]
    line = f"{made.name}: {first} to {last}, followed up to {made.facts['followed_to']}"
    if made.facts["recounted"]:
        line += f"; counted anew: {', '.join(made.facts['recounted'])}"
    if made.facts["previous"]:
        tables = ", ".join(one["table"] for one in made.facts["changed"]) or "nothing"
        line += f"; against {made.facts['previous']} changed: {tables}"
    typer.echo(f"{line}.")


def _check(opened) -> None:  # the class is imported late
    """Whether each release can still be made again, byte for byte."""
    from pipelines.publish import releases

    broken = [name for name in releases.names(opened) if not releases.is_made_again(opened, name)]
    for name in releases.names(opened):
        typer.echo(
            f"{name}: {'differs from what went out' if name in broken else 'the same bytes'}"
        )
    if broken:
        raise typer.Exit(1)
