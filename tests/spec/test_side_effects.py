"""Side effects

Per treatment session with side effects recorded. Blank is not recorded and never means none;
the share recorded stands beside every rate.
"""

import pandas as pd
import pytest

from pipelines.intervals import clopper_pearson, wilson
from pipelines.measures.contraindications import contraindicated_and_treated
from pipelines.measures.event_rate import event_rate
from pipelines.measures.serious_events import (
    serious_events,
    serious_rate,
    sessions_between_serious_events,
)
from pipelines.measures.side_effects import (
    any_side_effect,
    patients_with_any,
    recording_rate,
    side_effect_events,
    side_effect_types,
)
from pipelines.measures.side_effects_by_month import p_chart, side_effects_by_month
from tests.support.clinics import clinic, values


def months_of_100(*events: int) -> pd.DataFrame:
    """Months with 100 recorded sessions each, and so many with a side effect."""
    n = pd.Series(events, dtype=int)
    return pd.DataFrame({"n": n, "of": 100, "rate": n / 100})


def test_the_denominator_is_treatment_sessions_with_side_effects_recorded():
    """A blank is not recorded; none is recorded. A follow_up is no treatment session."""
    care = clinic("""
        date       | type      | effects
        2025-01-06 | treatment | soreness
        2025-01-13 | treatment | none
        2025-01-20 | treatment |
        2025-02-20 | follow_up | bruising
        """)
    found = any_side_effect(care)
    assert values(found, "n") == [1]
    assert values(found, "of") == [2]
    assert values(found, "treatment_sessions") == [3]
    assert values(recording_rate(care), "rate") == [pytest.approx(2 / 3)]


def test_each_type_that_occurred_has_its_own_rate():
    """A session with two types counts once for each, and once for any."""
    care = clinic("""
        date       | effects
        2025-01-06 | soreness, bruising
        2025-01-13 | soreness
        2025-01-20 | none
        """)
    found = side_effect_types(care)
    assert values(found, "side_effect") == ["soreness", "bruising"]
    assert values(found, "n") == [2, 1]
    assert values(any_side_effect(care), "n") == [2]


def test_events_are_kept_apart_from_sessions():
    """A session with two types is two events: 3 in 2 sessions."""
    care = clinic("""
        date       | effects
        2025-01-06 | soreness, bruising
        2025-01-13 | soreness
        """)
    found = side_effect_events(care)
    assert values(found, "events") == [3]
    assert values(found, "per_100") == [150]


def test_events_per_session_are_what_the_published_surveys_count():
    """3 events in 4 recorded sessions of two patients: 75 per 100, clustered by patient. Without
    any event the interval ends at the exact bound, 1 - 0.05 to the power of 1/n.
    """
    care = clinic("""
        patient | date       | clinic | effects
        P1      | 2025-01-06 | North  | soreness, bruising
        P1      | 2025-01-13 | North  | soreness
        P2      | 2025-01-06 | North  | none
        P2      | 2025-01-13 | North  | none
        P3      | 2025-01-13 | South  | none
        P3      | 2025-01-20 | South  |
        """)
    found = event_rate(care, ["clinic"])
    assert values(found, "n") == [3, 0]
    assert values(found, "of") == [4, 1]
    assert values(found, "rate") == [0.75, 0]
    assert values(found, "low") == [0, 0]
    assert values(found, "high")[1] == pytest.approx(0.95)


def test_patients_with_any_are_counted_of_patients_with_a_recorded_session():
    care = clinic("""
        patient | date       | effects
        P1      | 2025-01-06 | soreness
        P1      | 2025-01-13 | soreness
        P2      | 2025-01-06 | none
        P3      | 2025-01-06 |
        """)
    found = patients_with_any(care)
    assert values(found, "n") == [1]
    assert values(found, "of") == [2]


def test_a_severity_without_an_effect_is_the_effect_other():
    """Something happened, though nobody wrote what."""
    care = clinic("""
        date       | effects | severity
        2025-01-06 |         | mild
        2025-01-13 | none    | moderate
        2025-01-20 | none    |
        """)
    found = side_effect_types(care)
    assert values(found, "side_effect") == ["other"]
    assert values(found, "n") == [2]
    assert values(found, "of") == [3]


