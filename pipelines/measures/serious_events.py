"""Serious events: each one, their rate, and the sessions between them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import special

from pipelines.intervals import rare_rate
from pipelines.measures.recorded_sessions import RecordedSessions, recorded_sessions
from pipelines.measures.sessions import treated
from pipelines.measures.told_effects import told_effects
from pipelines.selection import Clinic
from pipelines.visits import places_by_day

LISTED = [
    "session_date",
    "patient_id",
    "visit_type",
    "clinic",
    "therapist",
    "condition",
    "body_region",
    "technique",
    "side_effects",
    "side_effect_severity",
]
FEWEST_EVENTS = 4
QUANTILES = (0.00135, 0.99865)
ORDER = ("session_date", "session_time", "import_id", "source_line")


def serious_events(clinic: Clinic) -> pd.DataFrame:
    """Each visit at which a serious event was told, a follow_up included, newest first.

    Columns: session_date, patient_id, visit_type, clinic, therapist, condition,
    body_region, technique, side_effects, side_effect_severity.
    """
    found = clinic.visits[LISTED].take(np.flatnonzero(told_effects(clinic.visits).serious))
    return found.sort_values("session_date", ascending=False, kind="stable", ignore_index=True)


def serious_rate(
    clinic: Clinic, by: Sequence[str] = (), sessions: RecordedSessions | None = None
) -> pd.DataFrame:
    """Recorded treatment sessions with a serious event, per 10,000.

    Columns: *by, n, of, rate_per_10000, low, high. Exact interval (Clopper-Pearson);
    with no event from 0 to the one-sided bound. `sessions` are those that
    `recorded_sessions` gives, where there are any.
    """
    groups, _, codes, told, _ = sessions or recorded_sessions(clinic, by)
    n, of = (np.bincount(c, minlength=groups.size) for c in (codes[told.serious], codes))
    low, high = rare_rate(n, of)
    with np.errstate(invalid="ignore"):
        rate = 10_000 * (n / of)
    figures = {"n": n, "of": of, "rate_per_10000": rate, "low": 10_000 * low, "high": 10_000 * high}
    return groups.named(figures)


def sessions_between_serious_events(clinic: Clinic) -> pd.DataFrame:
    """A g-chart; no rows with fewer than four events.

    Columns: event (2, 3, ...), session_date, sessions_between (recorded treatment
    sessions without a serious event since the one before), mean, lower, upper, signal
    ("" or "outside the limits"). Limits are the quantiles .00135 and .99865 of the
    geometric distribution with the mean gap.
    """
    told = told_effects(clinic.visits)
    rows = np.flatnonzero(treated(clinic.visits) & told.recorded)
    sessions, serious = clinic.visits[list(ORDER)].take(rows), np.flatnonzero(told.serious[rows])
    if len(serious) < FEWEST_EVENTS:
        serious = serious[:0]
    at = places_by_day(sessions, serious)
    order = np.argsort(at)
    gaps = np.diff(at[order]) - 1
    mean = gaps.mean() if len(gaps) else np.nan
    lower, upper = (geometric_quantile(mean, share) for share in QUANTILES)
    dates = sessions["session_date"].to_numpy()[serious[order][1:]]
    outside = (gaps < lower) | (gaps > upper)
    return pd.DataFrame(
        {
            "event": np.arange(2, len(gaps) + 2),
            "session_date": dates,
            "sessions_between": gaps,
            "mean": mean,
            "lower": lower,
            "upper": upper,
            "signal": np.where(outside, "outside the limits", ""),
        }
    )


def geometric_quantile(mean: float, share: float) -> float:
    """The smallest gap whose probability of that many or fewer reaches the share.

    A gap of 0, 1, 2 ... has the distribution function 1 - (mean / (mean + 1)) ** (gap + 1).
    """
    if not mean > 0:
        return mean
    steps = special.log1p(-share) / np.log(mean / (mean + 1))
    return max(0.0, float(np.ceil(steps - 1)))
