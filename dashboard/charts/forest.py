"""Differences against one reference, raw and adjusted on the same row: a forest plot."""

import textwrap

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import beside_zero, parts

ROW_HEIGHT = 64
LINE = 13
LIFT = 9
"""Pixels that raw stands above the middle of its row, and adjusted below it."""
KEY = "\N{WHITE CIRCLE} raw    \N{BLACK CIRCLE} adjusted"
FIGURES = ["raw", "raw_low", "raw_high", "difference", "low", "high"]


def forest(frame: pd.DataFrame, reach: float, titles: list[str], same: str) -> alt.LayerChart:
    """Each group's difference: raw hollow above, adjusted filled below, with 95% intervals.

    `frame`: row (its name and sizes, lines parted by a newline), role, raw, raw_low,
    raw_high, difference, low, high, few (why nothing is drawn, else missing), said.
    `reach`: how far the axis goes to both sides of 0, so that two plots can share it.
    `titles`: of the axis, one a line; `same` names the line at 0.
    """
    y = beside_zero.rows(frame)
    drawn, few = frame[frame["few"].isna()], frame[frame["few"].notna()]
    x = beside_zero.axis("difference", reach, titles, _label(frame))
    # A group of marks without a mark is announced by screen readers as a picture of nothing.
    marks = [*_raw(drawn, x, y), *_adjusted(drawn, x, y)] if len(drawn) else [_no_mark(frame, x, y)]
    marks += _few(few, y)
    height = ROW_HEIGHT * max(len(frame), 1) + beside_zero.HEAD + beside_zero.FOOT
    return alt.layer(
        beside_zero.line(same),
        *marks,
        beside_zero.key(KEY),
        height=height,
        description=_describe(frame, same),
    )


def reach_of(frames: list[pd.DataFrame], least: float) -> float:
    """How far the axis has to go so that every interval that is drawn fits."""
    drawn = [frame[frame["few"].isna()] for frame in frames]
    return beside_zero.reach_of(drawn, FIGURES, least)


def _label(frame: pd.DataFrame) -> str:
    """Points as they are, shares in hundredths."""
    shares = len(frame) and frame["outcome"].iloc[0] != "pain"
    return "format(datum.value * 100, '.0f')" if shares else "format(datum.value, '.2~f')"


def _no_mark(frame: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """Nothing to see, so that the axes stand all the same."""
    hidden = alt.Chart(frame.assign(difference=0.0)).mark_tick(opacity=0, aria=False)
    return theme.paint(hidden.encode(x=x, y=y), theme.SURFACE)


def _raw(drawn: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    base = alt.Chart(drawn)
    limits = base.mark_rule(strokeWidth=1.5, opacity=0.55, yOffset=-LIFT, aria=False)
    point = {"size": 62, "yOffset": -LIFT, "opacity": 1}
    ground = base.mark_point(**point, aria=False).encode(x=parts.like(x, "raw"), y=y)
    ring = base.mark_point(**point, filled=False, strokeWidth=1.8)
    return [
        _coloured(limits.encode(x=parts.like(x, "raw_low"), x2="raw_high:Q", y=y)),
        theme.paint(ground, theme.SURFACE),
        _coloured(ring.encode(x=parts.like(x, "raw"), y=y, tooltip=_tooltip("Raw", "raw"))),
    ]


def _adjusted(drawn: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    base = alt.Chart(drawn)
    limits = base.mark_rule(strokeWidth=3, opacity=0.85, yOffset=LIFT, aria=False)
    point = base.mark_point(size=96, yOffset=LIFT, opacity=1)
    return [
        _coloured(limits.encode(x=parts.like(x, "low"), x2="high:Q", y=y)),
        _coloured(point.encode(x=x, y=y, tooltip=_tooltip("Adjusted", "difference"))),
    ]


def _coloured(chart: alt.Chart) -> alt.Chart:
    return chart.encode(color=theme.painted_by("role"))


def _few(few: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """In place of a mark: why there is none, in lines around the middle of the row."""
    told = few.assign(lines=[textwrap.wrap(text, 34) for text in few["few"]])
    return [_lines(rows, number, y) for number, rows in told.groupby(told["lines"].map(len))]


def _lines(told: pd.DataFrame, number: int, y: alt.Y) -> alt.Chart:
    words = told.assign(few=["\n".join(lines) for lines in told["lines"]]).drop(columns="lines")
    text = alt.Chart(words).mark_text(
        align="left",
        baseline="middle",
        fontSize=11,
        lineBreak="\n",
        lineHeight=LINE,
        dy=-LINE * (number - 1) / 2,
    )
    return theme.paint(text.encode(x=alt.XValue(4), y=y, text="few:N"), theme.INK)


def _tooltip(what: str, column: str) -> list[alt.Tooltip]:
    low, high = ("low", "high") if column == "difference" else (f"{column}_low", f"{column}_high")
    return [
        alt.Tooltip("label:N", title="Group"),
        alt.Tooltip(f"{column}:Q", format=".2f", title=what),
        alt.Tooltip(f"{low}:Q", format=".2f", title="95% from"),
        alt.Tooltip(f"{high}:Q", format=".2f", title="to"),
        alt.Tooltip("patients:Q", format=",", title="Patients"),
    ]


def _describe(frame: pd.DataFrame, same: str) -> str:
    said = " ".join(f"{row.label}: {row.said}" for row in frame.itertuples())
    return f"Differences against a line at 0, {same[:1].lower()}{same[1:]}. {said}".strip()
