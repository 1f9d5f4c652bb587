"""Techniques: the forest plots, what may be said of each difference, and what may not."""

import pandas as pd
import streamlit as st

from dashboard.charts import forest
from dashboard.charts.beside_zero import LEAST_POINTS, LEAST_SHARE
from dashboard.comparison_words import always, takeaway, verdicts
from dashboard.figures.techniques import Glance
from dashboard.plain import as_written
from dashboard.request import Request
from dashboard.shown import Chart, Need
from pipelines.evidence import load_evidence
from pipelines.measures.comparison.differences import PAIN, RESPONDERS
from pipelines.measures.comparison.groups import (
    DEPTH,
    ELECTRICAL_WITH,
    STIMULATION,
    TECHNIQUE,
    TWITCH,
)
from pipelines.measures.comparison.rows import HORIZONS, IMMEDIATE, LASTING

HEADINGS = {IMMEDIATE: "Directly after a session", LASTING: "At the latest visit"}
NEEDS = {
    IMMEDIATE: "This needs treatment sessions of two groups with pain before and after.",
    LASTING: "This needs episodes of two groups with a first and a later score.",
}
SHOWN = (
    *("label", "n", "patients", "reference_n", "reference_patients"),
    *("raw", "raw_low", "raw_high", "difference", "low", "high", "p_holm", "standing", "reason"),
)
IN_A_TABLE = {"raw_low": "raw_from", "raw_high": "raw_to", "p_holm": "p_after_holm"}
"""What ends in _low or _high is a share in every other table; here it is points."""
FIGURES = ("raw", "raw_low", "raw_high", "difference", "low", "high")
FINDINGS = {
    TECHNIQUE: ("deep_against_superficial", "needling_against_sham_or_none", "electrical_added"),
    TWITCH: ("twitch_at_once", "twitch_later"),
    STIMULATION: ("low_against_high_frequency",),
    DEPTH: ("deep_against_superficial",),
    ELECTRICAL_WITH: ("electrical_added",),
}
"""What was published about each question, by name in data/evidence/findings.toml."""


def pain(found: Glance, horizon: str) -> Chart | Need:
    """Raw and adjusted differences in pain at one horizon; both horizons share their scale."""
    frames = [_rows(found, each, PAIN) for each in HORIZONS]
    frame = frames[HORIZONS.index(horizon)]
    if not len(frame):
        return Need(f"forest_{horizon}", HEADINGS[horizon], NEEDS[horizon])
    return _card(f"forest_{horizon}", frame, forest.reach_of(frames, LEAST_POINTS), 30, frame)


def responders(found: Glance, asked: Request) -> Chart | Need:
    """Raw and adjusted differences in the share of responders."""
    frame, percent = _rows(found, LASTING, RESPONDERS), asked.settings.responder_percent
    if not len(frame):
        return Need("forest_responders", f"At least {percent:g}% less pain", NEEDS[LASTING])
    hundredths = frame.assign(**{name: 100 * frame[name] for name in FIGURES})
    reach = forest.reach_of([frame], LEAST_SHARE)
    return _card("forest_responders", frame, reach, percent, hundredths)


def largest(found: Glance) -> int:
    """Episodes or sessions of the largest group at one horizon, for the warning of very few."""
    sizes = found.differences[["n", "reference_n"]].to_numpy()
    return int(sizes.max(initial=0))


def _rows(found: Glance, horizon: str, outcome: str) -> pd.DataFrame:
    frame = found.differences
    return frame[(frame["horizon"] == horizon) & (frame["outcome"] == outcome)]


def _card(
    name: str, frame: pd.DataFrame, reach: float, percent: float, table: pd.DataFrame
) -> Chart:
    rows = frame.to_dict("records")
    first = rows[0]
    return Chart(
        name=name,
        title=takeaway.title(rows, percent),
        shows=f"{always.against(first)} Lines are 95% intervals.",
        chart=forest.forest(frame, reach, takeaway.axis(first), takeaway.same(first)),
        frame=table[[*SHOWN]].rename(columns=IN_A_TABLE),
    )


def in_words(found: Glance, asked: Request) -> None:
    """Every difference with its verdict and reason, group by group."""
    with st.container(border=True, height="stretch", key="card_verdicts"):
        st.header("What may be said", anchor=False)
        for name in found.differences["label"].drop_duplicates():
            own = found.differences[found.differences["label"] == name]
            st.markdown(f"**{as_written(name)}**\n{_list(own)}")
        for row in found.by_depth.to_dict("records"):
            st.markdown(f"- {as_written(always.by_depth(row))}")
        st.markdown(f":small[{as_written(always.mixed(asked.settings))}]")


def _list(own: pd.DataFrame) -> str:
    """One group's differences, at once before lasting, each with the raw one small beside it."""
    order = own["horizon"].map(HORIZONS.index)
    rows = own.assign(order=order).sort_values("order", kind="stable").to_dict("records")
    return "\n".join(f"- {_one(row)}" for row in rows)


def _one(row: dict) -> str:
    beside = verdicts.raw_beside(row)
    small = f" :small[:gray[{as_written(beside)}]]" if beside else ""
    return f"{as_written(row['said'])}{small}"


def what_it_means(feature: str) -> None:
    """What was held equal, and what the page cannot tell."""
    with st.container(border=True, height="stretch", key="card_cannot_tell"):
        st.header("What this cannot tell you", anchor=False)
        st.markdown("\n".join(f"- {sentence}" for sentence in always.CANNOT_TELL))
        st.markdown("**What was held equal**")
        st.markdown("\n".join(f"- {always.allowed_for(horizon)}" for horizon in HORIZONS))
        st.markdown("**Published elsewhere**")
        findings = [load_evidence().findings[name] for name in FINDINGS.get(feature, ())]
        told = [always.published(finding) for finding in findings] or [always.NOTHING_PUBLISHED]
        st.markdown("\n".join(f"- {as_written(text)}" for text in told))
        st.markdown(f":small[{always.STUDIES_DIFFER}]")
