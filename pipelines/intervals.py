"""Confidence intervals, all at 95%, for one figure or for many groups at once.

Counts may be numbers or arrays of one number a group; limits come back in the same
shape, NaN where there is no interval. Patients are the clusters: visits of one patient
resemble each other, and an interval that forgets it is too narrow.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import special

LEVEL = 0.95
TAIL = (1 - LEVEL) / 2
Z = float(special.ndtri(1 - TAIL))


class Limits(NamedTuple):
    """Lower and upper limit of a 95% interval."""

    low: np.ndarray
    high: np.ndarray


def wilson(n, of) -> Limits:
    """Score interval of a proportion (Wilson 1927). n and of need not be whole."""
    n, of = np.asarray(n, dtype=float), np.asarray(of, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = n / of
        middle = rate + Z**2 / (2 * of)
        half = Z * np.sqrt(rate * (1 - rate) / of + Z**2 / (4 * of**2))
        low, high = (middle - half) / (1 + Z**2 / of), (middle + half) / (1 + Z**2 / of)
    # At 0 and 1 one limit is the rate itself, which rounding would miss by a hair.
    return Limits(np.where(rate == 0, 0.0, low), np.where(rate == 1, 1.0, high))


def clopper_pearson(n, of) -> Limits:
    """Exact interval of a proportion, from the beta distribution."""
    n, of = np.asarray(n, dtype=float), np.asarray(of, dtype=float)
    low = np.where(n == 0, 0.0, special.betaincinv(np.maximum(n, 1), of - n + 1, TAIL))
    rest = np.maximum(of - n, 1)
    high = np.where(n == of, 1.0, special.betaincinv(n + 1, rest, 1 - TAIL))
    return Limits(np.where(of > 0, low, np.nan), np.where(of > 0, high, np.nan))


def zero_event_bound(of) -> np.ndarray:
    """Exact one-sided 95% upper limit of a rate without a single event."""
    of = np.asarray(of, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(of > 0, 1 - (1 - LEVEL) ** (1 / of), np.nan)


def rare_rate(n, of) -> Limits:
    """Clopper-Pearson, with the one-sided bound where nothing happened."""
    exact = clopper_pearson(n, of)
    none = np.asarray(n) == 0
    return Limits(exact.low, np.where(none, zero_event_bound(of), exact.high))


def difference_of_rates(n: int, of: int, other_n: int, other_of: int) -> Limits:
    """First rate less the second, by Newcombe's hybrid of two Wilson intervals (1998)."""
    first, second = wilson(n, of), wilson(other_n, other_of)
    rate, other = n / of, other_n / other_of
    below = np.hypot(rate - first.low, second.high - other)
    above = np.hypot(first.high - rate, other - second.low)
    return Limits(rate - other - below, rate - other + above)


def clustered_mean(values, clusters, groups=None, size: int = 1) -> pd.DataFrame:
    """Mean of each group by least squares on a constant, clustered.

    `clusters` and `groups` are whole numbers from 0; `size` is the number of groups.
    One row a group, columns n, clusters, mean, low, high; no interval with one cluster.
    """
    values, clusters, groups = _rows(values, clusters, groups)
    n = np.bincount(groups, minlength=size)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(groups, values, minlength=size) / n
        group, sums = _sums_by_cluster(values - mean[groups], clusters, groups)
        count = np.bincount(group, minlength=size)
        # Here (N - 1) / (N - K) is 1, since K is 1.
        variance = np.bincount(group, sums**2, minlength=size) / n**2 * count / (count - 1)
        half = _t(count - 1) * np.sqrt(variance)
    return pd.DataFrame(
        {"n": n, "clusters": count, "mean": mean, "low": mean - half, "high": mean + half}
    )


