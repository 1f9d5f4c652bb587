"""How many episodes end with enough less pain, and how sure that is with some not followed."""

from collections.abc import Sequence

import pandas as pd

from pipelines.selection import Clinic
from pipelines.settings import Settings


def responders(clinic: Clinic, settings: Settings, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of eligible episodes that respond, by each of three thresholds.

    Columns: *by, measure ("responders_30", "responders_50", "responders_2pt"), n, of,
    rate, low, high, no_baseline, low_baseline, not_yet_followed.
    """
    raise NotImplementedError


def outcome_shares(clinic: Clinic, settings: Settings, by: Sequence[str] = ()) -> pd.DataFrame:
    """Shares of eligible episodes that ended improved, unchanged or worse; they add to 1.

    Columns: *by, outcome ("improved", "unchanged", "worse"), n, of, rate, low, high,
    no_baseline, low_baseline, not_yet_followed.
    """
    raise NotImplementedError


def completeness(clinic: Clinic, settings: Settings, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of due episodes that were followed.

    Columns: *by, n (followed), of (due), rate, low, high, no_baseline, not_yet_due.
    """
    raise NotImplementedError


def due_responders(clinic: Clinic, settings: Settings, by: Sequence[str] = ()) -> pd.DataFrame:
    """Responders at 30% among due episodes, with the bounds that the missing leave open.

    Columns: *by, n, of, rate, low, high, not_followed, lowest, highest
    (lowest: all not followed failed; highest: all succeeded).
    """
    raise NotImplementedError
