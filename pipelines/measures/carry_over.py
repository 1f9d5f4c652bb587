"""How much of the relief within a session is still there at the next visit."""

from collections.abc import Sequence

import pandas as pd

from pipelines.selection import Clinic


def carry_over(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Retention: what was carried to the next visit per point gained within the session.

    Columns: *by, n (pairs with all three scores), patients, drop_mean, carried_mean,
    retention, low, high, missing (pairs without all three).
    """
    raise NotImplementedError
