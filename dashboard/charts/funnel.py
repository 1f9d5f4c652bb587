"""Therapists against the limits that chance allows: a funnel, and each with their own limits."""

import altair as alt
import numpy as np
import pandas as pd

from dashboard import theme
from dashboard.charts import parts

HEIGHT = 340
WIDE, NARROW = 0.08, 0.12
"""Opacity of the band to the 99.8% limits, and of the one to the 95% limits on top of it."""
CRUDE, STANDARDISED = "crude_rate", "standardised_rate"
SIZE = 90


def funnel(
    points: pd.DataFrame, limits: pd.DataFrame, rate: float, responder_percent: float
) -> alt.LayerChart:
    """Shares by number of episodes inside the funnel around the clinic's rate.

    `points`: label, of, crude_rate (missing where it is not shown), standardised_rate, role,
    name (written beside the point; "" for none). `limits`: of, low_998, low_95, high_95,
    high_998.
    """
    most = float(max(limits["of"].max(), 1))
    x = alt.X(
        "of:Q",
        scale=alt.Scale(domain=[0, most], nice=False),
        axis=alt.Axis(title="Episodes followed up", tickCount=6, format=",d", grid=False),
    )
    near = limits[limits["of"] >= points["of"].min()]
    y = alt.Y(f"{STANDARDISED}:Q", **_shares(points, near, responder_percent))
    layers = [
        *(_limit(limits, x, y, level, shade) for level, shade in ((998, WIDE), (95, NARROW))),
        _clinic(rate, y),
        *_edges(limits, x, y),
        *_points(points, x, y),
    ]
    return alt.layer(*layers, height=HEIGHT, description=_said(points, rate))


def _shares(points: pd.DataFrame, limits: pd.DataFrame, responder_percent: float) -> dict:
    """Scale and axis that reach a little beyond every share and limit, within 0 and 1."""
    reached = [points[CRUDE], points[STANDARDISED], limits.filter(regex="998").stack()]
    shown = pd.concat(reached).dropna()
    low, high = (shown.min(), shown.max()) if len(shown) else (0.0, 1.0)
    step = 0.1 if high - low > 0.3 else 0.02
    domain = [max(0.0, step * np.floor(low / step)), min(1.0, step * np.ceil(high / step))]
    axis = alt.Axis(
        format=".0%",
        tickCount=6,
        grid=True,
        title=f"Episodes with at least {responder_percent:g}% less pain",
    )
    return {"scale": alt.Scale(domain=[round(end, 2) for end in domain]), "axis": axis}


def _limit(limits: pd.DataFrame, x: alt.X, y: alt.Y, level: int, opacity: float) -> alt.Chart:
    area = alt.Chart(limits).mark_area(opacity=opacity, line=False, clip=True, aria=False)
    encoded = area.encode(x=x, y=parts.like(y, f"low_{level}"), y2=f"high_{level}:Q")
    return theme.paint(encoded, theme.REFERENCE)


