"""What a card shows, before it is drawn on a page or set on paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import altair as alt
import pandas as pd


@dataclass(frozen=True)
class Measure:
    """One figure: its value with unit, how sure it is, of whom, and against before.

    Its definition is that of its name; `left_out` are rows left out, by reason.
    """

    name: str
    label: str
    value: str
    sure: str
    of: str
    change: str = ""
    trend: alt.TopLevelMixin | None = None
    trend_words: str = ""
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Chart:
    """One chart with what goes under it. `frame` is what it is drawn from, for the table.

    Its definition is that of its name; `left_out` are rows left out, by reason.
    """

    name: str
    title: str
    shows: str
    chart: alt.TopLevelMixin
    frame: pd.DataFrame
    note: str = ""
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Need:
    """In place of a chart that cannot be drawn: what it needs."""

    name: str
    title: str
    sentence: str
