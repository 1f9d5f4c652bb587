"""Which side effects each visit tells of, and whether it tells of any at all."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.tables import SEPARATOR, SERIOUS_SIDE_EFFECTS, SIDE_EFFECTS

COLUMNS = ("side_effects", "side_effect_severity")
OTHER = SIDE_EFFECTS.index("other")
SERIOUS = [SIDE_EFFECTS.index(name) for name in SERIOUS_SIDE_EFFECTS]


class Told(NamedTuple):
    """One row a visit; in `effects` one column for each of `tables.SIDE_EFFECTS`."""

    recorded: np.ndarray
    effects: np.ndarray
    serious: np.ndarray

    @property
    def any(self) -> np.ndarray:
        return self.effects.any(axis=1)


def told_effects(visits: pd.DataFrame) -> Told:
    """Blank is not recorded, the empty set is recorded-none.

    A severity without an effect is recorded with the effect `other`. Serious are
    pneumothorax, nerve injury and infection, and anything of severity `serious`. A term
    outside the vocabulary is `other`.
    """
    column, severity = visits["side_effects"], visits["side_effect_severity"]
    known = np.array([_contained(text) for text in column.cat.categories], dtype=bool)
    lookup = np.vstack([known.reshape(-1, len(SIDE_EFFECTS)), np.zeros((1, len(SIDE_EFFECTS)))])
    effects = lookup.astype(bool)[column.cat.codes.to_numpy()]
    graded = severity.notna().to_numpy()
    effects[graded & ~effects.any(axis=1), OTHER] = True
    serious = effects[:, SERIOUS].any(axis=1) | (severity == "serious").to_numpy(dtype=bool)
    return Told(column.notna().to_numpy() | graded, effects, serious)


def _contained(text: str) -> list[bool]:
    terms = {term if term in SIDE_EFFECTS else "other" for term in text.split(SEPARATOR) if term}
    return [name in terms for name in SIDE_EFFECTS]
