"""Pain before in two groups on one scale: how far they can be compared at all."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import parts

HEIGHT = 230


def baseline_overlap(frame: pd.DataFrame) -> alt.LayerChart:
    """Share of each group at each score before: the group as a step, the reference as bars.

    `frame`: pain (0-10), share, n, of, label, role, is_reference.
    """
    other, own = frame[frame["is_reference"]], frame[~frame["is_reference"]]
    x = alt.X(
        "pain:Q",
        title="Pain before (points of 0-10)",
        scale=alt.Scale(domain=[-0.5, 10.5], nice=False),
        axis=alt.Axis(values=list(range(0, 11, 2)), format="d"),
    )
    layers = [_bars(other, x, 0.4), _steps(own, x), *_names(frame)]
    return alt.layer(*layers, height=HEIGHT, description=_describe(frame))


def _height() -> alt.Y:
    return alt.Y("share:Q", title="Share", axis=alt.Axis(format=".0%", tickCount=3, grid=True))


def _bars(frame: pd.DataFrame, x: alt.X, opacity: float) -> alt.Chart:
    shown = frame.assign(start=frame["pain"] - 0.42, end=frame["pain"] + 0.42)
    bars = alt.Chart(shown).mark_bar(opacity=opacity, orient="vertical")
    return bars.encode(
        x=parts.like(x, "start"),
        x2="end:Q",
        y=_height(),
        y2=alt.datum(0),
        color=theme.painted_by("role"),
        tooltip=_tooltip(),
    )


def _steps(frame: pd.DataFrame, x: alt.X) -> alt.Chart:
    """The outline of the group's bars."""
    line = alt.Chart(frame).mark_line(interpolate="step", strokeWidth=2.5)
    return line.encode(x=x, y=_height(), color=theme.painted_by("role"), tooltip=_tooltip())


def _names(frame: pd.DataFrame) -> list[alt.Chart]:
    """The two groups named above the plot, each behind the sign it is drawn with."""
    named = frame.drop_duplicates("label").sort_values("is_reference", kind="stable")
    return [_name(row, place) for place, row in enumerate(named.itertuples())]


def _name(row: object, place: int) -> alt.Chart:
    sign = "\N{FULL BLOCK}" if row.is_reference else "\N{BOX DRAWINGS HEAVY HORIZONTAL}"
    words = f"{sign} {row.label}, n = {theme.count(row.of)}"
    text = alt.Chart(pd.DataFrame({"words": [words]})).mark_text(
        align="left", baseline="bottom", dy=-4 - 16 * (1 - place), fontSize=11, fontWeight=600
    )
    return theme.paint(text.encode(x=alt.XValue(0), y=alt.YValue(0), text="words:N"), row.role)


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label:N", title="Group"),
        alt.Tooltip("pain:Q", title="Pain before"),
        alt.Tooltip("share:Q", format=".0%", title="Share"),
        alt.Tooltip("n:Q", format=",", title="n"),
    ]


def _describe(frame: pd.DataFrame) -> str:
    means = [
        f"{label}: mean {theme.number((own['pain'] * own['share']).sum(), 1)} of "
        f"{theme.count(own['of'].iloc[0])}"
        for label, own in frame.groupby("label", sort=False)
    ]
    return f"Pain before in both groups. {'; '.join(means)}."
