"""Sessions to improvement

How many treatment sessions it takes, counting those who have not improved yet or did not come
again (Kaplan-Meier). Never a mean over those who improved: that forgets all others.
"""

import pytest

from pipelines.measures.sessions_to_improvement import (
    compare_groups,
    improved_by,
    improvement_curve,
    improvement_median,
)
from pipelines.measures.what_happened import what_happened
from pipelines.settings import Settings
from tests.support.clinics import clinic, values


def test_the_time_of_improvement_is_the_treatment_sessions_received_before_that_visit():
    """8 to 6 is 2 points but 25%: not yet. 8 to 5 is seen at the third visit, after two."""
    care = clinic("""
        date       | before
        2025-06-02 | 8
        2025-06-09 | 6
        2025-06-16 | 5
        2025-06-23 | 3
        """)
    assert values(care.episodes, "improved") == [True]
    assert values(care.episodes, "sessions_to_event") == [2]


def test_the_first_improved_visit_counts_even_when_pain_came_back():
    care = clinic("""
        date       | before
        2025-06-02 | 8
        2025-06-09 | 4
        2025-06-16 | 8
        """)
    assert values(care.episodes, "sessions_to_event") == [1]


def test_an_improvement_on_the_first_day_is_none_yet():
    care = clinic("""
        date       | time  | before
        2025-06-02 | 09:00 | 8
        2025-06-02 | 15:00 | 2
        2025-06-09 |       | 7
        """)
    assert values(care.episodes, "improved") == [False]


def test_without_improvement_an_episode_is_censored_at_its_last_score():
    """Two treatment sessions were received before the last visit with pain before."""
    care = clinic("""
        date       | type      | before
        2025-06-02 | treatment | 8
        2025-06-09 | treatment | 7
        2025-06-16 | follow_up | 7
        2025-06-23 | treatment |
        """)
    assert values(care.episodes, "improved") == [False]
    assert values(care.episodes, "sessions_to_event") == [2]


def test_only_eligible_episodes_are_at_risk():
    """Not those with a low baseline, without one, or not yet followed."""
    care = clinic("""
        patient | date       | before
        P1      | 2025-06-02 | 2
        P1      | 2025-06-09 | 0
        P2      | 2025-06-02 |
        P2      | 2025-06-09 | 1
        P3      | 2025-06-02 | 7
        """)
    assert values(improvement_median(care), "n") == [0]
    assert values(care.episodes, "sessions_to_event") == [None, None, None]


def test_the_share_improved_counts_those_who_left_only_while_they_were_seen():
    """After one session 1 of 4 improved. P2 is not seen further; of the two left, one more
    improved after two: 1 - 3/4 x 1/2.
    """
    care = clinic("""
        patient | date       | before
        P1      | 2025-06-02 | 8
        P1      | 2025-06-09 | 4
        P2      | 2025-06-02 | 8
        P2      | 2025-06-09 | 8
        P3      | 2025-06-02 | 8
        P3      | 2025-06-09 | 8
        P3      | 2025-06-16 | 4
        P4      | 2025-06-02 | 8
        P4      | 2025-06-09 | 8
        P4      | 2025-06-16 | 8
        """)
    found = improvement_curve(care)
    assert values(found, "session") == [1, 2]
    assert values(found, "at_risk") == [4, 2]
    assert values(found, "events") == [1, 1]
    assert values(found, "censored") == [1, 1]
    assert values(found, "improved") == [0.25, 0.625]


def test_the_median_is_the_first_session_by_which_half_have_improved():
    """Not reached is missing, and so is a limit that is not reached."""
    care = clinic("""
        patient | date       | before | chronicity
        P1      | 2025-06-02 | 8      | acute
        P1      | 2025-06-09 | 4      | acute
        P2      | 2025-06-02 | 8      | acute
        P2      | 2025-06-09 | 8      | acute
        P3      | 2025-06-02 | 8      | chronic
        P3      | 2025-06-09 | 8      | chronic
        """)
    found = improvement_median(care, by=("chronicity",))
    assert values(found, "chronicity") == ["acute", "chronic"]
    assert values(found, "median") == [1, None]
    assert values(found, "high") == [None, None]


def test_a_limit_is_missing_while_nobody_has_improved_and_where_everybody_has():
    care = clinic("""
        patient | date       | before
        P1      | 2025-06-02 | 8
        P1      | 2025-06-09 | 8
        P1      | 2025-06-16 | 4
        """)
    found = improvement_curve(care)
    assert values(found, "improved") == [0, 1]
    assert values(found, "low") == [None, None]


def test_shares_improved_by_1_3_and_6_sessions():
    """Beyond the largest number of sessions seen nothing is known, unless all had improved."""
    care = clinic("""
        patient | date       | before | chronicity
        P1      | 2025-06-02 | 8      | acute
        P1      | 2025-06-09 | 4      | acute
        P2      | 2025-06-02 | 8      | chronic
        P2      | 2025-06-09 | 7      | chronic
        """)
    found = improved_by(care, by=("chronicity",))
    assert values(found, "session") == [1, 3, 6, 1, 3, 6]
    assert values(found, "improved") == [1, 1, 1, 0, None, None]


def test_groups_are_compared_by_what_was_known_at_the_first_session():
    """By log-rank. A group of those who ever had a technique has had to stay to get it."""
    care = clinic("""
        patient | date       | before | technique
        P1      | 2025-06-02 | 8      | deep
        P1      | 2025-06-09 | 4      | electrical
        P2      | 2025-06-02 | 8      | superficial
        P2      | 2025-06-09 | 8      | deep
        P3      | 2025-06-02 | 8      |
        P3      | 2025-06-09 | 8      | deep
        """)
    found = compare_groups(care, "first_technique")
    assert values(care.episodes, "first_technique") == ["deep", "superficial", None]
    assert values(found, "groups") == [2]
    assert values(found, "left_out") == [1]
    assert values(found, "chi_square") == [pytest.approx(1)]


def test_what_did_happen_counts_those_who_left_without_improvement():
    """Left is: not improved, and the last visit at least 60 days before as-of. P2 left, P3 has
    only not been seen for 59 days. The shares add to 1.
    """
    care = clinic(
        """
        patient | date       | before
        P1      | 2025-06-02 | 8
        P1      | 2025-06-09 | 4
        P2      | 2025-06-02 | 8
        P2      | 2025-06-09 | 8
        P3      | 2025-06-02 | 8
        P3      | 2025-06-10 | 8
        P4      | 2025-06-02 | 8
        P4      | 2025-06-03 | 8
        P4      | 2025-06-09 | 4
        """,
        as_of="2025-08-08",
    )
    found = what_happened(care, Settings())
    assert values(found, "improved") == [0.25, 0.75]
    assert values(found, "left") == [0.25, 0.25]
    assert values(found, "neither") == [0.5, 0]
