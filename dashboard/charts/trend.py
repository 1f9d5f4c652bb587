"""The small line on a measure card."""

import altair as alt
import pandas as pd

from dashboard import theme


def trend(frame: pd.DataFrame, description: str) -> alt.LayerChart:
    """A line over months without axes; its span stands in words beside it.

    `frame`: month, value.
    """
    x = alt.X("month:T", axis=None)
    y = alt.Y("value:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=4))
    line = theme.paint(
        alt.Chart(frame).mark_line(strokeWidth=1.5).encode(x=x, y=y), theme.REFERENCE
    )
    last = alt.Chart(frame.tail(1)).mark_point(size=36, opacity=1).encode(x=x, y=y)
    chart = alt.layer(line, theme.paint(last, theme.ACCENT))
    return chart.properties(height=40, description=description)
