"""Techniques: own change at both horizons, and the raw difference against the commonest.

A difference between techniques is not an effect of technique: harder cases may be given
one of them. The adjusted difference stands beside the raw one.
"""

import numpy as np
import pandas as pd

from pipelines.intervals import clustered_difference, clustered_mean
from pipelines.measures import eligibility
from pipelines.measures.grouping import patient_codes
from pipelines.measures.responders import responders
from pipelines.measures.sessions import treatment_sessions
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.tables import MIXED
from pipelines.visits import NEEDLED, codes_among

GROUPS = (*NEEDLED, MIXED)


def techniques(clinic: Clinic, settings: Settings) -> pd.DataFrame:
    """One row a technique, by treatment sessions, then mixed; never unknown.

    Columns: technique, sessions, episodes, responders, eligible, rate, low, high
    (responders at 30%). `sessions` are selected treatment sessions with it, none of them
    mixed; `episodes` all selected episodes of it.
    """
    sessions = [*_session_counts(clinic), 0]
    episodes = np.bincount(_codes(clinic.episodes) + 1, minlength=len(GROUPS) + 1)[1:]
    rate = responders(clinic, settings, by=("technique",))
    rate = rate[rate["measure"] == "responders_30"].set_index("technique")
    rate.index = rate.index.astype("str")
    rate = rate.rename(columns={"n": "responders", "of": "eligible"}).reindex(GROUPS)
    table = rate[["responders", "eligible", "rate", "low", "high"]].reset_index()
    table[["responders", "eligible"]] = table[["responders", "eligible"]].fillna(0).astype(int)
    table.insert(1, "sessions", sessions)
    table.insert(2, "episodes", episodes)
    order = [*np.argsort(-np.array(sessions[:-1]), kind="stable"), len(NEEDLED)]
    table = table.iloc[order]
    occurs = (table["sessions"] > 0) | (table["episodes"] > 0)
    return table[occurs].reset_index(drop=True)


def technique_effects(clinic: Clinic) -> pd.DataFrame:
    """Own mean change and raw difference, one row a horizon and technique.

    Columns: horizon ("immediate", "lasting"), technique, n, patients, change_mean, low,
    high (own; positive is less pain), reference, difference, difference_low,
    difference_high, p (raw, against the reference; negative is less pain; missing for
    the reference itself).

    Immediate: treatment sessions with a technique and both scores. Lasting: episodes with
    baseline and latest and a technique, mixed as a group of its own. Clustered by patient.
    """
    reference = reference_technique(clinic)
    parts = [
        _effects(*rows, reference).assign(horizon=horizon)
        for horizon, rows in (("immediate", _immediate(clinic)), ("lasting", _lasting(clinic)))
    ]
    table = pd.concat(parts, ignore_index=True)
    mixed_sessions = (table["horizon"] == "immediate") & (table["technique"] == MIXED)
    table = table[~mixed_sessions].reset_index(drop=True)
    return table[["horizon", *(name for name in table if name != "horizon")]]


def reference_technique(clinic: Clinic) -> str | None:
    """The technique with most selected treatment sessions; tie: order of the vocabulary."""
    sessions = _session_counts(clinic)
    return NEEDLED[int(sessions.argmax())] if sessions.any() else None


def _session_counts(clinic: Clinic) -> np.ndarray:
    codes = codes_among(treatment_sessions(clinic, (), "technique")["technique"], NEEDLED)
    return np.bincount(codes + 1, minlength=len(NEEDLED) + 1)[1:]


def _codes(episodes: pd.DataFrame) -> np.ndarray:
    return codes_among(episodes["technique"], GROUPS)


def _immediate(clinic: Clinic) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Fall in pain, patient and technique of each row."""
    sessions = treatment_sessions(clinic, (), "technique", "pain_before", "pain_after")
    change = (sessions["pain_before"] - sessions["pain_after"]).to_numpy()
    codes = codes_among(sessions["technique"], NEEDLED)
    chosen = (codes >= 0) & ~np.isnan(change)
    return change[chosen], patient_codes(sessions)[chosen], codes[chosen]


def _lasting(clinic: Clinic) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Fall in pain, patient and technique of each row."""
    episodes = clinic.episodes
    codes = _codes(episodes)
    chosen = (codes >= 0) & eligibility.followed(episodes)
    change = (episodes["baseline"] - episodes["latest"]).to_numpy()
    return change[chosen], patient_codes(episodes)[chosen], codes[chosen]


def _effects(
    change: np.ndarray, patients: np.ndarray, codes: np.ndarray, reference: str | None
) -> pd.DataFrame:
    own = clustered_mean(change, patients, codes, len(GROUPS))
    table = pd.DataFrame({"technique": GROUPS, "n": own["n"], "patients": own["clusters"]}).assign(
        change_mean=own["mean"], low=own["low"], high=own["high"], reference=reference
    )
    against = GROUPS.index(reference) if reference else 0
    raw = clustered_difference(-change, patients, codes, len(GROUPS), against)
    return table.assign(
        difference=raw["difference"],
        difference_low=raw["low"],
        difference_high=raw["high"],
        p=raw["p"],
    )
