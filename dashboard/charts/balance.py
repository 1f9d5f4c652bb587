"""How unlike two groups are in what was recorded, before and after weighting: a Love plot."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import beside_zero, parts

ALIKE = 0.1
"""Standard deviations up to which two groups count as alike (Austin, Stat Med 2009)."""
KEY = "\N{WHITE CIRCLE} before    \N{BLACK CIRCLE} after weighting"
ROW_HEIGHT = 25


def balance(frame: pd.DataFrame) -> alt.LayerChart:
    """Each fact's standardised difference: hollow as it is, filled after weighting.

    `frame`: label, before, after (both without sign, in standard deviations).
    """
    farthest = max((v for v in frame[["before", "after"]].stack()), default=ALIKE)
    x = alt.X(
        "before:Q",
        title="Standard deviations apart",
        scale=alt.Scale(domain=[0, 1.1 * max(farthest, 2 * ALIKE)], nice=False),
        axis=alt.Axis(grid=True, tickCount=5, format=".2~f"),
    )
    y = alt.Y("label:N", sort=list(frame["label"]), title=None, axis=alt.Axis(labelLimit=170))
    layers = [_way(frame, x, y), *_before(frame, x, y)]
    layers += [_after(frame, x, y)] if frame["after"].notna().any() else []
    named = [parts.reference(ALIKE, "alike up to here"), beside_zero.key(KEY)]
    return alt.layer(
        *named,
        *layers,
        height=ROW_HEIGHT * max(len(frame), 1) + beside_zero.HEAD + parts.FOOT,
        description=_describe(frame),
    )


def _way(frame: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """From before to after."""
    line = alt.Chart(frame.dropna(subset=["after"])).mark_rule(
        strokeWidth=1, opacity=0.6, aria=False
    )
    return theme.paint(line.encode(x=x, x2="after:Q", y=y), theme.REFERENCE)


def _before(frame: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    base = alt.Chart(frame.dropna(subset=["before"]))
    ground = base.mark_point(size=58, opacity=1, aria=False).encode(x=x, y=y)
    ring = base.mark_point(size=58, filled=False, strokeWidth=1.8, opacity=1)
    return [
        theme.paint(ground, theme.SURFACE),
        theme.paint(ring.encode(x=x, y=y, tooltip=_tooltip()), theme.ACCENT),
    ]


def _after(frame: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    point = alt.Chart(frame.dropna(subset=["after"])).mark_point(size=62, opacity=1)
    return theme.paint(
        point.encode(x=parts.like(x, "after"), y=y, tooltip=_tooltip()), theme.ACCENT
    )


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label:N", title="Fact"),
        alt.Tooltip("before:Q", format=".2f", title="Apart before"),
        alt.Tooltip("after:Q", format=".2f", title="after weighting"),
    ]


def _describe(frame: pd.DataFrame) -> str:
    said = "; ".join(
        f"{row.label} {_number(row.before)}, after {_number(row.after)}"
        for row in frame.head(5).itertuples()
    )
    return f"Standard deviations apart, before and after weighting. {said}."


def _number(value: float) -> str:
    return theme.number(value, 2) if theme.known(value) else "no figure"
