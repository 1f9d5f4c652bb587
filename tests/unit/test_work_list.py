"""The work list and how busy the clinic is."""

from datetime import date

from pipelines.measures.activity import activity
from pipelines.measures.condition_mix import unmapped_terms
from pipelines.measures.work_list import DUE_SOON, TASKS, work_counts, work_list
from pipelines.selection import Selection, select
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


def test_every_gap_is_listed_kind_by_kind():
    """P4 is not due yet; a follow_up without side effects recorded is no gap."""
    found = work_list(clinic(GAPS), Settings())
    assert list(zip(found["task"], found["patient_id"], strict=True)) == [
        ("no_baseline", "P1"),
        ("due_not_followed", "P2"),
        ("unspecified_condition", "P3"),
        ("side_effects_not_recorded", "P2"),
    ]


def test_a_gap_says_where_the_export_has_its_visit():
    """Of an episode that is its first visit, also where that visit is outside the selection."""
    found = work_list(clinic(GAPS), Settings(), ["due_not_followed", "unspecified_condition"])
    assert values(found, "source_line") == [3, 4]
    assert values(found, "source_file") == ["export.csv", "export.csv"]
    march = select(clinic(GAPS), Selection(start=date(2025, 2, 1)))
    assert values(work_list(march, Settings(), ["unspecified_condition"]), "source_line") == [4]


DUE = """
    patient | date       | before
    P1      | 2025-01-06 | 7
    P2      | 2025-02-01 | 7
    P3      | 2025-02-02 | 7
    P4      | 2025-02-15 | 7
    P5      | 2025-02-18 | 7
    P6      | 2025-01-06 |
    """


def test_who_is_due_stands_with_the_day_and_the_days_since():
    """As of 3 March: P2 is due since today, P3 tomorrow, P4 in two weeks, P5 not for long."""
    care = clinic(DUE, as_of="2025-03-03")
    due = work_list(care, Settings(), ["due_not_followed"])
    assert values(due, "patient_id") == ["P2", "P1"]
    assert values(due, "days_overdue") == [0, 26]
    assert [f"{day:%Y-%m-%d}" for day in due["due_date"]] == ["2025-03-03", "2025-02-05"]
    soon = work_list(care, Settings(), [DUE_SOON])
    assert values(soon, "patient_id") == ["P3", "P4"]
    assert values(soon, "days_overdue") == [-1, -14]


def test_nothing_is_due_in_an_empty_selection():
    nothing = select(clinic(DUE), Selection(start=date(2030, 1, 1)))
    assert not len(work_list(nothing, Settings()))


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
