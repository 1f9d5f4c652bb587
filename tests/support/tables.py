"""A table of Markdown from rows."""

from collections.abc import Iterable, Mapping


def markdown(rows: Iterable[Mapping[str, object]]) -> str:
    """Rows under the names of the first one's keys; an empty text without rows."""
    rows = list(rows)
    if not rows:
        return ""
    lines = [list(rows[0]), ["---"] * len(rows[0]), *([*row.values()] for row in rows)]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
