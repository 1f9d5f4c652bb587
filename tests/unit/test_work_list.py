"""The work list and how busy the clinic is."""

from pipelines.measures.activity import activity
from pipelines.measures.condition_mix import unmapped_terms
from pipelines.measures.work_list import TASKS, work_counts, work_list
from pipelines.settings import Settings
from tests.support.clinics import clinic, values

GAPS = """
    patient | date       | type      | condition   | before | therapist | effects
    P1      | 2025-01-06 | treatment | neck pain   |        | Ada       | none
    P2      | 2025-01-07 | treatment | neck pain   | 7      | Bo        |
    P3      | 2025-02-08 | treatment | unspecified | 7      |           | none
    P3      | 2025-03-09 | follow_up | unspecified | 6      |           |
    P4      | 2025-03-10 | treatment | neck pain   | 7      | Ada       | none
    """


def test_every_gap_is_listed_newest_first():
    """P4 is not due yet; a follow_up without side effects recorded is no gap."""
    found = work_list(clinic(GAPS), Settings())
    assert list(zip(found["task"], found["patient_id"], strict=True)) == [
        ("unspecified_condition", "P3"),
        ("due_not_followed", "P2"),
        ("side_effects_not_recorded", "P2"),
        ("no_baseline", "P1"),
    ]


def test_gaps_are_counted_of_what_could_have_them():
    found = work_counts(clinic(GAPS), Settings(), by=()).set_index("task")
    assert found["n"].to_dict() == dict(zip(TASKS, (1, 1, 1, 1), strict=True))
    assert found["of"].to_dict() == dict(zip(TASKS, (4, 2, 4, 4), strict=True))


def test_gaps_are_counted_by_therapist_and_month():
    found = work_counts(clinic(GAPS), Settings(), by=("therapist", "month"))
    missing = found[(found["task"] == "no_baseline") & (found["n"] > 0)]
    assert values(missing, "therapist") == ["Ada"]
    assert [f"{month:%Y-%m}" for month in missing["month"]] == ["2025-01"]


def test_activity_leaves_no_month_out():
    care = clinic("""
        patient | date       | type
        P1      | 2025-01-06 | treatment
        P1      | 2025-01-07 | treatment
        P2      | 2025-03-07 | treatment
        P2      | 2025-04-07 | follow_up
        """)
    found = activity(care)
    assert [f"{month:%Y-%m}" for month in found["month"]] == ["2025-01", "2025-02", "2025-03"]
    assert values(found, "episodes") == [1, 0, 1]
    assert values(found, "sessions") == [2, 0, 1]
    assert values(found, "patients") == [1, 0, 1]


def test_terms_that_the_vocabulary_lacks_are_listed():
    care = clinic("""
        patient | date       | condition | condition_term
        P1      | 2025-01-06 | unmapped  | housemaid's knee
        P1      | 2025-01-07 | unmapped  | housemaid's knee
        P2      | 2025-01-07 | unmapped  | writer's cramp
        P3      | 2025-01-07 | neck pain |
        """)
    found = unmapped_terms(care)
    assert values(found, "condition_term") == ["housemaid's knee", "writer's cramp"]
    assert values(found, "visits") == [2, 1]
    assert values(found, "patients") == [1, 1]
