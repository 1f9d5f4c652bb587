"""What a person at a terminal sees beside the data: messages and progress, on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer


def say(text: str) -> None:
    """A message for a person."""
    typer.echo(text, err=True)


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error, for people only: nothing where it is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda step, done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=1)
        yield lambda step, done, of: bar.update(
            task, description=f"{what}: {step}", completed=done / of
        )
