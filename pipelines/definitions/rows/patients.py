"""Patients behind the figures that count each of them once."""

import numpy as np
import pandas as pd

from pipelines.definitions.rows.rows import Rows, pseudonyms
from pipelines.measures.told_effects import told_effects
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.visits import is_treatment


def _every(clinic: Clinic, settings: Settings) -> Rows:
    return Rows(_by_patient(clinic.visits, {}), {})


def _any_side_effect(clinic: Clinic, settings: Settings) -> Rows:
    """Patients with a treatment session; those of whom none is recorded are left out."""
    sessions = clinic.visits[is_treatment(clinic.visits).to_numpy(dtype=bool)]
    told = told_effects(sessions)
    sums = {"recorded_sessions": told.recorded, "sessions_with_any": told.recorded & told.any}
    table = _by_patient(sessions, sums)
    recorded, with_any = (table[name].to_numpy() > 0 for name in sums)
    return Rows(table, {"no_recorded_session": ~recorded}, with_any)


def _by_patient(visits: pd.DataFrame, sums: dict[str, np.ndarray]) -> pd.DataFrame:
    """One row a patient: first and last of these visits, how many, and of which kinds."""
    frame = visits[["patient_id", "session_date"]].assign(**sums)
    by_patient = frame.groupby("patient_id", observed=True)
    table = by_patient["session_date"].agg(["min", "max", "size"]).reset_index()
    table.columns = ["patient", "first_date", "last_date", "visits"]
    for name in sums:
        table[name] = by_patient[name].sum().to_numpy()
    return table.assign(patient=pseudonyms(table["patient"]))


BEHIND = {"counts.patients": _every, "side_effects.patients_any": _any_side_effect}
