"""One difference got in other ways, beside the adjusted one."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import beside_zero, parts

FIGURES = ["difference", "low", "high"]
SHAPES = alt.Scale(domain=["agrees", "disagrees"], range=["circle", "diamond"])


def sensitivity(frame: pd.DataFrame, titles: list[str], same: str) -> alt.LayerChart:
    """Each way's difference as a dot with its interval; another story as a diamond.

    `frame`: label, difference, low, high, patients, role, agrees ("agrees", "disagrees").
    """
    frame = frame.assign(row=frame["label"])
    known, without = (frame[frame["difference"].notna() == there] for there in (True, False))
    reach = beside_zero.reach_of([known], FIGURES, beside_zero.LEAST_POINTS)
    x, y = beside_zero.axis("difference", reach, titles), parts.rows(frame)
    layers = [
        beside_zero.line(same),
        *_dots(known, x, y),
        *([_none(without, y)] if len(without) else []),
    ]
    height = parts.ROW * max(len(frame), 1) + beside_zero.HEAD / 2 + beside_zero.FOOT
    return alt.layer(*layers, height=height, description=_describe(frame))


def _dots(known: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    base = alt.Chart(known).encode(color=theme.painted_by("role"))
    limits = base.mark_rule(strokeWidth=2, opacity=0.75, aria=False)
    limits = limits.encode(x=parts.like(x, "low"), x2="high:Q", y=y)
    limits = limits.transform_filter("isValid(datum['low']) && isValid(datum['high'])")
    point = base.mark_point(size=90, opacity=1).encode(
        x=x, y=y, shape=alt.Shape("agrees:N", scale=SHAPES, legend=None), tooltip=_tooltip()
    )
    return [limits, point]


def _none(without: pd.DataFrame, y: alt.Y) -> alt.Chart:
    text = alt.Chart(without.assign(words="no figure: too few")).mark_text(
        align="left", fontSize=11
    )
    return theme.paint(text.encode(x=alt.XValue(4), y=y, text="words:N"), theme.REFERENCE)


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label:N", title="Way to compare"),
        alt.Tooltip("difference:Q", format=".2f", title="Difference"),
        alt.Tooltip("low:Q", format=".2f", title="95% from"),
        alt.Tooltip("high:Q", format=".2f", title="to"),
        alt.Tooltip("patients:Q", format=",", title="Patients"),
    ]


def _describe(frame: pd.DataFrame) -> str:
    said = "; ".join(
        f"{row.label} {theme.number(row.difference, 2) if theme.known(row.difference) else 'none'}"
        for row in frame.itertuples()
    )
    return f"The difference in points by each way to compare. {said}."
