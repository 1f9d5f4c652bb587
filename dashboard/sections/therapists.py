"""Therapists: the funnel, each with their own limits, what is worth a look, and who treats whom."""

import pandas as pd

from dashboard import theme, therapist_words
from dashboard.charts import funnel as chart
from dashboard.figures.therapists import ANOTHER, OF_CASES, WHOLE, Therapists
from dashboard.request import Request
from dashboard.shown import Chart, Need
from pipelines.measures.therapists.funnel import ABOVE, BELOW

TITLE = "Each therapist's share by number of episodes"
FEWEST = 2


def funnel(found: Therapists, asked: Request) -> Chart | Need:
    """The funnel with standardised shares, and those as counted."""
    told, percent = found.told, asked.settings.responder_percent
    if len(told) < FEWEST:
        return Need("therapist_funnel", TITLE, _need(asked))
    hollow = "" if found.own else "; hollow: as counted"
    return Chart(
        name="therapist_funnel",
        title=TITLE,
        shows=f"Filled: standardised to the cases{hollow}. Shaded: what chance allows at 95% and "
        "99.8%",
        chart=chart.funnel(_drawn(told), found.limits, found.rate, percent),
        frame=_table(found.points),
        note=therapist_words.why_no_ranking(),
        left_out=found.left_out,
    )


def _need(asked: Request) -> str:
    return (
        f"This needs two therapists with {asked.settings.fewest_episodes} or more episodes "
        "followed up each, and cases that let expect at least 5 with and 5 without enough less "
        "pain."
    )


def own_limits(found: Therapists, asked: Request) -> Chart | Need:
    """A row each, by name, with the limits for just their cases; of a therapist their own."""
    told, title = found.told, "Standardised to the cases, and as counted"
    if found.own:
        told = told[told["label"] == found.own]
    if not len(told) or len(found.told) < FEWEST:
        return Need("therapist_limits", title, _need(asked))
    return Chart(
        name="therapist_limits",
        title=title,
        shows="Filled: standardised; hollow: as counted. Bars: what chance allows just these "
        f"cases at 95% and 99.8%{'' if found.own else '. In order of name'}",
        chart=chart.own_limits(_drawn(told), found.rate, asked.settings.responder_percent),
        frame=_table(told),
        left_out=found.left_out,
    )


def _drawn(points: pd.DataFrame) -> pd.DataFrame:
    """What a chart is drawn from: nothing of a therapist that it does not show."""
    outside = points["verdict"].isin((ABOVE, BELOW))
    unnamed = points["label"] == ANOTHER
    own = points["label"].ne(ANOTHER) & unnamed.any()
    kept = ["label", "of", *(c for c in points if c.endswith("_rate") or c.startswith("limit_"))]
    drawn = points[[name for name in kept if name not in OF_CASES]].assign(
        role=theme.ACCENT, name=points["label"].where(outside | own, "")
    )
    drawn.loc[unnamed, "role"] = theme.REFERENCE
    drawn.loc[outside, "role"] = theme.SIGNAL
    return drawn


def _table(points: pd.DataFrame) -> pd.DataFrame:
    """Shares, limits and verdicts, in the order of the rows."""
    return points.drop(columns=[name for name in OF_CASES if name in points])


def looked_at(found: Therapists) -> list[str]:
    """A sentence for each who lies outside the limits, in order of name."""
    outside = therapist_words.outside_limits(found)
    return [therapist_words.worth_a_look(row, found.whole) for _, row in outside.iterrows()]


def case_mix(found: Therapists) -> pd.DataFrame:
    """Who treats whom, by name, the whole clinic last; of a therapist their own alone."""
    points = found.points
    if found.own:
        points = points[points["label"] == found.own]
    rows = points[["label", *OF_CASES]].to_dict("records")
    mix = pd.DataFrame([*rows, {"label": WHOLE, **found.whole}]).rename(
        columns={"label": "therapist"}
    )
    shares = {name: 2 for name in OF_CASES if name.endswith("_rate")}
    mix = mix.round(shares | {"baseline": 1, "age": 0})
    mix = mix.astype({"episodes": "int64", "age": "Int64"})
    return mix.dropna(axis="columns", how="all")
