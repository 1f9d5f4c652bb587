"""How charts and figures look: colours by role, one Altair theme in light and dark, formats.

A chart names a role, never a colour. On a page the browser fills the roles from
`.streamlit/config.toml` for the appearance in use, so that a chart follows a switch
from light to dark by itself; a file to keep takes them from PALETTES.
"""

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

ACCENT, SIGNAL, SECOND, THIRD, FOURTH, REFERENCE, INK, SURFACE = ROLES = (
    "accent",
    "signal",
    "second",
    "third",
    "fourth",
    "reference",
    "ink",
    "surface",
)
"""What a mark is for. SIGNAL is kept for what a tested rule calls a signal."""

PALETTES = {
    "light": (
        "#0f6b6b",
        "#c2410c",
        "#3b5bb5",
        "#8a5a9e",
        "#5f6f2a",
        "#6b7280",
        "#1d2a30",
        "#ffffff",
    ),
    "dark": (
        "#4fb3ab",
        "#f0905b",
        "#8aa4ee",
        "#c79ad8",
        "#b3c46a",
        "#9aa5ab",
        "#e6ecea",
        "#182226",
    ),
}
GROUNDS = {"light": "#ffffff", "dark": "#182226"}
GRIDS = {"light": "#e7eae9", "dark": "#2b383c"}

BAND = 0.16
"""Opacity of an interval drawn as a band."""

TECHNIQUE_ROLES = {
    "superficial": SECOND,
    "deep": ACCENT,
    "electrical": THIRD,
    "mixed": FOURTH,
    "unknown": REFERENCE,
    "none": REFERENCE,
}
"""One colour for a technique, on every page."""


def technique_role(name: object) -> str:
    """The colour of a technique; of one not recorded the reference's."""
    return TECHNIQUE_ROLES.get(str(name), REFERENCE)


SCALE = alt.Scale(domain=list(ROLES), range="category")


def paint(chart: alt.Chart, role: str) -> alt.Chart:
    """The chart with all its marks in the colour of one role."""
    return chart.transform_calculate(role=f"'{role}'").encode(color=painted_by("role"))


def painted_by(column: str) -> alt.Color:
    """Colour by a column that holds the names of roles."""
    return alt.Color(f"{column}:N", scale=SCALE, legend=None)


PADDING = {"left": 2, "right": 4, "top": 6, "bottom": 2}


@dataclass(frozen=True)
class Dressed:
    """A chart in the project's theme, as `st.altair_chart` asks for it.

    Altair copies every layer at each of its own methods and checks each part against its
    schema, which took longer than most figures: here the theme is laid beside the finished
    specification instead, and the tests check that each chart keeps the schema.
    """

    chart: alt.TopLevelMixin
    appearance: str | None = None

    def to_dict(self, **options: Any) -> dict[str, Any]:
        """The Vega-Lite specification."""
        config = _shape()
        if self.appearance:
            _colour(config, self.appearance)
        padding = dict.fromkeys(PADDING, 18) if self.appearance else PADDING
        own = self.chart.to_dict(**{"validate": False} | options)
        return own | {"padding": padding, "config": config}


def dressed(chart: alt.TopLevelMixin, appearance: str | None = None) -> Dressed:
    """The chart in the project's theme; colours only for a named appearance.

    Without one (on a page) the browser takes colours from the page's own theme.
    """
    return Dressed(chart, appearance)


def _shape() -> dict[str, Any]:
    """Sizes, weights and spaces, the same in light and dark."""
    axis = {"labelFontSize": 12, "titleFontSize": 12, "labelPadding": 6, "titlePadding": 8}
    axis |= {
        "labelLimit": 190,
        "labelFlush": False,
        "domain": False,
        "ticks": False,
        "titleFontWeight": "normal",
    }
    return {
        "axis": axis,
        "axisX": {"grid": False},
        "background": "transparent",
        "view": {"stroke": None},
        "text": {"fontSize": 12},
        "line": {"strokeWidth": 2, "strokeCap": "round", "strokeJoin": "round"},
        "point": {"size": 46, "filled": True},
        "area": {"line": False},
    }


