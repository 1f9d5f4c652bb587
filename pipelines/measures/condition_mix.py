"""Which conditions the clinic treats, and with what outcome."""

from collections.abc import Sequence

import pandas as pd

from pipelines.selection import Clinic
from pipelines.settings import Settings


def condition_mix(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """New episodes by condition, most first, then by name, within each group.

    Columns: *by, condition, n, of, share, low, high, patients. Use by=("month",),
    ("chronicity",) or ("body_region",) for the mix within each.
    """
    raise NotImplementedError


def mix_and_outcome(clinic: Clinic, settings: Settings, of: str = "condition") -> pd.DataFrame:
    """The mix with responders at 30% beside each share.

    Columns: <of>, n, of, share, low, high, patients, responders, eligible, rate,
    rate_low, rate_high. `of` is condition, chronicity or body_region.
    """
    raise NotImplementedError
