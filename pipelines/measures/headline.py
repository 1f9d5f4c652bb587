"""The figures of the cards, and their change against the same span before."""

import pandas as pd

from pipelines.selection import Clinic, Selection
from pipelines.settings import Settings

FIGURES = (
    "responders_30",
    "change_mean",
    "median_sessions",
    "any_side_effect",
    "serious_per_10000",
    "completeness",
)


def headline(clinic: Clinic, settings: Settings) -> pd.DataFrame:
    """The cards' figures.

    Columns: figure (one of FIGURES), value, low, high, n, of. Rates are fractions;
    n of `change_mean` and `median_sessions` are the episodes behind them.
    """
    raise NotImplementedError


def span_before(selection: Selection) -> Selection | None:
    """The same selection over as many days before; None without both ends."""
    raise NotImplementedError


def change_since(clinic: Clinic, selection: Selection, settings: Settings) -> pd.DataFrame:
    """The cards' figures of a selection beside those of the same span before.

    `clinic` is the whole clinic, not selected yet. Columns: figure, value, low, high, n,
    of, previous, previous_low, previous_high, previous_n, previous_of, change (value
    less previous), verdict ("higher", "lower", "no clear change", "too few to say").
    """
    raise NotImplementedError
