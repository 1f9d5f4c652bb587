"""Pain at the start of each session of an episode."""

from collections.abc import Sequence

import pandas as pd

from pipelines.selection import Clinic
from pipelines.settings import Settings


def trajectory(clinic: Clinic, settings: Settings, by: Sequence[str] = ()) -> pd.DataFrame:
    """Mean pain_before by session number, of everybody and of completers.

    Columns: *by, group ("all", "completers"), session_number, n, patients, mean, low,
    high, missing (sessions of that number without a score).
    """
    raise NotImplementedError
