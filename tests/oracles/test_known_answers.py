"""Published figures, to the digits printed."""

import numpy as np
import pandas as pd
import pytest

from pipelines import intervals
from pipelines.measures import kaplan_meier
from pipelines.measures.side_effects_by_month import p_chart

SIX_MP = (
    [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35],
    [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
)
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
"""Weeks in remission of leukaemia: Freireich, Blood 1963."""


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson(n, of, low, high):
    """Newcombe, Stat Med 1998."""
    assert rounded(intervals.wilson(n, of), 4) == [low, high]


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    [
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_clopper_pearson(n, of, low, high):
    """Newcombe, Stat Med 1998."""
    assert rounded(intervals.clopper_pearson(n, of), 4) == [low, high]


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [((56, 70, 48, 80), 0.0524, 0.3339), ((5, 56, 0, 29), -0.0381, 0.1926)],
)
def test_a_difference_of_proportions(counts, low, high):
    """Newcombe, Stat Med 1998."""
    assert rounded(intervals.difference_of_rates(*counts), 4) == [low, high]


def test_a_clustered_rate():
    sessions = [6, 4, 5, 8, 3, 6, 2, 5, 4, 7]
    events = [
        place < count
        for count, of in zip([3, 0, 1, 5, 0, 2, 0, 0, 1, 4], sessions, strict=True)
        for place in range(of)
    ]
    found = intervals.clustered_rate(events, np.repeat(range(10), sessions)).iloc[0]
    naive = np.sqrt(found["rate"] * (1 - found["rate"]) / found["of"])
    assert found["rate"] == pytest.approx(0.32)
    assert round(naive, 5) == 0.06597
    assert round(naive * np.sqrt(found["design_effect"]), 5) == 0.08483
    assert round(found["design_effect"], 3) == 1.654


def test_no_event_in_7629_treatments():
    """Brady, J Man Manip Ther 2014: upper bound 0.04%."""
    assert round(100 * float(intervals.zero_event_bound(7629)), 2) == 0.04


def test_1463_events_in_7629_treatments():
    """Brady, J Man Manip Ther 2014: 19.2% (18.3-20.1)."""
    assert round(100 * 1463 / 7629, 1) == 19.2
    assert [round(100 * limit, 1) for limit in rounded(intervals.wilson(1463, 7629), 6)] == [
        18.3,
        20.1,
    ]


def test_kaplan_meier_under_6_mp():
    table = kaplan_meier.life_table(*SIX_MP).set_index("session")
    at = table.loc[[6, 7, 10, 13, 16, 22, 23]]
    assert rounded(at["survival"], 3) == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert rounded(at["low"], 4) == [0.6197, 0.5631, 0.5032, 0.4316, 0.3675, 0.2678, 0.1881]
    median = kaplan_meier.medians(table.reset_index()).iloc[0]
    assert (median["median"], median["low"]) == (23, 13)
    assert np.isnan(median["high"])


def test_kaplan_meier_under_placebo():
    table = kaplan_meier.life_table(PLACEBO, [1] * len(PLACEBO))
    assert kaplan_meier.medians(table).iloc[0].tolist() == [8, 4, 11]


def test_log_rank_of_6_mp_against_placebo():
    times, events = [*SIX_MP[0], *PLACEBO], [*SIX_MP[1], *[1] * len(PLACEBO)]
    groups = [0] * len(SIX_MP[0]) + [1] * len(PLACEBO)
    chi_square, degrees, p = kaplan_meier.logrank(times, events, groups, 2)
    assert (round(chi_square, 2), degrees) == (16.79, 1)
    assert p == pytest.approx(4.17e-5, rel=1e-2)


def test_sessions_to_improvement_of_ten_patients():
    """The mean of those who improved, 2.5, would be wrong."""
    times, events = [1, 2, 2, 3, 3, 4, 2, 3, 5, 6], [1] * 6 + [0] * 4
    table = kaplan_meier.life_table(times, events)
    assert rounded(table["survival"].iloc[:4], 4) == [0.9, 0.7, 0.4667, 0.3111]
    median = kaplan_meier.medians(table).iloc[0]
    assert (median["median"], median["low"]) == (3, 1)
    assert np.isnan(median["high"])


def test_limits_of_a_p_chart():
    months = pd.DataFrame({"n": [10], "of": [40], "rate": [0.25]})
    chart = p_chart(months).iloc[0]
    assert chart["centre"] == 0.25
    assert (round(chart["lower"], 4), round(chart["upper"], 4)) == (0.0446, 0.4554)


def rounded(values, digits: int) -> list[float]:
    return [round(float(value), digits) for value in values]
