"""Which side effects each visit tells of, and whether it tells of any at all."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.tables import SEPARATOR, SERIOUS_SIDE_EFFECTS, SIDE_EFFECTS
from pipelines.visits import is_among

COLUMNS = ("side_effects", "side_effect_severity")


class Told(NamedTuple):
    """What each visit tells. Few distinct sets occur: each is looked at once.

    `sets` has one row a distinct set and one column for each of `tables.SIDE_EFFECTS`;
    `which` is the set of each visit.
    """

    recorded: np.ndarray
    serious: np.ndarray
    which: np.ndarray
    sets: np.ndarray

    def take(self, rows: np.ndarray) -> "Told":
        """The same of some of the visits."""
        return Told(self.recorded[rows], self.serious[rows], self.which[rows], self.sets)

    @property
    def any(self) -> np.ndarray:
        """Whether each visit tells of any side effect."""
        return self.sets.any(axis=1)[self.which]

    @property
    def events(self) -> np.ndarray:
        """How many side effects each visit tells of."""
        return self.sets.sum(axis=1)[self.which]

    def has(self, side_effect: str) -> np.ndarray:
        """Whether each visit tells of this side effect."""
        return self.sets[:, SIDE_EFFECTS.index(side_effect)][self.which]


def told_effects(visits: pd.DataFrame) -> Told:
    """Blank is not recorded, the empty set is recorded-none.

    A severity without an effect is recorded with the effect `other`. Serious are
    pneumothorax, nerve injury and infection, and anything of severity `serious`. A term
    outside the vocabulary is `other`.
    """
    column, severity = visits["side_effects"], visits["side_effect_severity"]
    texts = [*column.cat.categories, "other", ""]  # the last is where a missing one looks
    sets = np.array([_contained(text) for text in texts], dtype=bool)
    which, graded = column.cat.codes.to_numpy().astype(np.int64), severity.cat.codes.to_numpy() >= 0
    recorded = (which >= 0) | graded
    alone = np.flatnonzero(graded)
    which[alone[~sets.any(axis=1)[which[alone]]]] = len(texts) - 2
    of_a_serious_kind = sets[:, [SIDE_EFFECTS.index(name) for name in SERIOUS_SIDE_EFFECTS]]
    serious = of_a_serious_kind.any(axis=1)[which] | is_among(severity, ("serious",))
    return Told(recorded, serious, which, sets)


def _contained(text: str) -> list[bool]:
    terms = {term if term in SIDE_EFFECTS else "other" for term in text.split(SEPARATOR) if term}
    return [name in terms for name in SIDE_EFFECTS]
