"""How many sessions until improved."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import parts

ROLES = (theme.ACCENT, theme.SECOND, theme.THIRD, theme.FOURTH, theme.REFERENCE)
DASHES = ([1, 0], [7, 3], [2, 3], [9, 3, 2, 3], [4, 4])
HAPPENED = {
    "improved": ("Improved", theme.ACCENT),
    "neither": ("Still in care", theme.REFERENCE),
    "left": ("Left without\nimprovement", theme.SIGNAL),
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
    last = int(shown["session"].max())
    x, y = _axes(last, room=40)
    line = alt.Chart(shown).mark_line(interpolate="step-after").encode(x=x, y=y)
    area = parts.band(shown, x, y, theme.ACCENT).mark_area(
        interpolate="step-after", opacity=theme.BAND, aria=False
    )
    half = parts_half(y)
    layers = [
        half,
        area,
        theme.paint(line, theme.ACCENT),
        _marks(shown[shown["session"].isin(marks)], x, y),
        parts.counts_under(shown[shown["session"] > 0], x, "at_risk", theme.INK),
    ]
    return alt.layer(*layers).properties(height=330, description=_describe(shown, marks))


def parts_half(y: alt.Y) -> alt.Chart:
    """The line at which half have improved."""
    rule = alt.Chart(pd.DataFrame({"improved": [0.5]})).mark_rule(
        strokeDash=[4, 3], strokeWidth=1, aria=False
    )
    return theme.paint(rule.encode(y=y), theme.REFERENCE)


def _from_nought(frame: pd.DataFrame) -> pd.DataFrame:
    start = pd.DataFrame({"session": [0], "at_risk": [0], "improved": [0.0]})
    return pd.concat([start, frame], ignore_index=True)


def _axes(last: int, room: int) -> tuple[alt.X, alt.Y]:
    x = alt.X(
        "session:Q",
        title="Treatment sessions received (below the curve: episodes at risk)",
        scale=parts.beside_names(room, domain=[0, max(last, 2)]),
        axis=alt.Axis(values=list(range(max(last, 2) + 1)), format="d", labelOverlap=True),
    )
    y = alt.Y(
        "improved:Q",
        title="Share improved",
        scale=parts.above_counts(domain=[0, 1]),
        axis=alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1]),
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
        f"{theme.percent(row.improved)} by session {row.session} ({theme.count(row.at_risk)} at risk)"
        for row in shown[shown["session"].isin(marks)].itertuples()
    ]
    return f"Share improved, by treatment sessions received: {', '.join(said) or 'none yet'}."


def by_group(frame: pd.DataFrame, fewest_at_risk: int, most: int = 5) -> alt.LayerChart:
    """A curve for each of the largest groups, named at its end.

    `frame`: label, session, at_risk, improved.
    """
    shown = drawn(frame, fewest_at_risk)
    sizes = frame.groupby("label", observed=True)["at_risk"].max().sort_values(ascending=False)
    groups = [label for label in sizes.index if (shown["label"] == label).any()][:most]
    last = int(shown.loc[shown["label"].isin(groups), "session"].max())
    x, y = _axes(last, room=170)
    x = x.title("Treatment sessions received")
    y = y.scale(alt.Scale(domain=[0, 1]))
    layers = [
        _group(
            shown[shown["label"] == label], x, y, f"{label} ({theme.count(sizes[label])})", place
        )
        for place, label in enumerate(groups)
    ]
    said = ", ".join(f"{label} (n = {theme.count(sizes[label])})" for label in groups)
    return alt.layer(*layers).properties(
        height=300, description=f"Share improved by session in each group: {said}."
    )


def _group(part: pd.DataFrame, x: alt.X, y: alt.Y, name: str, place: int) -> alt.LayerChart:
    curve = _from_nought(part)
    line = alt.Chart(curve).mark_line(interpolate="step-after", strokeDash=DASHES[place])
    name_at_end = parts.line_names(curve, x, y, name, ROLES[place])
    return alt.layer(theme.paint(line.encode(x=x, y=y), ROLES[place]), name_at_end)


def what_happened(frame: pd.DataFrame, fewest_at_risk: int) -> alt.LayerChart:
    """What did happen by each session, stacked: improved, still in care, left.

    `frame`: session, at_risk, improved, left, neither.
    """
    shown = drawn(frame, fewest_at_risk)
    start = pd.DataFrame({"session": [0], "improved": [0.0], "left": [0.0], "neither": [1.0]})
    shown = pd.concat([start, shown[list(start.columns)]], ignore_index=True)
    last = int(shown["session"].max())
    x = alt.X(
        "session:Q",
        title="Treatment sessions received",
        scale=parts.beside_names(112, left=0, domain=[0, max(last, 2)]),
        axis=alt.Axis(values=list(range(max(last, 2) + 1)), format="d", labelOverlap=True),
    )
    layers, base = [], pd.Series(0.0, index=shown.index)
    for column, (name, role) in HAPPENED.items():
        part = shown.assign(low=base, high=base + shown[column])
        layers += _stack(part, x, name, role)
        base = base + shown[column]
    return alt.layer(*layers).properties(height=280, description=_say_happened(shown))


def _stack(part: pd.DataFrame, x: alt.X, name: str, role: str) -> list[alt.Chart]:
    y = alt.Y(
        "low:Q",
        title="Share of episodes",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    area = alt.Chart(part).mark_area(opacity=0.55, interpolate="step-after", aria=False)
    end = part.tail(1)
    middle = end.assign(low=(end["low"] + end["high"]) / 2)
    share = float(end["high"].iloc[0] - end["low"].iloc[0])
    text = parts.line_names(middle, x, y, f"{name}\n{theme.percent(share)}", role)
    text.mark.dy = -6
    return [theme.paint(area.encode(x=x, y=y, y2="high:Q"), role), text]


def _say_happened(shown: pd.DataFrame) -> str:
    end = shown.iloc[-1]
    return (
        f"By session {end['session']:g}: {theme.percent(end['improved'])} improved, "
        f"{theme.percent(end['left'])} left without improvement, "
        f"{theme.percent(end['neither'])} neither."
    )
