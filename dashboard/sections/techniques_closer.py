"""One pair looked at closer: how alike it is, what other ways say, and for whom."""

import streamlit as st

from dashboard import data
from dashboard.charts import balance as balance_chart
from dashboard.charts import baseline_overlap as overlap_chart
from dashboard.charts import for_whom as whom_chart
from dashboard.charts import sensitivity as ways_chart
from dashboard.comparison_words import alike, methods, takeaway, whom
from dashboard.comparison_words.groups import label
from dashboard.figures import techniques, techniques_closer
from dashboard.figures.techniques import Detail, Glance
from dashboard.question import Question
from dashboard.request import Request
from dashboard.sections.techniques import HEADINGS
from dashboard.sections.techniques_question import KEY, choose
from dashboard.shown import Chart, Need
from pipelines.measures.comparison.rows import HORIZONS, LASTING

FACTS = {
    "label": "fact",
    "mean": "group",
    "reference_mean": "reference",
    "standardised_before": "apart_before",
    "standardised_after": "apart_after_weighting",
}
"""What the table of the balance holds, and what it calls it."""
MOST_FACTS = 12
"""Rows of the balance that are drawn; the table has all."""
NOTHING_CLOSER = (
    "No difference can be looked at closer yet: each side needs more patients, a condition in "
    "common and pain before that overlaps."
)


def choice(question: Question, found: Glance) -> tuple[str, str] | None:
    """Draws the choice of a pair; returns horizon and group, None where there is no pair."""
    pairs = techniques.comparable(found.differences)
    if not pairs:
        return None
    asked = (question.horizon, question.group)
    horizon = question.horizon if question.horizon in dict(pairs) else pairs[0][0]
    groups = [group for each, group in pairs if each == horizon]
    group = question.group if asked in pairs else groups[0]
    _draw(question.feature, [h for h in HORIZONS if h in dict(pairs)], horizon, groups, group)
    return horizon, group


def _draw(feature: str, horizons: list[str], horizon: str, groups: list[str], group: str) -> None:
    st.session_state[KEY("horizon")], st.session_state[KEY("group")] = horizon, group
    with st.container(horizontal=True, vertical_alignment="bottom", key="comparison_closer"):
        st.selectbox(
            "Look closer at",
            groups,
            format_func=lambda name: label(feature, name),
            key=KEY("group"),
            on_change=choose,
            args=("group",),
            width=300,
        )
        st.segmented_control(
            "When",
            horizons,
            format_func=HEADINGS.get,
            required=True,
            key=KEY("horizon"),
            on_change=choose,
            args=("horizon",),
        )


def baselines(found: Glance, horizon: str, group: str) -> Chart | Need:
    """Pain before in both groups, and how many the comparison rests on."""
    both = found.histogram[found.histogram["horizon"] == horizon]
    both = both[both["group"].isin([group, found.reference])]
    about = techniques.of_pair(found.overlap, horizon, group).iloc[0].to_dict()
    return Chart(
        name="baseline_overlap",
        title=alike.title(about),
        shows=alike.baselines(about),
        chart=overlap_chart.baseline_overlap(both),
        frame=both[["label", "pain", "n", "of", "share"]],
        note=alike.rests_on(about, horizon),
    )


def other_ways(found: Glance, horizon: str, group: str, asked: Request) -> Chart:
    """The adjusted difference beside every other way to get it."""
    frame = techniques_closer.ways(found, horizon, group)
    row, others = (
        row_of(found, horizon, group),
        techniques.of_pair(found.sensitivity, horizon, group),
    )
    return Chart(
        name="sensitivity",
        title=methods.title(row, others),
        shows=methods.agreement(row, others),
        chart=ways_chart.sensitivity(frame, takeaway.axis(row), takeaway.same(row)),
        frame=frame[["label", "difference", "low", "high", "patients", "agrees"]],
        note=" ".join([methods.unrecorded(row), *_missing(found, horizon, group, asked)]),
    )


def row_of(found: Glance, horizon: str, group: str) -> dict:
    """The difference in pain of one pair."""
    return techniques.of_pair(techniques.pain(found.differences), horizon, group).iloc[0].to_dict()


def _missing(found: Glance, horizon: str, group: str, asked: Request) -> list[str]:
    rows = techniques.of_pair(found.missing, horizon, group).to_dict("records")
    percent = asked.settings.responder_percent
    return [methods.missing(row, row["feature"], percent) for row in rows if horizon == LASTING]


def fact_by_fact(found: Detail) -> Chart:
    """The standardised differences before and after weighting."""
    frame = found.balance
    return Chart(
        name="balance",
        title="How alike the two groups are, fact by fact",
        shows=alike.balance(frame),
        chart=balance_chart.balance(frame.head(MOST_FACTS)),
        frame=frame[[*FACTS]].rename(columns=FACTS),
        note=alike.drawn(len(frame), MOST_FACTS),
    )


def for_whom(found: Detail, pair: dict) -> Chart | Need:
    """The difference in each kind of patients, with its test."""
    frame = techniques_closer.whom(found)
    title = whom.title(found.tests.to_dict("records"))
    if not len(frame) or not (frame["kind"] == "level").any():
        return Need("for_whom", title, whom.NOBODY)
    return Chart(
        name="for_whom",
        title=title,
        shows=" ".join(found.tests["said"]),
        chart=whom_chart.for_whom(
            frame, whom_chart.reach_of(frame), takeaway.axis(pair), takeaway.same(pair)
        ),
        frame=frame.loc[
            frame["kind"] == "level",
            [
                *("modifier", "label", "patients", "reference_patients"),
                *("difference", "low", "high", "pooled", "pooled_low", "pooled_high"),
            ],
        ].rename(columns={"pooled_low": "pooled_from", "pooled_high": "pooled_to"}),
        note=whom.drawn(),
    )


def detail(asked: Request, question: Question, reference: str, pair: tuple[str, str]) -> Detail:
    """The pair's balance and levels, computed when they are opened."""
    return data.comparison_detail(asked, question.feature, *pair, reference)
