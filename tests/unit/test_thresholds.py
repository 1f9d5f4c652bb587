"""Thresholds against exact whole-number arithmetic, at the thresholds themselves and beyond."""

import numpy as np
import pytest

from pipelines import thresholds
from pipelines.settings import Settings


def scores_at(percent: int) -> tuple[np.ndarray, np.ndarray]:
    """Every baseline and score, in thousandths, that differ by exactly this percentage."""
    baseline = np.arange(100, 10_001, 100 // np.gcd(percent, 100))
    return baseline, baseline - baseline * percent // 100


@pytest.mark.parametrize("percent", [30, 50])
def test_exactly_at_a_percentage_counts_and_a_thousandth_less_does_not(percent: int):
    baseline, score = scores_at(percent)
    assert (100 * (baseline - score) == percent * baseline).all()
    assert thresholds.fell_by_percent(baseline / 1000, score / 1000, percent).all()
    assert not thresholds.fell_by_percent(baseline / 1000, (score + 1) / 1000, percent).any()


def test_exactly_at_the_points_counts_and_a_thousandth_less_does_not():
    score = np.arange(0, 8_001)
    baseline = score + 2_000
    assert thresholds.fell_by_points(baseline / 1000, score / 1000, 2).all()
    assert not thresholds.fell_by_points(baseline / 1000, (score + 1) / 1000, 2).any()
    assert thresholds.worse(score / 1000, baseline / 1000, Settings()).all()
    assert not thresholds.worse((score + 1) / 1000, baseline / 1000, Settings()).any()


def test_exactly_at_a_lowest_baseline_with_decimals_counts():
    assert thresholds.at_least(2.3, 2.3)
    assert not thresholds.at_least(2.299, 2.3)


def test_improved_needs_the_points_and_the_percentage():
    found = thresholds.improved([8, 8, 3, 4], [5, 6, 2, 2], Settings())
    assert found.tolist() == [True, False, False, True]


def test_a_percentage_of_no_pain_is_never_reached():
    """A clinic may let a baseline of 0 be eligible; 0 to 0 is no relief."""
    assert not thresholds.fell_by_percent(0, 0, 30)


def test_a_missing_score_reaches_nothing():
    nan = float("nan")
    assert not thresholds.fell_by_percent(nan, 0, 30)
    assert not thresholds.fell_by_points(7, nan, 2)
    assert not thresholds.at_least(nan, 3)
    assert not thresholds.improved(nan, nan, Settings())
    assert not thresholds.worse(nan, 9, Settings())
