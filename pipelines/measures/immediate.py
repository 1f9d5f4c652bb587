"""Pain before against pain after, within a treatment session."""

from collections.abc import Sequence

import pandas as pd

from pipelines.selection import Clinic


def immediate_change(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Mean fall in pain within a treatment session with both scores.

    Columns: *by, n, patients, before_mean, after_mean, change_mean, low, high, missing
    (treatment sessions without both scores).
    """
    raise NotImplementedError


def immediate_drops(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of treatment sessions with a drop of at least 1 and at least 2 points.

    Columns: *by, points (1, 2), n, of, rate, low, high, missing.
    """
    raise NotImplementedError