def test_the_interval_of_a_session_rate_takes_patients_as_clusters():
    """The summary's: Wilson on the number of sessions divided by the design effect (Rao and
    Scott 1992). Here every session of a patient is alike, so six sessions tell as little as
    two patients.
    """
    care = clinic("""
        patient | date       | effects
        P1      | 2025-01-06 | soreness
        P1      | 2025-01-13 | soreness
        P1      | 2025-01-20 | soreness
        P2      | 2025-01-06 | none
        P2      | 2025-01-13 | none
        P2      | 2025-01-20 | none
        """)
    found = any_side_effect(care)
    # Ratio variance 2/1 x (1.5² + 1.5²) / 6² = 0.25 over binomial 0.25 / 6: design effect 6.
    low, high = wilson(3 / 6, 6 / 6)
    assert values(found, "design_effect") == [pytest.approx(6)]
    assert values(found, "rao_scott_low") == [pytest.approx(low)]
    assert values(found, "rao_scott_high") == [pytest.approx(high)]


def test_the_interval_that_pages_show_allows_for_few_patients():
    """Clopper-Pearson on a size that is smaller still, by the squared ratio of the t quantiles
    with sessions less 1 and patients less 1 degrees of freedom (Korn and Graubard 1998): with
    few patients the design effect itself is unsure. With one patient there is no interval.
    """
    care = clinic("""
        patient | date       | clinic | effects
        P1      | 2025-01-06 | North  | soreness
        P1      | 2025-01-13 | North  | none
        P2      | 2025-01-06 | North  | none
        P2      | 2025-01-13 | North  | none
        P3      | 2025-01-06 | North  | none
        P3      | 2025-01-13 | North  | soreness
        P4      | 2025-01-06 | South  | soreness
        P4      | 2025-01-13 | South  | none
        """)
    found = any_side_effect(care, ["clinic"])
    # Sessions of a patient are not alike here: the design effect is 1. 6 x (2.571 / 4.303)² is
    # 2.142, a third of it is 0.714.
    low, high = clopper_pearson(0.714, 2.142)
    assert values(found, "design_effect") == [1, 1]
    assert values(found, "low") == [pytest.approx(float(low), abs=1e-3), None]
    assert values(found, "high") == [pytest.approx(float(high), abs=1e-3), None]


def test_without_an_event_the_upper_limit_is_exact():
    """One-sided at 95%: 1 - 0.05^(1/n)."""
    care = clinic("""
        patient | date       | effects
        P1      | 2025-01-06 | none
        P2      | 2025-01-06 | none
        """)
    found = any_side_effect(care)
    assert values(found, "low") == [0]
    assert values(found, "high") == [pytest.approx(1 - 0.05**0.5)]


def test_serious_are_three_side_effects_and_whatever_is_of_serious_severity():
    """Listed one by one, those told at a follow_up included; newest first."""
    care = clinic("""
        date       | type      | effects      | severity
        2025-01-06 | treatment | pneumothorax | mild
        2025-01-13 | treatment | nerve_injury |
        2025-01-20 | treatment | infection    |
        2025-01-27 | treatment | bruising     | serious
        2025-02-03 | treatment | bruising     | moderate
        2025-02-20 | follow_up | infection    |
        """)
    found = serious_events(care)
    assert values(found, "side_effects") == [
        "infection",
        "bruising",
        "infection",
        "nerve_injury",
        "pneumothorax",
    ]


def test_the_serious_rate_is_per_10000_recorded_treatment_sessions():
    """Exact two-sided interval (Clopper-Pearson). The one told at a call is not in the rate."""
    care = clinic("""
        date       | type      | effects
        2025-01-06 | treatment | pneumothorax
        2025-01-13 | treatment | none
        2025-01-20 | treatment |
        2025-02-20 | follow_up | infection
        """)
    found = serious_rate(care)
    assert values(found, "n") == [1]
    assert values(found, "of") == [2]
    assert values(found, "rate_per_10000") == [5000]
    assert values(found, "low") == [pytest.approx(10_000 * (1 - 0.975**0.5))]


def test_without_a_serious_event_there_is_still_an_upper_limit():
    care = clinic("""
        date       | effects
        2025-01-06 | none
        2025-01-13 | soreness
        """)
    found = serious_rate(care)
    assert values(found, "rate_per_10000") == [0]
    assert values(found, "high") == [pytest.approx(10_000 * (1 - 0.05**0.5))]


