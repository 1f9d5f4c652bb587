"""The figures of the Overview: the headline with its trends, what changed, activity and mix."""

from dataclasses import dataclass

import pandas as pd

from dashboard import names
from pipelines.measures.activity import activity
from pipelines.measures.condition_mix import mix_and_outcome
from pipelines.measures.counts import counts
from pipelines.measures.headline import Spans, both_spans, change_since
from pipelines.measures.lasting_pain import lasting_change
from pipelines.measures.recorded_sessions import recorded_sessions
from pipelines.measures.responders import (
    completeness,
    due_responders,
    responders,
)
from pipelines.measures.serious_events import serious_rate
from pipelines.measures.sessions_to_improvement import improvement_median
from pipelines.measures.side_effects import (
    any_side_effect,
)
from pipelines.measures.what_changed import what_changed
from pipelines.selection import Clinic, Selection
from pipelines.settings import Settings


@dataclass(frozen=True)
class Overview:
    """`headline` has a row a figure; `trends` are monthly values of those that have them."""

    counts: dict[str, int]
    headline: pd.DataFrame
    due: pd.Series
    any_side_effect: pd.Series
    trends: pd.DataFrame
    activity: pd.DataFrame
    mix: pd.DataFrame
    changed: pd.DataFrame


def overview(clinic: Clinic, selection: Selection, settings: Settings) -> Overview:
    """From the whole clinic, since the span before the selected one is looked at too."""
    spans = both_spans(clinic, selection, settings)
    part, by_month = spans.part, recorded_sessions(spans.part, ("month",))
    months = any_side_effect(part, ("month",), by_month)
    serious = serious_rate(part, ("month",), by_month)
    return Overview(
        counts=counts(part, settings),
        headline=_headline(spans, change_since(clinic, selection, settings, spans)),
        due=due_responders(part, settings).iloc[0],
        any_side_effect=any_side_effect(part).iloc[0],
        trends=_trends(part, months, serious, settings),
        activity=activity(part),
        mix=names.labelled(mix_and_outcome(part, settings), "condition"),
        changed=what_changed(clinic, selection, settings, spans, months),
    )


def _headline(spans: Spans, since: pd.DataFrame) -> pd.DataFrame:
    """The cards' figures by name; those of the span before are missing where there is none."""
    figures = since if len(since) else spans.figures
    return figures.set_index("figure").reindex(columns=list(since.columns.drop("figure")))


def _trends(
    part: Clinic, months: pd.DataFrame, serious: pd.DataFrame, settings: Settings
) -> pd.DataFrame:
    """Columns: figure, month, value, n (what the value is of); serious events as a number."""
    by = ("month",)
    share = responders(part, settings, by).query("measure == 'responders_30'")
    change = lasting_change(part, by).rename(columns={"change_mean": "rate"})
    frames = {
        "responders_30": share,
        "change_mean": change.assign(of=change["n"]),
        "median_sessions": _medians(part, settings),
        "any_side_effect": months,
        "serious_per_10000": serious.assign(rate=serious["n"].astype(float)),
        "completeness": completeness(part, settings, by),
    }
    tidy = [
        frame.assign(figure=figure)[["figure", "month", "rate", "of"]]
        for figure, frame in frames.items()
    ]
    return pd.concat(tidy, ignore_index=True).set_axis(["figure", "month", "value", "n"], axis=1)


def _medians(part: Clinic, settings: Settings) -> pd.DataFrame:
    """Medians by month; none where one of them is not reached, since a line cannot show that."""
    medians = improvement_median(part, ("month",))
    enough = medians["n"] >= settings.fewest_episodes
    medians = medians.iloc[:0] if medians.loc[enough, "median"].isna().any() else medians
    return medians.assign(rate=medians["median"], of=medians["n"])
