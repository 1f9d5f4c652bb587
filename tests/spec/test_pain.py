"""Pain reduction

On the numeric pain rating scale, 0 to 10. A change is baseline less latest: positive is less
pain. Intervals of means take visits of one patient as alike (clustered by patient).
"""

import pytest

from pipelines.measures.carry_over import carry_over, session_pairs
from pipelines.measures.duration import how_long_it_lasts
from pipelines.measures.follow_up_gain import follow_up_gain
from pipelines.measures.immediate import immediate_change, immediate_drops
from pipelines.measures.lasting_pain import lasting_change
from pipelines.measures.pain_by_group import pain_by_group
from pipelines.measures.responder_curve import responder_curve
from pipelines.measures.responders import (
    completeness,
    due_responders,
    outcome_shares,
    responders,
)
from pipelines.measures.trajectory import trajectory
from pipelines.settings import Settings
from tests.support.clinics import clinic, values


def test_lasting_change_is_over_episodes_with_a_baseline_and_a_latest():
    """The others are left out and counted. A low baseline counts in the means all the same."""
    care = clinic("""
        patient | date       | before
        P1      | 2025-01-06 | 8
        P1      | 2025-01-20 | 3
        P2      | 2025-01-06 | 2
        P2      | 2025-01-20 | 1
        P3      | 2025-01-06 | 6
        P4      | 2025-01-06 |
        """)
    found = lasting_change(care)
    assert values(found, "n") == [2]
    assert values(found, "baseline_mean") == [5]
    assert values(found, "latest_mean") == [2]
    assert values(found, "change_mean") == [3]
    assert values(found, "change_median") == [3]
    assert values(found, "not_yet_followed") == [1]
    assert values(found, "no_baseline") == [1]


def test_with_one_patient_a_mean_has_no_interval():
    care = clinic("""
        date       | condition     | before
        2025-01-06 | neck pain     | 8
        2025-01-20 | neck pain     | 3
        2025-01-06 | shoulder pain | 6
        2025-01-20 | shoulder pain | 5
        """)
    found = lasting_change(care)
    assert values(found, "change_mean") == [3]
    assert values(found, "low") == [None]


def test_responders_have_30_percent_or_50_percent_or_2_points_less_pain():
    """Of eligible episodes: followed, with a baseline of at least 3. 30% is moderately
    important, 50% substantial (IMMPACT, Dworkin 2008). Here P1 has exactly 30% less, P2 exactly
    50%, P3 exactly 2 points but 25%, P4 none.
    """
    care = clinic("""
        patient | date       | before
        P1      | 2025-01-06 | 3.0
        P1      | 2025-01-13 | 2.1
        P2      | 2025-01-06 | 4
        P2      | 2025-01-13 | 2
        P3      | 2025-01-06 | 8
        P3      | 2025-01-13 | 6
        P4      | 2025-01-06 | 7
        P4      | 2025-01-13 | 7
        """)
    found = responders(care, Settings())
    assert values(found, "measure") == ["responders_30", "responders_50", "responders_2pt"]
    assert values(found, "n") == [2, 1, 2]
    assert values(found, "of") == [4, 4, 4]


def test_an_episode_ends_improved_unchanged_or_worse():
    """Improved is at least 2 points and 30% less (P1; not P2 with 25%, nor P3 with 1 point).
    Worse is at least 2 points more (P4; not P5). The shares add to 100%.
    """
    care = clinic("""
        patient | date       | before
        P1      | 2025-01-06 | 8
        P1      | 2025-01-13 | 5
        P2      | 2025-01-06 | 8
        P2      | 2025-01-13 | 6
        P3      | 2025-01-06 | 3
        P3      | 2025-01-13 | 2
        P4      | 2025-01-06 | 4
        P4      | 2025-01-13 | 6
        P5      | 2025-01-06 | 4
        P5      | 2025-01-13 | 5.9
        """)
    found = outcome_shares(care, Settings())
    assert values(found, "outcome") == ["improved", "unchanged", "worse"]
    assert values(found, "n") == [1, 3, 1]
    assert values(found, "rate") == [0.2, 0.6, 0.2]


def test_the_responder_curve_is_the_share_with_at_least_each_percent_change():
    """From -100 to 100 in steps of 1; 30% is where the responders stand."""
    care = clinic("""
        patient | date       | before
        P1      | 2025-01-06 | 8
        P1      | 2025-01-13 | 4
        P2      | 2025-01-06 | 3
        P2      | 2025-01-13 | 2.1
        P3      | 2025-01-06 | 4
        P3      | 2025-01-13 | 9
        """)
    curve = responder_curve(care, Settings()).set_index("percent_change")
    assert len(curve) == 201
    assert curve.loc[-100, "n"] == 2
    assert curve.loc[30, "n"] == 2
    assert curve.loc[31, "n"] == 1
    assert curve.loc[50, "n"] == 1
    assert curve.loc[51, "n"] == 0
    assert curve.loc[50, "of"] == 3


