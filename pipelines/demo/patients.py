"""Who comes to the sample clinic, and with what."""

import numpy as np
import pandas as pd

from pipelines.demo.draws import pick, pick_each
from pipelines.demo.facts import CONDITIONS, CONTRAINDICATIONS, STAFF
from pipelines.demo.opening_days import Scenario, arrivals

SAME_CONDITION_AGAIN, OTHER_CONDITION = 0.15, 0.15
SEX_SHARES = np.cumsum([0.60, 0.39, 0.01])
CONDITION_SHARES = np.cumsum([condition.share for condition in CONDITIONS])
STAGE_SHARES = np.cumsum([condition.stages for condition in CONDITIONS], axis=1)
SIDE_SHARES = np.cumsum([0.52, 0.36, 0.12])  # right, left, both
PREGNANCY = list(CONTRAINDICATIONS).index("pregnancy")


def draw_people(rng: np.random.Generator, count: int, last_day: np.datetime64) -> pd.DataFrame:
    """One row a patient: sex, birth day (days since 1970), contraindications as bits,
    and how readily the patient reacts to a needle (a factor with mean 1).
    """
    age = np.clip(rng.normal(46, 16, count), 19, 92)
    birth = last_day.astype(int) - (age * 365.25 + rng.random(count) * 365).astype(np.int64)
    sex = pick(rng, SEX_SHARES, count)
    return pd.DataFrame({
        "sex": sex,
        "birth": birth,
        "contraindications": _contraindications(rng, age, sex),
        "reactivity": np.exp(0.6 * rng.standard_normal(count) - 0.18),
    })  # fmt: skip


def _contraindications(rng: np.random.Generator, age: np.ndarray, sex: np.ndarray) -> np.ndarray:
    bits = np.zeros(len(age), dtype=np.int64)
    for place, share in enumerate(CONTRAINDICATIONS.values()):
        flagged = rng.random(len(age)) < share
        if place == PREGNANCY:
            flagged &= (sex == 0) & (age < 45)
        bits |= flagged.astype(np.int64) << place
    return bits


def draw_episodes(rng: np.random.Generator, count: int, scenario: Scenario) -> pd.DataFrame:
    """One row an episode of care that begins in the period, of the given number of patients.

    `start` counts opening days. A patient may come again for the same condition,
    well over 90 days after the last treatment, or for another one at any later time.
    """
    first = pd.DataFrame({
        "patient": np.arange(count),
        "start": pick(rng, arrivals(scenario.days), count),
        "condition": pick(rng, CONDITION_SHARES, count),
        "side": pick(rng, SIDE_SHARES, count),
    })  # fmt: skip
    again = _later(rng, first, SAME_CONDITION_AGAIN, 130, 110)
    other = _later(rng, first, OTHER_CONDITION, 5, 150)
    drawn = pick(rng, CONDITION_SHARES, len(other))
    other = other.assign(condition=drawn)[drawn != other["condition"]]
    episodes = pd.concat([first, again, other], ignore_index=True)
    episodes = episodes[episodes["start"] < len(scenario.days)].reset_index(drop=True)
    return _described(rng, episodes, scenario)


def _later(
    rng: np.random.Generator, first: pd.DataFrame, share: float, least: int, mean: int
) -> pd.DataFrame:
    """The patients who come again, after at least so many opening days."""
    chosen = first[rng.random(len(first)) < share]
    waited = least + rng.exponential(mean, len(chosen)).astype(np.int64)
    return chosen.assign(start=chosen["start"] + waited)


def _described(
    rng: np.random.Generator, episodes: pd.DataFrame, scenario: Scenario
) -> pd.DataFrame:
    condition = episodes["condition"].to_numpy()
    passed = episodes["start"].to_numpy() / len(scenario.days)
    return episodes.assign(
        stage=pick_each(rng, STAGE_SHARES[condition]),
        therapist=_therapists(rng, condition, passed, scenario),
    )


def _therapists(
    rng: np.random.Generator, condition: np.ndarray, passed: np.ndarray, scenario: Scenario
) -> np.ndarray:
    """Who takes each episode on: those who work at its start, their speciality first."""
    weights = np.zeros((len(condition), len(STAFF)))
    for place in scenario.staff:
        person = STAFF[place]
        works = (passed >= person.begins) & (passed < person.ends)
        weights[:, place] = works * np.where(np.isin(condition, person.speciality), 3.0, 1.0)
    return pick_each(rng, np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True))
