"""The share of episodes that reached each size of improvement."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import parts

LINE = 14
"""Pixels from one line of words to the next."""


def responder_curve(frame: pd.DataFrame, marks: tuple[float, ...] = (30, 50)) -> alt.LayerChart:
    """The cumulative responder curve with its band; the marks carry their shares.

    `frame`: percent_change, n, of, rate, low, high.
    """
    x = alt.X(
        "percent_change:Q",
        title="Pain fell by at least (% of the first score)",
        scale=alt.Scale(domain=[-50, 100]),
        axis=alt.Axis(values=[-50, -25, 0, 25, 50, 75, 100]),
    )
    y = alt.Y(
        "rate:Q",
        title="Share of episodes",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", tickCount=5),
    )
    shown = frame[frame["percent_change"] >= -50]
    tooltip = [
        alt.Tooltip("percent_change:Q", title="Fell by at least %"),
        alt.Tooltip("rate:Q", format=".0%", title="Share"),
        alt.Tooltip("n:Q", format=",", title="Episodes"),
    ]
    line = alt.Chart(shown).mark_line(interpolate="step-before").encode(x=x, y=y, tooltip=tooltip)
    layers = [
        parts.band(shown, x, y, theme.ACCENT).mark_area(
            interpolate="step-before", opacity=theme.BAND, aria=False
        ),
        theme.paint(line, theme.ACCENT),
        *(_mark(frame, value, x, y, place) for place, value in enumerate(marks)),
    ]
    return alt.layer(*layers, height=300, description=_describe(frame, marks))


def _mark(frame: pd.DataFrame, value: float, x: alt.X, y: alt.Y, place: int) -> alt.LayerChart:
    """A marked share; the words of each stand on a line of their own where shares are alike."""
    at = frame[frame["percent_change"] == value]
    words = [f"{theme.percent(row.rate)} by {value:g}% or more" for row in at.itertuples()]
    base = alt.Chart(at.assign(words=words))
    rule = base.mark_rule(strokeDash=[4, 3], strokeWidth=1, aria=False).encode(x=x)
    dot = base.mark_point(size=80, opacity=1).encode(x=x, y=y)
    text = base.mark_text(align="left", dx=9, dy=LINE * place - LINE, fontWeight=600).encode(
        x=x, y=y, text="words:N"
    )
    return alt.layer(
        theme.paint(rule, theme.REFERENCE),
        theme.paint(dot, theme.ACCENT),
        theme.paint(text, theme.INK),
    )


def _describe(frame: pd.DataFrame, marks: tuple[float, ...]) -> str:
    said = [
        f"{theme.percent(row.rate)} had at least {row.percent_change:g}% less pain"
        for row in frame[frame["percent_change"].isin(marks)].itertuples()
    ]
    return (
        f"Share of {theme.count(frame['of'].max())} episodes by size of change. {'; '.join(said)}."
    )
