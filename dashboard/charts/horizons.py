"""Within a session against first to latest visit: two changes that never add up."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import parts


def horizons(frame: pd.DataFrame) -> alt.LayerChart:
    """The two mean falls in pain on one scale, with intervals.

    `frame`: label, n, unit ("sessions", "episodes"), change_mean, low, high.
    """
    frame = frame.assign(
        row=[f"{r.label}, n = {theme.count(r.n)} {r.unit}" for r in frame.itertuples()]
    )
    x = alt.X(
        "change_mean:Q",
        scale=alt.Scale(domain=_domain(frame)),
        axis=alt.Axis(title="Mean fall in pain (points of 0-10)", grid=True, tickCount=5),
    )
    tooltip = [
        alt.Tooltip("row:N", title="Change"),
        alt.Tooltip("change_mean:Q", format=".1f", title="Mean fall"),
        alt.Tooltip("low:Q", format=".1f", title="95% from"),
        alt.Tooltip("high:Q", format=".1f", title="to"),
    ]
    chart = alt.layer(
        parts.reference(0, "No change"), parts.dots(frame, x, parts.rows(frame), tooltip=tooltip)
    )
    said = "; ".join(f"{r.row}: {theme.points(r.change_mean)}" for r in frame.itertuples())
    return chart.properties(height=parts.rows_height(len(frame)) + 14, description=f"{said}.")


def _domain(frame: pd.DataFrame) -> list[float]:
    known = frame[["change_mean", "low", "high"]].stack()
    lowest, highest = (known.min(), known.max()) if len(known) else (0, 1)
    return [min(0, float(lowest)) - 0.2, max(1, float(highest)) + 0.3]