def _edges(limits: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The 99.8% limits as lines, which name themselves at their right end."""
    edges = []
    for column, shift in (("high_998", -8), ("low_998", 12)):
        line = alt.Chart(limits).mark_line(strokeWidth=1, strokeDash=[4, 3], clip=True, aria=False)
        last = alt.Chart(limits.tail(1)).mark_text(align="right", dy=shift, fontSize=11)
        named = last.encode(x=x, y=parts.like(y, column), text=alt.TextValue("99.8% limit"))
        for mark in (line.encode(x=x, y=parts.like(y, column)), named):
            edges.append(theme.paint(mark, theme.REFERENCE))
    return edges


def _clinic(rate: float, y: alt.Y) -> alt.LayerChart:
    """The clinic's rate as a line with its name."""
    data = pd.DataFrame({"rate": [rate], "words": [f"Clinic {theme.percent(rate)}"]})
    at = parts.like(y, "rate")
    line = alt.Chart(data).mark_rule(strokeWidth=1, aria=False).encode(y=at)
    text = alt.Chart(data).mark_text(align="left", baseline="bottom", dy=-3, fontSize=11)
    named = text.encode(x=alt.XValue(4), y=at, text="words:N")
    return alt.layer(theme.paint(line, theme.REFERENCE), theme.paint(named, theme.REFERENCE))


def _clinic_across(rate: float, x: alt.X) -> list[alt.Chart]:
    """The same upright, with its name at its upper end."""
    data = pd.DataFrame({"rate": [rate], "words": [f"Clinic {theme.percent(rate)}"]})
    line = alt.Chart(data).mark_rule(strokeDash=[4, 3], strokeWidth=1, aria=False)
    text = alt.Chart(data).mark_text(align="left", baseline="bottom", dx=4, dy=-2, fontSize=11)
    at = parts.like(x, "rate")
    marks = (line.encode(x=at), text.encode(x=at, y=alt.YValue(0), text="words:N"))
    return [theme.paint(mark, theme.REFERENCE) for mark in marks]


def _points(points: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Hollow as counted, filled standardised, and the names of those that have one."""
    base = alt.Chart(points)
    hollow = base.mark_point(filled=False, size=SIZE - 40, strokeWidth=1.2, aria=False)
    hollow = hollow.transform_filter(f"isValid(datum['{CRUDE}'])")
    filled = base.mark_point(size=SIZE, opacity=1).encode(x=x, y=y, tooltip=_tooltip(points))
    right = points["of"] > points["of"].max() / 2
    return [
        theme.paint(hollow.encode(x=x, y=parts.like(y, CRUDE)), theme.REFERENCE),
        filled.encode(color=theme.painted_by("role")),
        *(_named(points[side], x, y, left) for side, left in ((right, True), (~right, False))),
    ]


def _named(points: pd.DataFrame, x: alt.X, y: alt.Y, left: bool) -> alt.Chart:
    """Names beside their points, towards the middle of the picture."""
    place = {"align": "right", "dx": -9} if left else {"align": "left", "dx": 9}
    text = alt.Chart(points).mark_text(dy=-9, fontWeight=600, **place)
    return text.encode(x=x, y=y, text="name:N", color=theme.painted_by("role"))


def _tooltip(points: pd.DataFrame) -> list[alt.Tooltip]:
    titles = {"label": "Therapist", "of": "Episodes", STANDARDISED: "Standardised"}
    kinds = {"label": {"type": "nominal"}, "of": {"format": ","}, STANDARDISED: {"format": ".0%"}}
    return [
        alt.Tooltip(name, **({"type": "quantitative"} | kinds[name]), title=title)
        for name, title in titles.items()
    ]


def _said(points: pd.DataFrame, rate: float) -> str:
    named = points[points["name"] != ""]
    told = "; ".join(
        f"{row.label}: {parts.spoken(row.standardised_rate)} of {theme.count(row.of)}"
        for row in named.itertuples()
    )
    number = theme.count(len(points))
    return (
        f"Funnel of {number} therapists around the clinic's rate of {parts.spoken(rate)}. "
        f"{f'Named: {told}.' if told else 'None is named.'}"
    )


def own_limits(points: pd.DataFrame, rate: float, responder_percent: float) -> alt.LayerChart:
    """Each therapist's share with the limits for just their cases, a row each, in the order given.

    `points`: label, of, crude_rate, standardised_rate, limit_95_low ... limit_998_high, role.
    """
    frame = parts.plain_labels(points)
    limits = frame.filter(regex="^limit_998")
    x = alt.X(f"{STANDARDISED}:Q", **_shares(frame, limits, responder_percent))
    y, base = parts.rows(frame), alt.Chart(frame)
    layers = _clinic_across(rate, x)
    for level, width, shade in ((998, 3, 0.35), (95, 9, 0.25)):
        low, high = f"limit_{level}_low", f"limit_{level}_high"
        rule = base.mark_rule(strokeWidth=width, opacity=shade, aria=False)
        encoded = rule.encode(x=parts.like(x, low), x2=f"{high}:Q", y=y)
        layers.append(theme.paint(encoded, theme.REFERENCE))
    hollow = base.mark_point(filled=False, size=SIZE - 30, strokeWidth=1.4, aria=False)
    filled = base.mark_point(size=SIZE, opacity=1)
    filled = filled.encode(x=x, y=y, color=theme.painted_by("role"), tooltip=_tooltip(points))
    layers += [theme.paint(hollow.encode(x=parts.like(x, CRUDE), y=y), theme.INK), filled]
    said = "; ".join(
        f"{row.row}: {parts.spoken(row.standardised_rate)}, as counted "
        f"{parts.spoken(row.crude_rate)}"
        for row in frame.head(5).itertuples()
    )
    return alt.layer(
        *layers, height=parts.rows_height(len(frame)) + 14, description=f"By therapist. {said}."
    )
