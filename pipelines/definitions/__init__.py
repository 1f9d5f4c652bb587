"""One registry: what every figure and every card is, in words, and the rows behind it.

Pages, downloads, docs, `outcomes summary` and `outcomes explain` print from the same entry.
A new one is a `Definition` in the `ENTRIES` of the module of its theme; a new theme is a
module named in `registry.THEMES`.
"""

from pipelines.definitions.definition import Definition, Explanation, explain
from pipelines.definitions.registry import CARDS, DEFINITIONS, definition_of, of_row, shown_on

__all__ = [
    "CARDS",
    "DEFINITIONS",
    "Definition",
    "Explanation",
    "definition_of",
    "explain",
    "of_row",
    "shown_on",
]
