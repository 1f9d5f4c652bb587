"""The difference between two groups weighted to the patients that both treat.

Overlap weights (Li, Morgan and Zaslavsky, J Am Stat Assoc 2018): a row of the group counts
by its chance of the reference, a row of the reference by its chance of the group. The
weighted covariates are then exactly alike.
"""

from typing import NamedTuple

import numpy as np

from pipelines.intervals import t_quantile, two_sided
from pipelines.measures.comparison.fit import Columns, cross_product, predictor
from pipelines.measures.comparison.propensity import Chances, Propensity


class Estimate(NamedTuple):
    """A difference with its 95% interval, and the rows and patients behind it."""

    difference: float
    low: float
    high: float
    p: float
    n: int
    patients: int


NO_ESTIMATE = Estimate(*[np.nan] * 4, 0, 0)


def overlap_weights(rows: Chances) -> np.ndarray:
    """The weight of each row of a cell or point."""
    return np.where(rows.in_group > 0, 1 - rows.chance, rows.chance)


def overlap_difference(fitted: Propensity | None, outcome: np.ndarray) -> Estimate:
    """Weighted mean of the outcome in the group less that in the reference.

    The interval is clustered by patient and knows that the weights are estimated.
    """
    if fitted is None:
        return NO_ESTIMATE
    cells, points, place = fitted.cells, fitted.points, fitted.place
    weight, group = overlap_weights(points), points.in_group.astype(np.int64)
    rows = cells.weight * weight[place]
    total = np.bincount(group[place], rows, minlength=2)
    means = np.bincount(group[place], rows * outcome, minlength=2) / total
    error = outcome - means[group][place]
    spread = points.chance * (1 - points.chance)
    slope = -spread * np.bincount(place, cells.weight * error, len(spread))
    columns = Columns(points.cells)
    through = fitted.inverse @ cross_product(points.cells, columns, slope)
    through_weights = predictor(points.cells, columns, through) * (points.in_group - points.chance)
    score = ((2 * group - 1) * weight)[place] * error + through_weights[place]
    sums, clusters = cells.patient_sums(score / total[1]), cells.clusters
    with np.errstate(divide="ignore", invalid="ignore"):
        standard_error = np.sqrt(np.float64(clusters) / (clusters - 1) * (sums @ sums))
    return interval(float(means[1] - means[0]), float(standard_error), cells.rows, clusters)


def interval(difference: float, error: float, n: int, patients: int) -> Estimate:
    """A difference with its interval by Student's t with one degree less than patients."""
    half = t_quantile(patients - 1) * error
    p = float(two_sided(np.array(difference), np.array(error), patients - 1))
    return Estimate(difference, difference - half, difference + half, p, n, patients)
