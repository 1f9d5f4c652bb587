"""Side effects per recorded treatment session, and how often they are recorded at all.

Blank is not recorded and is never counted as none. Session rates are clustered by patient:
low and high by Korn and Graubard, which pages show; rao_scott_low and rao_scott_high are those
of the summary's contract. With no event the upper limit is the exact one-sided one.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.intervals import cells_of, rate_of_cells
from pipelines.measures.grouping import grouped, patient_codes, rates
from pipelines.measures.recorded_sessions import RecordedSessions, recorded_sessions
from pipelines.measures.sessions import treatment_sessions
from pipelines.measures.told_effects import COLUMNS, told_effects
from pipelines.selection import Clinic
from pipelines.tables import SERIOUS_SIDE_EFFECTS, SIDE_EFFECTS

RATE = ["n", "of", "rate", "low", "high", "rao_scott_low", "rao_scott_high"]


def any_side_effect(
    clinic: Clinic, by: Sequence[str] = (), sessions: RecordedSessions | None = None
) -> pd.DataFrame:
    """Share of recorded treatment sessions with any side effect.

    Columns: *by, n, of, rate, low, high, rao_scott_low, rao_scott_high, patients,
    design_effect, treatment_sessions, recording_rate. `sessions`, here and below, are those
    that `recorded_sessions` gives for the same clinic and groups, where several figures are
    made of them.
    """
    groups, treated, _, told, cells = sessions or recorded_sessions(clinic, by)
    rate = rate_of_cells(told.any, cells, groups.size)
    return groups.named(
        rate[RATE].assign(
            patients=rate["clusters"],
            design_effect=rate["design_effect"],
            treatment_sessions=treated,
            recording_rate=rates(rate["of"], treated)["rate"],
        )
    )


def side_effect_types(
    clinic: Clinic, by: Sequence[str] = (), sessions: RecordedSessions | None = None
) -> pd.DataFrame:
    """Share of recorded treatment sessions with each side effect that occurred.

    Columns: *by, side_effect, n, of, rate, low, high, rao_scott_low, rao_scott_high,
    serious; in the order of the vocabulary. A side effect that occurred in one group is
    listed for every group with recorded sessions.
    """
    groups, _, _, told, cells = sessions or recorded_sessions(clinic, by)
    parts = [groups.names.iloc[:0].assign(**dict.fromkeys(["side_effect", *RATE, "serious"]))]
    for name in SIDE_EFFECTS:
        happened = told.has(name)
        if not happened.any():
            continue
        rate = rate_of_cells(happened, cells, groups.size)[RATE]
        rate.insert(0, "side_effect", name)
        rate["serious"] = name in SERIOUS_SIDE_EFFECTS
        parts.append(groups.named(rate)[(rate["of"] > 0).to_numpy()])
    together = pd.concat(parts[1:] or parts)
    return together.sort_index(kind="stable").reset_index(drop=True)


def side_effect_events(
    clinic: Clinic, by: Sequence[str] = (), sessions: RecordedSessions | None = None
) -> pd.DataFrame:
    """Events, apart from sessions: a session with two side effects is two.

    Columns: *by, events, sessions (recorded), per_100 (events per 100 recorded sessions).
    """
    groups, _, codes, told, _ = sessions or recorded_sessions(clinic, by)
    count = np.bincount(codes, minlength=groups.size)
    events = np.bincount(codes, told.events, minlength=groups.size).astype(int)
    with np.errstate(invalid="ignore"):
        per_100 = 100 * events / count
    return groups.named({"events": events, "sessions": count, "per_100": per_100})


def patients_with_any(
    clinic: Clinic, by: Sequence[str] = (), sessions: RecordedSessions | None = None
) -> pd.DataFrame:
    """Share of patients with a recorded session who had any side effect.

    Columns: *by, n, of, rate, low, high. Plain Wilson interval: a patient is one.
    """
    groups, _, _, told, cells = sessions or recorded_sessions(clinic, by)
    hit = np.zeros(len(cells.rows), dtype=bool)
    hit[cells.of_row[told.any]] = True
    n, of = (np.bincount(cells.group[rows], minlength=groups.size) for rows in (hit, slice(None)))
    return groups.named(rates(n, of))


def recording_rate(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of treatment sessions with side effects recorded, none included.

    Columns: *by, n, of, rate, low, high, rao_scott_low, rao_scott_high, design_effect.
    """
    sessions = treatment_sessions(clinic, by, *COLUMNS)
    groups, recorded = grouped(sessions, by), told_effects(sessions).recorded
    rate = rate_of_cells(recorded, cells_of(patient_codes(sessions), groups.codes), groups.size)
    return groups.named(rate[[*RATE, "design_effect"]])
