"""The Techniques page: its question and its link, what it shows of whom, and to whom."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import access, data, question, tables
from dashboard.access import NotAllowed, Viewer
from dashboard.comparison_words import always
from dashboard.comparison_words.groups import SUBJECTS
from dashboard.figures import techniques
from dashboard.question import Question
from dashboard.request import Request
from dashboard.sections import techniques as section
from dashboard.sections import techniques_closer
from pipelines.measures.comparison import ASKABLE, at_a_glance
from pipelines.places import PROJECT
from pipelines.selection import Selection, select
from pipelines.settings import Settings
from pipelines.store import Store

from .conftest import go, texts, widget

SETTINGS = Settings()


@pytest.fixture
def asked_page(monkeypatch, sample_store):
    """Opens the page on the sample clinic, with query parameters; figures are kept between."""
    monkeypatch.setenv("OUTCOMES_STORE", str(sample_store))

    def opened(**query: str) -> AppTest:
        app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60)
        for name, value in {"period": "all", **query}.items():
            app.query_params[name] = value
        return go(app, "techniques")

    return opened


def charts(app) -> str:
    found = app.get("arrow_vega_lite_chart") or app.get("vega_lite_chart")
    return json.dumps([str(chart.proto) for chart in found])


class TestTheQuestion:
    def test_it_begins_with_techniques_against_the_commonest(self, asked_page):
        app = asked_page()
        assert not app.exception
        assert widget(app.selectbox, "Compare").value == "technique"
        assert widget(app.selectbox, "with").value == "deep"
        assert "Compared with deep needling, for all conditions" in texts(app)
        assert "against deep needling" in app.title[0].value

    def test_it_names_the_patients_of_the_sidebar(self, asked_page):
        said = texts(asked_page(condition="Neck pain"))
        assert "Compared with deep needling, for neck pain" in said

    def test_every_question_can_be_asked(self):
        assert set(SUBJECTS) == set(ASKABLE) - {"adjunct"}

    @pytest.mark.parametrize("feature", ["twitch_response", "depth", "exercise"])
    def test_another_question_is_answered(self, asked_page, feature):
        app = asked_page(compare=feature)
        assert not app.exception
        assert widget(app.selectbox, "Compare").value == feature
        assert app.query_params["compare"] == feature

    def test_a_choice_stands_in_the_link_and_takes_its_sides_with_it(self, asked_page):
        app = asked_page()
        widget(app.selectbox, "with").select("superficial").run()
        assert app.query_params == {"period": "all", "with": "superficial"}
        assert "against superficial needling" in app.title[0].value
        widget(app.selectbox, "Compare").select("twitch_response").run()
        assert app.query_params == {"period": "all", "compare": "twitch_response"}
        widget(app.selectbox, "Compare").select("technique").run()
        assert app.query_params == {"period": "all"}

    def test_the_copied_link_holds_the_question(self, asked_page):
        app = asked_page()
        widget(app.selectbox, "Compare").select("twitch_response").run()
        assert any("compare=twitch_response" in code.value for code in app.code)

    def test_it_is_still_asked_after_another_page(self, asked_page):
        app = asked_page(compare="twitch_response")
        back = go(go(app, "pain"), "techniques")
        assert widget(back.selectbox, "Compare").value == "twitch_response"
        assert back.query_params["compare"] == "twitch_response"

    def test_a_link_to_nothing_known_is_told_and_ignored(self, asked_page):
        app = asked_page(compare="moon phase")
        assert [warning.value for warning in app.warning] == [question.UNKNOWN]
        assert widget(app.selectbox, "Compare").value == "technique"
        assert "moon" not in texts(app)

    def test_a_reference_that_is_none_is_the_usual_one(self, asked_page):
        app = asked_page(**{"with": "moon phase"})
        assert not app.exception
        assert widget(app.selectbox, "with").value == "deep"


@pytest.mark.parametrize(
    "asked",
    [
        Question(),
        Question("twitch_response", "with a twitch"),
        Question("technique", "superficial", "deep", "immediate"),
    ],
)
def test_a_link_says_the_question_and_means_it(asked):
    assert question.from_query(question.to_query(asked)) == (asked, "")


def test_the_usual_reference_is_not_named_in_a_link():
    kept = question.kept(Question(reference="deep"), ("superficial", "deep"), "deep")
    assert question.to_query(kept) == {}


def test_a_group_is_never_compared_with_itself():
    groups = ("superficial", "deep")
    assert question.kept(Question(group="deep"), groups, "deep").group == ""
    chosen = question.changed(Question(group="superficial"), "reference", "superficial")
    assert chosen == Question(reference="superficial")


class TestWhatItShows:
    def test_both_horizons_with_the_sizes_of_each_group(self, asked_page, sample_store):
        shown = charts(asked_page())
        clinic = Store(sample_store).clinic()
        found = at_a_glance(clinic, SETTINGS, "technique").differences
        for row in found[found["outcome"] == "pain"].itertuples():
            noun = "sessions" if row.horizon == "immediate" else "episodes"
            assert f"{row.patients} patients" in shown
            assert f"{row.n} {noun}" in shown

    def test_the_three_sentences_that_it_cannot_answer(self, asked_page):
        said = texts(asked_page())
        assert all(sentence in said for sentence in always.CANNOT_TELL)
        assert all(always.allowed_for(horizon) in said for horizon in ("immediate", "lasting"))

    def test_published_findings_stand_beside_with_their_source(self, asked_page):
        said = texts(asked_page(compare="twitch_response"))
        assert "2.03 points less pain at once" in said
        assert "this contradicts a lasting benefit" in said
        assert "Acupunct Med 2021" in said

    def test_details_come_when_they_are_opened(self, asked_page):
        app = asked_page()
        assert "How alike the two groups are, fact by fact" not in texts(app)
        app.session_state["closer"] = True
        said = texts(app.run())
        assert not app.exception
        assert "How alike the two groups are, fact by fact" in said
        assert "By chronicity:" in said

    def test_a_pair_is_chosen_to_be_looked_at_closer(self, asked_page):
        app = asked_page()
        widget(app.selectbox, "Look closer at").select("electrical").run()
        assert app.query_params == {"period": "all", "closer": "electrical"}
        widget(app.segmented_control, "When").set_value("immediate").run()
        assert app.query_params["horizon"] == "immediate"
        assert widget(app.selectbox, "Look closer at").value == "electrical"
        assert not app.exception

    def test_the_verdict_is_the_one_that_stands(self, sample_store):
        clinic = Store(sample_store).clinic()
        shown = techniques.glance(clinic, SETTINGS, "technique", "deep").differences
        found = at_a_glance(clinic, SETTINGS, "technique", "deep").differences
        assert list(shown["standing"]) == list(found["standing"])
        assert all(
            standing.startswith(told)
            for standing, told in zip(shown["standing"], shown["verdict"], strict=True)
        )
        careful = found["careful_low"].notna()
        assert shown.loc[careful, "low"].equals(found.loc[careful, "careful_low"])

    def test_no_table_shows_points_as_shares(self, sample_store):
        part = Store(sample_store).clinic()
        request = Request(Viewer("owner"), str(sample_store), 1, SETTINGS)
        found = techniques.glance(part, SETTINGS, "technique", "deep")
        pair = techniques.comparable(found.differences)[0]
        closer = techniques.detail(part, SETTINGS, "technique", *pair, "deep")
        cards = [
            *(section.pain(found, horizon) for horizon in ("immediate", "lasting")),
            section.responders(found, request),
            techniques_closer.other_ways(found, *pair, request),
            techniques_closer.fact_by_fact(closer),
            techniques_closer.for_whom(closer, techniques_closer.row_of(found, *pair)),
        ]
        for card in cards:
            assert [name for name in card.frame if tables.is_share(name, card.frame)] == []

    def test_one_technique_alone_leaves_nothing_to_compare(self, asked_page):
        app = asked_page(technique="deep")
        assert not app.exception
        assert app.title[0].value == "Nothing to compare in this selection"


def test_three_patients_are_too_few_to_say(open_page, small_store):
    app = open_page(small_store, "techniques")
    assert not app.exception
    assert "too few to say" in app.title[0].value
    assert "each side needs at least 30" in texts(app)
    assert not [box for box in app.selectbox if box.label == "Look closer at"]


class TestToWhom:
    def test_a_therapist_sees_their_own_sessions_alone(self, asked_page, sample_store, monkeypatch):
        clinic = Store(sample_store).clinic()
        name = str(clinic.visits["therapist"].value_counts().index[0])
        monkeypatch.setattr(access, "current_viewer", lambda: Viewer("therapist", name))
        app = asked_page()
        assert not app.exception
        own = select(clinic, Selection(therapist=(name,)))
        found = at_a_glance(own, SETTINGS, "technique").differences
        shown = charts(app)
        assert all(
            f"{n} sessions" in shown for n in found.loc[found["horizon"] == "immediate", "n"]
        )
        others = {str(other) for other in clinic.visits["therapist"].dropna().unique()} - {name}
        assert not any(other in shown + texts(app) for other in others)

    def test_marketing_does_not(self, asked_page, monkeypatch):
        monkeypatch.setattr(access, "current_viewer", lambda: Viewer("marketing"))
        app = asked_page()
        assert [error.value for error in app.error] == [
            "Only the clinic's owner and its therapists see comparisons."
        ]
        assert not app.title

    @pytest.mark.parametrize("part", ["sides", "comparison", "detail"])
    def test_the_door_is_shut_too(self, sample_store, part):
        request = Request(Viewer("marketing"), str(sample_store), 1, SETTINGS)
        doors = {
            "sides": lambda: data.comparison_sides(request, "technique"),
            "comparison": lambda: data.comparison(request, "technique", "deep"),
            "detail": lambda: data.comparison_detail(
                request, "technique", "lasting", "superficial", "deep"
            ),
        }
        with pytest.raises(NotAllowed):
            doors[part]()
