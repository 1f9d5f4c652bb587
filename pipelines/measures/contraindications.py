"""Sessions given although a contraindication was flagged."""

import pandas as pd

from pipelines.selection import Clinic


def contraindicated_and_treated(clinic: Clinic) -> pd.DataFrame:
    """Each treatment session with a contraindication flagged, newest first.

    Columns: session_date, patient_id, clinic, therapist, condition, technique,
    contraindications, side_effects.
    """
    raise NotImplementedError
