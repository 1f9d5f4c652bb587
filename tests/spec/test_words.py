"""Words

What a visit, a treatment session and an episode of care are, and what each episode shows.
"""

from pipelines.episodes import is_treatment
from pipelines.measures.counts import counts
from pipelines.settings import Settings
from pipelines.thresholds import fell_by_percent
from tests.support.clinics import clinic, values


def test_an_evaluation_and_a_treatment_are_treatment_sessions():
    """A follow_up, a visit or a call without needling, is not."""
    care = clinic("""
        date       | type
        2025-01-06 | evaluation
        2025-01-13 | treatment
        2025-02-20 | follow_up
        """)
    assert is_treatment(care.visits).tolist() == [True, True, False]


def test_a_discharge_is_a_treatment_session_only_with_needling():
    """Needling is a known technique other than none; without it, it counts as a follow_up."""
    care = clinic("""
        date       | type      | technique
        2025-01-06 | treatment | deep
        2025-01-13 | discharge | superficial
        2025-01-20 | discharge | none
        2025-01-27 | discharge |
        """)
    assert is_treatment(care.visits).tolist() == [True, True, False, False]
    assert values(care.episodes, "visits") == [4]


def test_visits_are_in_order_of_date_then_time_then_those_without_a_time():
    care = clinic("""
        date       | time  | before
        2025-01-06 |       | 3
        2025-01-06 | 09:30 | 2
        2025-01-06 | 08:15 | 1
        2025-01-05 | 17:00 | 0
        """)
    assert values(care.visits, "pain_before") == [0, 1, 2, 3]


def test_visits_at_the_same_time_are_in_order_of_import_then_line():
    """Of the import that brought them first: a visit corrected later keeps its place."""
    care = clinic("""
        date       | time  | import   | line | before
        2025-01-06 | 09:00 | import 2 | 4    | 2
        2025-01-06 | 09:00 | import 1 | 9    | 1
        2025-01-06 | 09:00 | import 1 | 8    | 0
        """)
    assert values(care.visits, "pain_before") == [0, 1, 2]


def test_a_gap_of_more_than_90_days_starts_a_new_episode():
    """90 days from 6 January is 6 April: still the same episode; 91 to 6 July: a new one."""
    care = clinic("""
        patient | condition | date       | before
        P1      | neck pain | 2025-01-06 | 7
        P1      | neck pain | 2025-04-06 | 5
        P1      | neck pain | 2025-07-06 | 6
        """)
    assert values(care.visits, "episode_id") == [1, 1, 2]


def test_the_gap_is_counted_from_treatment_session_to_treatment_session():
    """A call in between bridges nothing, and belongs to the episode before it."""
    care = clinic("""
        date       | type
        2025-01-06 | treatment
        2025-03-01 | follow_up
        2025-05-01 | treatment
        """)
    assert values(care.visits, "episode_id") == [1, 1, 2]


def test_each_condition_of_a_patient_has_its_own_episodes():
    """Visits of the other condition neither bridge a gap nor make one."""
    care = clinic("""
        patient | condition     | date
        P1      | neck pain     | 2025-01-06
        P1      | shoulder pain | 2025-01-20
        P1      | neck pain     | 2025-02-03
        P2      | neck pain     | 2025-02-04
        """)
    assert values(care.visits, "episode_id") == [1, 2, 1, 3]


def test_a_follow_up_belongs_to_the_episode_before_it_whatever_the_gap():
    care = clinic("""
        date       | type      | before
        2025-01-06 | treatment | 7
        2026-01-06 | follow_up | 2
        """)
    assert values(care.visits, "episode_id") == [1, 1]
    assert values(care.episodes, "latest") == [2]


def test_a_follow_up_without_a_condition_belongs_to_the_most_recent_episode_of_any():
    """Most recent is the one treated last, even when the other one began later."""
    care = clinic("""
        date       | type      | condition
        2025-01-06 | treatment | neck pain
        2025-01-13 | treatment | shoulder pain
        2025-01-20 | treatment | neck pain
        2025-02-20 | follow_up | unspecified
        """)
    assert values(care.visits, "episode_id") == [1, 2, 1, 1]


def test_a_follow_up_with_no_episode_before_it_is_an_orphan():
    """It remains a visit, and is counted; it starts no episode."""
    care = clinic("""
        patient | date       | type      | condition
        P1      | 2025-01-06 | follow_up | neck pain
        P1      | 2025-01-13 | treatment | neck pain
        P1      | 2025-01-20 | follow_up | shoulder pain
        """)
    found = counts(care, Settings())
    assert found["orphan_follow_ups"] == 2
    assert found["visits"] == 3
    assert values(care.episodes, "visits") == [1]


def test_treatment_sessions_without_a_condition_form_episodes_of_their_own():
    care = clinic("""
        date       | condition
        2025-01-06 | unspecified
        2025-01-13 | neck pain
        2025-01-20 | unspecified
        """)
    assert values(care.visits, "episode_id") == [1, 2, 1]


def test_session_numbers_count_the_treatment_sessions_of_an_episode():
    """A visit that is none has no number; it comes after so many treatment sessions."""
    care = clinic("""
        date       | type
        2025-01-06 | evaluation
        2025-01-13 | treatment
        2025-01-20 | follow_up
        2025-01-27 | treatment
        2025-06-02 | treatment
        """)
    assert values(care.visits, "session_number") == [1, 2, 0, 3, 1]
    assert values(care.visits, "treatment_sessions_before") == [0, 1, 2, 2, 0]


