"""Every field of the summary against a slow second implementation, on 200 clinics at random."""

import math
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pytest

from pipelines.settings import Settings
from pipelines.summary import summarise
from tests.oracles.plain_summary import plain_summary, plain_visits
from tests.support.clinics import clinic, random_sessions

VISITS = (1, 2, 3, 5, 8, 20, 40, 80, 120, 200)


def as_it_came(sessions: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The random clinic unchanged."""
    return sessions


def of_one_patient(sessions: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Every visit is of one patient: no interval has a cluster beside it."""
    return sessions.assign(patient_id=categories(["P1"] * len(sessions)))


def without_scores(sessions: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Nobody's pain was written down."""
    return sessions.assign(pain_before=np.nan, pain_after=np.nan)


def without_anything(sessions: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Patient, day and type of visit are all that was written down."""
    blank = ("technique", "therapist", "chronicity", "side_effects", "side_effect_severity")
    nothing = {name: categories([None] * len(sessions)) for name in blank}
    return without_scores(sessions, seed).assign(age=np.nan, **nothing)


def on_few_days(sessions: pd.DataFrame, seed: int) -> pd.DataFrame:
    """All visits on two days and none with a time: only import and line tell their order."""
    days = np.where(np.arange(len(sessions)) % 2, "2025-03-03", "2025-03-10")
    return sessions.assign(session_date=days.astype("datetime64[s]"), session_time=np.nan)


def at_the_edge_of_an_episode(sessions: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Days that lie exactly 90 and 91 apart, and exactly 30 before the last."""
    steps = np.array([0, 90, 181, 271, 362, 332])
    chosen = np.random.default_rng(seed).choice(steps, len(sessions))
    return sessions.assign(session_date=np.datetime64("2024-01-01", "s") + chosen * 86_400)


def at_the_thresholds(sessions: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Scores of exactly 3, and falls of exactly 30%, 50% and 2 points of it."""
    draw = np.random.default_rng(seed)
    scores = draw.choice([3.0, 2.1, 2.999, 1.5, 5.0, 1.0, 10.0, 7.0, 8.0], len(sessions))
    return sessions.assign(pain_before=scores, pain_after=draw.permutation(scores))


def categories(words: list[str | None]) -> pd.Series:
    return pd.Series(words, dtype="str").astype("category")


KINDS: tuple[Callable[[pd.DataFrame, int], pd.DataFrame], ...] = (
    as_it_came,
    as_it_came,
    of_one_patient,
    without_scores,
    without_anything,
    on_few_days,
    at_the_edge_of_an_episode,
    at_the_thresholds,
)


@pytest.mark.parametrize("seed", range(200))
def test_every_field_is_the_same_on_a_random_clinic(seed: int):
    same_on(made_up(seed))


def made_up(seed: int) -> pd.DataFrame:
    """A clinic of one of the sizes and kinds."""
    sessions = random_sessions(seed, VISITS[seed % len(VISITS)])
    return KINDS[seed // len(VISITS) % len(KINDS)](sessions, seed)


def test_every_field_is_the_same_on_an_empty_clinic():
    same_on(random_sessions(0, 1).iloc[:0])


def test_the_clinics_hold_the_cases_that_they_are_for():
    """Gaps of exactly 90 and 91 days, baselines of exactly 3, visits of one day, one patient."""
    made = [made_up(seed) for seed in range(200)]
    cares = [clinic(sessions) for sessions in made]
    gaps = {gap for care in cares for gap in gaps_between_treatments(care.visits)}
    baselines = [care.episodes["baseline"] for care in cares]
    followed = [care.episodes["latest"].notna() for care in cares]
    assert {("same episode", 90), ("next episode", 91)} <= gaps
    assert {("next episode", 90), ("same episode", 91)}.isdisjoint(gaps)
    assert sum(int(((b == 3) & f).sum()) for b, f in zip(baselines, followed, strict=True)) > 20
    assert sum(care.visits.duplicated(["patient_id", "session_date"]).any() for care in cares) > 50
    assert sum(sessions["patient_id"].nunique() == 1 for sessions in made) > 20
    assert sum(sessions["pain_before"].isna().all() for sessions in made) > 20


def gaps_between_treatments(visits: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """Days from each treatment session to the next of the patient and condition."""
    treated = visits[visits["session_number"] > 0]
    for _, course in treated.groupby(["patient_id", "condition"], observed=True):
        days = course["session_date"].diff().dt.days.iloc[1:]
        new = course["episode_id"].diff().iloc[1:] != 0
        yield from zip(np.where(new, "next episode", "same episode"), days.astype(int), strict=True)


def same_on(sessions: pd.DataFrame) -> None:
    whole = clinic(sessions)
    expected = plain_summary(plain_visits(sessions), whole.as_of)
    assert differences(with_reasons_said(summarise(whole, Settings())), expected) == []


def with_reasons_said(summary: dict) -> dict:
    """Only whether there is a reason counts here, not its words."""
    for row in summary["techniques"]:
        for figures in (row["immediate_adjusted"], row["lasting_adjusted"]):
            if figures and figures["reason"]:
                figures["reason"] = "said"
    return summary


def test_a_difference_would_be_seen():
    found = differences({"a": [1.0, None]}, {"a": [1.0 + 2e-9, 0]})
    assert found == ["/a/0: 1.0 for 1.000000002", "/a/1: None for 0"]


def differences(found, expected, path="") -> list[str]:
    """Where two plain objects differ, numbers by more than 1e-9."""
    if isinstance(expected, dict) and isinstance(found, dict) and found.keys() == expected.keys():
        parts = [differences(found[key], expected[key], f"{path}/{key}") for key in expected]
    elif isinstance(expected, list) and isinstance(found, list) and len(found) == len(expected):
        pairs = enumerate(zip(found, expected, strict=True))
        parts = [differences(one, other, f"{path}/{place}") for place, (one, other) in pairs]
    else:
        same = (
            _number(found)
            and _number(expected)
            and math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)
        )
        return [] if same or found == expected else [f"{path}: {found} for {expected}"]
    return [line for part in parts for line in part]


def _number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
