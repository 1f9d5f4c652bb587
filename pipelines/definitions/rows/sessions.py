"""Visits and treatment sessions behind the figures of side effects, drops and techniques."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from pipelines.definitions.rows.rows import Rows, pseudonyms
from pipelines.measures.told_effects import Told, told_effects
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.tables import SEPARATOR, SIDE_EFFECTS
from pipelines.thresholds import fell_by_points
from pipelines.visits import NEEDLED, codes_among, is_treatment

FACTS = (
    "session_date", "visit_type", "clinic", "therapist", "condition", "chronicity", "technique",
    "session_number",
)  # fmt: skip
SCORES = ("pain_before", "pain_after")
NONE_RECORDED = "none"


def _frame(visits: pd.DataFrame, *further: str) -> pd.DataFrame:
    table = visits[[*FACTS, *further]].reset_index(drop=True)
    table.insert(0, "patient", pseudonyms(visits["patient_id"]).to_numpy())
    return table


def _treated(clinic: Clinic) -> pd.DataFrame:
    return clinic.visits[is_treatment(clinic.visits).to_numpy(dtype=bool)]


def _visits(clinic: Clinic, settings: Settings) -> Rows:
    return Rows(_frame(clinic.visits), {})


def _treatments(clinic: Clinic, settings: Settings) -> Rows:
    """All visits, treatment sessions counted."""
    return Rows(_frame(clinic.visits), {}, is_treatment(clinic.visits).to_numpy(dtype=bool))


def _orphans(clinic: Clinic, settings: Settings) -> Rows:
    return Rows(_frame(clinic.visits), {}, (clinic.visits["episode_id"] < 0).to_numpy())


def _drops(points: float | None, sign: int = 1) -> Callable[[Clinic, Settings], Rows]:
    """The fall in pain within each session; with `points`, those that fell so far counted."""

    def rows(clinic: Clinic, settings: Settings) -> Rows:
        sessions = _treated(clinic)
        before, after = (sessions[name].to_numpy() for name in SCORES)
        value = sign * (before - after)
        counted = None if points is None else fell_by_points(before, after, points)
        return Rows(_frame(sessions, *SCORES), {"no_scores": np.isnan(value)}, counted, value)

    return rows


def _by_technique(
    inner: Callable[[Clinic, Settings], Rows],
) -> Callable[[Clinic, Settings], Rows]:
    """The rows of a figure, sessions without a needling technique left out too."""

    def rows(clinic: Clinic, settings: Settings) -> Rows:
        found = inner(clinic, settings)
        without = codes_among(found.frame["technique"], NEEDLED) < 0
        return found._replace(left_out={"no_technique": without, **found.left_out})

    return rows


def _adjusted(clinic: Clinic, settings: Settings) -> Rows:
    found = _drops(None)(clinic, settings)
    return found._replace(value=found.frame["pain_after"].to_numpy())


def _needled(clinic: Clinic, settings: Settings) -> Rows:
    return Rows(_frame(_treated(clinic)), {})


def _effects(
    counted: Callable[[Told], np.ndarray],
) -> Callable[[Clinic, Settings], Rows]:
    """Treatment sessions, those left blank left out."""

    def rows(clinic: Clinic, settings: Settings) -> Rows:
        sessions = _treated(clinic)
        told = told_effects(sessions)
        return Rows(_told(sessions, told), {"not_recorded": ~told.recorded}, counted(told))

    return rows


def _recorded(clinic: Clinic, settings: Settings) -> Rows:
    sessions = _treated(clinic)
    told = told_effects(sessions)
    return Rows(_told(sessions, told), {}, told.recorded)


def _told(sessions: pd.DataFrame, told: Told) -> pd.DataFrame:
    """Sessions with what they tell: blank is not recorded, `none` is recorded-none."""
    names = np.array(SIDE_EFFECTS, dtype=object)
    texts = [SEPARATOR.join(names[row]) or NONE_RECORDED for row in told.sets]
    said = np.where(told.recorded, np.array(texts, dtype=object)[told.which], "")
    return _frame(sessions, "side_effect_severity").assign(
        side_effects=pd.Series(said, dtype="str")
    )


BEHIND = {
    "counts.sessions": _treatments,
    "counts.visits": _visits,
    "counts.orphan_follow_ups": _orphans,
    "immediate.n": _drops(None),
    "immediate.change_mean": _drops(None),
    "immediate.drop_1": _drops(1),
    "immediate.drop_2": _drops(2),
    "horizons": _drops(None),
    "side_effects.treatment_sessions": _needled,
    "side_effects.recorded": _recorded,
    "recording": _recorded,
    "side_effects.any": _effects(lambda told: told.any),
    "side_effects.types": _effects(lambda told: told.any),
    "side_effects.serious": _effects(lambda told: told.serious),
    "between_serious": _effects(lambda told: told.serious),
    "side_effects_by_month": _effects(lambda told: told.any),
    "techniques.sessions": _by_technique(_needled),
    "techniques.immediate": _by_technique(_drops(None)),
    "techniques.immediate_raw": _by_technique(_drops(None, sign=-1)),
    "techniques.immediate_adjusted": _by_technique(_adjusted),
}
