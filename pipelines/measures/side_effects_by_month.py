"""A control chart of side effects: is a month different, or is it chance."""

import pandas as pd

from pipelines.selection import Clinic


def side_effects_by_month(clinic: Clinic) -> pd.DataFrame:
    """A p-chart of recorded treatment sessions with any side effect.

    Columns: month (first day), n, of, rate, centre, lower, upper (3 standard errors),
    trial (limits from fewer than 12 months), outside, shift, trend, two_of_three
    (which rule signals), signal (the rules in words, "" for none).
    """
    raise NotImplementedError