def test_immediate_change_is_within_a_treatment_session_with_both_scores():
    """A follow_up is no treatment session; a session without both scores is left out."""
    care = clinic("""
        date       | type      | before | after
        2025-01-06 | treatment | 7      | 5
        2025-01-13 | treatment | 6      | 6
        2025-01-20 | treatment |        | 3
        2025-01-27 | treatment | 5      |
        2025-02-20 | follow_up | 4      | 0
        """)
    found = immediate_change(care)
    assert values(found, "n") == [2]
    assert values(found, "change_mean") == [1]
    assert values(found, "missing") == [2]


def test_immediate_drops_are_of_at_least_1_and_at_least_2_points():
    """No published threshold says which drop within a session matters."""
    care = clinic("""
        date       | before | after
        2025-01-06 | 7      | 5
        2025-01-13 | 7      | 6
        2025-01-20 | 7      | 6.1
        2025-01-27 | 7      | 9
        """)
    found = immediate_drops(care)
    assert values(found, "points") == [1, 2]
    assert values(found, "n") == [2, 1]
    assert values(found, "of") == [4, 4]


def test_how_long_it_lasts_is_read_at_the_visit_nearest_the_day():
    """Day 28 is looked for from day 21 to 42, day 56 from 43 to 69, day 84 from 70 to 112."""
    care = clinic("""
        date       | before
        2025-01-01 | 8
        2025-01-21 | 7
        2025-01-22 | 6
        2025-01-31 | 5
        2025-02-12 | 4
        2025-02-13 | 3
        2025-04-23 | 2
        """)
    found = how_long_it_lasts(care, Settings())
    assert values(found, "day") == [28, 56, 84]
    assert values(found, "change_mean") == [3, 5, 6]
    assert values(found, "responders") == [1, 1, 1]


def test_of_two_visits_equally_near_the_earlier_counts():
    care = clinic("""
        date       | before
        2025-01-01 | 8
        2025-01-27 | 6
        2025-01-31 | 2
        """)
    assert values(how_long_it_lasts(care, Settings()), "change_mean") == [2, None, None]


def test_only_visits_with_a_score_count_for_how_long_it_lasts():
    """An episode without one in the window is counted; so is one whose window is still open."""
    care = clinic("""
        patient | date       | before
        P1      | 2025-01-01 | 8
        P1      | 2025-01-29 |
        P1      | 2025-02-05 | 6
        P2      | 2025-01-01 | 7
        P3      | 2025-03-01 | 7
        P4      | 2025-03-20 |
        """)
    found = how_long_it_lasts(care, Settings())
    assert values(found, "n") == [1, 0, 0]
    assert values(found, "without_visit") == [2, 3, 3]
    assert values(found, "not_yet_reached") == [1, 1, 3]


def test_still_improved_is_among_those_improved_at_an_earlier_visit():
    """P1 was and is, P2 was and is no more, P3 is now for the first time."""
    care = clinic("""
        patient | date       | before
        P1      | 2025-01-01 | 8
        P1      | 2025-01-08 | 4
        P1      | 2025-01-29 | 3
        P2      | 2025-01-01 | 8
        P2      | 2025-01-08 | 4
        P2      | 2025-01-29 | 7
        P3      | 2025-01-01 | 8
        P3      | 2025-01-08 | 7
        P3      | 2025-01-29 | 4
        """)
    found = how_long_it_lasts(care, Settings()).iloc[0]
    assert found["still"] == 1
    assert found["still_of"] == 2
    assert found["responders"] == 2


def test_carry_over_is_what_is_left_at_the_next_visit_of_the_drop_within_the_session():
    """A ratio of sums over pairs with all three scores: (2 - 1 + 1) carried of (4 + 2 + 1)."""
    care = clinic("""
        patient | date       | before | after
        P1      | 2025-01-06 | 8      | 4
        P1      | 2025-01-13 | 6      | 4
        P1      | 2025-01-20 | 7      |
        P1      | 2025-01-27 | 7      | 7
        P2      | 2025-01-06 | 5      | 4
        P2      | 2025-01-13 | 4      | 4
        """)
    found = carry_over(care)
    assert values(found, "n") == [3]
    assert values(found, "retention") == [pytest.approx(2 / 7)]
    assert values(found, "missing") == [1]


def test_without_any_drop_there_is_no_retention():
    care = clinic("""
        date       | before | after
        2025-01-06 | 6      | 7
        2025-01-13 | 5      | 5
        """)
    assert values(carry_over(care), "retention") == [None]


