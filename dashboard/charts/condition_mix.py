"""What the clinic treats, and with what outcome."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import parts

GAP = 0.09
"""Part of the width between the two panels."""
COUNTS = 58
"""Pixels at the right for how many of how many."""


def mix_and_outcome(frame: pd.DataFrame, responder_percent: float, what: str) -> alt.LayerChart:
    """Bars of new episodes, and on the same rows the share of responders with its interval.

    `frame`: label, n, share, responders, eligible, rate, rate_low, rate_high.
    """
    frame = frame.assign(
        count=[
            f"{theme.count(n)} ({theme.percent(s)})"
            for n, s in zip(frame["n"], frame["share"], strict=True)
        ],
        outcome=[
            f"{theme.count(n)} of {theme.count(of)}"
            for n, of in zip(frame["responders"], frame["eligible"], strict=True)
        ],
    )
    y = parts.rows(frame, "label")
    left = _bars(frame, y)
    right = _outcome(frame, y, responder_percent)
    chart = alt.layer(*left, *right).resolve_scale(x="independent")
    return chart.properties(
        height=parts.rows_height(len(frame)), description=_describe(frame, responder_percent, what)
    )


def _bars(frame: pd.DataFrame, y: alt.Y) -> tuple[alt.Chart, ...]:
    scale = alt.Scale(range=[0, alt.expr("width * 0.42")], domain=[0, _room(frame["n"])])
    axis = alt.Axis(title="New episodes", orient="bottom", tickCount=3, format=",d", tickMinStep=1)
    x = alt.X("n:Q", scale=scale, axis=axis)
    base = alt.Chart(frame)
    bars = base.mark_bar(height=13, cornerRadiusEnd=2).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("label:N", title="Group"),
            alt.Tooltip("count:N", title="New episodes"),
        ],
    )
    text = base.mark_text(align="left", dx=5, fontSize=11, aria=False).encode(
        x=x, y=y, text="count:N"
    )
    return (alt.layer(theme.paint(bars, theme.ACCENT), theme.paint(text, theme.INK)),)


def _room(counts: pd.Series) -> float:
    """Room beyond the longest bar for its own label."""
    return max(float(counts.max()), 1) * 1.75


def _outcome(frame: pd.DataFrame, y: alt.Y, responder_percent: float) -> tuple[alt.LayerChart, ...]:
    scale = alt.Scale(
        range=[alt.expr(f"width * {0.42 + GAP}"), alt.expr(f"width - {COUNTS}")], domain=[0, 1]
    )
    title = f"At least {responder_percent:g}% less pain"
    axis = alt.Axis(
        title=title, orient="bottom", values=[0, 0.25, 0.5, 0.75, 1], format=".0%", grid=True
    )
    x = alt.X("rate:Q", scale=scale, axis=axis)
    tooltip = [
        alt.Tooltip("label:N", title="Group"),
        alt.Tooltip("rate:Q", format=".0%", title="Share"),
        alt.Tooltip("outcome:N", title="Episodes"),
    ]
    of_whom = alt.Chart(frame).mark_text(align="right", fontSize=11, aria=False)
    of_whom = of_whom.encode(x=alt.XValue(alt.expr("width")), y=y, text="outcome:N")
    dots = parts.dots(frame, x, y, "rate_low", "rate_high", theme.ACCENT, tooltip)
    return (dots, theme.paint(of_whom, theme.INK))


def _describe(frame: pd.DataFrame, responder_percent: float, what: str) -> str:
    said = [
        f"{row.label}: {theme.count(row.n)} new episodes, {parts.spoken(row.rate)} of "
        f"{theme.count(row.eligible)} with at least {responder_percent:g}% less pain"
        for row in frame.head(4).itertuples()
    ]
    return f"New episodes by {what}, with outcome. {'; '.join(said)}."


def _where_it_fits(numbers: pd.Series, months: int) -> alt.ExprRef:
    """Numbers that would run into each other, as on a phone, are left to the table."""
    digits = len(theme.count(numbers.max()))
    return alt.ExprRef(f"width < {months * (7 * digits + 3)} ? 0 : 1")


def by_month(frame: pd.DataFrame) -> alt.LayerChart:
    """New episodes of each condition in each month: stronger is more, the number in it.

    `frame`: month, label, n.
    """
    order = frame.groupby("label", observed=True)["n"].sum().sort_values(ascending=False).index
    frame = frame.assign(shown=frame["month"].dt.strftime("%b %y"), role=theme.ACCENT)
    months = list(dict.fromkeys(frame.sort_values("month")["shown"]))
    x = alt.X("shown:O", sort=months, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True))
    y = alt.Y("label:N", sort=list(order), title=None)
    base = alt.Chart(frame)
    cells = base.mark_rect(cornerRadius=2).encode(
        x=x,
        y=y,
        color=theme.painted_by("role"),
        opacity=alt.Opacity("n:Q", legend=None, scale=alt.Scale(domainMin=0, range=[0.04, 0.6])),
        tooltip=[
            alt.Tooltip("label:N", title="Condition"),
            alt.Tooltip("month:T", format="%b %Y", title="Month"),
            alt.Tooltip("n:Q", format=",", title="New episodes"),
        ],
    )
    layers = [cells]
    if len(months) <= 14:
        text = base.mark_text(
            fontSize=11, aria=False, opacity=_where_it_fits(frame["n"], len(months))
        )
        text = text.encode(x=x, y=y, text=alt.Text("n:Q", format=","))
        layers.append(theme.paint(text, theme.INK))
    return alt.layer(
        *layers,
        height=parts.rows_height(len(order)) - 12,
        description=f"New episodes by condition in {len(months)} months, "
        f"{theme.count(frame['n'].sum())} in all.",
    )
