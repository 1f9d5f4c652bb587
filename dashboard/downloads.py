"""A chart or its figures as a file that says where it comes from.

CSV: the tidy frame as it is, and on each row `filters`, `data_to`, `definition` and
`settings`, so that the file opens in any program without lines to skip and a row that is
copied out still says what it is. Text that a spreadsheet would run as a formula is
preceded by an apostrophe. SVG and PNG: the title above the chart and the same facts under
it, in the light appearance.
"""

import textwrap
from dataclasses import dataclass

import altair as alt
import pandas as pd

from dashboard import theme
from pipelines.formulas import as_texts

WIDTH, SCALE_UP = 820, 2


@dataclass(frozen=True)
class Origin:
    """What a figure is about, for the file that it is in."""

    title: str
    filters: str
    data_to: str
    definition: str
    settings: str

    @property
    def caption(self) -> list[str]:
        """The facts in lines that fit under a chart."""
        facts = f"{self.filters}. Data to {self.data_to}. Settings {self.settings}."
        return in_lines(self.definition, facts)


def in_lines(*texts: str) -> list[str]:
    """Texts in lines that fit under a chart."""
    return [line for text in texts for line in textwrap.wrap(text, 120)]


def as_csv(frame: pd.DataFrame, origin: Origin) -> bytes:
    """The frame with its origin on each row, in UTF-8 with a mark for spreadsheets."""
    facts = {
        "filters": origin.filters,
        "data_to": origin.data_to,
        "definition": origin.definition,
        "settings": origin.settings,
    }
    told = frame.rename(columns=str).assign(**facts)
    safe = told.apply(_as_texts).set_axis(as_texts(told.columns), axis=1)
    return safe.to_csv(index=False).encode("utf-8-sig")


def _as_texts(column: pd.Series) -> pd.Series:
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return column
    return pd.Series(as_texts(column), index=column.index, dtype=object)


def as_svg(chart: alt.TopLevelMixin, origin: Origin) -> bytes:
    """The chart as SVG, with its title and caption."""
    import vl_convert

    return vl_convert.vegalite_to_svg(complete(chart, origin.title, origin.caption)).encode()


def as_png(chart: alt.TopLevelMixin, origin: Origin) -> bytes:
    """The chart as PNG at twice its size, with its title and caption."""
    import vl_convert

    whole = complete(chart, origin.title, origin.caption)
    return vl_convert.vegalite_to_png(whole, scale=SCALE_UP)


def complete(chart: alt.TopLevelMixin, title: str, caption: list[str]) -> dict:
    """The specification of a file: width, title, and the caption in lines under it."""
    told = alt.TitleParams(title, subtitle=caption)
    return theme.dressed(chart.properties(width=WIDTH, title=told), "light").to_dict()
