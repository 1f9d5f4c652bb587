"""Improved, unchanged or worse; and responders by group."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import parts

OUTCOME_ROLES = {"improved": theme.ACCENT, "unchanged": theme.REFERENCE, "worse": theme.SIGNAL}
OUTCOMES = {"improved": "Improved", "unchanged": "Unchanged", "worse": "Worse"}


def outcome_bar(frame: pd.DataFrame) -> alt.LayerChart:
    """One bar whose three parts add to all eligible episodes.

    `frame`: outcome, n, of, rate, low, high.
    """
    frame = frame.assign(
        role=frame["outcome"].astype(str).map(OUTCOME_ROLES),
        start=frame["rate"].cumsum() - frame["rate"],
        end=frame["rate"].cumsum(),
        words=[_words(row) for row in frame.itertuples()],
    )
    frame["middle"] = (frame["start"] + frame["end"]) / 2
    x = alt.X("start:Q", scale=alt.Scale(domain=[0, 1]), axis=None)
    base = alt.Chart(frame)
    bars = base.mark_bar(height=26, stroke="transparent", strokeWidth=2).encode(
        x=x,
        x2="end:Q",
        y=alt.YValue(18),
        color=theme.painted_by("role"),
        tooltip=[alt.Tooltip("words:N", title="Outcome")],
    )
    layers = [bars, *(_label(row, place) for row, place in _placed(frame))]
    return alt.layer(*layers, height=96, description=f"{'; '.join(frame['words'])}.")


def _words(row) -> str:
    limits = theme.percent_range(row.low, row.high)
    return f"{OUTCOMES[row.outcome]} {theme.percent(row.rate)} ({theme.count(row.n)}; 95% {limits})"


def _placed(frame: pd.DataFrame) -> list[tuple[object, int]]:
    return list(zip(frame.itertuples(), (44, 62, 80), strict=False))


def _label(row, height: int) -> alt.Chart:
    """The words of one part on a line of their own, behind a sign in its colour."""
    data = pd.DataFrame({"words": [f"\N{BLACK SQUARE}  {row.words}"]})
    text = alt.Chart(data).mark_text(align="left", baseline="middle", fontSize=13)
    return theme.paint(
        text.encode(x=alt.XValue(0), y=alt.YValue(height), text="words:N"), str(row.role)
    )


def by_group(frame: pd.DataFrame, responder_percent: float, what: str) -> alt.LayerChart:
    """Responders in each group as dots with intervals, on what missing scores leave open.

    `frame`: label, n, of, rate, low, high, lowest, highest, and for techniques `technique`;
    in the order in which it is drawn.
    """
    frame = parts.plain_labels(frame)
    if "technique" in frame:
        frame = frame.assign(role=[theme.technique_role(name) for name in frame["technique"]])
    x = alt.X(
        "rate:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=parts.share_axis(f"Episodes with at least {responder_percent:g}% less pain"),
    )
    tooltip = [
        alt.Tooltip("row:N", title="Group"),
        alt.Tooltip("rate:Q", format=".0%", title="Share"),
        alt.Tooltip("low:Q", format=".0%", title="95% from"),
        alt.Tooltip("high:Q", format=".0%", title="to"),
        alt.Tooltip("lowest:Q", format=".0%", title="All missing failed"),
        alt.Tooltip("highest:Q", format=".0%", title="All missing improved"),
    ]
    y = parts.rows(frame)
    chart = alt.layer(_open(frame, x, y, tooltip), parts.dots(frame, x, y, tooltip=tooltip))
    said = "; ".join(f"{r.row}: {parts.spoken(r.rate)}" for r in frame.head(5).itertuples())
    return chart.properties(
        height=parts.rows_height(len(frame)), description=f"Responders by {what}. {said}."
    )


def _open(frame: pd.DataFrame, x: alt.X, y: alt.Y, tooltip: list[alt.Tooltip]) -> alt.Chart:
    """A pale bar from the share if all missing had failed to that if all had improved."""
    known = frame[frame["lowest"].notna() & (frame["lowest"] < frame["highest"])]
    bar = alt.Chart(known).mark_bar(height=15, opacity=theme.BAND, cornerRadius=2)
    bar = bar.encode(x=parts.like(x, "lowest"), x2="highest:Q", y=y, tooltip=tooltip)
    return theme.paint(bar, theme.REFERENCE)
