"""How many sessions until improved."""

from typing import NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from dashboard import theme
from dashboard.charts import parts

ROLES = (theme.ACCENT, theme.SECOND, theme.THIRD, theme.FOURTH, theme.REFERENCE)
BESIDE = 150
"""Pixels at the right for the names of groups."""
DASHES = ([1, 0], [7, 3], [2, 3], [9, 3, 2, 3], [4, 4])
HAPPENED = {
    "improved": ("Improved", theme.ACCENT),
    "neither": ("Neither yet", theme.REFERENCE),
    "left": ("Left without improvement", theme.SIGNAL),
}


def drawn(frame: pd.DataFrame, fewest_at_risk: int) -> pd.DataFrame:
    """The curve as far as enough are at risk; the table goes on."""
    return frame[frame["at_risk"] >= fewest_at_risk]


def improvement_curve(
    frame: pd.DataFrame, fewest_at_risk: int, marks: tuple[int, ...] = (1, 3, 6)
) -> alt.LayerChart:
    """Share improved by session with its band, numbers at risk under it, shares at the marks.

    `frame`: session, at_risk, improved, low, high.
    """
    shown = _from_nought(drawn(frame, fewest_at_risk))
    x, y = _axes(shown["session"].max(), room=40)
    line = alt.Chart(shown).mark_line(interpolate="step-after").encode(x=x, y=y)
    area = parts.band(shown, x, y, theme.ACCENT).mark_area(
        interpolate="step-after", opacity=theme.BAND, aria=False
    )
    half = _half(y)
    layers = [
        half,
        area,
        theme.paint(line, theme.ACCENT),
        _marks(shown[shown["session"].isin(marks)], x, y),
        parts.counts_under(shown.dropna(subset=["at_risk"]), x, "at_risk", theme.INK),
    ]
    return alt.layer(*layers, height=330, description=_describe(shown, marks))


def _half(y: alt.Y) -> alt.Chart:
    """The line at which half have improved."""
    rule = alt.Chart(pd.DataFrame({"improved": [0.5]})).mark_rule(
        strokeDash=[4, 3], strokeWidth=1, aria=False
    )
    return theme.paint(rule.encode(y=y), theme.REFERENCE)


PAST = 0.5
"""How far a step is drawn past the last session: nothing is claimed about the next one."""


def _from_nought(frame: pd.DataFrame) -> pd.DataFrame:
    """The curve from no session on, with its last step drawn out."""
    start = pd.DataFrame({"session": [0.0], "improved": [0.0]})
    end = frame.tail(1).assign(session=frame["session"].max() + PAST, at_risk=np.nan)
    return pd.concat([start, frame, end], ignore_index=True)


def _axes(last: float, room: int) -> tuple[alt.X, alt.Y]:
    x = alt.X(
        "session:Q",
        title="Treatment sessions received (below the curve: episodes at risk)",
        scale=parts.beside_names(room, domain=[0, max(last, 2)]),
        axis=alt.Axis(values=list(range(int(last) + 1)), format="d", labelOverlap=True),
    )
    y = alt.Y(
        "improved:Q",
        title="Share improved",
        scale=parts.above_counts(domain=[0, 1]),
        axis=alt.Axis(format=".0%", values=parts.QUARTERS),
    )
    return x, y


