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
ROUNDING = 1e-12
"""Points, or shares, below which a difference or an error is nothing but rounding."""


class Limits(NamedTuple):
    """Lower and upper limit of a 95% interval."""

    low: np.ndarray
    high: np.ndarray


def wilson(n, of, level: float = LEVEL) -> Limits:
    """Score interval of a proportion (Wilson 1927). n and of need not be whole."""
    z = Z if level == LEVEL else float(special.ndtri((1 + level) / 2))
    n, of = np.asarray(n, dtype=float), np.asarray(of, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = n / of
        middle = rate + z**2 / (2 * of)
        half = z * np.sqrt(rate * (1 - rate) / of + z**2 / (4 * of**2))
        low, high = (middle - half) / (1 + z**2 / of), (middle + half) / (1 + z**2 / of)
    # At 0 and 1 one limit is the rate itself, which rounding would miss by a hair.
    return Limits(np.where(rate == 0, 0.0, low), np.where(rate == 1, 1.0, high))


def clopper_pearson(n, of) -> Limits:
    """Exact interval of a proportion, from the beta distribution. Neither need be whole."""
    n, of = np.asarray(n, dtype=float), np.asarray(of, dtype=float)
    low = np.where(n == 0, 0.0, special.betaincinv(np.where(n == 0, 1, n), of - n + 1, TAIL))
    rest = np.where(n == of, 1, of - n)
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


def difference_of_rates(
    n: float, of: float, other_n: float, other_of: float, level: float = LEVEL
) -> Limits:
    """First rate less the second, by Newcombe's hybrid of two Wilson intervals (1998)."""
    first, second = wilson(n, of, level), wilson(other_n, other_of, level)
    return square_and_add(n / of, first, other_n / other_of, second)


def square_and_add(rate: float, first: Limits, other: float, second: Limits) -> Limits:
    """Limits of the first rate less the other, from the limits of each.

    Newcombe (1998) with Wilson's; with any others Zou and Donner (2008).
    """
    below = np.hypot(rate - first.low, second.high - other)
    above = np.hypot(first.high - rate, other - second.low)
    return Limits(rate - other - below, rate - other + above)


class Cells(NamedTuple):
    """Rows gathered by group and cluster, once for any number of figures."""

    of_row: np.ndarray
    group: np.ndarray
    rows: np.ndarray


def cells_of(clusters, groups=None) -> Cells:
    """The cell of each row, and the group and number of rows of each cell."""
    clusters = np.asarray(clusters, dtype=np.int64)
    groups = np.zeros(len(clusters), dtype=np.int64) if groups is None else np.asarray(groups)
    width = int(groups.max(initial=0)) + 1
    place = clusters * width + groups
    # Visits come by patient and day: a sort that uses what stands in order is fast here.
    order = np.argsort(place, kind="stable")
    place = place[order]
    starts = np.append(True, place[1:] != place[:-1])[: len(place)]
    of_row = np.empty(len(place), dtype=np.intp)
    of_row[order] = np.cumsum(starts) - 1
    firsts = np.flatnonzero(starts)
    return Cells(of_row, place[firsts] % width, np.diff(firsts, append=len(place)))


def clustered_mean(values, clusters, groups=None, size: int = 1) -> pd.DataFrame:
    """Mean of each group by least squares on a constant, clustered.

    `clusters` and `groups` are whole numbers from 0; `size` is the number of groups.
    One row a group, columns n, clusters, mean, low, high; no interval with one cluster.
    """
    return mean_of_cells(values, cells_of(clusters, groups), size)


def mean_of_cells(values, cells: Cells, size: int = 1) -> pd.DataFrame:
    """The same as `clustered_mean`, where the cells serve several figures."""
    sums = _sums(np.asarray(values, dtype=float), cells)
    n, count, (total,) = _totals(cells, size, sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / n
        scores = sums - mean[cells.group] * cells.rows
        # Here (N - 1) / (N - K) is 1, since K is 1.
        variance = _by_group(scores**2, cells, size) / n**2 * count / (count - 1)
    half = t_quantile(count - 1) * np.sqrt(variance)
    return pd.DataFrame(
        {"n": n, "clusters": count, "mean": mean, "low": mean - half, "high": mean + half}
    )


def clustered_difference(values, clusters, groups, size: int, reference: int) -> pd.DataFrame:
    """Each group's mean less the reference's, from one clustered fit on group dummies.

    One row a group, columns n, difference, low, high, p; all missing for the reference
    and where the group or the reference has no row; no interval with one cluster or
    with no more rows than groups.
    """
    values, cells = np.asarray(values, dtype=float), cells_of(clusters, groups)
    n, _, (total,) = _totals(cells, size, _sums(values, cells))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / n
        scores = _sums(values - mean[cells.group][cells.of_row], cells) / n[cells.group]
    patient, patients = pd.factorize(np.asarray(clusters))
    wide = np.zeros((len(patients), size))
    wide[patient, cells.group[cells.of_row]] = scores[cells.of_row]
    factor = small_sample_factor(len(patients), len(values), np.count_nonzero(n))
    error = np.sqrt(factor * ((wide - wide[:, [reference]]) ** 2).sum(axis=0))
    difference = np.where(np.arange(size) == reference, np.nan, mean - mean[reference])
    half = t_quantile(len(patients) - 1) * error
    p = two_sided(difference, error, len(patients) - 1)
    low, high = difference - half, difference + half
    return pd.DataFrame({"n": n, "difference": difference, "low": low, "high": high, "p": p})


def clustered_rate(events, clusters, groups=None, size: int = 1) -> pd.DataFrame:
    """Share of rows with an event, by group, with patients as clusters.

    One row a group, columns n, of, clusters, rate, low, high (Korn and Graubard), rao_scott_low,
    rao_scott_high (Wilson on Rao and Scott's effective size, 1992, the rule of the summary's
    contract), design_effect. With no event both take the exact one-sided bound.
    """
    return rate_of_cells(events, cells_of(clusters, groups), size)


def rate_of_cells(events, cells: Cells, size: int = 1) -> pd.DataFrame:
    """The same as `clustered_rate`, where the cells serve several kinds of event."""
    happened = np.flatnonzero(events)
    counts = np.bincount(cells.of_row[happened], minlength=len(cells.rows))
    of, clusters, (n,) = _totals(cells, size, counts)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = n / of
        squares = _by_group((counts - rate[cells.group] * cells.rows) ** 2, cells, size)
        variance = clusters / (clusters - 1) * squares / of**2
        effect = np.fmax(1.0, variance / (rate * (1 - rate) / of))
    effect = np.where((clusters > 1) & (n > 0) & (n < of), effect, 1.0)
    score = wilson(n / effect, of / effect)
    low, high = korn_graubard(n, of, effect, clusters)
    bound = zero_event_bound(of)
    return pd.DataFrame(
        {"n": n.astype(int), "of": of, "clusters": clusters, "rate": rate}
        | {"low": np.where(n == 0, 0 * bound, low), "high": np.where(n == 0, bound, high)}
        | {"rao_scott_low": score.low, "rao_scott_high": np.where(n == 0, bound, score.high)}
        | {"design_effect": effect}
    )


def korn_graubard(n, of, design_effect, clusters) -> Limits:
    """Exact limits on an effective sample size (Korn and Graubard 1998, Survey Methodology 24).

    The size is divided by the design effect, and made smaller still by the degrees of freedom
    that so few clusters leave; no limits with one cluster. It covers 93% to 97% where Wilson on
    Rao and Scott's size does not: few patients, or few events (docs/studies/coverage.md).
    """
    n, of = np.asarray(n, dtype=float), np.asarray(of, dtype=float)
    freedom = t_quantile(of - 1) / t_quantile(np.asarray(clusters) - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate, size = n / of, np.minimum(of, of / design_effect * freedom**2)
    return clopper_pearson(rate * size, size)


def clustered_ratio(numerator, denominator, clusters, groups=None, size: int = 1) -> pd.DataFrame:
    """Sum of the numerator over sum of the denominator, linearised and clustered.

    One row a group, columns n, clusters, ratio, low, high; missing where the
    denominator's sum is not above 0.
    """
    cells = cells_of(clusters, groups)
    top = _sums(np.asarray(numerator, dtype=float), cells)
    bottom = _sums(np.asarray(denominator, dtype=float), cells)
    n, count, (above, below) = _totals(cells, size, top, bottom)
    below = np.where(below > 0, below, np.nan)
    ratio = above / below
    squares = _by_group((top - ratio[cells.group] * bottom) ** 2, cells, size)
    with np.errstate(divide="ignore", invalid="ignore"):
        half = t_quantile(count - 1) * np.sqrt(count / (count - 1) * squares) / below
    return pd.DataFrame(
        {"n": n, "clusters": count, "ratio": ratio, "low": ratio - half, "high": ratio + half}
    )


def _sums(values: np.ndarray, cells: Cells) -> np.ndarray:
    return np.bincount(cells.of_row, values, minlength=len(cells.rows))


def _by_group(values: np.ndarray, cells: Cells, size: int) -> np.ndarray:
    return np.bincount(cells.group, values, minlength=size)


def _totals(cells: Cells, size: int, *sums: np.ndarray):
    """Rows, clusters, and each sum, by group."""
    rows = _by_group(cells.rows, cells, size).astype(int)
    clusters = np.bincount(cells.group, minlength=size)
    return rows, clusters, [_by_group(values, cells, size) for values in sums]


def small_sample_factor(clusters: int, rows: int, rank: int) -> float:
    """C/(C-1) x (N-1)/(N-K); NaN where there can be no interval."""
    if clusters < 2 or rows <= rank:
        return np.nan
    return clusters / (clusters - 1) * (rows - 1) / (rows - rank)


def two_sided(difference: np.ndarray, error: np.ndarray, degrees_of_freedom: int) -> np.ndarray:
    """p of no difference; NaN where neither the difference nor its error is above rounding."""
    size, error = (np.where(np.abs(x) < ROUNDING, 0, np.abs(x)) for x in (difference, error))
    with np.errstate(divide="ignore", invalid="ignore"):
        return 2 * special.stdtr(degrees_of_freedom, -size / error)


def t_quantile(degrees_of_freedom) -> np.ndarray:
    """The t quantile; NaN without a degree of freedom."""
    degrees = np.asarray(degrees_of_freedom, dtype=float)
    return special.stdtrit(np.where(degrees > 0, degrees, np.nan), 1 - TAIL)