def clustered_difference(values, clusters, groups, size: int, reference: int) -> pd.DataFrame:
    """Each group's mean less the reference's, from one clustered fit on group dummies.

    One row a group, columns n, difference, low, high, p; all missing for the reference
    and where the group or the reference has no row.
    """
    values, clusters, groups = _rows(values, clusters, groups)
    n = np.bincount(groups, minlength=size)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(groups, values, minlength=size) / n
        scores = _scores(values - mean[groups], clusters, groups, size) / np.where(n > 0, n, np.nan)
        patients, rank, rows = len(scores), np.count_nonzero(n), len(values)
        factor = patients / (patients - 1) * (rows - 1) / (rows - rank) if patients > 1 else np.nan
        if rows <= rank:
            factor = np.nan
        error = np.sqrt(factor * ((scores - scores[:, [reference]]) ** 2).sum(axis=0))
        difference = np.where(np.arange(size) == reference, np.nan, mean - mean[reference])
        half = _t(patients - 1) * error
        p = 2 * special.stdtr(patients - 1, -np.abs(difference / error))
    return pd.DataFrame(
        {"n": n, "difference": difference, "low": difference - half, "high": difference + half}
        | {"p": p}
    )


def clustered_rate(events, clusters, groups=None, size: int = 1) -> pd.DataFrame:
    """Share of rows with an event, by group: Wilson on Rao and Scott's effective size (1992).

    With no event the exact one-sided bound. One row a group, columns n, of, clusters,
    rate, low, high, design_effect.
    """
    events, clusters, groups = _rows(events, clusters, groups)
    of = np.bincount(groups, minlength=size)
    n = np.bincount(groups, events, minlength=size)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = n / of
        group, sums = _sums_by_cluster(events - rate[groups], clusters, groups)
        count = np.bincount(group, minlength=size)
        squares = np.bincount(group, sums**2, minlength=size)
        variance = count / (count - 1) * squares / of**2
        effect = np.fmax(1.0, variance / (rate * (1 - rate) / of))
    effect = np.where((count > 1) & (n > 0) & (n < of), effect, 1.0)
    low, high = session_rate_limits(n, of, effect)
    return pd.DataFrame(
        {"n": n.astype(int), "of": of, "clusters": count, "rate": rate}
        | {"low": low, "high": high, "design_effect": effect}
    )


def session_rate_limits(n, of, design_effect) -> Limits:
    """Wilson on n and of divided by the design effect; with no event the exact bound."""
    low, high = wilson(n / design_effect, of / design_effect)
    return Limits(low, np.where(n == 0, zero_event_bound(of), high))


def clustered_ratio(numerator, denominator, clusters, groups=None, size: int = 1) -> pd.DataFrame:
    """Sum of the numerator over sum of the denominator, linearised and clustered.

    One row a group, columns n, clusters, ratio, low, high; missing where the
    denominator's sum is not above 0.
    """
    top, clusters, groups = _rows(numerator, clusters, groups)
    bottom = np.asarray(denominator, dtype=float)
    n, below = np.bincount(groups, minlength=size), np.bincount(groups, bottom, minlength=size)
    below = np.where(below > 0, below, np.nan)
    ratio = np.bincount(groups, top, minlength=size) / below
    group, sums = _sums_by_cluster(top - ratio[groups] * bottom, clusters, groups)
    count = np.bincount(group, minlength=size)
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = np.bincount(group, sums**2, minlength=size)
        half = _t(count - 1) * np.sqrt(count / (count - 1) * squares) / below
    return pd.DataFrame(
        {"n": n, "clusters": count, "ratio": ratio, "low": ratio - half, "high": ratio + half}
    )


def _rows(values, clusters, groups) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    values, clusters = np.asarray(values, dtype=float), np.asarray(clusters, dtype=np.int64)
    if groups is None:
        return values, clusters, np.zeros(len(values), dtype=np.int64)
    return values, clusters, np.asarray(groups, dtype=np.int64)


def _sums_by_cluster(values, clusters, groups) -> tuple[np.ndarray, np.ndarray]:
    """The sum of each cluster within each group: group of each sum, and the sums."""
    width = int(clusters.max(initial=0)) + 1
    cell, cells = pd.factorize(groups * width + clusters)
    return cells // width, np.bincount(cell, values, minlength=len(cells))


def _scores(residuals, clusters, groups, size: int) -> np.ndarray:
    """Residuals summed by cluster (rows, only those that occur) and group (columns)."""
    patient, patients = pd.factorize(clusters)
    cell = patient * size + groups
    return np.bincount(cell, residuals, minlength=len(patients) * size).reshape(-1, size)


def _t(degrees_of_freedom) -> np.ndarray:
    """The t quantile; NaN without a degree of freedom."""
    degrees = np.asarray(degrees_of_freedom, dtype=float)
    return special.stdtrit(np.where(degrees > 0, degrees, np.nan), 1 - TAIL)