def _marks(at: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.LayerChart:
    base = alt.Chart(at.assign(words=[theme.percent(rate) for rate in at["improved"]]))
    tooltip = [
        alt.Tooltip("session:Q", title="Session"),
        alt.Tooltip("improved:Q", format=".0%", title="Improved"),
        alt.Tooltip("at_risk:Q", format=",", title="At risk"),
    ]
    dot = base.mark_point(size=80, opacity=1).encode(x=x, y=y, tooltip=tooltip)
    text = base.mark_text(dy=-14, dx=4, align="left", fontWeight=600).encode(
        x=x, y=y, text="words:N"
    )
    return alt.layer(theme.paint(dot, theme.ACCENT), theme.paint(text, theme.INK))


def _describe(shown: pd.DataFrame, marks: tuple[int, ...]) -> str:
    said = [
        f"{theme.percent(row.improved)} by session {row.session:g} ({theme.count(row.at_risk)} at "
        "risk)"
        for row in shown[shown["session"].isin(marks)].itertuples()
    ]
    return f"Share improved, by treatment sessions received: {', '.join(said) or 'none yet'}."


def by_group(frame: pd.DataFrame, fewest_at_risk: int, most: int = 5) -> alt.LayerChart:
    """A curve for each of the largest groups, named at its end; below, how many are at risk.

    `frame`: label, session, at_risk, improved.
    """
    shown = drawn(frame, fewest_at_risk)
    sizes = frame.groupby("label", observed=True)["at_risk"].max().sort_values(ascending=False)
    groups = [label for label in sizes.index if (shown["label"] == label).any()][:most]
    last = shown.loc[shown["label"].isin(groups), "session"].max() + PAST
    x, y = _axes(last, room=BESIDE)
    x = x.title("Treatment sessions (below: at risk)")
    y = y.scale(parts.above_counts(len(groups), domain=[0, 1]))
    curves = [_from_nought(shown[shown["label"] == label]) for label in groups]
    heights = parts.spread([float(curve["improved"].iloc[-1]) for curve in curves], 0.13)
    layers = [
        layer
        for place, (label, curve, height) in enumerate(zip(groups, curves, heights, strict=True))
        for layer in _group(
            curve,
            x,
            y,
            parts.wrapped(f"{label}, n = {theme.count(sizes[label])}"),
            _look(curve, place),
            (last, height),
        )
    ]
    layers += [_at_risk(curve, x, place, len(groups)) for place, curve in enumerate(curves)]
    said = ", ".join(f"{label} (n = {theme.count(sizes[label])})" for label in groups)
    return alt.layer(
        *layers,
        height=300 + parts.COUNT_ROW * len(groups),
        description=f"Share improved by session in each group: {said}.",
    )


def _at_risk(curve: pd.DataFrame, x: alt.X, place: int, of: int) -> alt.Chart:
    """The numbers at risk of one group, in its colour; the rows are in the order of the groups."""
    known = curve.dropna(subset=["at_risk"])
    up = 8 + parts.COUNT_ROW * (of - 1 - place)
    return parts.counts_under(known, x, "at_risk", _look(curve, place).role, up, BESIDE)


class Look(NamedTuple):
    """The colour and the dashes of a line."""

    role: str
    dash: list[int]


def _look(curve: pd.DataFrame, place: int) -> Look:
    """A technique looks as everywhere; other groups by their place."""
    if "first_technique" not in curve:
        return Look(ROLES[place], DASHES[place])
    return Look(theme.technique_role(curve["first_technique"].iloc[1]), DASHES[place])


def _group(
    curve: pd.DataFrame, x: alt.X, y: alt.Y, name: str, look: Look, label: tuple[float, float]
) -> list[alt.Chart]:
    """A curve, and a faint line from its end to its name at the right."""
    role, end = look.role, curve.tail(1)
    at = end.assign(session=label[0], improved=label[1])
    line = alt.Chart(curve).mark_line(interpolate="step-after", strokeDash=look.dash)
    leader = alt.Chart(pd.concat([end, at])).mark_line(strokeWidth=1, opacity=0.3)
    return [
        theme.paint(line.encode(x=x, y=y), role),
        theme.paint(leader.encode(x=x, y=y), role),
        parts.line_names(at, x, y, name, role),
    ]


def what_happened(frame: pd.DataFrame, fewest_at_risk: int) -> alt.LayerChart:
    """What did happen by each session, stacked: improved, still in care, left.

    `frame`: session, at_risk, improved, left, neither.
    """
    shown = drawn(frame, fewest_at_risk)
    shown = _drawn_out(shown)
    last = shown["session"].max()
    x = alt.X(
        "session:Q",
        title="Treatment sessions received",
        scale=parts.beside_names(150, left=0, domain=[0, last]),
        axis=alt.Axis(values=list(range(int(last) + 1)), format="d", labelOverlap=True),
    )
    tops = shown[list(HAPPENED)].cumsum(axis=1)
    ends = [float(tops[name].iloc[-1] - shown[name].iloc[-1] / 2) for name in HAPPENED]
    layers = []
    for column, height in zip(HAPPENED, parts.spread(ends, 0.13), strict=True):
        part = shown.assign(low=tops[column] - shown[column], high=tops[column])
        layers += _stack(part, column, height, x)
    return alt.layer(*layers, height=280, description=_say_happened(shown))


def _drawn_out(frame: pd.DataFrame) -> pd.DataFrame:
    start = pd.DataFrame({"session": [0.0], "improved": [0.0], "left": [0.0], "neither": [1.0]})
    end = frame.tail(1).assign(session=frame["session"].max() + PAST)
    return pd.concat([start, frame, end], ignore_index=True)


def _stack(part: pd.DataFrame, column: str, height: float, x: alt.X) -> list[alt.Chart]:
    """One share as an area, named with its size at the end."""
    name, role = HAPPENED[column]
    y = alt.Y(
        "low:Q",
        title="Share of episodes",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", values=parts.QUARTERS),
    )
    area = alt.Chart(part).mark_area(opacity=0.55, interpolate="step-after", aria=False)
    end = part.tail(1)
    words = parts.wrapped(f"{name}, {theme.percent(end[column].iloc[0])}")
    return [
        theme.paint(area.encode(x=x, y=y, y2="high:Q"), role),
        parts.line_names(end.assign(low=height), x, y, words, role),
    ]


def _say_happened(shown: pd.DataFrame) -> str:
    end = shown.iloc[-1]
    return (
        f"By session {int(end['session'])}: {theme.percent(end['improved'])} improved, "
        f"{theme.percent(end['left'])} left without improvement, "
        f"{theme.percent(end['neither'])} neither."
    )
