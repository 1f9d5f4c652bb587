"""Condition mix

Which conditions new episodes are of, and how those episodes ended.
"""

import pytest

from pipelines.measures.condition_mix import condition_mix, mix_and_outcome
from pipelines.settings import Settings
from tests.support.clinics import clinic, values


def test_conditions_come_most_episodes_first_then_by_name():
    """The share is of all episodes; patients are those with an episode of it."""
    care = clinic("""
        patient | date       | condition
        P1      | 2025-01-06 | whiplash
        P1      | 2025-06-06 | whiplash
        P2      | 2025-01-06 | neck pain
        P3      | 2025-01-06 | headache
        """)
    found = condition_mix(care)
    assert values(found, "condition") == ["whiplash", "headache", "neck pain"]
    assert values(found, "n") == [2, 1, 1]
    assert values(found, "share") == [0.5, 0.25, 0.25]
    assert values(found, "patients") == [1, 1, 1]


def test_an_episode_without_a_condition_is_part_of_the_mix():
    """As unspecified: work to do, not something to hide."""
    care = clinic("""
        date       | condition
        2025-01-06 | unspecified
        2025-01-07 | neck pain
        """)
    assert values(condition_mix(care), "condition") == ["neck pain", "unspecified"]


def test_the_mix_by_month_is_of_the_episodes_that_began_in_it():
    care = clinic("""
        patient | date       | condition
        P1      | 2025-01-06 | whiplash
        P1      | 2025-02-06 | whiplash
        P2      | 2025-02-06 | neck pain
        P3      | 2025-02-07 | headache
        """)
    found = condition_mix(care, by=("month",))
    assert [f"{month:%Y-%m}" for month in found["month"]] == ["2025-01", "2025-02", "2025-02"]
    assert values(found, "condition") == ["whiplash", "headache", "neck pain"]
    assert values(found, "of") == [1, 2, 2]
    assert values(found, "share") == [1, 0.5, 0.5]


def test_the_mix_by_chronicity_keeps_those_not_known():
    care = clinic("""
        patient | date       | condition | chronicity
        P1      | 2025-01-06 | whiplash  | chronic
        P2      | 2025-01-06 | whiplash  | acute
        P3      | 2025-01-06 | whiplash  |
        """)
    found = condition_mix(care, by=("chronicity",))
    assert values(found, "chronicity") == ["acute", "chronic", None]


def test_the_outcome_stands_beside_each_share():
    """So that mix and result are read together: two of three episodes, one of one responded."""
    care = clinic("""
        patient | date       | condition | before
        P1      | 2025-01-06 | whiplash  | 8
        P1      | 2025-01-13 | whiplash  | 4
        P2      | 2025-01-06 | whiplash  | 8
        P3      | 2025-01-06 | neck pain | 6
        P3      | 2025-01-13 | neck pain | 6
        """)
    found = mix_and_outcome(care, Settings())
    assert values(found, "condition") == ["whiplash", "neck pain"]
    assert values(found, "share") == [pytest.approx(2 / 3), pytest.approx(1 / 3)]
    assert values(found, "responders") == [1, 0]
    assert values(found, "eligible") == [1, 1]
