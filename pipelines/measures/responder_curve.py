"""The share of episodes that reached each size of improvement."""

from collections.abc import Sequence

import pandas as pd

from pipelines.selection import Clinic
from pipelines.settings import Settings


def responder_curve(clinic: Clinic, settings: Settings, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of eligible episodes with a percent change of at least x, x from -100 to 100.

    Columns: *by, percent_change (-100 ... 100), n, of, rate, low, high.
    """
    raise NotImplementedError
