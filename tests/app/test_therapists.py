"""The page on therapists: who sees what of whom, and every sentence over a grid of results.

For a therapist nothing that leaves the server names another, holds another's exact figures
or a number of theirs that stands for few patients.
"""

import json
import re
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest

from dashboard import access, data, downloads, therapist_words
from dashboard.access import NotAllowed, Viewer
from dashboard.figures.therapists import ANOTHER, YOU, NotShown, Therapists, seen_by, therapists
from dashboard.request import Request
from dashboard.sections import therapists as sections
from pipelines.measures.therapists import funnel_limits
from pipelines.measures.therapists.funnel import ABOVE, BELOW, TOO_FEW, WITHIN
from pipelines.selection import Selection
from pipelines.settings import Settings
from pipelines.store import Store

from .conftest import go, texts, widget

SETTINGS = Settings()
OWNER, KIM = Viewer("owner"), Viewer("therapist", "Kim Maple")
OTHERS = ("Ada Amber", "Anaïs Frêne", "Bo Birch", "Cleo Cedar", "Dev Dune", "José Olmo")
OTHERS += ("Lee Rowan", "Noa Willow", "Zoë Müller")


def asked(store, viewer=OWNER, **selected) -> Request:
    request = Request(viewer, str(store), Store(store).version(), SETTINGS)
    return replace(request, selection=Selection(**selected))


def everything_sent(app) -> str:
    """All that a page put out: texts, charts, tables, and what its widgets offer."""
    charts = app.get("arrow_vega_lite_chart") or app.get("vega_lite_chart")
    tables = [frame.value.to_csv() for frame in app.dataframe]
    options = [str(select.options) for select in app.sidebar.multiselect]
    return "\n".join([texts(app), *(str(chart.proto) for chart in charts), *tables, *options])


def test_the_owner_sees_every_name_in_order_of_name(open_page, sample_store):
    page = open_page(sample_store, "therapists", period="all")
    shares, _, mix = (frame.value for frame in page.dataframe)
    assert list(shares["label"]) == [*OTHERS[:6], "Kim Maple", *OTHERS[6:]]
    assert list(mix["therapist"]) == [*shares["label"], "Whole clinic"]
    assert page.title[0].value == (
        "The shares of all 9 therapists lie within the limits that chance allows"
    )
    assert "1 therapist has too few episodes to say." in texts(page)


def test_nobody_is_ranked_and_the_reason_stands_there(open_page, sample_store):
    said = texts(open_page(sample_store, "therapists", period="all"))
    assert "explain 11.6% of the variation in outcome" in said
    assert "Gozalo et al., 2016" in said
    assert not re.search(
        r"\b(best|worst|better|top|rank \d|outperform\w*)\b",
        said.replace("Points inside say nothing about who does better, whatever their height.", ""),
    )


def test_a_filter_by_therapist_is_ignored_in_figures_and_in_words(open_page, sample_store):
    page = open_page(sample_store, "therapists", period="all", therapist="Bo Birch")
    assert len(page.dataframe[0].value) == 10
    assert "The filter by therapist is ignored here" in texts(page)
    assert "therapist: Bo Birch" not in texts(page)
    assert widget(page.multiselect, "Therapist").value == ["Bo Birch"]


def test_a_filter_by_condition_changes_the_figures(sample_store):
    whole = data.therapists(asked(sample_store))
    part = data.therapists(asked(sample_store, condition=("Low back pain",)))
    assert 0 < part.episodes < whole.episodes


@pytest.mark.parametrize("therapist", ["Kim Maple", "Noa Willow", "Dev Dune"])
def test_what_is_sent_to_a_therapist_names_nobody_else(
    open_page, sample_store, monkeypatch, therapist
):
    viewer = Viewer("therapist", therapist)
    monkeypatch.setattr(access, "current_viewer", lambda: viewer)
    page = open_page(sample_store, "therapists", period="all")
    sent = everything_sent(page)
    others = {"Kim Maple", *OTHERS} - {therapist}
    assert [name for name in others if json.dumps(name)[1:-1] in sent or name in sent] == []
    assert "Another therapist" in sent
    assert page.title[0].value.startswith(
        ("Your share lies within", "Too few to say: 9 episodes of yours")
    )


