"""Blocks of visits of the sample clinic, as codes and numbers, before any system's words.

A block holds the visits of PATIENTS patients; its random numbers come from the
seed and the block's own number, so that a block is the same however many
follow, and a smaller export holds the first patients of a larger one.
"""

from collections.abc import Iterator
from itertools import count

import numpy as np
import pandas as pd

from pipelines.demo.course import FLUCTUATION, draw_course
from pipelines.demo.details import draw_details
from pipelines.demo.facts import (
    ATTENDED,
    CANCELLED,
    DISCHARGE,
    EVALUATION,
    FOLLOW_UP,
    LATE_CANCELLED,
    MISSING,
    NO_SHOW,
    STAFF,
    TREATMENT,
)
from pipelines.demo.opening_days import Scenario, opening_days
from pipelines.demo.patients import draw_episodes, draw_people
from pipelines.demo.reactions import draw_reactions

PATIENTS = 8_000
CALLED = 0.28
DISCHARGED = 0.5  # of those who leave well after the third visit or later
WITHOUT_NEEDLE = 0.5  # of the discharge visits
BY_COLLEAGUE = 0.08
NO_CONDITION = 0.02
NO_SCORE_BEFORE, NO_SCORE_AFTER = 0.06, 0.10
NOT_ATTENDED = {CANCELLED: 0.045, LATE_CANCELLED: 0.015, NO_SHOW: 0.035}
RECORDING = np.array([therapist.recording for therapist in STAFF])
CLINICAL = ["technique", "twitch", "effects", "severity", "adjuncts", "muscles",
            "depth_mm", "needle_count", "dwell_minutes", "stimulation_hz"]  # fmt: skip


def blocks(scenario: Scenario, sessions: int, seed: int) -> Iterator[pd.DataFrame]:
    """Blocks of visits, by patient and day within each, one in memory at a time.

    Together they hold exactly the given number of attended visits, and beside
    them what was cancelled or missed.
    """
    left = sessions
    for number in count():
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))
        block = _block(rng, scenario)
        block["patient"] += number * PATIENTS
        attended = (block["status"] == ATTENDED).to_numpy().cumsum()
        block = block.iloc[: np.searchsorted(attended, left) + 1]
        left -= min(left, int(attended[-1]))
        yield block
        if not left:
            return


def _block(rng: np.random.Generator, scenario: Scenario) -> pd.DataFrame:
    """The visits of PATIENTS patients, ordered by patient, day and time."""
    days = opening_days(scenario)
    people = draw_people(rng, PATIENTS, days[-1])
    episodes = draw_episodes(rng, PATIENTS, scenario, days)
    visits = _with_visit_types(rng, draw_course(rng, episodes, len(days)))
    visits = pd.concat([visits, _calls(rng, visits, len(days))], ignore_index=True)
    visits = _with_facts(rng, visits, people, episodes, scenario, days)
    visits = draw_details(rng, visits)
    visits = _with_reactions(rng, visits, people)
    visits = _with_gaps(rng, visits)
    visits = pd.concat([visits, _not_attended(rng, visits, days)], ignore_index=True)
    order = np.lexsort((visits["minute"], visits["opening_day"], visits["patient"]))
    return visits.iloc[order].reset_index(drop=True)


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


def _with_facts(
    rng: np.random.Generator,
    visits: pd.DataFrame,
    people: pd.DataFrame,
    episodes: pd.DataFrame,
    scenario: Scenario,
    days: np.ndarray,
) -> pd.DataFrame:
    """The facts of the patient and the episode beside each visit, its day and its time."""
    episode = visits["episode"].to_numpy()
    patient = episodes["patient"].to_numpy()[episode]
    day = days[visits["opening_day"].to_numpy()].astype(np.int64)
    facts = {name: episodes[name].to_numpy()[episode] for name in ("condition", "stage", "side")}
    facts |= {
        name: people[name].to_numpy()[patient] for name in ("sex", "birth", "contraindications")
    }
    usual = episodes["therapist"].to_numpy()[episode]
    return visits.assign(
        **facts,
        patient=patient,
        status=ATTENDED,
        therapist=_who_treats(rng, usual, visits["opening_day"].to_numpy() / len(days), scenario),
        day=day,
        minute=8 * 60 + 30 * rng.integers(0, 20, len(visits)),
        age=(day - facts["birth"]) * 100 // 36_525,
    )


def _who_treats(
    rng: np.random.Generator, usual: np.ndarray, passed: np.ndarray, scenario: Scenario
) -> np.ndarray:
    """The episode's own therapist, or a colleague who works that day."""
    staff = np.array(scenario.staff)
    begins, ends = (
        np.array([getattr(person, name) for person in STAFF]) for name in ("begins", "ends")
    )
    colleague = staff[rng.integers(0, len(staff), len(usual))]
    present = (passed >= begins[colleague]) & (passed < ends[colleague])
    stands_in = present & ((rng.random(len(usual)) < BY_COLLEAGUE) | (passed >= ends[usual]))
    return np.where(stands_in, colleague, usual)


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


def _with_gaps(rng: np.random.Generator, visits: pd.DataFrame) -> pd.DataFrame:
    """Scores and conditions that nobody wrote down."""
    count = len(visits)
    return visits.assign(
        before=visits["before"].mask(rng.random(count) < NO_SCORE_BEFORE),
        after=visits["after"].mask(rng.random(count) < NO_SCORE_AFTER),
        condition=visits["condition"].mask(rng.random(count) < NO_CONDITION, MISSING),
    )


def _not_attended(rng: np.random.Generator, visits: pd.DataFrame, days: np.ndarray) -> pd.DataFrame:
    """Appointments a day before some visits that were cancelled or missed."""
    chance = rng.random(len(visits))
    limits = np.cumsum(list(NOT_ATTENDED.values()))
    chosen = (chance < limits[-1]) & (visits["opening_day"] > 0).to_numpy()
    missed = visits[chosen]
    kinds = np.array(list(NOT_ATTENDED))[np.searchsorted(limits, chance[chosen], side="right")]
    opening_day = missed["opening_day"] - 1
    return missed.assign(
        **dict.fromkeys(CLINICAL, MISSING),
        before=np.nan,
        after=np.nan,
        status=kinds,
        opening_day=opening_day,
        day=days[opening_day.to_numpy()].astype(np.int64),
    )
