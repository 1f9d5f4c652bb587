"""Cells that a spreadsheet would run as a formula, made text in every table that goes out.

An apostrophe in front marks text in every spreadsheet program, and the importer takes it off
again: a file that went out and comes back holds what it held.
"""

import re
from collections.abc import Iterable
from typing import TypeVar

STARTS = tuple(
    "=+-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}"
    "\N{FULLWIDTH COMMERCIAL AT}"
)
MOVES = ("\t", "\r", "\n")
"""At the start of a cell, some programs take what follows for a cell of its own."""
NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)*|[.,]\d+)([eE][+-]?\d+)?%?", re.ASCII)
PASSED_OVER = re.compile(r'[\s"\u200b\u200c\u200d\u2060\ufeff\u00ad]*')
"""Blanks, quotes and signs that cannot be seen: a program may find a formula behind them."""
Value = TypeVar("Value")


def as_text(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet might run it as a formula.

    Numbers with a sign, such as -3 or +4.5, stay numbers. A carriage return, at which some
    programs begin a new row, becomes a blank.
    """
    shown = cell.replace("\r", " ")
    return f"'{shown}" if _might_run(cell) else shown


def as_texts(cells: Iterable[Value]) -> list[Value]:
    """Each cell that is text as `as_text` writes it; anything else as it is."""
    return [as_text(cell) if isinstance(cell, str) else cell for cell in cells]


def _might_run(cell: str) -> bool:
    content = cell[PASSED_OVER.match(cell).end() :]
    if not content or content.startswith("'"):
        return False
    starts = cell.startswith(MOVES) or content.startswith(STARTS)
    return starts and not NUMBER.fullmatch(cell.strip())