def test_drops_are_never_added_up_over_sessions():
    """Pain comes back in between. Drops of 3, 2 and 2 add to 7, but rebounds of 2 and 1 are to
    be taken off: from 8 at first to 4 at last are 4 points.
    """
    care = clinic("""
        date       | before | after
        2025-01-06 | 8      | 5
        2025-01-13 | 7      | 5
        2025-01-20 | 6      | 4
        """)
    pairs = session_pairs(care)
    rebounds = pairs["next_before"] - pairs["after"]
    drops = care.visits["pain_before"] - care.visits["pain_after"]
    assert rebounds.tolist() == [2, 1]
    assert drops.sum() - rebounds.sum() == 8 - 4


def test_the_trajectory_is_mean_pain_before_by_session_number():
    """Beside it the same for those who completed at least 6 sessions (here 2): the mean of all
    rises at the second session only because P2, who had least pain, did not come again.
    """
    care = clinic("""
        patient | date       | before
        P1      | 2025-01-06 | 8
        P1      | 2025-01-13 | 7
        P2      | 2025-01-06 | 2
        P3      | 2025-01-06 | 8
        P3      | 2025-01-13 |
        """)
    found = trajectory(care, Settings(completer_sessions=2))
    assert values(found, "group") == ["all", "all", "completers", "completers"]
    assert values(found, "session_number") == [1, 2, 1, 2]
    assert values(found, "mean") == [6, 7, 8, 7]
    assert values(found, "n") == [3, 1, 2, 1]
    assert values(found, "missing") == [0, 1, 0, 1]


def test_an_episode_is_due_30_days_after_its_first_visit():
    """P1 began 30 days before as-of, P2 29 days; P3 has no baseline and is never due."""
    care = clinic(
        """
        patient | date       | before
        P1      | 2025-08-31 | 7
        P2      | 2025-09-01 | 7
        P3      | 2025-01-06 |
        P4      | 2025-01-06 | 7
        P4      | 2025-01-20 | 3
        """,
        as_of="2025-09-30",
    )
    found = completeness(care, Settings())
    assert values(found, "n") == [1]
    assert values(found, "of") == [2]
    assert values(found, "not_yet_due") == [1]
    assert values(found, "no_baseline") == [1]


def test_the_bounds_of_the_due_take_all_missing_as_failed_and_as_succeeded():
    """Among all due with a baseline of at least 3: one of four responded, two are missing."""
    care = clinic(
        """
        patient | date       | before
        P1      | 2025-01-06 | 7
        P1      | 2025-01-20 | 3
        P2      | 2025-01-06 | 7
        P2      | 2025-01-20 | 7
        P3      | 2025-01-06 | 7
        P4      | 2025-01-06 | 7
        P5      | 2025-01-06 | 2
        """,
        as_of="2025-09-30",
    )
    found = due_responders(care, Settings())
    assert values(found, "n") == [1]
    assert values(found, "of") == [2]
    assert values(found, "lowest") == [0.25]
    assert values(found, "highest") == [0.75]


def test_by_group_the_order_is_by_number_followed_up_never_by_outcome():
    """Deep needling has two episodes followed up and none that responded, superficial one that
    did. Beside each stand how many were due, the bounds, and what was kept to the next visit.
    """
    care = clinic(
        """
        patient | date       | technique   | before | after
        P1      | 2025-01-06 | superficial | 8      | 6
        P1      | 2025-01-20 | superficial | 4      | 3
        P2      | 2025-01-06 | deep        | 7      | 5
        P2      | 2025-01-20 | deep        | 7      | 6
        P3      | 2025-01-06 | deep        | 6      | 5
        P3      | 2025-01-20 | deep        | 5      | 5
        P4      | 2025-01-06 | deep        | 6      | 5
        """,
        as_of="2025-09-30",
    )
    found = pain_by_group(care, Settings(), "technique")
    assert values(found, "technique") == ["deep", "superficial"]
    assert values(found, "n") == [0, 1]
    assert values(found, "of") == [2, 1]
    assert values(found, "change_median") == [0.5, 4]
    assert values(found, "due") == [3, 1]
    assert values(found, "lowest") == [0, 1]
    assert values(found, "highest") == [pytest.approx(1 / 3), 1]
    assert values(found, "retention") == [pytest.approx(1 / 3), 2]


def test_the_margin_is_how_far_the_share_could_lie_off_if_all_due_were_followed():
    """Two of four are missing. With all followed, one to three of four would respond; a 95%
    interval (Wilson) then reaches at most so far from the share.
    """
    care = clinic(
        """
        patient | date       | before
        P1      | 2025-01-06 | 7
        P1      | 2025-01-20 | 3
        P2      | 2025-01-06 | 7
        P2      | 2025-01-20 | 7
        P3      | 2025-01-06 | 7
        P4      | 2025-01-06 | 7
        """,
        as_of="2025-09-30",
    )
    found = follow_up_gain(care, Settings())
    assert values(found, "not_followed") == [2]
    assert values(found, "margin") == [pytest.approx(0.4494, abs=0.0001)]
