"""Side effects per recorded treatment session, and how often they are recorded at all.

Blank is not recorded and is never counted as none. Session rates are clustered by
patient; with no event their upper limit is the exact one-sided one.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.intervals import cells_of, rate_of_cells
from pipelines.measures.grouping import Groups, grouped, patient_codes, rates
from pipelines.measures.sessions import treatment_sessions
from pipelines.measures.told_effects import COLUMNS, Told, told_effects
from pipelines.selection import Clinic
from pipelines.tables import SERIOUS_SIDE_EFFECTS, SIDE_EFFECTS

RATE = ["n", "of", "rate", "low", "high"]


class Sessions(NamedTuple):
    """Treatment sessions: their groups, patients, and what each tells."""

    groups: Groups
    patients: np.ndarray
    told: Told


def any_side_effect(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of recorded treatment sessions with any side effect.

    Columns: *by, n, of, rate, low, high, patients, design_effect, treatment_sessions,
    recording_rate.
    """
    groups, patients, told = _sessions(clinic, by)
    cells = cells_of(patients[told.recorded], groups.codes[told.recorded])
    rate = rate_of_cells(told.any[told.recorded], cells, groups.size)
    recording = rates(rate["of"], np.bincount(groups.codes, minlength=groups.size))
    return groups.named(
        rate[RATE].assign(
            patients=rate["clusters"],
            design_effect=rate["design_effect"],
            treatment_sessions=recording["of"],
            recording_rate=recording["rate"],
        )
    )


def side_effect_types(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of recorded treatment sessions with each side effect that occurred.

    Columns: *by, side_effect, n, of, rate, low, high, serious; in the order of the
    vocabulary. A side effect that occurred in one group is listed for every group with
    recorded sessions.
    """
    groups, patients, told = _sessions(clinic, by)
    cells = cells_of(patients[told.recorded], groups.codes[told.recorded])
    parts = [groups.names.iloc[:0].assign(**dict.fromkeys(["side_effect", *RATE, "serious"]))]
    for name in SIDE_EFFECTS:
        happened = told.has(name)[told.recorded]
        if not happened.any():
            continue
        rate = rate_of_cells(happened, cells, groups.size)[RATE]
        rate.insert(0, "side_effect", name)
        rate["serious"] = name in SERIOUS_SIDE_EFFECTS
        parts.append(groups.named(rate)[(rate["of"] > 0).to_numpy()])
    together = pd.concat(parts[1:] or parts)
    return together.sort_index(kind="stable").reset_index(drop=True)


def side_effect_events(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Events, apart from sessions: a session with two side effects is two.

    Columns: *by, events, sessions (recorded), per_100 (events per 100 recorded sessions).
    """
    groups, _, told = _sessions(clinic, by)
    sessions = groups.count(told.recorded)
    events = np.bincount(groups.codes, told.events, minlength=groups.size).astype(int)
    with np.errstate(invalid="ignore"):
        per_100 = 100 * events / sessions
    return groups.named({"events": events, "sessions": sessions, "per_100": per_100})


def patients_with_any(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of patients with a recorded session who had any side effect.

    Columns: *by, n, of, rate, low, high. Plain Wilson interval: a patient is one.
    """
    groups, patients, told = _sessions(clinic, by)
    counts = [
        np.bincount(cells_of(patients[rows], groups.codes[rows]).group, minlength=groups.size)
        for rows in (told.recorded & told.any, told.recorded)
    ]
    return groups.named(rates(*counts))


def recording_rate(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of treatment sessions with side effects recorded, none included.

    Columns: *by, n, of, rate, low, high, design_effect. Clustered by patient.
    """
    groups, patients, told = _sessions(clinic, by)
    rate = rate_of_cells(told.recorded, cells_of(patients, groups.codes), groups.size)
    return groups.named(rate[[*RATE, "design_effect"]])


def _sessions(clinic: Clinic, by: Sequence[str]) -> Sessions:
    sessions = treatment_sessions(clinic, by, *COLUMNS)
    return Sessions(grouped(sessions, by), patient_codes(sessions), told_effects(sessions))
