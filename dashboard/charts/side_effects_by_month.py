"""Control charts: is a month different, or is it chance."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import parts


def control_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """A p-chart with centre line and limits; only what a rule signals is marked.

    `frame`: month, n, of, rate, centre, lower, upper, trial, signal.
    """
    frame = frame.assign(
        signalled=frame["signal"].astype(str) != "",
        role=[theme.SIGNAL if words else theme.ACCENT for words in frame["signal"]],
        size=[110 if words else 46 for words in frame["signal"]],
        centre_name="centre",
    )
    x = alt.X("month:T", title=None, scale=parts.beside_names(64), axis=alt.Axis(format="%b %Y"))
    y = alt.Y(
        "rate:Q",
        title="Per 100 recorded sessions",
        scale=parts.above_counts(zero=False, nice=True),
        axis=alt.Axis(tickCount=5, labelExpr="format(datum.value * 100, '.3~g')"),
    )
    layers = [*_limits(frame, x, y), *_points(frame, x, y)]
    if len(frame) <= 24:
        layers.append(parts.counts_under(frame, x, "of", theme.INK))
    return alt.layer(*layers, height=320, description=_describe(frame))


def _limits(frame: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    base = alt.Chart(frame)
    area = base.mark_area(opacity=0.1, interpolate="step", aria=False)
    area = area.encode(x=x, y=parts.like(y, "lower"), y2="upper:Q")
    centre = base.mark_line(strokeWidth=1, strokeDash=[4, 3]).encode(x=x, y=parts.like(y, "centre"))
    last = frame.tail(1)
    names = [
        parts.line_names(last, x, parts.like(y, column), name, theme.REFERENCE)
        for column, name in (("upper", "Upper limit"), ("centre", "Centre"))
    ]
    return [theme.paint(area, theme.REFERENCE), theme.paint(centre, theme.REFERENCE), *names]


def _points(frame: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    tooltip = [
        alt.Tooltip("month:T", format="%b %Y", title="Month"),
        alt.Tooltip("rate:Q", format=".1%", title="Rate"),
        alt.Tooltip("n:Q", format=",", title="Sessions with any"),
        alt.Tooltip("of:Q", format=",", title="Recorded"),
        alt.Tooltip("signal:N", title="Signal"),
    ]
    base = alt.Chart(frame)
    line = base.mark_line(strokeWidth=1.25, opacity=0.6).encode(x=x, y=y)
    point = base.mark_point(opacity=1).encode(
        x=x,
        y=y,
        color=theme.painted_by("role"),
        shape=alt.Shape(
            "signalled:N",
            legend=None,
            scale=alt.Scale(domain=[False, True], range=["circle", "diamond"]),
        ),
        size=alt.Size("size:Q", legend=None, scale=None),
        tooltip=tooltip,
    )
    return [theme.paint(line, theme.ACCENT), point]


def _describe(frame: pd.DataFrame) -> str:
    signals = frame[frame["signalled"]]
    months = ", ".join(theme.month(month) for month in signals["month"].tail(5))
    found = f"Signals in {months}" if len(signals) else "No month signals"
    return (
        f"Sessions with any side effect in each of {len(frame)} months against a centre of "
        f"{theme.per_hundred(frame['centre'].iloc[-1])} per 100. {found}."
    )


def between_events(frame: pd.DataFrame) -> alt.LayerChart:
    """A g-chart of the sessions between serious events: higher is rarer.

    `frame`: event, session_date, sessions_between, mean, lower, upper, signal.
    """
    frame = frame.assign(
        role=[theme.SIGNAL if words else theme.ACCENT for words in frame["signal"]]
    )
    x = alt.X(
        "event:Q",
        title="Serious event",
        scale=parts.beside_names(84),
        axis=alt.Axis(values=list(frame["event"]), format="d", labelOverlap=True),
    )
    y = alt.Y(
        "sessions_between:Q", title="Sessions since the event before", axis=alt.Axis(tickCount=4)
    )
    base = alt.Chart(frame)
    line = base.mark_line(strokeWidth=1.25, opacity=0.6).encode(x=x, y=y)
    dots = base.mark_point(opacity=1).encode(
        x=x,
        y=y,
        color=theme.painted_by("role"),
        tooltip=[
            alt.Tooltip("session_date:T", format="%d %b %Y", title="Date"),
            alt.Tooltip("sessions_between:Q", format=",", title="Sessions between"),
            alt.Tooltip("signal:N", title="Signal"),
        ],
    )
    limits = [
        layer
        for column, name in (("upper", "Upper limit"), ("mean", "Mean"), ("lower", "Lower limit"))
        for layer in _level(frame, x, parts.like(y, column), name)
    ]
    return alt.layer(
        *limits,
        theme.paint(line, theme.ACCENT),
        dots,
        height=260,
        description=f"Sessions between {len(frame) + 1} serious events, "
        f"{theme.count(frame['mean'].iloc[-1])} on average.",
    )


def _level(frame: pd.DataFrame, x: alt.X, y: alt.Y, name: str) -> list[alt.Chart]:
    rule = alt.Chart(frame).mark_line(strokeWidth=1, strokeDash=[4, 3]).encode(x=x, y=y)
    return [
        theme.paint(rule, theme.REFERENCE),
        parts.line_names(frame, x, y, name, theme.REFERENCE),
    ]
