"""Side-effect events per session, as the published surveys count them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.intervals import clustered_mean, zero_event_bound
from pipelines.measures.grouping import grouped, patient_codes
from pipelines.measures.sessions import treatment_sessions
from pipelines.measures.told_effects import COLUMNS, told_effects
from pipelines.selection import Clinic


def event_rate(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Events per recorded treatment session: a session with two side effects counts twice.

    Columns: *by, n (events), of (recorded sessions), rate, low, high, patients. Interval of
    a mean clustered by patient, never below 0; without an event the exact one-sided bound.
    """
    sessions = treatment_sessions(clinic, by, *COLUMNS)
    groups, told = grouped(sessions, by), told_effects(sessions)
    codes, patients = groups.codes[told.recorded], patient_codes(sessions)[told.recorded]
    events = told.events[told.recorded]
    mean = clustered_mean(events, patients, codes, groups.size)
    n = np.bincount(codes, events, minlength=groups.size).astype(int)
    low, high = np.maximum(mean["low"], 0), mean["high"]
    return groups.named(
        {
            "n": n,
            "of": mean["n"],
            "rate": mean["mean"],
            "low": np.where((n == 0) & (mean["n"] > 0), 0, low),
            "high": np.where(n == 0, zero_event_bound(mean["n"]), high),
            "patients": mean["clusters"],
        }
    )
