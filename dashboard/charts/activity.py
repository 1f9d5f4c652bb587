"""How busy the clinic is."""

import altair as alt
import pandas as pd

from dashboard import theme


def activity(frame: pd.DataFrame) -> alt.LayerChart:
    """Treatment sessions and new episodes by month, each on its own scale, one above the other.

    `frame`: month, sessions, episodes.
    """
    scale = alt.Scale(range=[34, alt.expr("width - 20")])
    x = alt.X("month:T", title=None, scale=scale, axis=alt.Axis(format="%b %Y", labelOverlap=True))
    upper = _bars(frame, x, "sessions", "Treatment sessions", ("height * 0.47", "12"), theme.ACCENT)
    lower = _bars(frame, x, "episodes", "New episodes", ("height", "height * 0.6"), theme.SECOND)
    chart = alt.layer(*upper, *lower).resolve_scale(y="independent")
    return chart.properties(height=270, description=_describe(frame))


def _bars(frame, x, column, title, ends, role) -> tuple[alt.Chart, alt.Chart]:
    scale = alt.Scale(range=[alt.expr(ends[0]), alt.expr(ends[1])], nice=True, zero=True)
    axis = alt.Axis(title=None, tickCount=2, orient="left", format=",d", tickMinStep=1)
    width = alt.expr(f"max(2, min(26, 0.6 * width / {max(len(frame), 1)}))")
    bars = (
        alt.Chart(frame)
        .mark_bar(width=width, cornerRadiusEnd=1)
        .encode(
            x=x,
            y=alt.Y(f"{column}:Q", scale=scale, axis=axis),
            y2=alt.datum(0),
            tooltip=[
                alt.Tooltip("month:T", format="%b %Y", title="Month"),
                alt.Tooltip(f"{column}:Q", format=",", title=title),
            ],
        )
    )
    name = alt.Chart(pd.DataFrame({"words": [title]})).mark_text(
        align="left", baseline="bottom", fontWeight=600, dy=-3
    )
    name = name.encode(x=alt.XValue(0), y=alt.YValue(alt.expr(ends[1])), text="words:N")
    return theme.paint(bars, role), theme.paint(name, theme.INK)


def _describe(frame: pd.DataFrame) -> str:
    return (
        f"Treatment sessions and new episodes in each of {len(frame)} months: "
        f"{theme.count(frame['sessions'].sum())} sessions, "
        f"{theme.count(frame['episodes'].sum())} episodes in all."
    )
