"""Serious events: each one, their rate, and the sessions between them."""

from collections.abc import Sequence

import pandas as pd

from pipelines.selection import Clinic


def serious_events(clinic: Clinic) -> pd.DataFrame:
    """Each visit at which a serious event was told, a follow_up included, newest first.

    Columns: session_date, patient_id, visit_type, clinic, therapist, condition,
    body_region, technique, side_effects, side_effect_severity.
    """
    raise NotImplementedError


def serious_rate(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Recorded treatment sessions with a serious event, per 10,000.

    Columns: *by, n, of, rate_per_10000, low, high (exact).
    """
    raise NotImplementedError


def sessions_between_serious_events(clinic: Clinic) -> pd.DataFrame:
    """A g-chart; no rows with fewer than four events.

    Columns: event (2, 3, ...), session_date, sessions_between, mean, lower, upper,
    signal ("" or "outside the limits").
    """
    raise NotImplementedError