def test_the_baseline_is_pain_before_at_the_first_visit():
    """The first of the day by time, though it may stand later in the file."""
    care = clinic("""
        date       | time  | before
        2025-03-03 | 09:30 | 8
        2025-03-03 | 08:15 | 9
        2025-03-20 |       | 7
        """)
    assert values(care.episodes, "baseline") == [9]


def test_a_later_score_never_stands_in_for_a_missing_baseline():
    """The episode is left out of pain measures, and counted."""
    care = clinic("""
        date       | before | after
        2025-06-02 |        | 4
        2025-06-12 | 5      | 3
        """)
    assert values(care.episodes, "baseline") == [None]
    assert counts(care, Settings())["no_baseline"] == 1


def test_latest_is_the_last_recorded_pain_before_on_a_later_day():
    """A last visit without a score is passed over."""
    care = clinic("""
        date       | before
        2025-01-06 | 7
        2025-01-13 | 6
        2025-01-20 | 4
        2025-01-27 |
        """)
    assert values(care.episodes, "latest") == [4]


def test_the_same_day_is_never_a_follow_up():
    care = clinic("""
        date       | time  | before
        2025-01-06 | 09:00 | 7
        2025-01-06 | 16:00 | 5
        """)
    assert values(care.episodes, "latest") == [None]
    assert counts(care, Settings())["not_yet_followed"] == 1


def test_pain_after_is_never_a_lasting_effect():
    care = clinic("""
        date       | before | after
        2025-01-06 | 7      | 1
        2025-01-13 |        | 0
        """)
    assert values(care.episodes, "latest") == [None]


def test_an_episode_with_a_low_baseline_is_counted_followed_or_not():
    """Below 3 of 10 a 30% drop is within the scale's own noise; exactly 3 is enough."""
    care = clinic("""
        patient | date       | before
        P1      | 2025-02-03 | 2.9
        P1      | 2025-02-12 | 0.9
        P2      | 2025-02-03 | 2
        P3      | 2025-02-03 | 3.0
        P3      | 2025-02-10 | 3.0
        """)
    found = counts(care, Settings())
    assert found["low_baseline"] == 2
    assert found["not_yet_followed"] == 1
    assert values(care.episodes, "improved") == [None, None, False]


def test_an_episode_belongs_to_the_technique_of_75_percent_of_its_sessions():
    """Of its treatment sessions with a known technique, none aside: three of four for P1, all
    known for P3. Else it is mixed (P2); without any known it is unknown (P4), and left out of
    comparisons.
    """
    care = clinic("""
        patient | date       | technique
        P1      | 2025-01-06 | deep
        P1      | 2025-01-07 | deep
        P1      | 2025-01-08 | superficial
        P1      | 2025-01-09 | deep
        P2      | 2025-01-06 | deep
        P2      | 2025-01-07 | deep
        P2      | 2025-01-08 | superficial
        P3      | 2025-01-06 | deep
        P3      | 2025-01-07 | none
        P3      | 2025-01-08 |
        P4      | 2025-01-06 | none
        P4      | 2025-01-07 |
        """)
    assert values(care.episodes, "technique") == ["deep", "mixed", "deep", "unknown"]


def test_an_episode_belongs_to_the_therapist_of_most_of_its_treatment_sessions():
    """Known ones count; of two with as many, the one who treated first. A call counts for
    nobody.
    """
    care = clinic("""
        patient | date       | type      | therapist
        P1      | 2025-01-06 | treatment | Bo
        P1      | 2025-01-13 | treatment | Ada
        P1      | 2025-01-20 | treatment | Ada
        P2      | 2025-01-06 | treatment | Bo
        P2      | 2025-01-13 | treatment | Ada
        P2      | 2025-01-20 | treatment |
        P2      | 2025-01-27 | treatment |
        P2      | 2025-02-03 | treatment |
        P2      | 2025-03-03 | follow_up | Ada
        P3      | 2025-01-06 | treatment |
        """)
    assert values(care.episodes, "therapist") == ["Ada", "Bo", None]


def test_clinic_chronicity_and_age_are_those_at_the_first_visit():
    care = clinic("""
        date       | clinic | chronicity | age
        2025-01-06 | North  | acute      | 44
        2025-01-13 | South  | chronic    | 45
        """)
    assert values(care.episodes, "clinic") == ["North"]
    assert values(care.episodes, "chronicity") == ["acute"]
    assert values(care.episodes, "age") == [44]


def test_thresholds_are_compared_in_whole_thousandths():
    """3.0 to 2.1 is a drop of exactly 30%; as binary fractions it would fall short."""
    assert 100 * (3.0 - 2.1) / 3.0 < 30
    assert fell_by_percent(3.0, 2.1, 30)


def test_as_of_is_the_date_of_the_newest_visit():
    """Whatever the filters; all "days since" count to it, so a figure can be made again."""
    care = clinic("""
        patient | date       | type
        P1      | 2025-01-06 | treatment
        P2      | 2025-02-06 | follow_up
        """)
    assert str(care.as_of) == "2025-02-06"
