"""One test that several coefficients are the same, which holds with few patients too.

The approximate Hotelling test of Pustejovsky and Tipton (J Bus Econ Stat 2018): the errors of
`small_sample`, and degrees of freedom that say how well their covariance is known.
"""

from typing import NamedTuple

import numpy as np
from scipy import special

from pipelines.measures.comparison.fit import Design, Fit
from pipelines.measures.comparison.small_sample import MOST_PATIENTS, scaled_patients


class Tested(NamedTuple):
    """F with its p; NaN where the data do not suffice for a test."""

    f: float
    p: float


NO_TEST = Tested(np.nan, np.nan)


def all_alike(solved: Design, fit: Fit, places: np.ndarray, smallest: int) -> Tested:
    """The test that the wanted coefficients at these places are one.

    With q contrasts and n degrees of freedom (n-q+1) / (q n) times Wald's statistic stands
    against F(q, n-q+1). n is no more than 2 x smallest - 2, where `smallest` is the patients
    of the smallest side of any level: that level knows its own variance least. With more than
    5,000 patients n is that, and the covariance the one of `fit`.
    """
    q = len(places) - 1
    if q < 1 or np.isnan(fit.factor):
        return NO_TEST
    contrast = np.eye(q + 1)[1:] - np.eye(q + 1)[0]
    apart = contrast @ fit.estimates[places]
    if fit.clusters > MOST_PATIENTS:
        scores = fit.scores[:, places] @ contrast.T
        spread, degrees = fit.factor * (scores.T @ scores), np.inf
    else:
        spread, degrees = _scaled(solved, places, contrast)
    degrees = np.minimum(degrees, 2 * smallest - 2)
    left = degrees - q + 1
    if not left >= 1:
        return NO_TEST
    f = float(apart @ np.linalg.pinv(spread) @ apart) * left / (q * degrees)
    return Tested(f, float(special.fdtrc(q, left, f)))


def _scaled(solved: Design, places: np.ndarray, contrast: np.ndarray) -> tuple[np.ndarray, float]:
    """Covariance of the contrasts, and its degrees of freedom."""
    columns = solved.asked[places]
    model = contrast @ solved.solved.inverse[np.ix_(columns, columns)] @ contrast.T
    values, vectors = np.linalg.eigh(model)
    if values.min() <= 0:
        return model, np.nan
    alone = (vectors / np.sqrt(values)).T @ contrast
    q, rank = len(contrast), solved.solved.rank
    spread, diagonal = np.zeros((q, q)), 0.0
    products = np.zeros((q * rank, q * rank))
    for part in scaled_patients(solved, places):
        scores = part.scores @ contrast.T
        spread += scores.T @ scores
        through = np.einsum("qj,pjr->pqr", alone, part.through)
        own = np.einsum("qj,pjk,sk->pqs", alone, part.own, alone)
        seen = through @ through.transpose(0, 2, 1)
        diagonal += _size(own - seen) - _size(seen)
        flat = through.reshape(len(through), -1)
        products += flat.T @ flat
    return spread, q * (q + 1) / (diagonal + _size_of_products(products, q, rank))


def _size(matrices: np.ndarray) -> float:
    """The sum over patients of the squared trace and the trace of the square."""
    trace = np.einsum("pqq->p", matrices)
    return float((trace**2).sum() + np.einsum("pqs,psq->", matrices, matrices))


def _size_of_products(products: np.ndarray, q: int, rank: int) -> float:
    """The same over all pairs of patients, from the summed outer products."""
    wide = products.reshape(q, rank, q, rank)
    return float((products**2).sum() + np.einsum("arbs,bras->", wide, wide))
