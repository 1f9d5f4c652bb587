"""A patient and a day as one number."""

import numpy as np
import pandas as pd

from pipelines.visits import days_of

DAYS = 1_000_000
"""More than the days that a date can have since 1970."""


def patient_days(one: pd.DataFrame, other: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Patient and day of the rows of two frames, equal where both are; -1 for a patient that
    the other frame lacks."""
    names = other["patient_id"].cat.categories
    place = np.append(names.get_indexer(one["patient_id"].cat.categories), -1)
    patients = place[one["patient_id"].cat.codes.to_numpy()].astype(np.int64)
    mine = np.where(patients < 0, -1, patients * DAYS + days_of(one["session_date"]))
    theirs = other["patient_id"].cat.codes.to_numpy().astype(np.int64) * DAYS
    return mine, theirs + days_of(other["session_date"])
