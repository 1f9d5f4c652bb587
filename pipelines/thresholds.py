"""When a change in pain is large enough, decided in whole thousandths of a point.

In binary floats 100 x (3.0 - 2.1) / 3.0 is below 30; in thousandths it is exactly that.
Scores are 0-10 with three decimals. Where a score is missing, nothing is large enough.
"""

import numpy as np

from pipelines.settings import Settings


def thousandths(points) -> np.ndarray:
    """Points as whole thousandths, kept as float so that missing stays NaN."""
    return np.rint(np.asarray(points, dtype=float) * 1000)


def fell_by_percent(baseline, score, percent: float) -> np.ndarray:
    """Whether pain fell by at least this percentage of the baseline."""
    before = thousandths(baseline)
    fall = before - thousandths(score)
    return (fall > 0) & (fall * 100_000 >= np.rint(percent * 1000) * before)


def fell_by_points(baseline, score, points: float) -> np.ndarray:
    """Whether pain fell by at least this many points."""
    return thousandths(baseline) - thousandths(score) >= np.rint(points * 1000)


def at_least(score, points: float) -> np.ndarray:
    """Whether a score is at least this high."""
    return thousandths(score) >= np.rint(points * 1000)


def improved(baseline, score, settings: Settings) -> np.ndarray:
    """Whether pain fell by both the points and the percentage that make an improvement."""
    enough = fell_by_points(baseline, score, settings.improved_points)
    return enough & fell_by_percent(baseline, score, settings.improved_percent)


def worse(baseline, score, settings: Settings) -> np.ndarray:
    """Whether pain rose by at least the points that make an improvement."""
    return thousandths(score) - thousandths(baseline) >= np.rint(settings.improved_points * 1000)
