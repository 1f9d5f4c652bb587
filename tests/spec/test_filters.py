"""Filters

A selection narrows what a figure is about. It never changes what an episode is.
"""

from datetime import date

from pipelines.selection import Selection, select
from pipelines.settings import Settings
from pipelines.summary import summarise
from tests.support.clinics import clinic, values


def test_episodes_are_formed_from_all_visits_before_they_are_selected():
    """A period that begins in the middle of an episode does not make a new one of the rest."""
    care = clinic("""
        date       | before
        2024-12-20 | 7
        2025-01-10 | 5
        """)
    year = select(care, Selection(start=date(2025, 1, 1), end=date(2025, 12, 31)))
    assert len(year.episodes) == 0
    assert values(year.visits, "session_number") == [2]


def test_a_selected_episode_counts_whole():
    """Its later visits count though they lie outside the period."""
    care = clinic("""
        date       | before
        2024-12-20 | 7
        2025-01-10 | 5
        """)
    year = select(care, Selection(start=date(2024, 1, 1), end=date(2024, 12, 31)))
    found = summarise(year, Settings())
    assert found["pain"]["change_mean"] == 2
    assert found["counts"]["visits"] == 1


def test_a_selected_episode_counts_whole_in_its_course_too():
    """Trajectory, how long it lasts and carry-over see the visits outside the period."""
    from pipelines.measures.carry_over import carry_over
    from pipelines.measures.duration import how_long_it_lasts
    from pipelines.measures.trajectory import trajectory

    care = clinic("""
        date       | before | after
        2024-12-20 | 7      | 5
        2025-01-17 | 5      | 4
        """)
    year = select(care, Selection(start=date(2024, 1, 1), end=date(2024, 12, 31)))
    assert values(trajectory(year, Settings()), "mean") == [7, 5]
    assert values(how_long_it_lasts(year, Settings()), "n") == [1, 0, 0]
    assert values(carry_over(year), "retention") == [1]


def test_both_ends_of_a_period_are_included():
    care = clinic("""
        patient | date
        P1      | 2025-01-01
        P2      | 2025-01-31
        P3      | 2025-02-01
        """)
    month = select(care, Selection(start=date(2025, 1, 1), end=date(2025, 1, 31)))
    assert len(month.visits) == 2
    assert len(month.episodes) == 2


def test_an_episode_is_selected_by_its_own_facts_and_a_visit_by_its_own():
    """A mixed episode is not among the deep ones, but its deep session is."""
    care = clinic("""
        date       | technique
        2025-01-06 | deep
        2025-01-13 | superficial
        """)
    deep = select(care, Selection(technique=("deep",)))
    assert len(deep.episodes) == 0
    assert len(deep.visits) == 1


def test_orphan_follow_ups_are_selected_as_visits():
    care = clinic("""
        patient | date       | type      | therapist
        P1      | 2025-01-06 | follow_up | Ada
        P2      | 2025-01-06 | treatment | Bo
        """)
    found = summarise(select(care, Selection(therapist=("Ada",))), Settings())
    assert found["counts"]["orphan_follow_ups"] == 1
    assert found["counts"]["episodes"] == 0


def test_the_period_is_the_first_and_last_date_of_the_selected_visits():
    care = clinic("""
        patient | date       | therapist
        P1      | 2025-01-06 | Ada
        P1      | 2025-01-20 | Ada
        P2      | 2025-03-06 | Bo
        """)
    found = summarise(select(care, Selection(therapist=("Ada",))), Settings())
    assert found["period"] == ["2025-01-06", "2025-01-20"]
    assert found["as_of"] == "2025-03-06"


def test_an_empty_selection_has_counts_of_0_and_no_other_figure():
    care = clinic("""
        date       | before | therapist
        2025-01-06 | 7      | Ada
        """)
    found = summarise(select(care, Selection(therapist=("Bo",))), Settings())
    assert found["period"] is None
    assert found["counts"]["patients"] == 0
    assert found["pain"]["responders_30"] == {"n": 0, "of": 0, "rate": None, "ci": None}
    assert found["pain"]["responders_30_bounds"] is None
    assert found["sessions_to_improvement"]["by_session"] == []
    assert found["side_effects"]["types"] == {}
    assert found["condition_mix"] == []
    assert found["techniques"] == []
