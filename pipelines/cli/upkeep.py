"""Commands around the data: a watched folder, a synthetic clinic, whether the store is sound."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.app import app
from pipelines.cli.options import StoreFolder, open_store
from pipelines.cli.terminal import progress_bar, say


@app.command()
def demo(
    csv: Annotated[Path, typer.Option("--csv", help="The file to write.")],
    sessions: Annotated[int, typer.Option(min=1, max=100_000_000)] = 2000,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    store: StoreFolder = None,
) -> None:
    """Write a synthetic export: no such patients exist."""
    from pipelines.demo import write_export

    with progress_bar(f"Writing {csv.name}") as progress:
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

    findings = check_store(open_store(store, noting=False))
    for finding in findings:
        mark = "sound" if finding.sound else "BROKEN"
        typer.echo(f"{mark}: {finding.promise}" + (f" {finding.advice}" if finding.advice else ""))
    if not all(finding.sound for finding in findings):
        raise typer.Exit(1)


@app.command()
def watch(
    folder: Annotated[Path, typer.Argument(help="Where the exports are dropped.")],
    every: Annotated[float, typer.Option(min=0.05, help="Seconds between two looks.")] = 10,
    settle: Annotated[
        float, typer.Option(min=0, help="Seconds that a file must not have changed.")
    ] = 5,
    once: Annotated[bool, typer.Option("--once", help="Handle what is there, then end.")] = False,
    store: StoreFolder = None,
) -> None:
    """Import what is dropped into a folder, each file once, as soon as it is whole."""
    from pipelines.watch.ending import Ended, ended_by_signals
    from pipelines.watch.watch import Watch

    watching = Watch(open_store(store), folder, typer.echo, say, every, settle)
    try:
        with ended_by_signals():
            watching.once() if once else watching.until_ended()
    except Ended:
        say("The watch has ended. What is in the folder is imported when it is started again.")
    if once and watching.run.refused:
        raise typer.Exit(1)
