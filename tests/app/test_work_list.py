"""The work list: who is due, what is blank, where the export has it, and what that leaves open."""

import pytest

from dashboard import missing_words, work_words
from pipelines.measures.follow_up_gain import follow_up_gain
from pipelines.settings import Settings
from pipelines.store import Store

from .conftest import texts, widget

PAGE = "import_and_quality"


def test_the_work_list_counts_what_is_missing(open_page, sample_store):
    app = open_page(sample_store, PAGE, period="all")
    counted = app.dataframe[-1].value
    assert list(counted)[1] == "Episodes without a score at the first visit"
    episodes = Store(sample_store).clinic().episodes
    missing = sum(int(cell.split(" of ")[0]) for cell in counted.iloc[:, 1])
    assert missing == int(episodes["baseline"].isna().sum())
    assert not any("patient_id" in frame.value for frame in app.dataframe)


def test_the_work_list_says_who_is_due_and_where_the_export_has_them(open_page, sample_store):
    app = open_page(sample_store, PAGE, period="all")
    listed, care = app.dataframe[-2].value, Store(sample_store).clinic()
    due = care.episodes["baseline"].notna() & care.episodes["latest"].isna()
    assert 0 < len(listed) <= int(due.sum())
    assert (listed["days_overdue"] >= 0).all()
    row = listed.iloc[0]
    same_line = care.visits["source_line"] == row["source_line"]
    visit = care.visits[same_line & (care.visits["source_file"] == row["source_file"])].iloc[0]
    assert visit["session_date"] == row["date"]
    assert str(visit["patient_id"]).startswith(row["patient"])


def test_the_work_list_is_narrowed_to_one_therapist(open_page, sample_store):
    app = open_page(sample_store, PAGE, period="all")
    therapists = app.dataframe[-2].value["therapist"].value_counts()
    widget(app.selectbox, "Therapist").set_value(therapists.index[-1]).run()
    assert not app.exception
    assert set(app.dataframe[-2].value["therapist"]) == {therapists.index[-1]}
    assert len(app.dataframe[-2].value) == therapists.iloc[-1]


@pytest.mark.parametrize("task", ["due_soon", "side_effects_not_recorded"])
def test_every_list_of_work_opens(open_page, sample_store, task):
    app = open_page(sample_store, PAGE, period="all")
    app.segmented_control(key="work").set_value(task).run()
    assert not app.exception
    listed = app.dataframe[-2].value
    assert work_words.what_to_do(task, len(listed), Settings()) in texts(app)


def test_what_missing_scores_leave_open_stands_above_the_list(open_page, sample_store):
    said = texts(open_page(sample_store, PAGE, period="all"))
    gain = follow_up_gain(Store(sample_store).clinic(), Settings()).iloc[0]
    assert missing_words.best_and_worst(gain, Settings()) in said
    assert missing_words.worth_asking(gain) in said
