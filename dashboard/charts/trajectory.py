"""Pain at the start of each session."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import parts

ROLES = {"all": theme.ACCENT, "completers": theme.SECOND}


def trajectory(frame: pd.DataFrame, completer_sessions: int, fewest: int) -> alt.LayerChart:
    """Mean pain by session, of everybody and of completers, with n at each number.

    `frame`: group, session_number, n, mean, low, high. Points with fewer than `fewest`
    scores are left out of the drawing, or of a small selection none are.
    """
    shown = worth_drawing(frame, fewest)
    last = int(shown["session_number"].max()) if len(shown) else 1
    x = alt.X(
        "session_number:Q",
        title="Treatment session (below the lines: number of scores)",
        scale=parts.beside_names(86, domain=[1, max(last, 2)]),
        axis=alt.Axis(values=list(range(1, last + 1)), format="d"),
    )
    y = alt.Y(
        "mean:Q",
        title="Mean pain before treatment (0-10)",
        scale=parts.above_counts(2, domain=[0, 10]),
        axis=alt.Axis(values=[0, 2, 4, 6, 8, 10]),
    )
    named = {"all": "Everybody", "completers": f"{completer_sessions} or more"}
    layers = []
    for place, (group, name) in enumerate(named.items()):
        part = shown[shown["group"].astype(str) == group]
        if len(part):
            layers += _line(part, x, y, name, ROLES[group], (1 - place) * 16 + 8)
    return alt.layer(*layers, height=330, description=_describe(shown))


def worth_drawing(frame: pd.DataFrame, fewest: int) -> pd.DataFrame:
    """Points with enough scores; all that have a mean, where hardly any have enough."""
    known = frame.dropna(subset=["mean"])
    enough = known[known["n"] >= fewest]
    return enough if len(enough) > 1 else known


def _line(part, x, y, name: str, role: str, up: int) -> list[alt.Chart]:
    tooltip = [
        alt.Tooltip("session_number:Q", title="Session"),
        alt.Tooltip("mean:Q", format=".1f", title="Mean pain"),
        alt.Tooltip("n:Q", format=",", title="Scores"),
    ]
    base = alt.Chart(part)
    dash = [1, 0] if role == theme.ACCENT else [6, 3]
    return [
        parts.band(part, x, y, role),
        theme.paint(base.mark_line(strokeDash=dash).encode(x=x, y=y), role),
        theme.paint(base.mark_point(opacity=1).encode(x=x, y=y, tooltip=tooltip), role),
        _shifted_name(part, x, y, name, role),
        parts.counts_under(part, x, "n", role, up),
    ]


def _shifted_name(part, x, y, name: str, role: str) -> alt.Chart:
    """Names at the ends of two lines that lie close are kept apart."""
    chart = parts.line_names(part, x, y, name, role)
    chart.mark.dy = 9 if role == theme.ACCENT else -9
    return chart


def _describe(shown: pd.DataFrame) -> str:
    part = shown[shown["group"].astype(str) == "all"].sort_values("session_number")
    if not len(part):
        return "No session has a score before treatment."
    first, last = part.iloc[0], part.iloc[-1]
    return (
        f"Mean pain before treatment from session {first['session_number']:g} "
        f"({theme.number(first['mean'], 1)}, n = {theme.count(first['n'])}) to session "
        f"{last['session_number']:g} ({theme.number(last['mean'], 1)}, n = "
        f"{theme.count(last['n'])})."
    )
