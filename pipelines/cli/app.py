"""The command itself: where its subcommands gather, and how an error ends it."""

import sys

import typer

from pipelines.cli.terminal import say
from pipelines.errors import OutcomesError

app = typer.Typer(
    help="Session exports in, truthful outcomes figures out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Runs the command; what a user can mend is said in a sentence, without a traceback."""
    try:
        app()
    except OutcomesError as error:
        say(str(error))
        sys.exit(error.exit_status)
