"""The cells of each horizon's models: outcome, pain before, covariates, group.

The rows are gone through once a horizon. Models that adjust for more, or count more rows,
look at the same cells.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.measures import eligibility
from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.collapse import collapse
from pipelines.measures.comparison.groups import (
    TECHNIQUE,
    Feature,
    episode_groups,
    episode_mean,
    session_groups,
)
from pipelines.measures.grouping import patient_codes
from pipelines.measures.sessions import treated
from pipelines.selection import Clinic
from pipelines.settings import Settings

IMMEDIATE, LASTING = "immediate", "lasting"
HORIZONS = (IMMEDIATE, LASTING)
FACTORS = ("condition", "chronicity", "therapist")
BEFORE, AGE, AGE_MISSING, DEPTH_MM = "before", "age", "age_missing", "depth_mm"
GROUP, COURSE = "group", "course"
NOT_RECORDED = "not recorded"
SESSION_NUMBERS = ("1", "2", "3", "4 or more")
LATE_SESSION = len(SESSION_NUMBERS)
"""Session numbers from this one on are one level."""
COURSES = ("followed, not due", "followed and due", "due, not followed")
NOT_DUE, MISSING = COURSES.index("followed, not due"), COURSES.index("due, not followed")

Factor = tuple[np.ndarray, tuple[str, ...]]
"""The level of each row, as a whole number from 0, and the names of the levels."""


@dataclass(frozen=True)
class Rows:
    """The rows of one feature at one horizon, with all that any of its models looks at.

    `every` has technique as a factor where something else is compared, and at the lasting
    horizon the course of each episode; those not followed have the pain they came with.
    """

    every: Cells

    @property
    def model(self) -> Cells:
        """Rows with both scores, and the covariates that the definition names."""
        return self.with_technique.without(TECHNIQUE)

    @property
    def with_technique(self) -> Cells:
        """The same, technique being one more covariate."""
        if COURSE not in self.every.codes:
            return self.every
        return self.every.only(self.every.level(COURSE) != MISSING).without(COURSE)

    @property
    def as_unchanged(self) -> Cells:
        """With episodes that are due but not followed, as if pain had stayed as it was."""
        return self.every.without(COURSE).without(TECHNIQUE)


def rows_of(clinic: Clinic, horizon: str, feature: Feature, settings: Settings) -> Rows:
    """Sessions with both scores, or episodes followed or due, in a group of the feature."""
    also = () if TECHNIQUE in feature.columns else (TECHNIQUE,)
    if horizon == IMMEDIATE:
        return Rows(_sessions(clinic, feature, settings, also))
    return Rows(_episodes(clinic, feature, settings, also))


def cells_of(clinic: Clinic, horizon: str, feature: Feature, settings: Settings) -> Cells:
    """The cells of the adjusted model; the outcome is pain after, or the latest pain, 0-10."""
    return rows_of(clinic, horizon, feature, settings).model


def depth_cells(clinic: Clinic, horizon: str, feature: Feature, settings: Settings) -> Cells:
    """The same with depth in millimetres as a number in place of its bands."""
    of = _sessions if horizon == IMMEDIATE else _episodes
    return Rows(of(clinic, feature, settings, (DEPTH_MM,))).model.without(GROUP)


def _sessions(clinic: Clinic, feature: Feature, settings: Settings, also: tuple[str, ...]) -> Cells:
    visits = clinic.visits
    group = session_groups(visits, feature, settings)
    before, after = (visits[name].to_numpy(dtype=float) for name in ("pain_before", "pain_after"))
    chosen = treated(visits) & (group >= 0) & ~np.isnan(before) & ~np.isnan(after)
    rows = np.flatnonzero(chosen)
    number = np.minimum(visits["session_number"].to_numpy()[rows], LATE_SESSION) - 1
    factors = {
        GROUP: (group[rows], feature.groups),
        "session_number": (number, SESSION_NUMBERS),
        **_factors(visits, rows, also),
    }
    linear = {BEFORE: before[rows]}
    if DEPTH_MM in also:
        linear[DEPTH_MM] = visits[DEPTH_MM].to_numpy(dtype=float)[rows]
    return _cells(factors, linear, after[rows], patient_codes(visits)[rows])


def _episodes(clinic: Clinic, feature: Feature, settings: Settings, also: tuple[str, ...]) -> Cells:
    episodes, group = clinic.episodes, episode_groups(clinic, feature, settings)
    followed, due = eligibility.followed(episodes), eligibility.due(clinic, settings)
    rows = np.flatnonzero((followed | due) & (group >= 0))
    baseline, latest = (episodes[name].to_numpy(dtype=float) for name in ("baseline", "latest"))
    age = episodes["age"].to_numpy(dtype=float)[rows]
    factors = {
        GROUP: (group[rows], feature.groups),
        COURSE: (np.where(followed, due * 1, MISSING)[rows], COURSES),
        **_factors(episodes, rows, also),
        **age_missing(age),
    }
    linear = {BEFORE: baseline[rows], **known_age(age)}
    if DEPTH_MM in also:
        linear[DEPTH_MM] = episode_mean(clinic, DEPTH_MM)[rows]
    outcome = np.where(followed, latest, baseline)[rows]
    return _cells(factors, linear, outcome, patient_codes(episodes)[rows])


def age_missing(age: np.ndarray) -> dict[str, Factor]:
    """The indicator of a missing age, where some ages are missing and some known."""
    missing = np.isnan(age)
    some = missing.any() and not missing.all()
    return {AGE_MISSING: (missing.astype(np.int8), ("no", "yes"))} if some else {}


def known_age(age: np.ndarray) -> dict[str, np.ndarray]:
    """Age with the mean of the known in place of the missing; none where nobody's is known."""
    known = age[~np.isnan(age)]
    return {AGE: np.where(np.isnan(age), known.mean(), age)} if len(known) else {}


def _factors(frame: pd.DataFrame, rows: np.ndarray, also: tuple[str, ...]) -> dict[str, Factor]:
    names = (*FACTORS, *(name for name in also if name != DEPTH_MM))
    return {name: _levels(frame[name], rows) for name in names}


def _levels(column: pd.Series, rows: np.ndarray) -> Factor:
    """A factor whose first level is missing."""
    codes = column.cat.codes.to_numpy()[rows].astype(np.int32) + 1
    return codes, (NOT_RECORDED, *map(str, column.cat.categories))


def _cells(
    factors: Mapping[str, Factor],
    linear: Mapping[str, np.ndarray],
    outcome: np.ndarray,
    patients: np.ndarray,
) -> Cells:
    return collapse(
        factors={name: codes for name, (codes, _) in factors.items()},
        names={name: names for name, (_, names) in factors.items()},
        linear=linear,
        outcome=outcome,
        patients=patients,
    )
