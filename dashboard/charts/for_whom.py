"""The difference at each condition, stage and level of pain before, drawn towards their mean."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import beside_zero, parts

ROW_HEIGHT = 34
POOLED = ["pooled", "pooled_low", "pooled_high"]
KEY = "\N{WHITE CIRCLE} alone    \N{BLACK CIRCLE} drawn to the mean"


def for_whom(frame: pd.DataFrame, reach: float, titles: list[str], same: str) -> alt.LayerChart:
    """Each level's difference: hollow alone, filled with its interval drawn to the mean.

    `frame`: row (name and patients; a heading for each kind), kind ("heading", "level"),
    difference, pooled, pooled_low, pooled_high, patients, reference_patients. Own differences
    beyond the axis are left to the table.
    """
    levels = frame[(frame["kind"] == "level") & frame["pooled"].notna()]
    x, y = beside_zero.axis("pooled", reach, titles), beside_zero.rows(frame, 13)
    alone = levels[levels["difference"].abs() <= reach]
    marks = [*_pooled(levels, x, y), *([_alone(alone, x, y)] if len(alone) else [])]
    marks.append(beside_zero.key(KEY))
    height = ROW_HEIGHT * max(len(frame), 1) + beside_zero.HEAD + beside_zero.FOOT
    return alt.layer(beside_zero.line(same), *marks, height=height, description=_describe(levels))


def reach_of(frame: pd.DataFrame) -> float:
    """How far the axis has to go for the pooled intervals."""
    return beside_zero.reach_of([frame], POOLED, beside_zero.LEAST_POINTS)


def _pooled(levels: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    base = alt.Chart(levels)
    limits = base.mark_rule(strokeWidth=2.5, opacity=0.8, aria=False)
    point = base.mark_point(size=78, opacity=1)
    return [
        theme.paint(
            limits.encode(x=parts.like(x, "pooled_low"), x2="pooled_high:Q", y=y), theme.ACCENT
        ),
        theme.paint(point.encode(x=x, y=y, tooltip=_tooltip()), theme.ACCENT),
    ]


def _alone(levels: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    ring = alt.Chart(levels).mark_point(size=40, filled=False, strokeWidth=1.5, opacity=1)
    ring = ring.encode(x=parts.like(x, "difference"), y=y, tooltip=_tooltip())
    return theme.paint(ring, theme.REFERENCE)


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label:N", title="Patients with"),
        alt.Tooltip("difference:Q", format=".2f", title="Alone"),
        alt.Tooltip("pooled:Q", format=".2f", title="Drawn to the mean"),
        alt.Tooltip("pooled_low:Q", format=".2f", title="95% from"),
        alt.Tooltip("pooled_high:Q", format=".2f", title="to"),
        alt.Tooltip("patients:Q", format=",", title="Patients"),
        alt.Tooltip("reference_patients:Q", format=",", title="against"),
    ]


def _describe(levels: pd.DataFrame) -> str:
    said = "; ".join(
        f"{row.label} {theme.number(row.pooled, 2)}" for row in levels.head(8).itertuples()
    )
    return f"The difference in points for each kind of patients, drawn to their mean. {said}."
