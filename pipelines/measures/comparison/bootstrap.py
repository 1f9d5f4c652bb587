"""An interval that can be trusted with few patients: the wild cluster bootstrap.

Cameron, Gelbach and Miller (Rev Econ Stat 2008), with the null imposed and Rademacher
weights: each patient's residuals keep or turn their sign together. The interval holds
every difference that the test would not reject. All draws are linear in the difference
tested, so that they are made once (Roodman and others, Stata J 2019).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pipelines.intervals import LEVEL, ROUNDING
from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.fit import (
    NO_PART,
    Columns,
    centred,
    cross_product,
    normal_matrix,
    predictor,
    solve,
)
from pipelines.measures.comparison.rows import GROUP

DRAWS = 999
MOST_PATIENTS = 5000
"""Patients of a model up to which it is made: with more, the page would wait for it."""
WIDEST = 30
"""Standard errors to either side within which the limits are looked for."""
HALVINGS = 40


class Bootstrap(NamedTuple):
    """p of no difference, and the 95% interval; NaN where there is none."""

    p: float
    low: float
    high: float


NO_BOOTSTRAP = Bootstrap(np.nan, np.nan, np.nan)


@dataclass(frozen=True)
class _Draws:
    """Everything of one difference that a test of any value needs."""

    estimate: float
    error: float
    shift: np.ndarray  # by draw: at 0, and per point of the value tested
    square: np.ndarray  # by draw: the three coefficients of the squared error

    def p(self, value: float) -> float:
        """Share of draws at least as far from the value tested as the estimate is."""
        observed = abs(self.estimate - value) / self.error
        squares = self.square[0] - 2 * value * self.square[1] + value**2 * self.square[2]
        drawn = np.abs(self.shift[0] - value * self.shift[1])
        # The estimate itself is one of the draws, and a tie counts.
        return float(np.mean(drawn >= observed * np.sqrt(np.maximum(squares, 0)) - ROUNDING))


def wild_cluster_bootstrap(
    cells: Cells, group: int, reference: int, seed: int = 0, draws: int = DRAWS
) -> Bootstrap:
    """The adjusted difference of one group by the bootstrap; the same seed, the same answer."""
    cells = centred(cells.compact())
    small = 2 <= cells.patient_count <= MOST_PATIENTS
    made = _drawn(cells, group, reference, seed, draws) if small else None
    if made is None:
        return NO_BOOTSTRAP
    low, high = (_limit(made, sign) for sign in (-1, 1))
    return Bootstrap(made.p(0.0), low, high)


def _drawn(cells: Cells, group: int, reference: int, seed: int, draws: int) -> _Draws | None:
    columns = Columns(cells)
    matrix = normal_matrix(cells, columns, cells.weight)
    kept, place = columns.kept(matrix.diagonal(), {GROUP: reference}), columns.of(GROUP)[group]
    full = solve(matrix, kept)
    if full.unseen[place] > NO_PART or full.inverse[place, place] <= 0 or cells.rows <= full.rank:
        return None
    share = predictor(cells, columns, full.inverse[place])
    coefficients = full.inverse @ cross_product(cells, columns, cells.weight * cells.outcome)
    own = cells.patient_sums(share * (cells.outcome - predictor(cells, columns, coefficients)))
    if np.sqrt(own @ own) < ROUNDING:
        return None
    without = kept.copy()
    without[place] = False
    rest = solve(matrix, without).inverse
    in_group = (cells.level(GROUP) == group).astype(float)
    residuals = [_left(cells, columns, rest, values) for values in (cells.outcome, in_group)]
    signs = np.random.default_rng(seed).choice((-1.0, 1.0), (draws, cells.patient_count))
    shift, scores = zip(
        *(_scores(cells, columns, full.inverse, share, left, signs) for left in residuals),
        strict=True,
    )
    pairs = ((0, 0), (0, 1), (1, 1))
    square = [np.einsum("ij,ij->i", scores[a], scores[b]) for a, b in pairs]
    estimate, error = float(coefficients[place]), float(np.sqrt(own @ own))
    return _Draws(estimate, error, np.array(shift), np.array(square))


def _left(cells: Cells, columns: Columns, inverse: np.ndarray, values: np.ndarray) -> np.ndarray:
    """What the other columns leave unexplained of a value of cells."""
    fitted = inverse @ cross_product(cells, columns, cells.weight * values)
    return values - predictor(cells, columns, fitted)


def _scores(
    cells: Cells,
    columns: Columns,
    inverse: np.ndarray,
    share: np.ndarray,
    left: np.ndarray,
    signs: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """By draw: how far the estimate moves, and what each patient then adds to its error."""
    own = cells.patient_sums(share * left)
    leaning = _by_patient(cells, columns, share)
    turned = signs @ _by_patient(cells, columns, left) @ inverse
    return signs @ own, signs * own - turned @ leaning.T


def _by_patient(cells: Cells, columns: Columns, values: np.ndarray) -> np.ndarray:
    """The sums of each column times a value, a line a patient."""
    sums = np.zeros((cells.patient_count, columns.size))
    sums[:, 0] = cells.patient_sums(values)
    for name, place in columns.factors.items():
        level = cells.level(name)[:, None] == np.arange(cells.levels[name])
        sums[:, place] = cells.patient_sums(level * values[:, None])
    for name, column in columns.linear.items():
        sums[:, column] = cells.patient_sums(values * cells.linear[name])
    return sums


def _limit(made: _Draws, sign: int) -> float:
    """The value on one side up to which the test does not reject; NaN where it never does."""
    inside, outside = made.estimate, made.estimate + sign * WIDEST * made.error
    if made.p(outside) > 1 - LEVEL:
        return np.nan
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        if made.p(middle) > 1 - LEVEL:
            inside = middle
        else:
            outside = middle
    return inside
