"""The charts of a release: shares with intervals, from its published numbers and no others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from dashboard import phrases, theme
from dashboard.charts import parts
from dashboard.report.pack.shares import hidden, shares, table
from pipelines.listing import listed


@dataclass(frozen=True)
class PackChart:
    """A chart with its title, what it shows, and the line that says where it comes from."""

    name: str
    title: str
    shows: str
    source: str
    chart: alt.TopLevelMixin
    frame: pd.DataFrame

    @property
    def described(self) -> str:
        """The chart in words, for who cannot see it."""
        return str(self.chart.to_dict()["description"])


@dataclass(frozen=True)
class _Kind:
    name: str
    title: str
    dimension: str
    n: str
    of: str
    what: str


RESPONDERS, EFFECTS = ("responders_30", "eligible"), ("any_side_effect", "recorded")
LESS = "Episodes with at least {percent:g}% less pain at the latest visit"
ANY = "Treatment sessions with any side effect, of those recorded"
KINDS = (
    _Kind("responders-by-condition", "Less pain, by condition", "condition", *RESPONDERS, LESS),
    _Kind("responders-by-chronicity", "Less pain, by how long it had lasted", "chronicity",
          *RESPONDERS, LESS),
    _Kind("responders-by-half-year", "Less pain, by half-year", "half_year", *RESPONDERS, LESS),
    _Kind("side-effects-by-technique", "Side effects, by technique", "technique", *EFFECTS, ANY),
    _Kind("side-effects-by-half-year", "Side effects, by half-year", "half_year", *EFFECTS, ANY),
)  # fmt: skip


def charts(release: Mapping[str, Any]) -> Iterator[PackChart]:
    """Each chart that has a value that is not hidden."""
    for kind in KINDS:
        rows = table(release, kind.dimension)
        frame = shares(rows, kind.dimension, kind.n, kind.of)
        if len(frame):
            kept_back = hidden(rows, kind.dimension, kind.n, kind.of)
            yield _drawn(kind, frame, kept_back, release)


def _drawn(
    kind: _Kind, frame: pd.DataFrame, kept_back: list[str], release: Mapping[str, Any]
) -> PackChart:
    what = kind.what.format(percent=release["settings"]["responder_percent"])
    if kind.n == EFFECTS[0]:
        frame = frame.sort_values("of", ascending=False, kind="stable", ignore_index=True)
    return PackChart(
        name=kind.name,
        title=kind.title,
        shows=f"{what}, with 95% interval; n is their number, rounded to 5",
        source=f"{source_line(release)} {_hidden_words(kept_back)}".strip(),
        chart=_dots(frame, what),
        frame=frame,
    )


def source_line(release: Mapping[str, Any]) -> str:
    """Where a published figure comes from."""
    first, last = (theme.day(day) for day in release["period"])
    return (
        f"Own data of the clinic, release {release['release']}, {first} to {last}; counts rounded "
        "to 5; no comparison group."
    )


def _hidden_words(kept_back: list[str]) -> str:
    if not kept_back:
        return ""
    verb = "is" if len(kept_back) == 1 else "are"
    return f"{listed(kept_back)} {verb} not shown, so that nobody can be found out."


def _dots(frame: pd.DataFrame, what: str) -> alt.LayerChart:
    frame = parts.plain_labels(frame)
    x = alt.X("rate:Q", scale=alt.Scale(domain=[0, 1]), axis=parts.share_axis(what))
    said = "; ".join(
        f"{row.label} {theme.percent(row.rate)} of {phrases.several(int(row.of), 'case')}, "
        f"{theme.percent_range(row.low, row.high)}"
        for row in frame.itertuples()
    )
    return parts.dots(frame, x, parts.rows(frame)).properties(
        height=parts.rows_height(len(frame)), description=f"{what}: {said}."
    )
