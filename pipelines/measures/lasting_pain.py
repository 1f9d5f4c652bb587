"""Pain at the first visit of an episode against pain at the last."""

from collections.abc import Sequence

import pandas as pd

from pipelines.selection import Clinic


def lasting_change(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Mean fall from baseline to latest, per episode with both.

    Columns: *by, n, patients, baseline_mean, latest_mean, change_mean, low, high,
    change_median, no_baseline, not_yet_followed. Points of 0-10, positive is less pain.
    """
    raise NotImplementedError


def score_distribution(clinic: Clinic) -> pd.DataFrame:
    """How many episodes with baseline and latest stand at each whole point, first and last.

    Columns: when ("baseline", "latest"), pain (0 to 10, rounded half up), n, of, share.
    """
    raise NotImplementedError
