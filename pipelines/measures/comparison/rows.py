"""The cells of each horizon's model: outcome, pain before, covariates, group."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipelines.measures import eligibility
from pipelines.measures.comparison.cells import Cells, collapse
from pipelines.measures.comparison.groups import Feature, episode_groups, session_groups
from pipelines.measures.grouping import patient_codes
from pipelines.measures.sessions import treatment_sessions
from pipelines.selection import Clinic
from pipelines.settings import Settings

IMMEDIATE, LASTING = "immediate", "lasting"
HORIZONS = (IMMEDIATE, LASTING)
BEFORE, AGE, AGE_MISSING = "before", "age", "age_missing"
GROUP = "group"
LATE_SESSION = 4
"""Session numbers from this one on are one level."""


def cells_of(clinic: Clinic, horizon: str, feature: Feature, settings: Settings) -> Cells:
    """Sessions with both scores, or followed episodes, that are in a group of the feature.

    The outcome is pain after (immediate) or the latest pain (lasting), 0-10.
    """
    if horizon == IMMEDIATE:
        return _sessions(clinic, feature, settings)
    return _episodes(clinic, feature, settings)


def _sessions(clinic: Clinic, feature: Feature, settings: Settings) -> Cells:
    names = ("pain_before", "pain_after", "condition", "chronicity", "session_number", "therapist")
    sessions = treatment_sessions(clinic, (), *dict.fromkeys((*names, *feature.columns)))
    group = session_groups(sessions, feature, settings)
    before, after = (sessions[name].to_numpy(dtype=float) for name in names[:2])
    chosen = (group >= 0) & ~np.isnan(before) & ~np.isnan(after)
    factors = {
        GROUP: group,
        "condition": _levels(sessions["condition"]),
        "chronicity": _levels(sessions["chronicity"]),
        "session_number": np.minimum(sessions["session_number"].to_numpy(), LATE_SESSION),
        "therapist": _levels(sessions["therapist"]),
    }
    return _cells(chosen, factors, {BEFORE: before}, after, patient_codes(sessions), feature)


def _episodes(clinic: Clinic, feature: Feature, settings: Settings) -> Cells:
    episodes = clinic.episodes
    group = episode_groups(clinic, feature, settings)
    chosen = (group >= 0) & eligibility.followed(episodes)
    factors = {
        GROUP: group,
        **{name: _levels(episodes[name]) for name in ("condition", "chronicity", "therapist")},
    }
    age = episodes["age"].to_numpy(dtype=float)
    factors |= age_missing(age, chosen)
    linear = {BEFORE: episodes["baseline"].to_numpy(dtype=float), **known_age(age, chosen)}
    latest = episodes["latest"].to_numpy(dtype=float)
    return _cells(chosen, factors, linear, latest, patient_codes(episodes), feature)


def age_missing(age: np.ndarray, chosen: np.ndarray) -> dict[str, np.ndarray]:
    """The indicator of a missing age, where some ages are missing and some known."""
    missing = np.isnan(age)
    some = missing[chosen].any() and not missing[chosen].all()
    return {AGE_MISSING: missing.astype(np.int64)} if some else {}


def known_age(age: np.ndarray, chosen: np.ndarray) -> dict[str, np.ndarray]:
    """Age with the mean of the known in place of the missing; none where nobody's is known."""
    known = age[chosen & ~np.isnan(age)]
    return {AGE: np.where(np.isnan(age), known.mean(), age)} if len(known) else {}


def _levels(column: pd.Series) -> np.ndarray:
    """Codes of a factor from 0, missing being a level of its own."""
    return column.cat.codes.to_numpy().astype(np.int64) + 1


def _cells(
    chosen: np.ndarray,
    factors: Mapping[str, np.ndarray],
    linear: Mapping[str, np.ndarray],
    outcome: np.ndarray,
    patients: np.ndarray,
    feature: Feature,
) -> Cells:
    return collapse(
        factors={name: codes[chosen] for name, codes in factors.items()},
        levels={GROUP: len(feature.groups)},
        linear={name: values[chosen] for name, values in linear.items()},
        outcome=outcome[chosen],
        patients=patients[chosen],
    )
