"""Properties that the measures keep on any clinic, from visits through episodes to figures."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.measures.carry_over import session_pairs
from pipelines.measures.condition_mix import condition_mix
from pipelines.measures.headline import headline
from pipelines.measures.responders import due_responders, outcome_shares
from pipelines.measures.sessions import treatment_sessions
from pipelines.measures.sessions_to_improvement import improvement_curve
from pipelines.measures.what_happened import what_happened
from pipelines.selection import Clinic, Selection, select
from pipelines.settings import Settings
from pipelines.summary import summarise
from tests.support.clinics import clinic, frame
from tests.support.examples import examples

CLOSE = 1e-9
START = pd.Timestamp("2024-01-01")


def score() -> st.SearchStrategy[float | None]:
    """Whole and half points, some missing."""
    return st.one_of(st.none(), points())


def points() -> st.SearchStrategy[float]:
    """Whole and half points."""
    return st.integers(0, 20).map(lambda half: half / 2)


def visit(patients: str = "ABCDE", clinics: str = "N") -> st.SearchStrategy[dict]:
    """One visit of a few patients, days close enough for ties and far enough for gaps."""
    return st.fixed_dictionaries(
        {
            "patient_id": st.sampled_from(patients),
            "session_date": st.sampled_from((0, 1, 7, 30, 60, 90, 91, 181, 182, 400)),
            "session_time": st.sampled_from((None, 30_000.0, 40_000.0)),
            "visit_type": st.sampled_from(("treatment", "treatment", "evaluation", "follow_up")),
            "condition": st.sampled_from(("neck pain", "low back pain", "unspecified")),
            "technique": st.sampled_from((None, "deep", "deep", "superficial", "electrical")),
            "therapist": st.sampled_from((None, "Ada", "Bo")),
            "clinic": st.sampled_from(clinics),
            "pain_before": score(),
            "pain_after": score(),
            "side_effects": st.sampled_from(
                (None, "none", "none", "soreness", "bruising;soreness")
            ),
            "side_effect_severity": st.sampled_from((None, None, None, "mild", "serious")),
        }
    ).map(dated)


def dated(record: dict) -> dict:
    """The day as a date: so many days after the first of January."""
    day = START + timedelta(days=record["session_date"])
    return record | {"session_date": day.date().isoformat()}


def visits(most: int = 40, **names: str) -> st.SearchStrategy[list[dict]]:
    return st.lists(visit(**names), min_size=1, max_size=most)


def alone_on_its_day(records: list[dict]) -> list[dict]:
    """The first visit of each patient and day: with several, times decide their order."""
    kept = {(record["patient_id"], record["session_date"]): record for record in records[::-1]}
    return list(kept.values())[::-1]


@examples(30)
@given(visits())
def test_shares_add_to_one(records: list[dict]):
    care = clinic(frame(records))
    for table, share in (
        (outcome_shares(care, Settings()), "rate"),
        (condition_mix(care), "share"),
    ):
        assert table[share].isna().all() or table[share].sum() == pytest.approx(1, abs=CLOSE)
    happened = what_happened(care, Settings())
    assert np.allclose(happened[["improved", "left", "neither"]].sum(axis=1), 1, atol=CLOSE)


@examples(12)
@given(visits(), st.lists(visit(), min_size=1, max_size=10))
def test_more_follow_up_never_lowers_n(records: list[dict], more: list[dict]):
    """Calls after the last visit: scores of episodes that are there already."""
    late = (START + timedelta(days=500)).date().isoformat()
    known = {(record["patient_id"], record["condition"]) for record in records}
    calls = [
        call | {"session_date": late, "visit_type": "follow_up"}
        for call in more
        if (call["patient_id"], call["condition"]) in known
    ]
    before, after = (
        summarise(clinic(frame(rows), as_of="2026-01-01"), Settings())
        for rows in (records, records + calls)
    )
    for name in ("pain", "sessions_to_improvement"):
        assert after[name]["n"] >= before[name]["n"]
    for name in ("responders_30", "completeness", "responders_30_due"):
        assert after["pain"][name]["of"] >= before["pain"][name]["of"]
    assert after["counts"]["not_yet_followed"] <= before["counts"]["not_yet_followed"]


@examples(10)
@given(visits(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(records: list[dict], random):
    """One visit a patient and day, so that no order within a day is to be decided; the lines of
    the file are those of the new order.
    """
    rows = alone_on_its_day(records)
    shuffled = random.sample(rows, len(rows))
    one, other = (summarise(clinic(frame(each)), Settings()) for each in (rows, shuffled))
    assert flat(one) == pytest.approx(flat(other), abs=CLOSE, nan_ok=True)


@examples(10)
@given(visits(), visits(patients="VWXYZ", clinics="S"))
def test_a_clinic_without_overlap_leaves_the_others_figures(here: list[dict], there: list[dict]):
    alone = clinic(frame(here), as_of="2026-01-01")
    both = clinic(frame(here + there), as_of="2026-01-01")
    part = select(both, Selection(clinic=("N",)))
    one, other = (summarise(care, Settings()) for care in (alone, part))
    assert flat(one) == pytest.approx(flat(other), abs=CLOSE, nan_ok=True)


@examples(30)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=12))
def test_baseline_less_the_last_after_is_drops_less_rebounds(scores: list[tuple[int, int]]):
    """Pain comes back between sessions: what was gained within them does not add up."""
    records = [
        {
            "session_date": (START + timedelta(days=7 * week)).date().isoformat(),
            "pain_before": before / 2,
            "pain_after": after / 2,
        }
        for week, (before, after) in enumerate(scores)
    ]
    care = clinic(frame(records))
    sessions = treatment_sessions(care, (), "pain_before", "pain_after")
    pairs = session_pairs(care)
    drops = (sessions["pain_before"] - sessions["pain_after"]).sum()
    rebounds = (pairs["next_before"] - pairs["after"]).sum()
    last, baseline = sessions["pain_after"].iloc[-1], care.episodes["baseline"].iloc[0]
    assert len(pairs) == len(scores) - 1
    assert baseline - last == pytest.approx(drops - rebounds, abs=CLOSE)


@examples(30)
@given(visits(), st.lists(points(), min_size=8, max_size=8))
def test_the_bounds_hold_the_truth(records: list[dict], truths: list[float]):
    """Whatever the scores of those due who were not followed: were they known, the rate would
    lie within the bounds.
    """
    care = clinic(frame(records), as_of="2026-01-01")
    told = due_responders(care, Settings()).iloc[0]
    missing = care.episodes["latest"].isna().to_numpy()
    known = care.episodes["latest"].where(~missing, np.resize(truths, len(care.episodes)))
    complete = Clinic(care.visits, care.episodes.assign(latest=known), care.as_of)
    truth = due_responders(complete, Settings()).iloc[0]
    assert truth["not_followed"] == 0
    if truth["of"]:
        assert told["lowest"] - CLOSE <= truth["rate"] <= told["highest"] + CLOSE


@examples(12)
@given(visits())
def test_intervals_hold_their_estimates(records: list[dict]):
    care = clinic(frame(records))
    cards = headline(care, Settings())
    curve = improvement_curve(care).rename(columns={"improved": "value"})
    for table in (cards, curve):
        known = table[["value", "low", "high"]].astype(float).dropna()
        assert (known["low"] <= known["value"] + CLOSE).all()
        assert (known["value"] <= known["high"] + CLOSE).all()
    for figure in rates_in(summarise(care, Settings())):
        low, high = figure["ci"]
        assert low - CLOSE <= figure["rate"] <= high + CLOSE


def rates_in(part: object) -> Iterator[dict]:
    """Every rate of a summary that has an interval."""
    if isinstance(part, dict):
        if part.get("ci") and part.get("rate") is not None:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from rates_in(each)


def flat(summary: object, path: str = "") -> dict[str, float | str]:
    """Every figure of a summary by its path; missing is NaN."""
    if isinstance(summary, dict):
        parts = summary.items()
    elif isinstance(summary, list):
        parts = enumerate(summary)
    else:
        return {path: np.nan if summary is None else summary}
    found = (flat(part, f"{path}.{name}").items() for name, part in parts)
    return {key: value for items in found for key, value in items}