def _colour(config: dict[str, Any], appearance: str) -> None:
    palette = PALETTES[appearance]
    ink, quiet = palette[ROLES.index(INK)], palette[ROLES.index(REFERENCE)]
    config |= {
        "background": GROUNDS[appearance],
        "font": "sans-serif",
    }
    config["range"] = {"category": list(palette)}
    config["axis"] |= {"labelColor": ink, "titleColor": quiet, "gridColor": GRIDS[appearance]}
    config["title"] = {"color": ink, "subtitleColor": quiet, "anchor": "start", "fontSize": 15}
    config["title"] |= {"subtitleFontSize": 11, "fontWeight": 600, "offset": 12}


MINUS = "\N{MINUS SIGN}"
NONE = "\N{EM DASH}"


def known(value: object) -> bool:
    """Whether there is a figure at all: not None, NaN or NA."""
    return value is not None and not pd.isna(value)


def percent(rate: float | None, places: int = 0) -> str:
    """A share in per cent: 0.643 -> "64%". Never rounds up to all or down to none."""
    if not known(rate):
        return NONE
    smallest = 10.0**-places
    shown = _half_up(100 * rate, places)
    if rate > 0 and shown < smallest:
        return f"under {_fixed(smallest, places)}%"
    if rate < 1 and shown >= 100:
        return f"over {_fixed(100 - smallest, places)}%"
    return f"{_fixed(shown, places)}%"


def percent_range(low: float | None, high: float | None) -> str:
    """An interval of shares: "59 to 70%"."""
    if not (known(low) and known(high)):
        return "no interval"
    first, last = percent(low), percent(high)
    plain = not (first.startswith(("under", "over")))
    return f"{first.rstrip('%') if plain else first} to {last}"


def number(value: float | None, places: int = 0) -> str:
    """A number with separated thousands and a real minus: -1234.5 becomes 1,234.5 after a minus."""
    return NONE if not known(value) else _fixed(_half_up(value, places), places)


def count(value: float | None) -> str:
    """A whole number: 1204 -> "1,204"."""
    return number(value, 0)


def points(value: float | None) -> str:
    """A change on the 0-10 scale: 2.34 -> "2.3 points"."""
    if not known(value):
        return NONE
    shown = number(value, 1)
    return f"{shown} point" if shown in ("1.0", f"{MINUS}1.0") else f"{shown} points"


def interval(low: float | None, high: float | None, places: int = 1) -> str:
    """Two limits: "1.7 to 3.0"."""
    if not (known(low) and known(high)):
        return "no interval"
    return f"{number(low, places)} to {number(high, places)}"


def per_hundred(rate: float | None) -> str:
    """A rate as so many of a hundred, with one decimal: 0.1918 -> "19.2"."""
    return NONE if not known(rate) else number(100 * rate, 1)


def p_value(p: float) -> str:
    """A p value as it is printed: "p = 0.03", "p < 0.001"."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.01 else f"p = {p:.2f}"


def day(value: date | pd.Timestamp | str | None) -> str:
    """A date: "20 Nov 2026"."""
    if not known(value):
        return NONE
    stamp = pd.Timestamp(value)
    return f"{stamp.day} {stamp:%b %Y}"


def span(first: date | None, last: date | None) -> str:
    """A period: "21 Nov 2025 to 20 Nov 2026"."""
    return f"{day(first)} to {day(last)}"


def month(value: date | pd.Timestamp | str) -> str:
    """A month: "Nov 2026"."""
    return f"{pd.Timestamp(value):%b %Y}"


def _half_up(value: float, places: int) -> float:
    """Rounded as people round, halves away from nought, within a float's own error."""
    scaled = abs(value) * 10**places
    return math.copysign(math.floor(scaled + 0.5 + 1e-9), value) / 10**places


def _fixed(value: float, places: int) -> str:
    shown = f"{abs(value):,.{places}f}"
    negative = value < 0 and any(digit not in "0.," for digit in shown)
    return f"{MINUS}{shown}" if negative else shown
