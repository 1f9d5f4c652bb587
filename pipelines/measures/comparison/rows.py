"""The cells of each horizon's model: outcome, pain before, covariates, group."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipelines.measures import eligibility
from pipelines.measures.comparison.cells import Cells, collapse
from pipelines.measures.comparison.groups import (
    Feature,
    episode_groups,
    episode_mean,
    session_groups,
)
from pipelines.measures.grouping import patient_codes
from pipelines.measures.sessions import treatment_sessions
from pipelines.selection import Clinic
from pipelines.settings import Settings

IMMEDIATE, LASTING = "immediate", "lasting"
HORIZONS = (IMMEDIATE, LASTING)
FACTORS = ("condition", "chronicity", "therapist")
BEFORE, AGE, AGE_MISSING, DEPTH_MM = "before", "age", "age_missing", "depth_mm"
GROUP = "group"
NOT_RECORDED = "not recorded"
SESSION_NUMBERS = ("1", "2", "3", "4 or more")
LATE_SESSION = len(SESSION_NUMBERS)
"""Session numbers from this one on are one level."""

Factor = tuple[np.ndarray, tuple[str, ...]]
"""The level of each row, as a whole number from 0, and the names of the levels."""


def cells_of(
    clinic: Clinic,
    horizon: str,
    feature: Feature,
    settings: Settings,
    also: tuple[str, ...] = (),
) -> Cells:
    """Sessions with both scores, or followed episodes, that are in a group of the feature.

    The outcome is pain after (immediate) or the latest pain (lasting), 0-10. `also` names
    further columns to adjust for: depth_mm as a number, any other as a factor.
    """
    if horizon == IMMEDIATE:
        return _sessions(clinic, feature, settings, also)
    followed = eligibility.followed(clinic.episodes)
    latest = clinic.episodes["latest"].to_numpy(dtype=float)
    return _episodes(clinic, feature, settings, followed, latest, also)


def _sessions(clinic: Clinic, feature: Feature, settings: Settings, also: tuple[str, ...]) -> Cells:
    names = ("pain_before", "pain_after", "condition", "chronicity", "session_number", "therapist")
    sessions = treatment_sessions(clinic, (), *dict.fromkeys((*names, *feature.columns, *also)))
    group = session_groups(sessions, feature, settings)
    before, after = (sessions[name].to_numpy(dtype=float) for name in names[:2])
    chosen = (group >= 0) & ~np.isnan(before) & ~np.isnan(after)
    number = np.minimum(sessions["session_number"].to_numpy(), LATE_SESSION) - 1
    factors = {
        GROUP: (group, feature.groups),
        "session_number": (number, SESSION_NUMBERS),
        **{name: _levels(sessions[name]) for name in (*FACTORS, *also) if name != DEPTH_MM},
    }
    linear = {BEFORE: before}
    if DEPTH_MM in also:
        linear[DEPTH_MM] = sessions[DEPTH_MM].to_numpy(dtype=float)
    return _cells(chosen, factors, linear, after, patient_codes(sessions))


def unfollowed_cells(clinic: Clinic, feature: Feature, settings: Settings) -> Cells:
    """Episodes that are followed or due, those not followed as if pain had stayed the same."""
    episodes = clinic.episodes
    followed = eligibility.followed(episodes)
    latest = episodes["latest"].where(followed, episodes["baseline"]).to_numpy(dtype=float)
    chosen = followed | eligibility.due(clinic, settings)
    return _episodes(clinic, feature, settings, chosen, latest)


def _episodes(
    clinic: Clinic,
    feature: Feature,
    settings: Settings,
    chosen: np.ndarray,
    latest: np.ndarray,
    also: tuple[str, ...] = (),
) -> Cells:
    episodes, group = clinic.episodes, episode_groups(clinic, feature, settings)
    chosen = chosen & (group >= 0)
    factors = {
        GROUP: (group, feature.groups),
        **{name: _levels(episodes[name]) for name in (*FACTORS, *also) if name != DEPTH_MM},
    }
    age = episodes["age"].to_numpy(dtype=float)
    factors |= age_missing(age, chosen)
    linear = {BEFORE: episodes["baseline"].to_numpy(dtype=float), **known_age(age, chosen)}
    if DEPTH_MM in also:
        linear[DEPTH_MM] = episode_mean(clinic, DEPTH_MM)
    return _cells(chosen, factors, linear, latest, patient_codes(episodes))


def age_missing(age: np.ndarray, chosen: np.ndarray) -> dict[str, Factor]:
    """The indicator of a missing age, where some ages are missing and some known."""
    missing = np.isnan(age)
    some = missing[chosen].any() and not missing[chosen].all()
    return {AGE_MISSING: (missing.astype(np.int64), ("no", "yes"))} if some else {}


def known_age(age: np.ndarray, chosen: np.ndarray) -> dict[str, np.ndarray]:
    """Age with the mean of the known in place of the missing; none where nobody's is known."""
    known = age[chosen & ~np.isnan(age)]
    return {AGE: np.where(np.isnan(age), known.mean(), age)} if len(known) else {}


def _levels(column: pd.Series) -> Factor:
    """A factor whose first level is missing."""
    codes = column.cat.codes.to_numpy().astype(np.int64) + 1
    return codes, (NOT_RECORDED, *map(str, column.cat.categories))


def _cells(
    chosen: np.ndarray,
    factors: Mapping[str, Factor],
    linear: Mapping[str, np.ndarray],
    outcome: np.ndarray,
    patients: np.ndarray,
) -> Cells:
    return collapse(
        factors={name: codes[chosen] for name, (codes, _) in factors.items()},
        names={name: names for name, (_, names) in factors.items()},
        linear={name: values[chosen] for name, values in linear.items()},
        outcome=outcome[chosen],
        patients=patients[chosen],
    )
