"""The selected treatment sessions, with only the columns that a figure needs."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.measures.grouping import columns_for
from pipelines.selection import Clinic


def treatment_sessions(clinic: Clinic, by: Sequence[str], *names: str) -> pd.DataFrame:
    """Selected treatment sessions: the patient, these columns and those to group by."""
    needed = dict.fromkeys(["patient_id", *names, *columns_for(by, "session_date")])
    rows = np.flatnonzero(treated(clinic.visits))
    return clinic.visits[list(needed)].take(rows).reset_index(drop=True)


def treated(visits: pd.DataFrame) -> np.ndarray:
    """Whether each visit of a clinic is a treatment session: those alone have a number."""
    return visits["session_number"].to_numpy() > 0


def episode_visits(clinic: Clinic, *names: str) -> tuple[pd.DataFrame, np.ndarray]:
    """All visits of the selected episodes, those outside the selection included.

    The columns asked for, in order of visits, and the row of each one's episode in
    `clinic.episodes`.
    """
    visits, rows = episode_rows(clinic)
    chosen = np.flatnonzero(rows >= 0)
    return visits[list(names)].take(chosen).reset_index(drop=True), rows[chosen]


def episode_rows(clinic: Clinic) -> tuple[pd.DataFrame, np.ndarray]:
    """Every visit, and the row of its episode in `clinic.episodes`; -1 where not selected."""
    visits = clinic.visits if clinic.history is None else clinic.history
    ids, selected = visits["episode_id"].to_numpy(), clinic.episodes["episode_id"].to_numpy()
    largest = max(ids.max(initial=0), selected.max(initial=0))
    # One place more, at the end, is where the -1 of an orphan looks.
    place = np.full(largest + 2, -1, dtype=np.int64)
    place[selected] = np.arange(len(selected))
    return visits, place[ids]
