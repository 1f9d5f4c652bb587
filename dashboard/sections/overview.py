"""Overview: six measure cards, what happened by month, and the mix."""

from collections.abc import Callable, Mapping

import pandas as pd

from dashboard import phrases, theme
from dashboard.charts import activity as activity_chart
from dashboard.charts import condition_mix
from dashboard.charts.trend import trend
from dashboard.figures.overview import Overview
from dashboard.request import Request
from dashboard.shown import Chart, Measure, Need

FEWEST_MONTHS = 3
MOST_CONDITIONS = 6


def measures(found: Overview, asked: Request) -> list[Measure]:
    """Each card with value, interval, n of N, change and trend."""
    settings = asked.settings
    labels = LABELS | {"responders_30": f"At least {settings.responder_percent:g}% less pain"}
    left_out = found.counts | {"not_recorded": phrases.not_recorded(found.any_side_effect)}
    return [
        _card(name, label, found, left_out, settings.fewest_episodes)
        for name, label in labels.items()
    ]


LABELS = {
    "responders_30": "",
    "change_mean": "Mean lasting fall in pain",
    "median_sessions": "Half improved after",
    "any_side_effect": "Any side effect per 100",
    "serious_per_10000": "Serious events",
    "completeness": "Followed up",
}
SHOWN: dict[str, Callable[[float], str]] = {
    "responders_30": theme.percent,
    "change_mean": theme.points,
    "median_sessions": phrases.sessions,
    "any_side_effect": theme.per_hundred,
    "serious_per_10000": phrases.per_10000,
    "completeness": theme.percent,
}
SHORT = SHOWN | {"change_mean": phrases.one_decimal}
"""Without the unit, where it was just said."""
TREND = SHORT | {"serious_per_10000": theme.count}
"""Of serious events the small line shows the number in each month."""
OF_WHOM = {
    "responders_30": "{n} of {of} episodes followed up",
    "change_mean": "{n} episodes with two scores",
    "median_sessions": "{n} of {of} episodes improved",
    "any_side_effect": "{n} of {of} recorded sessions",
    "serious_per_10000": "{n} of {of} recorded sessions had one",
    "completeness": "{n} of {of} episodes due",
}


def _card(
    name: str, label: str, found: Overview, left_out: Mapping[str, int], fewest: int
) -> Measure:
    row = found.headline.loc[name]
    months = enough_months(found.trends, name, fewest)
    span = phrases.span_of_trend(months, TREND[name], fewest) if len(months) else ""
    return Measure(
        name=name,
        label=label,
        value=_value(name, row),
        sure=_sure(name, row),
        of=OF_WHOM[name].format(n=theme.count(row["n"]), of=theme.count(row["of"])),
        change=phrases.change(row, SHORT[name]) if row["of"] else "",
        trend=trend(months, f"{label}. {span}.") if len(months) else None,
        trend_words=span,
        left_out=left_out,
    )


def _value(name: str, row: pd.Series) -> str:
    if name == "serious_per_10000":
        return theme.count(row["n"]) if row["of"] else theme.NONE
    return SHOWN[name](row["value"]) if row["of"] else theme.NONE


def _sure(name: str, row: pd.Series) -> str:
    low, high = row["low"], row["high"]
    if name == "serious_per_10000":
        return phrases.serious_limits(row)
    limits = {
        "median_sessions": phrases.median_limits(row) if row["n"] else "no interval",
        "change_mean": theme.interval(low, high),
        "any_side_effect": theme.interval(100 * low, 100 * high),
    }
    return phrases.interval_95(limits.get(name) or theme.percent_range(low, high))


def enough_months(trends: pd.DataFrame, name: str, fewest: int) -> pd.DataFrame:
    """The months that stand on enough to be drawn; none if they are too few for a line."""
    months = trends[(trends["figure"] == name) & (trends["n"] >= fewest)].dropna(subset=["value"])
    none_ever = name == "serious_per_10000" and not months["value"].any()
    return months.iloc[:0] if none_ever or len(months) < FEWEST_MONTHS else months


def activity(found: Overview, asked: Request) -> Chart:
    """Sessions and new episodes by month."""
    return Chart(
        name="activity",
        title="Sessions and new episodes by month",
        shows="Treatment sessions by their date, episodes by their first visit",
        chart=activity_chart.activity(found.activity),
        frame=found.activity,
        note="The period may cut its first and last month short." if asked.part.start else "",
    )


def mix(found: Overview, asked: Request) -> Chart | Need:
    """The commonest conditions with the outcome beside each."""
    settings, shown = asked.settings, found.mix.head(MOST_CONDITIONS)
    if not len(shown):
        return Need("condition_mix", "Conditions", "No episode of care begins in this selection.")
    return Chart(
        name="condition_mix",
        title=f"{shown['label'].iloc[0]} is seen most",
        shows=f"New episodes; of those followed up, at least {settings.responder_percent:g}% "
        "less pain",
        chart=condition_mix.mix_and_outcome(shown, settings.responder_percent, "condition"),
        frame=found.mix,
        note=phrases.further(len(found.mix) - len(shown), "condition"),
    )
