"""Intervals at their edges: nothing counted, all or none, one patient, groups at once."""

import numpy as np
import pandas as pd
import pytest

from pipelines import intervals
from pipelines.intervals import (
    clustered_difference,
    clustered_mean,
    clustered_rate,
    clustered_ratio,
)


@pytest.mark.parametrize("interval", [intervals.wilson, intervals.clopper_pearson])
def test_nothing_counted_has_no_interval(interval):
    assert np.isnan(interval(0, 0)).all()


@pytest.mark.parametrize(
    "interval", [intervals.wilson, intervals.clopper_pearson, intervals.rare_rate]
)
def test_none_and_all_touch_the_ends_exactly(interval):
    low, high = interval(np.array([0, 13]), np.array([13, 13]))
    assert low[0] == 0
    assert high[1] == 1
    assert 0 < high[0] < 1
    assert 0 < low[1] < 1


def test_a_rare_rate_is_exact_and_with_no_event_one_sided():
    low, high = intervals.rare_rate([0, 1], [100, 100])
    assert high[0] == pytest.approx(1 - 0.05**0.01)
    assert (low[1], high[1]) == tuple(intervals.clopper_pearson(1, 100))


def test_one_patient_has_a_mean_but_no_interval():
    found = clustered_mean([1, 2, 6], [4, 4, 4]).iloc[0]
    assert (found["n"], found["clusters"], found["mean"]) == (3, 1, 3)
    assert np.isnan([found["low"], found["high"]]).all()


def test_no_rows_have_no_mean():
    found = clustered_mean([], []).iloc[0]
    assert found["n"] == 0
    assert np.isnan(found["mean"])


def test_groups_at_once_are_the_groups_one_by_one():
    draw = np.random.default_rng(1)
    values, clusters, groups = draw.normal(size=90), draw.integers(0, 20, 90), np.arange(90) % 3
    together = {
        clustered_mean: clustered_mean(values, clusters, groups, 4),
        clustered_rate: clustered_rate(values > 0, clusters, groups, 4),
    }
    for group in range(3):
        rows = groups == group
        mean = clustered_mean(values[rows], clusters[rows])
        rate = clustered_rate(values[rows] > 0, clusters[rows])
        for found, alone in zip(together.values(), (mean, rate), strict=True):
            pd.testing.assert_series_equal(found.loc[group], alone.loc[0], check_names=False)
    assert together[clustered_mean].loc[3, "n"] == 0


def test_a_difference_has_no_interval_with_one_patient_or_no_more_rows_than_groups():
    for clusters, values in (([0, 0, 0], [1, 2, 5]), ([0, 1], [1, 2])):
        groups = [0, 1, 1][: len(values)]
        found = clustered_difference(values, clusters, groups, 2, reference=0).loc[1]
        assert found["difference"] > 0
        assert found[["low", "high", "p"]].isna().all()


def test_there_is_no_difference_from_an_empty_group():
    found = clustered_difference([1, 2, 3], [0, 1, 2], [0, 0, 0], 2, reference=1)
    assert found["difference"].isna().all()
    found = clustered_difference([1, 2, 3], [0, 1, 2], [0, 0, 0], 2, reference=0)
    assert found["difference"].isna().all()


def test_a_difference_that_is_only_rounding_has_no_p():
    values = [0.1 + 0.2, 0.1 + 0.2, 0.3, 0.3]
    found = clustered_difference(values, [0, 1, 2, 3], [0, 0, 1, 1], 2, reference=0).loc[1]
    assert found["difference"] == pytest.approx(0, abs=1e-15)
    assert np.isnan(found["p"])


def test_a_design_effect_is_at_least_1_and_is_1_at_none_and_all():
    alternating = clustered_rate([1, 0, 1, 0], [0, 0, 1, 1]).iloc[0]
    assert alternating["design_effect"] == 1
    for events in ([0, 0, 0, 0], [1, 1, 1, 1]):
        assert clustered_rate(events, [0, 0, 1, 1]).loc[0, "design_effect"] == 1
    assert clustered_rate([1, 1, 0, 0], [0, 0, 0, 0]).loc[0, "design_effect"] == 1


def test_a_ratio_needs_a_denominator_above_0():
    found = clustered_ratio([1, 1], [1, -1], [0, 1]).iloc[0]
    assert np.isnan(found["ratio"])


def test_a_ratio_of_equal_parts_is_certain():
    found = clustered_ratio([1, 2, 3], [2, 4, 6], [0, 1, 2]).iloc[0]
    assert (found["ratio"], found["low"], found["high"]) == (0.5, 0.5, 0.5)


def test_a_ratio_has_the_interval_of_its_linear_approximation():
    """By hand: 6/12, residuals by patient 1, -1, 0; t with 2 degrees is 4.3027."""
    found = clustered_ratio([3, 1, 2], [4, 4, 4], [0, 1, 2]).iloc[0]
    half = 4.302652729911275 * np.sqrt(3 / 2 * 2) / 12
    assert found["low"] == pytest.approx(0.5 - half)
    assert found["high"] == pytest.approx(0.5 + half)
