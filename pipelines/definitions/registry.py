"""Every definition by its name, and by each card that shows it."""

from difflib import get_close_matches

from pipelines.definitions import (
    amounts,
    comparison,
    conditions,
    overview,
    pain,
    pain_course,
    sessions_to_improvement,
    side_effects,
    techniques,
    therapists,
)
from pipelines.definitions.definition import Definition
from pipelines.errors import BadUsage

THEMES = (
    amounts,
    pain,
    pain_course,
    sessions_to_improvement,
    side_effects,
    conditions,
    techniques,
    comparison,
    therapists,
    overview,
)
"""One module a theme, in the order of reading; each has its `ENTRIES`."""

DEFINITIONS = {entry.name: entry for theme in THEMES for entry in theme.ENTRIES}
CARDS = {card: entry for entry in DEFINITIONS.values() for card in entry.cards}


def definition_of(name: str) -> Definition:
    """The definition of a figure, or else of a card. Raises BadUsage where there is none."""
    found = DEFINITIONS.get(name) or CARDS.get(name)
    if found:
        return found
    near = get_close_matches(name, [*DEFINITIONS, *CARDS], n=1)
    advice = f" Did you mean {near[0]!r}?" if near else ""
    raise BadUsage(f"No figure is called {name!r}.{advice}")


def shown_on(card: str) -> Definition:
    """The definition of what a card of the dashboard shows."""
    return CARDS.get(card) or DEFINITIONS[card]


RENAMED = {"side_effects.type": "side_effects.types"}
"""Figures of the flat summary that are called otherwise in the contract."""


def of_row(measure: str, figure: str) -> Definition:
    """The definition of a row of the flat summary: that of its path, or of what it is part of."""
    path = RENAMED.get(f"{measure}.{figure}", f"{measure}.{figure}")
    parts = path.split(".")
    longest_first = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next(DEFINITIONS[path] for path in longest_first if path in DEFINITIONS)
