"""Sessions given although a contraindication was flagged."""

import numpy as np
import pandas as pd

from pipelines.measures.sessions import treated
from pipelines.selection import Clinic
from pipelines.visits import is_among

LISTED = [
    "session_date",
    "patient_id",
    "clinic",
    "therapist",
    "condition",
    "technique",
    "contraindications",
    "side_effects",
]


def contraindicated_and_treated(clinic: Clinic) -> pd.DataFrame:
    """Each treatment session with a contraindication flagged, newest first.

    Columns: session_date, patient_id, clinic, therapist, condition, technique,
    contraindications, side_effects. A session needled with `none` was not treated with a
    needle and is not listed.
    """
    visits = clinic.visits
    flags = visits["contraindications"]
    flagged = (flags.cat.codes.to_numpy() >= 0) & ~is_among(flags, ("",))
    needled = treated(visits) & ~is_among(visits["technique"], ("none",))
    found = visits[LISTED].take(np.flatnonzero(flagged & needled))
    return found.sort_values("session_date", ascending=False, kind="stable", ignore_index=True)