def test_files_of_a_therapist_name_nobody_else(sample_store):
    request = asked(sample_store, KIM)
    found = data.therapists(request)
    origin = downloads.Origin("title", "All data", "today", "definition", "settings")
    for card in (sections.funnel(found, request), sections.own_limits(found, request)):
        files = [downloads.as_csv(card.frame, origin), downloads.as_svg(card.chart, origin)]
        texts_of = [file.decode("utf-8-sig") if isinstance(file, bytes) else file for file in files]
        assert YOU in "".join(texts_of)
        assert not [name for name in OTHERS if any(name in text for text in texts_of)]


def test_of_another_therapist_only_a_rounded_place_is_told(sample_store):
    points = data.therapists(asked(sample_store, KIM)).points
    others = points[points["label"] == ANOTHER]
    told = {name for name in others if others[name].notna().any()}
    assert told == {"label", "of", "standardised_rate"}
    assert (others["of"] % 5 == 0).all()
    np.testing.assert_allclose(others["standardised_rate"] * 20 % 1 % 0.999999, 0, atol=1e-5)
    assert list(others["of"]) == sorted(others["of"])


def test_what_a_therapist_sees_of_the_whole_clinic_is_rounded(sample_store):
    own, every = (data.therapists(asked(sample_store, viewer)) for viewer in (KIM, OWNER))
    assert own.rate == round(every.rate, 2)
    assert own.episodes % 5 == own.unknown % 5 == own.whole["episodes"] % 5 == 0
    assert own.left_out == {}
    pd.testing.assert_frame_equal(own.limits, funnel_limits(own.rate, own.limits["of"].max()))


def test_a_therapists_own_row_is_as_the_owner_sees_it(sample_store):
    own, every = (data.therapists(asked(sample_store, viewer)).points for viewer in (KIM, OWNER))
    mine, told = (frame.set_index("label") for frame in (own, every))
    for name in ("n", "of", "verdict", "main_conditions", "episodes"):
        assert mine.loc[YOU, name] == told.loc["Kim Maple", name]
    assert mine.loc[YOU, "standardised_rate"] == round(
        told.loc["Kim Maple", "standardised_rate"], 2
    )


@pytest.mark.parametrize(
    "narrow",
    [
        {"condition": ("Whiplash",)},
        {"chronicity": ("acute",), "condition": ("Low back pain",)},
        {"clinic": ("North",), "condition": ("Neck pain",)},
    ],
    ids=["a rare condition", "two filters", "one clinic"],
)
def test_filters_cannot_narrow_another_therapist_down_to_few_patients(sample_store, narrow):
    every = data.therapists(asked(sample_store, **narrow))
    found = data.therapists(asked(sample_store, KIM, **narrow))
    enough = every.points[
        (every.points["patients"] >= SETTINGS.cell_size)
        & (every.points["verdict"] != TOO_FEW)
        & (every.points["label"] != "Kim Maple")
    ]
    if len(enough) < 2:
        assert found == NotShown(len(enough))
    else:
        assert (found.points["label"] == ANOTHER).sum() == len(enough)


def points(*rows: tuple) -> pd.DataFrame:
    """Rows of (label, of, standardised, verdict)."""
    frame = pd.DataFrame(rows, columns=["label", "of", "standardised_rate", "verdict"])
    shares = {f"limit_{level}_{end}": 0.5 for level in (95, 998) for end in ("low", "high")}
    mix = {"episodes": 30, "baseline": 5.5, "chronic_rate": 0.5, "age": 44.0}
    mix |= {"main_conditions": "Neck pain 50%", "scored_rate": 0.9, "followed_rate": 0.8}
    return frame.assign(
        patients=frame["of"], n=1, crude_rate=frame["standardised_rate"], **shares, **mix
    )


