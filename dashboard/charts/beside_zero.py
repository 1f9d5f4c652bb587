"""What every plot of differences has: an axis around 0, the line at 0, and a key."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import parts

HEAD = 40
"""Pixels above the plot for the key and the name of the line at 0."""
FOOT = parts.FOOT + 18
"""Pixels under it for the axis and a title of two lines."""
LEAST_POINTS, LEAST_SHARE = 0.5, 0.1
"""The axis goes at least so far, so that next to nothing does not look like much."""


def axis(field: str, reach: float, titles: list[str], label: str | None = None) -> alt.X:
    """An axis as far to both sides of 0; its title in lines that end where it ends."""
    shown = {"labelExpr": label} if label else {"format": ".2~f"}
    return alt.X(
        f"{field}:Q",
        scale=alt.Scale(domain=[-reach, reach], nice=False),
        axis=alt.Axis(
            title=titles,
            titleAnchor="end",
            titleAlign="right",
            grid=True,
            tickCount=5,
            **shown,
        ),
    )


def reach_of(frames: list[pd.DataFrame], columns: list[str], least: float) -> float:
    """How far the axis has to go for every figure in these columns."""
    known = [frame[columns].abs().stack() for frame in frames]
    return 1.08 * max([least, *(value for values in known for value in values)])


def line(same: str) -> alt.LayerChart:
    """The line at 0 with its name above it."""
    base = alt.Chart(pd.DataFrame({"value": [0.0], "words": [same]}))
    rule = base.mark_rule(strokeWidth=1.2, aria=False).encode(x="value:Q")
    text = base.mark_text(align="center", baseline="bottom", dy=-4, fontSize=11)
    text = text.encode(x="value:Q", y=alt.YValue(0), text="words:N")
    return alt.layer(theme.paint(rule, theme.REFERENCE), theme.paint(text, theme.REFERENCE))


def key(words: str) -> alt.Chart:
    """What hollow and filled mean, at the upper right."""
    text = alt.Chart(pd.DataFrame({"words": [words]})).mark_text(
        align="right", baseline="bottom", dy=-21, fontSize=11, aria=False
    )
    text = text.encode(x=alt.XValue(alt.expr("width")), y=alt.YValue(0), text="words:N")
    return theme.paint(text, theme.INK)


def rows(frame: pd.DataFrame, line_height: int = 14) -> alt.Y:
    """A row for each `row`, whose lines are parted by a newline."""
    order = list(frame["row"])
    lines = max((text.count("\n") for text in order), default=0)
    labels = alt.Axis(
        grid=False,
        labelOffset=-lines * line_height / 2,
        labelPadding=8,
        labelExpr="split(datum.label, '\\n')",
        labelLineHeight=line_height,
    )
    return alt.Y("row:N", sort=order, scale=alt.Scale(domain=order), title=None, axis=labels)
