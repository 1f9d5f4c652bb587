"""The difference between two groups weighted to the patients that both treat.

Overlap weights (Li, Morgan and Zaslavsky, J Am Stat Assoc 2018): a row of the group counts
by its chance of the reference, a row of the reference by its chance of the group. The
weighted covariates are then exactly alike.
"""

from typing import NamedTuple

import numpy as np

from pipelines.intervals import t_quantile, two_sided
from pipelines.measures.comparison.fit import cross_product, predictor
from pipelines.measures.comparison.propensity import Propensity


class Estimate(NamedTuple):
    """A difference with its 95% interval, and the rows and patients behind it."""

    difference: float
    low: float
    high: float
    p: float
    n: int
    patients: int


NO_ESTIMATE = Estimate(*[np.nan] * 4, 0, 0)


def overlap_weights(fitted: Propensity) -> np.ndarray:
    """The weight of each row of a cell."""
    return np.where(fitted.in_group > 0, 1 - fitted.chance, fitted.chance)


def overlap_difference(fitted: Propensity | None, outcome: np.ndarray) -> Estimate:
    """Weighted mean of the outcome in the group less that in the reference.

    The interval is clustered by patient and knows that the weights are estimated.
    """
    if fitted is None:
        return NO_ESTIMATE
    cells, chance, sign = fitted.cells, fitted.chance, 2 * fitted.in_group - 1
    weight = overlap_weights(fitted)
    total, means = weighted_means(fitted, outcome)
    error = outcome - np.where(fitted.in_group > 0, means[1], means[0])
    slope = cross_product(cells, fitted.columns, -cells.weight * chance * (1 - chance) * error)
    through_weights = predictor(cells, fitted.columns, fitted.inverse @ slope)
    score = (sign * weight * error + through_weights * (fitted.in_group - chance)) / total
    sums, clusters = cells.patient_sums(score), cells.clusters
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.float64(clusters) / (clusters - 1) * (sums @ sums))
    return interval(means[1] - means[0], float(spread), cells.rows, clusters)


def weighted_means(fitted: Propensity, values: np.ndarray) -> tuple[float, np.ndarray]:
    """The weight of one side (it is that of both), and the weighted means of reference, group."""
    weight = fitted.cells.weight * overlap_weights(fitted)
    side = fitted.in_group.astype(np.int64)
    total = np.bincount(side, weight, minlength=2)
    return float(total[1]), np.bincount(side, weight * values, minlength=2) / total


def interval(difference: float, error: float, n: int, patients: int) -> Estimate:
    """A difference with its interval by Student's t with one degree less than patients."""
    half = t_quantile(patients - 1) * error
    p = float(two_sided(np.array(difference), np.array(error), patients - 1))
    return Estimate(difference, difference - half, difference + half, p, n, patients)
