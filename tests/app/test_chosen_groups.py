"""Figures by a way of grouping that is chosen on the page: in order of number, with the doubt."""

from datetime import date

import pandas as pd
import pytest

from dashboard.access import Viewer
from dashboard.figures import pain, side_effects
from dashboard.request import Request
from dashboard.sections import pain_by_group, side_effects_by_group
from dashboard.shown import Need
from pipelines.selection import Selection, select
from pipelines.settings import Settings
from pipelines.store import Store

from .conftest import texts

SETTINGS = Settings()
OWNER, THERAPIST = Viewer("owner"), Viewer("therapist", "Ada Amber")


@pytest.fixture(scope="module")
def care(sample_store):
    """The sample clinic, whole."""
    return Store(sample_store).clinic()


@pytest.mark.parametrize("by", pain_by_group.groups(OWNER))
def test_pain_by_each_group(care, by):
    asked, frame = Request(OWNER, "", 1, SETTINGS), pain.by_group(care, SETTINGS, by)
    card = pain_by_group.card(frame, by, pain.pain(care, SETTINGS), asked)
    assert card.title == f"Outcome by {pain_by_group.groups(OWNER)[by].lower()}"
    assert card.frame["of"].min() > 0
    assert "Follow-up leaves most open for" in card.note


@pytest.mark.parametrize("by", side_effects_by_group.groups(OWNER))
def test_side_effects_by_each_group(care, by):
    frame = side_effects.by_group(care, by)
    card = side_effects_by_group.card(frame, by, OWNER, side_effects.side_effects(care))
    assert card.title.startswith("Any side effect by ")
    assert card.frame["of"].is_monotonic_decreasing


@pytest.mark.parametrize("by", ["condition", "therapist"])
def test_nobody_followed_up_draws_no_chart(care, by):
    nothing = select(care, Selection(start=date(2050, 1, 1)))
    asked, frame = Request(OWNER, "", 1, SETTINGS), pain.by_group(nothing, SETTINGS, by)
    assert isinstance(pain_by_group.card(frame, by, pain.pain(nothing, SETTINGS), asked), Need)


def test_side_effects_by_therapist_on_the_page(open_page, sample_store):
    app = open_page(sample_store, "side_effects", period="all")
    app.segmented_control(key="effects_by").set_value("therapist").run()
    assert not app.exception
    assert "no ranking" in texts(app)


def test_outcome_by_technique_says_that_it_is_no_fair_comparison(open_page, sample_store):
    app = open_page(sample_store, "pain", period="all")
    app.segmented_control(key="pain_by").set_value("technique").run()
    assert not app.exception
    assert "Not a fair comparison" in texts(app)


@pytest.mark.parametrize("groups", [pain_by_group.groups, side_effects_by_group.groups])
def test_only_the_owner_sees_therapists_beside_each_other(groups):
    assert "therapist" in groups(OWNER)
    assert "therapist" not in groups(THERAPIST)


@pytest.mark.parametrize("by", ["condition", "therapist"])
def test_groups_stand_in_order_of_number_never_of_outcome(care, by):
    found = pain.by_group(care, SETTINGS, by)
    named = found[found[by].notna()]
    assert named["of"].is_monotonic_decreasing
    assert not named["rate"].dropna().is_monotonic_decreasing


def test_a_group_of_which_little_is_recorded_is_doubted():
    frame = pd.DataFrame({"label": ["Deep", "Superficial"], "recording_rate": [0.95, 0.5]})
    assert side_effects_by_group.seldom(frame) == (
        "Recorded in under 80% of sessions, so that its rate may be far off: Superficial."
    )
    both = frame.assign(recording_rate=0.5)
    assert side_effects_by_group.seldom(both).endswith(
        "their rates may be far off: Deep and Superficial."
    )
    assert side_effects_by_group.seldom(frame.head(1)) == ""
