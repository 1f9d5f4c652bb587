"""Small phrases of the steps: lists and places in words."""

from collections.abc import Sequence

from pipelines.listing import listed

SHOWN = 5


def counted(number: int, one: str) -> str:
    """`1 line`, `2 lines`."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def on_lines(lines: Sequence[int]) -> str:
    """`on line 3`, `on lines 3 and 7`, `on lines 3, 4, 5, 9, 12 and 7 more`."""
    shown = [f"{line:,}" for line in lines[:SHOWN]]
    if len(lines) > SHOWN:
        shown.append(f"{len(lines) - SHOWN:,} more")
    return f"on line{'s' if len(lines) > 1 else ''} {listed(shown)}"
