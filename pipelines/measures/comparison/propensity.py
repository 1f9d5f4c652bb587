"""How likely a row was to be in the group rather than in the reference, given what is known.

Logistic regression on the covariates of the adjusted model, by Newton's method on points: the
chances do not depend on the outcome.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import special

from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.fit import (
    Columns,
    centred,
    cross_product,
    normal_matrix,
    predictor,
    solve,
)
from pipelines.measures.comparison.rows import GROUP

STEPS = 60
EXACT = 1e-11
"""Part of a row by which a weighted covariate may be out of balance."""
QUICK = 0.2
"""A step that leaves less than this of the imbalance may use the same curvature again."""


class Chances(NamedTuple):
    """Of each cell or point: whether it is in the group, and how likely it was to be."""

    cells: Cells
    in_group: np.ndarray
    chance: np.ndarray


@dataclass(frozen=True)
class Propensity:
    """The rows of one pair that have both sides, and the chance of the group in each.

    `cells` are those of the model, with weight where the pair has rows; `points` the same
    without the outcome. `place` is the point of each cell, `inverse` the inverse of the
    information on the columns of the points.
    """

    cells: Cells
    points: Chances
    place: np.ndarray
    inverse: np.ndarray

    @property
    def in_group(self) -> np.ndarray:
        """1 for a cell of the group."""
        return self.points.in_group[self.place]

    @property
    def chance(self) -> np.ndarray:
        """The chance of the group in each cell."""
        return self.points.chance[self.place]


def propensity(cells: Cells, group: int, reference: int) -> Propensity | None:
    """The fitted chances; None where the covariates part the two completely.

    Rows at a level of a factor that only one of the two has are left out: they have no
    counterpart, and their overlap weight would be 0.
    """
    points = centred(shared(pair_of(cells.points, group, reference)))
    in_group = (points.level(GROUP) == group).astype(float)
    if not 0 < in_group @ points.weight < points.rows:
        return None
    points = points.without(GROUP)
    found = _newton(points, in_group)
    if found is None:
        return None
    coefficients, inverse = found
    chance = special.expit(predictor(points, Columns(points), coefficients))
    counted = points.counted[cells.place] > 0
    return Propensity(cells.only(counted), Chances(points, in_group, chance), cells.place, inverse)


def pair_of(cells: Cells, group: int, reference: int) -> Cells:
    """The rows of the group and the reference alone."""
    code = cells.level(GROUP)
    return cells.only((code == group) | (code == reference))


def shared(pair: Cells) -> Cells:
    """The rows whose every level of a factor occurs on both sides."""
    while True:
        count = pair.by_combination(pair.weight)
        alone = np.zeros(len(count), dtype=bool)
        for name in pair.codes.keys() - {GROUP}:
            alone |= ~_on_both_sides(pair, name, count)[pair.codes[name]]
        if not (alone & (count > 0)).any():
            return pair
        pair = pair.only(~alone[pair.combination])


def _on_both_sides(pair: Cells, factor: str, count: np.ndarray) -> np.ndarray:
    groups, levels = pair.levels[GROUP], pair.levels[factor]
    place = pair.codes[GROUP] * levels + pair.codes[factor]
    rows = np.bincount(place, count, minlength=groups * levels)
    return (rows.reshape(groups, levels) > 0).sum(axis=0) > 1


def _newton(points: Cells, in_group: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Coefficients, and the inverse of the information; None where they find no end."""
    columns, rows = Columns(points), max(points.rows, 1)
    coefficients = np.zeros(columns.size)
    coefficients[0] = special.logit((in_group @ points.weight) / rows)
    inverse, before, steps = None, np.inf, 0
    while steps < STEPS:
        chance = special.expit(predictor(points, columns, coefficients))
        imbalance = cross_product(points, columns, points.weight * (in_group - chance))
        size = np.abs(imbalance).max() / rows
        if inverse is None or size > QUICK * before or size < EXACT:
            inverse = _inverse_information(points, columns, chance)
        if size < EXACT:
            return coefficients, inverse
        coefficients = coefficients + inverse @ imbalance
        before, steps = size, steps + 1
    return None


def _inverse_information(cells: Cells, columns: Columns, chance: np.ndarray) -> np.ndarray:
    matrix = normal_matrix(cells, columns, cells.weight * chance * (1 - chance))
    return solve(matrix, columns.kept(matrix.diagonal(), {})).inverse
