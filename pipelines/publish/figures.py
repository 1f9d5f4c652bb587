"""Figures of the whole clinic that a release carries beside its tables: shares of rows.

Each is a count among its denominator, by patient and half-year, so that both can be held
against the rules and summed over any half-years.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipelines import thresholds
from pipelines.measures import eligibility
from pipelines.measures.immediate import DROPS
from pipelines.measures.told_effects import COLUMNS, told_effects
from pipelines.publish.periods import half_years
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.tables import SIDE_EFFECTS
from pipelines.visits import is_treatment

ROW = ["patient", "half_year", "figure", "n", "of"]
SIDE_EFFECT = "side_effect."
SERIOUS = "serious"
OUTCOMES = ("responders_2pt", "improved", "unchanged", "worse")


def figure_names() -> list[str]:
    """Every figure that a release can carry, in its order."""
    drops = [f"drop_{points}" for points in DROPS]
    types = [f"{SIDE_EFFECT}{name}" for name in SIDE_EFFECTS]
    return [*OUTCOMES, "completeness", "responders_30_due", "scored", *drops, *types, SERIOUS]


def figure_rows(clinic: Clinic, settings: Settings) -> pd.DataFrame:
    """Each figure's n and denominator (of) by patient and half-year; rows of nothing left out."""
    parts = [*_of_episodes(clinic, settings), *_of_sessions(clinic)]
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(ROW[:3], ignore_index=True)


def _of_episodes(clinic: Clinic, settings: Settings) -> Iterator[pd.DataFrame]:
    episodes = clinic.episodes
    scores = episodes["baseline"].to_numpy(), episodes["latest"].to_numpy()
    eligible = eligibility.eligible(episodes, settings)
    due = eligibility.due(clinic, settings)
    followed = eligibility.followed(episodes)
    high_enough = eligibility.high_enough(episodes, settings)
    better, worse = thresholds.improved(*scores, settings), thresholds.worse(*scores, settings)
    fell_2 = thresholds.fell_by_points(*scores, settings.responder_points)
    fell_30 = thresholds.fell_by_percent(*scores, settings.responder_percent)
    yield from (
        _figure(episodes, "first_date", name, hit, among)
        for name, hit, among in (
            ("responders_2pt", fell_2, eligible),
            ("improved", better, eligible),
            ("unchanged", ~better & ~worse, eligible),
            ("worse", worse, eligible),
            ("completeness", followed, due),
            ("responders_30_due", fell_30, due & followed & high_enough),
        )
    )


def _of_sessions(clinic: Clinic) -> Iterator[pd.DataFrame]:
    visits = clinic.visits
    treated = is_treatment(visits).to_numpy(dtype=bool)
    before, after = visits["pain_before"].to_numpy(), visits["pain_after"].to_numpy()
    scored = treated & ~np.isnan(before) & ~np.isnan(after)
    yield _figure(visits, "session_date", "scored", scored, treated)
    for points in DROPS:
        fell = thresholds.fell_by_points(before, after, points)
        yield _figure(visits, "session_date", f"drop_{points}", fell, scored)
    told = told_effects(visits[list(COLUMNS)])
    recorded = treated & told.recorded
    yield _figure(visits, "session_date", SERIOUS, told.serious, recorded)
    for name in SIDE_EFFECTS:
        yield _figure(visits, "session_date", f"{SIDE_EFFECT}{name}", told.has(name), recorded)


def _figure(
    frame: pd.DataFrame, day: str, name: str, hit: np.ndarray, among: np.ndarray
) -> pd.DataFrame:
    """One figure's counts by patient and half-year."""
    patient, patients = pd.factorize(frame["patient_id"].to_numpy(dtype=object)[among])
    half, halves = pd.factorize(half_years(frame[day])[among])
    cells, place = np.unique(
        patient.astype(np.int64) * (len(halves) + 1) + half, return_inverse=True
    )
    n = np.bincount(place, hit[among], minlength=len(cells)).astype(np.int64)
    of = np.bincount(place, minlength=len(cells)).astype(np.int64)
    return pd.DataFrame(
        {
            "patient": patients[cells // (len(halves) + 1)].astype(str),
            "half_year": halves[cells % (len(halves) + 1)].astype(str),
            "figure": name,
            "n": n,
            "of": of,
        }
    )
