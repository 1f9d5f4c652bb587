"""What missing scores leave open and what is to do about gaps: right at none, one and many."""

import numpy as np
import pandas as pd
import pytest

from dashboard import missing_words, patient_words, work_words
from dashboard.sections import work_list
from pipelines.intervals import wilson
from pipelines.measures.work_list import DUE_SOON, TASKS
from pipelines.settings import Settings

SETTINGS = Settings()


def gain(n: int, of: int, missing: int, margin: float = 0.081) -> dict:
    """A row of `follow_up_gain`."""
    due = of + missing
    low, high = (float(limit) for limit in wilson(n, of)) if of else (np.nan, np.nan)
    return {
        "n": n,
        "of": of,
        "rate": n / of if of else np.nan,
        "low": low,
        "high": high,
        "not_followed": missing,
        "lowest": n / due if due else np.nan,
        "highest": (n + missing) / due if due else np.nan,
        "margin": margin if due else np.nan,
    }


class TestLeftOpen:
    def test_many(self):
        assert missing_words.left_open(gain(69, 107, 21), SETTINGS) == (
            "At least 30% less pain: 54% if all 21 missing had failed, 70% if all 21 missing had "
            "improved"
        )

    def test_one(self):
        said = missing_words.left_open(gain(5, 9, 1), SETTINGS)
        assert "50% if the one missing had failed, 60% if the one missing had improved" in said

    def test_none(self):
        assert "nothing is left open" in missing_words.left_open(gain(5, 10, 0), SETTINGS)

    def test_nobody_due(self):
        assert missing_words.left_open(gain(0, 0, 0), SETTINGS) == ""


class TestBestAndWorst:
    def test_many(self):
        assert missing_words.best_and_worst(gain(69, 107, 21), SETTINGS) == (
            "Of 128 episodes due that began with pain of 3 or more, 107 were followed up. Of these "
            "64% had at least 30% less pain (95% interval 55 to 73%). At worst, if all 21 missing "
            "had failed, it is 54%; at best, if all 21 missing had improved, 70%."
        )

    def test_one_missing(self):
        said = missing_words.best_and_worst(gain(5, 9, 1), SETTINGS)
        assert "9 were followed up" in said
        assert "if the one missing had failed, it is 50%" in said

    def test_none_missing(self):
        said = missing_words.best_and_worst(gain(5, 10, 0), SETTINGS)
        assert "all were followed up" in said
        assert said.endswith("None is missing, so only chance is left.")

    def test_one_due_and_followed(self):
        assert "1 episode due that began with pain of 3 or more, it was followed up" in (
            missing_words.best_and_worst(gain(1, 1, 0), SETTINGS)
        )

    def test_none_followed(self):
        said = missing_words.best_and_worst(gain(0, 0, 4), SETTINGS)
        assert "none was followed up" in said
        assert "Of these" not in said
        assert "it is 0%" in said
        assert "100%" in said

    def test_nobody_due(self):
        said = missing_words.best_and_worst(gain(0, 0, 0), SETTINGS)
        assert said.startswith("No episode is due yet")
        assert "30 days after the first visit" in said


@pytest.mark.parametrize(
    ("missing", "margin", "said"),
    [
        (
            21,
            0.081,
            "Follow up these 21, all in the work list, and the share is known to within 9 ",
        ),
        (1, 0.08, "Follow up this one and the share is known to within 8 percentage points"),
        (3, 0.002, "known to within 1 percentage point, whatever"),
    ],
)
def test_what_asking_settles_is_rounded_against_oneself(missing, margin, said):
    assert said in missing_words.worth_asking(gain(5, 10, missing, margin))


def test_where_none_is_missing_nothing_is_asked_for():
    assert missing_words.worth_asking(gain(5, 10, 0)) == ""
    assert missing_words.worth_asking(gain(0, 0, 0)) == ""


@pytest.mark.parametrize(
    ("lowest", "highest", "said"),
    [(0.45, 0.66, "45 to 66%"), (0.5, 0.5, "50%"), (np.nan, np.nan, "no episode due")],
)
def test_the_bounds_of_a_group(lowest, highest, said):
    assert missing_words.in_group(lowest, highest) == said


def test_every_list_has_its_words():
    assert set(work_words.TASKS) == {*TASKS, DUE_SOON}
    assert set(work_words.SENTENCES) == set(work_words.TASKS)


@pytest.mark.parametrize("task", work_words.TASKS)
@pytest.mark.parametrize("number", [0, 1, 2, 1234])
def test_what_is_to_do_agrees_with_its_number(task, number):
    said = work_words.what_to_do(task, number, SETTINGS)
    assert said[0] == said[0].upper()
    assert said.endswith(".")
    if number == 1:
        assert said.startswith(("1 episode ", "1 treatment session "))
        assert not any(f" {verb} " in said for verb in ("are", "have", "become", "say"))
    if number > 1:
        assert said.startswith(f"{number:,} ")
        assert " has " not in said


def test_a_due_score_names_when_it_is_due():
    assert "at least 30 days ago" in work_words.what_to_do("due_not_followed", 2, SETTINGS)
    assert "within 14 days" in work_words.what_to_do(DUE_SOON, 2, SETTINGS)


def test_a_list_has_no_whole_hash_and_only_columns_that_say_something():
    found = pd.DataFrame(
        {
            "task": "no_baseline",
            "date": pd.to_datetime(["2025-01-06"]),
            "due_date": pd.to_datetime([None]),
            "days_overdue": [np.nan],
            "last_visit": pd.to_datetime(["2025-01-06"]),
            "patient_id": ["0123456789abcdef"],
            "clinic": ["North"],
            "therapist": ["Ada"],
            "condition": ["Neck pain"],
            "source_file": ["export.csv"],
            "source_line": [7],
        }
    )
    listed = work_list.as_list(found)
    assert "due_date" not in listed
    assert "days_overdue" not in listed
    assert list(listed["patient"]) == ["01234567"]
    assert not listed.astype(str).eq("0123456789abcdef").any(axis=None)


class TestForAPatient:
    def test_whom_it_is_about(self):
        assert patient_words.like_these(126, SETTINGS).startswith(
            "Like these: 126 episodes of this selection that began with pain of 3 or more"
        )
        assert "1 episode of this" in patient_words.like_these(1, SETTINGS)
        assert patient_words.like_these(0, SETTINGS) == ""

    def test_what_did_happen(self):
        row = {"session": 3, "at_risk": 36, "improved": 0.65, "left": 0.17, "neither": 0.18}
        assert patient_words.did_happen(row, SETTINGS) == (
            "What did happen by session 3: 65% had improved, 17% had left without, 18% neither yet."
        )
        assert patient_words.did_happen(row | {"at_risk": 9}, SETTINGS) == ""
        assert patient_words.did_happen(None, SETTINGS) == ""
