"""Each page runs on an empty, a small and an ordinary store, and says what it should."""

import json
import re

import pytest

from dashboard import phrases
from pipelines.measures.counts import counts
from pipelines.selection import Selection
from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.summary import summarise
from tests.support.pages import PAGES

from .conftest import FIVE_SESSIONS, go, texts, widget

FIGURES = [page for page in PAGES if page != "import_and_quality"]
CLAIMS_TOO_MUCH = re.compile(
    r"\b(cures?|cured|prov(e|es|en)|guarante\w+|because of|reduces)\b", re.I
)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_on_an_empty_store(open_page, empty_store, page):
    app = open_page(empty_store, page)
    assert not app.exception
    assert len(app.title) == 1
    assert not app.sidebar.multiselect


@pytest.mark.parametrize("page", FIGURES)
def test_an_empty_store_offers_the_sample_clinic_and_the_way_to_import(
    open_page, empty_store, page
):
    app = open_page(empty_store, page)
    assert "Load the sample clinic" in [button.label for button in app.button]
    assert "Import your exports" in [link.value for link in app.get("page_link")]


def test_the_sample_clinic_goes_through_the_real_import(open_page, empty_store):
    app = open_page(empty_store)
    widget(app.button, "Load the sample clinic").click().run()
    assert not app.exception
    assert len(Store(empty_store).imports()) == 3
    assert "followed up" in app.title[0].value


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_on_five_sessions(open_page, small_store, page):
    app = open_page(small_store, page)
    assert not app.exception
    assert len(app.title) == 1


@pytest.mark.parametrize("page", FIGURES)
def test_a_page_warns_where_figures_stand_on_few_episodes(open_page, small_store, page):
    app = open_page(small_store, page)
    assert any("say little" in warning.value for warning in app.warning)


def test_few_episodes_still_show_their_figures(open_page, small_store):
    app = open_page(small_store)
    assert app.title[0].value == (
        "Too few to say: of 2 episodes followed up, 1 had at least 30% less pain at the latest "
        "visit"
    )
    assert widget(app.metric, "At least 30% less pain").value == "50%"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_on_the_sample_clinic(open_page, sample_store, page):
    app = open_page(sample_store, page, period="all")
    assert not app.exception
    assert not app.warning
    assert "Newest session" in app.main.markdown[-1].value


@pytest.mark.parametrize("page", FIGURES)
def test_no_page_says_more_than_its_data_do(open_page, sample_store, page):
    said = texts(open_page(sample_store, page, period="all"))
    assert not CLAIMS_TOO_MUCH.search(said)


@pytest.mark.parametrize("page", ["overview", "pain", "sessions_to_improvement", "conditions"])
def test_a_change_without_comparison_says_so(open_page, sample_store, page):
    assert phrases.NO_COMPARISON in texts(open_page(sample_store, page))


def test_the_overview_shows_the_figures_of_the_summary(open_page, sample_store):
    app = open_page(sample_store, period="all")
    summary = summarise(Store(sample_store).clinic(), Settings())
    shown = {metric.label: metric.value for metric in app.metric}
    pain, effects = summary["pain"], summary["side_effects"]
    assert shown["At least 30% less pain"] == f"{100 * pain['responders_30']['rate']:.0f}%"
    assert shown["Mean lasting fall in pain"] == f"{pain['change_mean']:.1f} points"
    assert (
        shown["Half improved after"] == f"{summary['sessions_to_improvement']['median']} sessions"
    )
    assert shown["Any side effect per 100"] == f"{100 * effects['any']['rate']:.1f}"
    assert shown["Serious events"] == str(effects["serious"]["n"])
    assert shown["Followed up"] == f"{100 * pain['completeness']['rate']:.0f}%"


def test_a_selection_changes_the_figures_of_every_page(open_page, sample_store):
    app = open_page(sample_store, period="all")
    whole = app.title[0].value
    widget(app.multiselect, "Condition").select("Neck pain").run()
    part = summarise_part(sample_store, condition=("Neck pain",))
    assert app.title[0].value != whole
    assert f"Of {part['pain']['eligible']} episodes" in app.title[0].value
    assert f"Mean of {part['pain']['n']} episodes" in texts(go(app, "pain"))


def summarise_part(store, **chosen) -> dict:
    """The summary's figures of one selection."""
    from pipelines.selection import select

    return summarise(select(Store(store).clinic(), Selection(**chosen)), Settings())


def test_filters_that_match_nothing_name_the_one_to_loosen(open_page, small_store):
    app = open_page(small_store, condition="Neck pain", therapist="Ada")
    assert app.title[0].value == "Nothing matches these filters"
    said = texts(app)
    assert "without **Condition**: 2 episodes" in said
    assert "without **Therapist**: 1 episode" in said


def test_the_owner_sees_single_visits_without_the_patients_hash(open_page, sample_store):
    app = open_page(sample_store, "side_effects", period="all")
    assert app.dataframe
    assert not any("patient_id" in frame.value for frame in app.dataframe)


def test_no_chart_carries_a_patient(open_page, sample_store):
    hashes = set(Store(sample_store).clinic().visits["patient_id"].astype(str))
    for page in FIGURES:
        app = open_page(sample_store, page, period="all")
        charts = app.get("arrow_vega_lite_chart") or app.get("vega_lite_chart")
        assert charts
        sent = json.dumps([str(chart.proto) for chart in charts])
        assert not any(value in sent for value in hashes)


def test_a_new_import_is_seen_without_a_restart(open_page, small_store):
    app = open_page(small_store)
    more = FIVE_SESSIONS.replace(b"P1", b"P8").replace(b"P2", b"P9")
    from pipelines.ingest.load import import_file

    import_file(Store(small_store), "more.csv", more)
    app.run()
    assert "of 4 episodes followed up" in app.title[0].value


def test_counts_at_the_foot_are_those_of_the_store(open_page, sample_store):
    foot = open_page(sample_store, "pain").main.markdown[-1].value
    waiting = len(Store(sample_store).quarantine())
    assert f"{waiting} rows in quarantine" in foot
    assert f"settings {Settings().version}" in foot
    assert counts(Store(sample_store).clinic(), Settings())["episodes"] > 0