def test_a_month_without_recorded_sessions_is_left_out_of_the_control_chart():
    """With fewer than 12 months the limits are trial limits."""
    care = clinic("""
        date       | effects
        2025-01-06 | none
        2025-01-13 | soreness
        2025-02-10 |
        2025-03-10 | none
        2025-03-11 | none
        """)
    found = side_effects_by_month(care)
    assert [f"{month:%Y-%m}" for month in found["month"]] == ["2025-01", "2025-03"]
    assert values(found, "rate") == [0.5, 0]
    assert values(found, "centre") == [0.25, 0.25]
    assert values(found, "trial") == [True, True]


def test_a_rare_event_is_followed_by_the_sessions_between():
    """From four events on: recorded treatment sessions without one, in order of visits."""
    care = clinic("""
        patient | date       | effects
        P1      | 2025-01-06 | infection
        P2      | 2025-01-07 | none
        P3      | 2025-01-08 |
        P4      | 2025-01-09 | none
        P2      | 2025-01-14 | infection
        P1      | 2025-01-15 | infection
        P2      | 2025-01-16 | none
        P1      | 2025-01-17 | infection
        """)
    found = sessions_between_serious_events(care)
    assert values(found, "sessions_between") == [2, 0, 1]
    assert values(found, "mean") == [1, 1, 1]
    assert values(found, "upper") == [9, 9, 9]


def test_fewer_than_four_serious_events_make_no_chart():
    care = clinic("""
        date       | effects
        2025-01-06 | infection
        2025-01-07 | infection
        2025-01-08 | infection
        """)
    assert len(sessions_between_serious_events(care)) == 0


def test_a_contraindication_flagged_and_treated_all_the_same_is_listed():
    """An evaluation that ended without needling was not treated."""
    care = clinic("""
        date       | type       | technique | contraindications
        2025-01-06 | evaluation | none      | pregnancy
        2025-01-13 | treatment  | deep      | pregnancy
        2025-01-20 | treatment  | deep      | none
        2025-01-27 | treatment  | deep      |
        """)
    found = contraindicated_and_treated(care)
    assert [f"{day:%Y-%m-%d}" for day in found["session_date"]] == ["2025-01-13"]


def test_the_centre_line_is_that_of_the_first_12_months_and_then_fixed():
    """What comes later does not move the line that it is judged by."""
    found = p_chart(months_of_100(*[20] * 12, 80))
    assert values(found, "centre") == [pytest.approx(0.2)] * 13
    assert values(found, "trial") == [False] * 13


def test_limits_lie_3_standard_errors_from_the_centre_and_within_0_and_1():
    """At 20 of 100 a standard error is 4 per 100; at 2 of 100 the lower limit would be below 0."""
    found = p_chart(months_of_100(20))
    assert values(found, "lower") == [pytest.approx(0.08)]
    assert values(found, "upper") == [pytest.approx(0.32)]
    assert values(p_chart(months_of_100(2)), "lower") == [0]


def test_a_month_outside_the_limits_is_a_signal():
    """The limits here are 8 and 32 per 100; on the limit is not outside."""
    found = p_chart(months_of_100(*[19, 21] * 6, 32, 33, 8, 7))
    assert values(found, "outside")[12:] == [False, True, False, True]


def test_seven_months_in_a_row_on_one_side_of_the_centre_are_a_signal():
    """Six are none, and a month on the centre line ends the row."""
    found = p_chart(months_of_100(*[21, 19] * 6, *[23, 22] * 3, 20, *[23, 22] * 3, 22))
    assert values(found, "shift") == [False] * 19 + [True] * 7


def test_seven_months_in_a_row_each_above_the_one_before_are_a_signal():
    """Seven months are six steps; the same upward and downward, wherever the centre lies."""
    found = p_chart(months_of_100(*[19, 21] * 6, 17, 18, 19, 20, 21, 22, 23, 23))
    assert values(found, "trend") == [False] * 12 + [True] * 7 + [False]


def test_two_of_three_months_beyond_two_standard_errors_are_a_signal():
    """All three on the same side of the centre: 30, 21, 30 are, 30, 19, 30 are not."""
    found = p_chart(months_of_100(*[19, 21] * 6, 30, 21, 30, 19, 30, 19))
    assert values(found, "two_of_three")[12:] == [True, False, True, False, False, False]
    assert found["signal"].tolist()[12] == "two of three near a limit"
