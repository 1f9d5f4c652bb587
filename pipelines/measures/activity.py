"""How busy the clinic is."""

import numpy as np
import pandas as pd

from pipelines.intervals import cells_of
from pipelines.measures.grouping import patient_codes
from pipelines.measures.sessions import treated
from pipelines.selection import Clinic

MONTHS = "datetime64[M]"


def activity(clinic: Clinic) -> pd.DataFrame:
    """New episodes, treatment sessions and patients treated, by month; no month is left out.

    Columns: month (first day), episodes, sessions, patients.
    """
    given = treated(clinic.visits)
    sessions = _months(clinic.visits["session_date"])[given]
    episodes = _months(clinic.episodes["first_date"])
    both = np.concatenate([sessions, episodes])
    first, size = (both.min(), np.ptp(both) + 1) if len(both) else (0, 0)
    patients = cells_of(patient_codes(clinic.visits)[given], sessions - first).group
    return pd.DataFrame(
        {
            "month": (first + np.arange(size)).astype(MONTHS).astype("datetime64[s]"),
            "episodes": np.bincount(episodes - first, minlength=size),
            "sessions": np.bincount(sessions - first, minlength=size),
            "patients": np.bincount(patients, minlength=size),
        }
    )


def _months(dates: pd.Series) -> np.ndarray:
    return dates.to_numpy().astype(MONTHS).astype(np.int64)