def found_of(*rows: tuple, **further) -> Therapists:
    frame = points(*rows)
    facts = {"rate": 0.5, "episodes": int(frame["of"].sum()), "unknown": 0, "variance": 0.0}
    facts |= {"adjusted_for": ("baseline", "condition", "chronicity"), "left_out": {}}
    return Therapists(frame, funnel_limits(0.5, 50), frame.iloc[0].copy(), **facts | further)


@pytest.mark.parametrize("others", [0, 1])
def test_with_fewer_than_two_others_a_therapist_is_shown_nothing(others):
    rows = [(f"T{n}", 40, 0.5, WITHIN) for n in range(others + 1)]
    few = [("T8", 40, 0.5, TOO_FEW), ("T9", 10, 0.5, WITHIN)]
    assert seen_by(found_of(*rows, *few), "T0", 11) == NotShown(others)


def test_two_others_with_patients_enough_are_drawn():
    found = found_of(*[(f"T{n}", 11 + 20 * n, 0.43, WITHIN) for n in range(3)])
    seen = seen_by(found, "T1", 11).points
    assert list(seen["label"]) == [YOU, ANOTHER, ANOTHER]
    assert list(seen["of"]) == [31, 10, 50]
    assert list(seen["standardised_rate"]) == [0.43, 0.45, 0.45]


def test_a_therapist_called_like_no_row_sees_the_others_and_no_own():
    seen = seen_by(found_of(*[(f"T{n}", 40, 0.5, WITHIN) for n in range(3)]), "", 11)
    assert list(seen.points["label"]) == [ANOTHER] * 3
    said = therapist_words.takeaway(seen, SETTINGS)
    assert said.heading == "None of your episodes can be counted yet"


def test_marketing_sees_no_therapist(open_page, sample_store, monkeypatch):
    marketing = Viewer("marketing")
    with pytest.raises(NotAllowed):
        data.therapists(asked(sample_store, marketing))
    monkeypatch.setattr(access, "current_viewer", lambda: marketing)
    page = open_page(sample_store)
    with pytest.raises(ValueError, match="navigation page"):
        go(page, "therapists")


def test_too_few_therapists_are_told_what_is_needed(open_page, small_store):
    page = open_page(small_store, "therapists")
    assert page.title[0].value.startswith("Too few to say: no therapist has enough")
    assert "This needs two therapists with 10 or more episodes followed up each" in texts(page)


NAMES = ("Ada", "Bo", "Cy", "Dee")
VERDICTS = (WITHIN, ABOVE, BELOW, TOO_FEW)
PRAISE = re.compile(
    r"\b(good|bad|best|worst|better|worse|excellent|poor|causes?|effect of|because|rank\w* \w+)\b"
)


@pytest.mark.parametrize("number", range(5))
def test_every_heading_over_a_grid_of_verdicts(number):
    for verdicts in product(VERDICTS, repeat=number):
        found = (
            found_of(*zip(NAMES, [40] * number, [0.5] * number, verdicts, strict=False))
            if number
            else None
        )
        if found is None:
            continue
        heading = therapist_words.takeaway(found, SETTINGS).heading
        outside = sum(verdict in (ABOVE, BELOW) for verdict in verdicts)
        told = number - verdicts.count(TOO_FEW)
        assert not PRAISE.search(heading)
        assert heading == expected_heading(told, outside)


def expected_heading(told: int, outside: int) -> str:
    if told < 2:
        return {
            0: "Too few to say: no therapist has enough episodes followed up",
            1: "Too few to say: only 1 therapist has enough episodes followed up",
        }[told]
    if not outside:
        who = "both therapists" if told == 2 else f"all {told} therapists"
        return f"The shares of {who} lie within the limits that chance allows"
    verb = "lies" if outside == 1 else "lie"
    return (
        f"{outside} of {told} therapists {verb} outside the limits: worth a look, not a judgement"
    )


