"""Writes the page of commands from the command line itself."""

import inspect
import re

import typer

from tests.support.hygiene import PROJECT

PAGE = PROJECT / "docs" / "command-line.md"
OPENING = """# The `outcomes` command

This page is made from the command line itself (`make docs`), and a test fails where the
two differ. `.venv/bin/outcomes` and `.venv/bin/python -m pipelines` are the same command.

Data goes to standard output, progress and messages to standard error. The exit status is
0 when all is done, 1 when a file was refused or a check failed, 2 for a command that
cannot be understood. What to do with the commands stands in [operate it](operate.md).
"""

KINDS = {
    "list[str]": "text",
    "str": "text",
    "list[Path]": "path",
    "%Y-%m-%d": "YYYY-MM-DD",
    "int range": "number",
}
"""What a value is, for people."""


def commands_page(app: typer.Typer) -> str:
    """Every command with its arguments and options, as Markdown."""
    program = typer.main.get_command(app)
    sections = [_section(name, command) for name, command in program.commands.items()]
    return "\n".join([OPENING, *sections])


def _section(name: str, command: typer.core.TyperCommand) -> str:
    context = command.make_context(f"outcomes {name}", [], resilient_parsing=True)
    pieces = [_upper(piece) for piece in command.collect_usage_pieces(context)]
    usage = " ".join([f"outcomes {name}", *pieces])
    shown = [one for one in command.get_params(context) if "--help" not in one.opts]
    records = [record for one in shown if (record := one.get_help_record(context))]
    parts = [
        f"## {name}",
        f"`{usage}`",
        inspect.cleandoc(command.help or "").replace("\f", ""),
        _table(records),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(records: list[tuple[str, str]]) -> str:
    if not records:
        return ""
    lines = [f"| `{_cell(_kind(left))}` | {_cell(right)} |" for left, right in records]
    return "\n".join(["| | |", "|---|---|", *lines])


def _upper(piece: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: found[1].upper(), piece)


def _kind(option: str) -> str:
    return re.sub(r"<([^>]+)>", lambda found: f"<{KINDS.get(found[1], found[1])}>", option)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
