"""The selected treatment sessions with side effects recorded: what every rate of them is of."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipelines.intervals import Cells, cells_of
from pipelines.measures.grouping import Groups, grouped, patient_codes
from pipelines.measures.sessions import treatment_sessions
from pipelines.measures.told_effects import COLUMNS, Told, told_effects
from pipelines.selection import Clinic


class RecordedSessions(NamedTuple):
    """What the sessions tell, gathered once for any number of figures.

    `codes`, `told` and `cells` (group and patient) have a row a recorded session;
    `treated` counts all treatment sessions of each group.
    """

    groups: Groups
    treated: np.ndarray
    codes: np.ndarray
    told: Told
    cells: Cells


def recorded_sessions(clinic: Clinic, by: Sequence[str] = ()) -> RecordedSessions:
    """The recorded treatment sessions of a selection, by group and patient."""
    sessions = treatment_sessions(clinic, by, *COLUMNS)
    groups, told = grouped(sessions, by), told_effects(sessions)
    rows = np.flatnonzero(told.recorded)
    codes = groups.codes[rows]
    return RecordedSessions(
        groups=groups,
        treated=np.bincount(groups.codes, minlength=groups.size),
        codes=codes,
        told=told.take(rows),
        cells=cells_of(patient_codes(sessions)[rows], codes),
    )
