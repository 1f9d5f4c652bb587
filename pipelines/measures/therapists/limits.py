"""Limits that chance keeps a count within: of cases all alike, or each with its own chance."""

import numpy as np
from scipy import special

TAILS = {"low_998": 0.001, "low_95": 0.025, "high_95": 0.975, "high_998": 0.999}
"""The quantile at which each limit stands."""
NEAR = 1e-12
EXACT_UP_TO = 400
"""Cases up to which the number that responds is worked out one by one."""


def interpolated_limit(rate, episodes, quantile: float) -> np.ndarray:
    """The limit of a share around a rate, smooth in the number of episodes, within 0 and 1.

    Spiegelhalter 2005: with r the quantile and F the distribution function,
    (r - (F(r) - p) / (F(r) - F(r-1))) / n.
    """
    rate, episodes = np.asarray(rate, dtype=float), np.asarray(episodes, dtype=float)
    count = count_quantile(rate, episodes, quantile)
    above, below = at_most(count, rate, episodes), at_most(count - 1, rate, episodes)
    with np.errstate(divide="ignore", invalid="ignore"):
        limit = (count - (above - quantile) / (above - below)) / episodes
    # Where all or none respond there is nothing that chance could change.
    limit = np.where((rate <= 0) | (rate >= 1), rate, np.clip(limit, 0, 1))
    return np.where(episodes > 0, limit, np.nan)


def count_quantile(rate, episodes, quantile: float) -> np.ndarray:
    """The smallest whole number that a count is at most with this probability.

    Missing where the rate is.
    """
    rate, episodes = np.broadcast_arrays(
        np.asarray(rate, dtype=float), np.asarray(episodes, dtype=float)
    )
    spread = np.sqrt(episodes * rate * (1 - rate))
    count = np.rint(episodes * rate + special.ndtri(quantile) * spread)
    count = np.clip(count, 0, np.ceil(episodes))
    known = ~np.isnan(count)
    while (high := known & _enough(count - 1, rate, episodes, quantile)).any():
        count = count - high
    while (low := known & ~_enough(count, rate, episodes, quantile)).any():
        count = count + low
    return count


def _enough(count: np.ndarray, rate: np.ndarray, episodes: np.ndarray, p: float) -> np.ndarray:
    return at_most(count, rate, episodes) >= p - NEAR


def at_most(count, rate, episodes) -> np.ndarray:
    """The probability that a count is at most so many."""
    count, episodes = np.asarray(count, dtype=float), np.asarray(episodes, dtype=float)
    inside = (count >= 0) & (count < episodes)
    left, at = np.where(inside, episodes - count, 1.0), np.where(inside, count + 1, 1.0)
    within = special.betainc(left, at, 1 - np.asarray(rate, dtype=float))
    return np.where(inside, within, np.where(count < 0, 0.0, 1.0))


def own_limits(chances: np.ndarray) -> dict[str, float]:
    """The numbers of responders that chance keeps to, whole, each case by its own chance.

    Exact; of more cases than `EXACT_UP_TO` those of as many like ones as have the same mean
    and variance.
    """
    if len(chances) > EXACT_UP_TO:
        return _of_like_cases(chances.sum(), (chances * (1 - chances)).sum())
    likely = np.ones(1)
    for chance in chances:
        likely = np.convolve(likely, (1 - chance, chance))
    up_to = np.minimum(likely.cumsum(), 1)
    return {name: float(np.searchsorted(up_to, p - NEAR)) for name, p in TAILS.items()}


def _of_like_cases(mean: float, variance: float) -> dict[str, float]:
    rate = 1 - variance / mean
    return {name: float(count_quantile(rate, mean / rate, p)) for name, p in TAILS.items()}
