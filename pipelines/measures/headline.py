"""The figures of the cards, and their change against the same span before."""

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.measures.lasting_pain import lasting_change
from pipelines.measures.recorded_sessions import recorded_sessions
from pipelines.measures.responders import completeness, responders
from pipelines.measures.serious_events import serious_rate
from pipelines.measures.sessions_to_improvement import improvement_median
from pipelines.measures.side_effects import any_side_effect
from pipelines.selection import Clinic, Selection, select
from pipelines.settings import Settings

FIGURES = (
    "responders_30",
    "change_mean",
    "median_sessions",
    "any_side_effect",
    "serious_per_10000",
    "completeness",
)
COLUMNS = ["value", "low", "high", "n", "of"]


def headline(clinic: Clinic, settings: Settings) -> pd.DataFrame:
    """The cards' figures.

    Columns: figure (one of FIGURES), value, low, high, n, of. Rates are fractions; of
    `change_mean` n are the episodes behind it, of `median_sessions` those improved.
    """
    change, median = lasting_change(clinic), improvement_median(clinic)
    sessions = recorded_sessions(clinic)
    rows = {
        "responders_30": responders(clinic, settings).iloc[:1].rename(columns={"rate": "value"}),
        "change_mean": change.rename(columns={"change_mean": "value"}).assign(of=change["n"]),
        "median_sessions": median.assign(of=median["n"], n=median["events"]).rename(
            columns={"median": "value"}
        ),
        "any_side_effect": any_side_effect(clinic, sessions=sessions).rename(
            columns={"rate": "value"}
        ),
        "serious_per_10000": serious_rate(clinic, sessions=sessions).rename(
            columns={"rate_per_10000": "value"}
        ),
        "completeness": completeness(clinic, settings).rename(columns={"rate": "value"}),
    }
    table = pd.concat([rows[name][COLUMNS] for name in FIGURES], ignore_index=True)
    table.insert(0, "figure", FIGURES)
    return table


def span_before(selection: Selection) -> Selection | None:
    """The same selection over as many days before; None without both ends."""
    if selection.start is None or selection.end is None:
        return None
    days = selection.end - selection.start
    end = selection.start - timedelta(days=1)
    return replace(selection, start=end - days, end=end)


class Spans(NamedTuple):
    """A selection and the same span before, each selected and with its cards' figures.

    `before` and `previous` are None without a span before.
    """

    part: Clinic
    figures: pd.DataFrame
    before: Clinic | None
    previous: pd.DataFrame | None


def both_spans(clinic: Clinic, selection: Selection, settings: Settings) -> Spans:
    """The two spans that a change is about. `clinic` is the whole clinic, not selected yet."""
    part, earlier = select(clinic, selection), span_before(selection)
    if earlier is None:
        return Spans(part, headline(part, settings), None, None)
    before = select(clinic, earlier)
    return Spans(part, headline(part, settings), before, headline(before, settings))


def change_since(
    clinic: Clinic, selection: Selection, settings: Settings, spans: Spans | None = None
) -> pd.DataFrame:
    """The cards' figures of a selection beside those of the same span before.

    `clinic` is the whole clinic, not selected yet; `spans` is what `both_spans` gives of the
    same, where it is there already. Columns: figure, value, low, high, n,
    of, previous, previous_low, previous_high, previous_n, previous_of, change (value
    less previous), verdict ("higher", "lower", "no clear change", "too few to say").

    No rows without a span before. Too few: fewer than `fewest_episodes` behind a figure
    in either span. Where the intervals overlap there is no clear change.
    """
    spans = spans or both_spans(clinic, selection, settings)
    current, previous = spans.figures, spans.previous
    if previous is None:
        current = previous = current.iloc[:0]
    previous = (
        previous[COLUMNS]
        .rename(columns={"value": "previous"})
        .rename(columns={name: f"previous_{name}" for name in COLUMNS})
    )
    table = pd.concat([current, previous], axis=1)
    table["change"] = table["value"] - table["previous"]
    return table.assign(verdict=_verdicts(table, settings.fewest_episodes))


def _verdicts(table: pd.DataFrame, fewest: int) -> np.ndarray:
    few = (table["of"] < fewest) | (table["previous_of"] < fewest) | table["change"].isna()
    # An upper limit that was not reached lies beyond every number.
    high, previous_high = table["high"].fillna(np.inf), table["previous_high"].fillna(np.inf)
    low, previous_low = table["low"].fillna(-np.inf), table["previous_low"].fillna(-np.inf)
    choices = ["too few to say", "higher", "lower"]
    return np.select([few, low > previous_high, high < previous_low], choices, "no clear change")
