"""Sessions given although a contraindication was flagged."""

import pandas as pd

from pipelines.selection import Clinic
from pipelines.visits import is_treatment

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
    flagged = clinic.visits["contraindications"].notna() & (
        clinic.visits["contraindications"] != ""
    )
    needled = is_treatment(clinic.visits) & (clinic.visits["technique"] != "none")
    found = clinic.visits[LISTED][(flagged & needled).to_numpy(dtype=bool)]
    return found.sort_values("session_date", ascending=False, kind="stable", ignore_index=True)
