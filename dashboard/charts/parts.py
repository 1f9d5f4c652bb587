"""What several charts are drawn from."""

import textwrap

import altair as alt
import pandas as pd

from dashboard import theme

ROW = 30
"""Pixels that one row of a dot plot or bar takes."""
COUNT_ROW = 16
"""Pixels that one row of counts under a plot takes."""
FOOT = 54
"""Pixels under the plot for the axis and its title."""
LABEL = 112
"""Pixels kept at the right for the names of lines."""

QUARTERS = [0, 0.25, 0.5, 0.75, 1]


def share_axis(title: str) -> alt.Axis:
    """An axis of shares from none to all, with a line at each quarter."""
    return alt.Axis(format=".0%", values=QUARTERS, grid=True, title=title)


def spread(values: list[float], gap: float, lowest: float = 0.0) -> list[float]:
    """The values moved apart to at least the gap, in their order, for labels beside lines."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    moved, floor = list(values), lowest - gap
    for place in order:
        floor = max(values[place], floor + gap)
        moved[place] = floor
    over = max(0.0, floor - 1.0)
    return [value - over for value in moved]


def spoken(rate: float | None) -> str:
    """A share in a description, which is read aloud."""
    return theme.percent(rate) if theme.known(rate) else "no figure"


def rows_height(rows: int) -> int:
    """The height of a chart with a row a group."""
    return ROW * max(rows, 1) + FOOT


def plain_labels(frame: pd.DataFrame, label: str = "label", count: str = "of") -> pd.DataFrame:
    """The frame with a `row` column that names a group and its n: "Neck pain, n = 64"."""
    return frame.assign(
        row=[
            f"{name}, n = {theme.count(n)}"
            for name, n in zip(frame[label], frame[count], strict=True)
        ]
    )


def rows(frame: pd.DataFrame, column: str = "row") -> alt.Y:
    """A row for each group, in the order of the frame."""
    return alt.Y(
        f"{column}:N",
        sort=list(frame[column]),
        title=None,
        axis=alt.Axis(grid=False, labelPadding=10),
    )


def dots(
    frame: pd.DataFrame,
    value: alt.X,
    y: alt.Y,
    low: str = "low",
    high: str = "high",
    role: str = theme.ACCENT,
    tooltip: list[alt.Tooltip] | None = None,
) -> alt.LayerChart:
    """A dot with its interval as a rule, a group a row; a `role` column colours each by its own."""
    base = alt.Chart(frame)
    field = column_of(value)
    limits = base.mark_rule(strokeWidth=2, opacity=0.75, aria=False).encode(
        x=like(value, low), x2=f"{high}:Q", y=y
    )
    point = base.mark_point(size=80, opacity=1).encode(x=value, y=y, tooltip=tooltip or [])
    point = point.transform_filter(f"isValid(datum['{field}'])")
    limits = limits.transform_filter(f"isValid(datum['{low}']) && isValid(datum['{high}'])")
    if "role" in frame:
        return alt.layer(*(mark.encode(color=theme.painted_by("role")) for mark in (limits, point)))
    return alt.layer(theme.paint(limits, role), theme.paint(point, role))


def like(axis: alt.X | alt.Y, column: str) -> alt.X | alt.Y:
    """The same scale and axis for another column."""
    same = axis.copy(deep=False)
    same.shorthand = f"{column}:{axis.shorthand.rpartition(':')[2]}"
    return same


def column_of(axis: alt.X | alt.Y) -> str:
    """The column that an axis shows, from its shorthand such as "improved:Q"."""
    return axis.shorthand.rpartition(":")[0]


def reference(value: float, words: str, shift: int = 0, left: bool = False) -> alt.LayerChart:
    """A thin vertical line, named with its source at its upper end, to its left or right."""
    base = alt.Chart(pd.DataFrame({"value": [value], "words": [words]}))
    line = base.mark_rule(strokeDash=[4, 3], strokeWidth=1, aria=False).encode(x="value:Q")
    side = {"align": "right", "dx": -4} if left else {"align": "left", "dx": 4}
    text = base.mark_text(baseline="bottom", dy=-2 - shift, fontSize=11, **side)
    text = text.encode(x="value:Q", y=alt.YValue(0), text="words:N")
    return alt.layer(theme.paint(line, theme.REFERENCE), theme.paint(text, theme.REFERENCE))


def line_names(frame: pd.DataFrame, x: alt.X, y: alt.Y, name: str, role: str) -> alt.Chart:
    """The name of a line at its last point, in the line's own colour."""
    last = frame.dropna(subset=[column_of(y)]).tail(1)
    text = alt.Chart(last).mark_text(align="left", dx=8, fontWeight=600, lineBreak="\n")
    return theme.paint(text.encode(x=x, y=y, text=alt.TextValue(name)), role)


def band(frame: pd.DataFrame, x: alt.X, y: alt.Y, role: str, low="low", high="high") -> alt.Chart:
    """An interval as a band under its line."""
    area = alt.Chart(frame.dropna(subset=[low, high])).mark_area(
        opacity=theme.BAND, line=False, aria=False, clip=True
    )
    return theme.paint(area.encode(x=x, y=like(y, low), y2=f"{high}:Q"), role)


def counts_under(
    frame: pd.DataFrame, x: alt.X, column: str, role: str, up: int = 8, beside: int = 0
) -> alt.Chart:
    """n at each point, in a row at the foot of the plot; every second one where it is narrow.

    `beside` are pixels at the side that the points leave free.
    """
    field = column_of(x)
    narrow = (
        f"width - {beside} < {30 * max(len(frame), 1)} && indexof([{_odd(frame[field])}], "
        f"+datum['{field}']) < 0"
    )
    text = alt.Chart(frame).mark_text(
        baseline="middle", fontSize=11, aria=False, opacity=alt.expr(f"{narrow} ? 0 : 1")
    )
    place = alt.YValue(alt.expr(f"height - {up}"))
    return theme.paint(
        text.encode(x=x, y=place, text=alt.Text(f"{column}:Q", format=_short(frame[column]))), role
    )


def _short(counts: pd.Series) -> str:
    """Counts in full, or where they are long in thousands: "138k"."""
    return ".3~s" if counts.max() >= 10_000 else ","


def _odd(column: pd.Series) -> str:
    """The first, third, fifth ... value of a column, as the browser sees it."""
    values = column.sort_values().unique()[::2]
    numbers = pd.Series(values)
    if pd.api.types.is_datetime64_any_dtype(numbers):
        numbers = numbers.astype("datetime64[ms]").astype("int64")
    return ",".join(f"{value:.0f}" for value in numbers)


def wrapped(name: str) -> str:
    """A name in lines that fit beside a plot, also on a phone; "n = 64" is never parted."""
    name = name.replace("n = ", "n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}")
    return "\n".join(textwrap.wrap(name, 22))


def above_counts(rows_of_counts: int = 1, **scale: object) -> alt.Scale:
    """A vertical scale that leaves room at the foot for rows of n."""
    room = 8 + COUNT_ROW * rows_of_counts
    return alt.Scale(range=[alt.expr(f"height - {room}"), 0], **scale)


def beside_names(room: int = LABEL, left: int = 14, **scale: object) -> alt.Scale:
    """A horizontal scale that leaves room at the right for the names of lines."""
    return alt.Scale(range=[left, alt.expr(f"width - {room}")], **scale)
