"""The visits of the sample clinic's patients, as codes and numbers, before any system's words."""

import numpy as np
import pandas as pd

from pipelines.demo.course import FLUCTUATION, draw_course
from pipelines.demo.details import draw_details
from pipelines.demo.facts import (
    ATTENDED,
    DISCHARGE,
    EVALUATION,
    FOLLOW_UP,
    MISSING,
    STAFF,
    TREATMENT,
)
from pipelines.demo.opening_days import Scenario
from pipelines.demo.reactions import draw_reactions

CALLED = 0.28
DISCHARGED = 0.5  # of those who leave well after the third visit or later
WITHOUT_NEEDLE = 0.5  # of the discharge visits
BY_COLLEAGUE = 0.08
RECORDING = np.array([therapist.recording for therapist in STAFF])
ENDS = np.array([therapist.ends for therapist in STAFF])


def draw_visits(
    rng: np.random.Generator, people: pd.DataFrame, episodes: pd.DataFrame, scenario: Scenario
) -> pd.DataFrame:
    """One row a visit that took place, everything recorded, calls after the last visits."""
    period = len(scenario.days)
    visits = _with_visit_types(rng, draw_course(rng, episodes, period))
    visits = pd.concat([visits, _calls(rng, visits, period)], ignore_index=True)
    visits = _with_facts(visits, people, episodes)
    visits = _with_appointments(rng, visits, scenario)
    return _with_reactions(rng, draw_details(rng, visits), people)


def _with_visit_types(rng: np.random.Generator, visits: pd.DataFrame) -> pd.DataFrame:
    chance = rng.random(len(visits))
    discharge = visits["well"] & (visits["number"] >= 2) & (chance < DISCHARGED)
    kind = np.where(visits["number"] == 0, EVALUATION, TREATMENT)
    kind = np.where(discharge, DISCHARGE, kind)
    without = discharge & (chance < DISCHARGED * WITHOUT_NEEDLE)
    return visits.assign(
        visit_type=kind,
        technique=visits["technique"].where(~without, MISSING),
        twitch=visits["twitch"].astype(np.int64).where(~without, MISSING),
        after=visits["after"].where(~without),
    )


def _calls(rng: np.random.Generator, visits: pd.DataFrame, period: int) -> pd.DataFrame:
    """A telephone call 4 to 12 weeks after the last visit of some episodes."""
    last = visits["episode"] != visits["episode"].shift(-1)
    calls = visits[last & (rng.random(len(visits)) < CALLED)]
    noise = FLUCTUATION * rng.standard_normal(len(calls))
    calls = calls.assign(
        opening_day=calls["opening_day"] + rng.integers(20, 61, len(calls)),
        visit_type=FOLLOW_UP,
        technique=MISSING,
        twitch=MISSING,
        before=np.clip(calls["level"] - calls["carried"] + noise, 0, 10),
        after=np.nan,
    )
    return calls[calls["opening_day"] < period]


def _with_facts(visits: pd.DataFrame, people: pd.DataFrame, episodes: pd.DataFrame) -> pd.DataFrame:
    """The facts of the episode and of the patient beside each visit."""
    episode = episodes.iloc[visits["episode"].to_numpy()].reset_index(drop=True)
    person = people.iloc[episode["patient"].to_numpy()].reset_index(drop=True)
    return visits.reset_index(drop=True).assign(
        **{name: episode[name] for name in ("patient", "condition", "stage", "side", "therapist")},
        **{name: person[name] for name in ("sex", "birth", "contraindications")},
    )


def _with_appointments(
    rng: np.random.Generator, visits: pd.DataFrame, scenario: Scenario
) -> pd.DataFrame:
    """The day, the time, the patient's age then, and who was there to treat."""
    opening_day = visits["opening_day"].to_numpy()
    day = scenario.days[opening_day].astype(np.int64)
    return visits.assign(
        status=ATTENDED,
        day=day,
        minute=8 * 60 + 30 * rng.integers(0, 20, len(visits)),
        age=(day - visits["birth"]) * 100 // 36_525,
        therapist=_who_treats(rng, visits["therapist"].to_numpy(), opening_day, scenario),
    )


def _who_treats(
    rng: np.random.Generator, usual: np.ndarray, opening_day: np.ndarray, scenario: Scenario
) -> np.ndarray:
    """The episode's own therapist; now and then, and after they have left, a lasting colleague."""
    lasting = np.array([place for place in scenario.staff if STAFF[place].lasting])
    colleague = lasting[rng.integers(0, len(lasting), len(usual))]
    gone = opening_day >= ENDS[usual] * len(scenario.days)
    return np.where(gone | (rng.random(len(usual)) < BY_COLLEAGUE), colleague, usual)


def _with_reactions(
    rng: np.random.Generator, visits: pd.DataFrame, people: pd.DataFrame
) -> pd.DataFrame:
    needled = np.flatnonzero(visits["technique"] != MISSING)
    rows = visits.iloc[needled]
    effects, severity = (np.full(len(visits), MISSING) for _ in range(2))
    effects[needled], severity[needled] = draw_reactions(
        rng,
        rows["technique"].to_numpy(),
        rows["condition"].to_numpy(),
        people["reactivity"].to_numpy()[rows["patient"].to_numpy()],
        RECORDING[rows["therapist"].to_numpy()],
    )
    return visits.assign(effects=effects, severity=severity)