@pytest.mark.parametrize(
    ("verdict", "of", "heading"),
    [
        (WITHIN, 40, "Your share lies within the limits that chance allows"),
        (ABOVE, 40, "Your share lies above the upper 99.8% limit: worth a look, not a judgement"),
        (BELOW, 40, "Your share lies below the lower 99.8% limit: worth a look, not a judgement"),
        (TOO_FEW, 1, "Too few to say: 1 episode of yours can be counted"),
        (TOO_FEW, 9, "Too few to say: 9 episodes of yours can be counted"),
    ],
)
def test_what_a_therapist_is_told_of_themselves(verdict, of, heading):
    others = [(name, 40, 0.5, ABOVE) for name in ("Ada", "Bo")]
    seen = seen_by(found_of(("Kim", of, 0.5, verdict), *others), "Kim", 11)
    assert therapist_words.takeaway(seen, SETTINGS).heading == heading
    assert len(sections.looked_at(seen)) == (verdict in (ABOVE, BELOW))
    assert not any("Ada" in sentence for sentence in sections.looked_at(seen))


def test_the_doubt_names_rate_adjustment_and_who_is_not_in_it():
    found = found_of(
        ("Ada", 40, 0.5, WITHIN), ("Bo", 40, 0.5, WITHIN), ("Cy", 5, 0.5, TOO_FEW), unknown=1
    )
    assert therapist_words.takeaway(found, SETTINGS).doubt == (
        "The clinic's rate: 50% of 85 eligible episodes had at least 30% less pain. Shares are "
        "standardised to first score, condition and chronicity; what is not recorded is not in "
        "it. By chance alone, about 1 therapist in 500 lies outside the 99.8% limits. 1 therapist "
        "has too few episodes to say. 1 episode without a known therapist."
    )


def test_nothing_to_adjust_for_and_widened_limits_are_said():
    rows = [("Ada", 40, 0.5, WITHIN), ("Bo", 40, 0.5, WITHIN)]
    doubt = therapist_words.takeaway(
        found_of(*rows, adjusted_for=(), variance=0.01), SETTINGS
    ).doubt
    assert "Nothing could be adjusted for: shares are as counted." in doubt
    assert "so the limits are widened" in doubt


@pytest.mark.parametrize(
    ("followed", "scored", "said"),
    [
        (0.8, 0.9, "Follow-up and recording are like the clinic's; look first at the cases"),
        (0.6, 0.9, "the record: 60% of the due are followed up (80% in the clinic); then at"),
        (0.8, 0.7, "the record: 70% have a first score (90% in the clinic); then at the cases"),
        (0.95, 0.7, "followed up (80% in the clinic) and 70% have a first score (90% in the"),
        (np.nan, 0.9, "Follow-up and recording are like the clinic's"),
    ],
)
def test_what_to_look_at_first(followed, scored, said):
    whole = pd.Series({"followed_rate": 0.8, "scored_rate": 0.9})
    row = pd.Series(
        {"label": "Ada", "verdict": BELOW, "followed_rate": followed, "scored_rate": scored}
    )
    sentence = therapist_words.worth_a_look(row, whole)
    assert sentence.startswith("Ada: below the lower 99.8% limit. ")
    assert said in sentence
    assert not PRAISE.search(sentence)


@pytest.mark.parametrize(
    ("others", "said"),
    [(0, "No other therapists have 11 or more patients"), (1, "1 other therapist has 11 or more")],
)
def test_why_nothing_is_shown(others, said):
    assert said in therapist_words.not_shown(NotShown(others), SETTINGS).doubt


def test_two_therapists_of_whom_one_asks_see_why_not(open_page, small_store, monkeypatch):
    monkeypatch.setattr(access, "current_viewer", lambda: Viewer("therapist", "Ada"))
    page = open_page(small_store, "therapists")
    assert page.title[0].value == "Your share cannot be set beside the clinic's here"
    assert not page.header
    assert "Bo" not in everything_sent(page)


def test_figures_come_from_one_frame_whoever_asks(sample_store):
    """The owner's figures are those of the pipeline, whatever therapist is filtered for."""
    whole = therapists(Store(sample_store).clinic(), SETTINGS)
    found = data.therapists(asked(sample_store, therapist=("Bo Birch",)))
    pd.testing.assert_frame_equal(found.points, whole.points)
