"""A chart for paper: SVG in the font of the text, with words for who cannot see it."""

from dataclasses import dataclass

import altair as alt

from dashboard import theme

FONT = "Libertinus Serif"
"""Inside Typst itself, so that a report looks alike on every machine."""


@dataclass(frozen=True)
class Picture:
    """A chart with its title and one line on what it shows."""

    title: str
    shows: str
    described: str
    svg: str


def drawn(
    title: str, shows: str, chart: alt.TopLevelMixin, height: float, font: str = FONT
) -> Picture:
    """The chart as SVG at the width of the text."""
    import vl_convert

    sized = chart.properties(width=640, height=round(height))
    specification = theme.dressed(sized, "light").to_dict()
    specification["config"]["font"] = font
    specification["background"] = "white"
    svg = vl_convert.vegalite_to_svg(specification)
    return Picture(title, shows, str(specification["description"]), svg)
