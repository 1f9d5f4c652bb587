"""What each table may hold: every edge of the models, from both sides."""

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from pipelines import tables
from pipelines.episodes import form_episodes
from pipelines.schema import Episode, Import, Quarantined, Session
from pipelines.settings import Settings
from tests.support.clinics import frame, random_sessions


def breaks(model, rows: pd.DataFrame) -> set[str]:
    """Columns and checks that the rows break."""
    try:
        model.validate(rows, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        whole = cases["schema_context"] == "DataFrameSchema"
        return set(cases["check"].where(whole, cases["column"]))
    return set()


EDGES = {
    "pain_before": (0, 10, -0.001, 10.001),
    "pain_after": (0, 10, -0.001, 10.001),
    "session_time": (0, 86_399, -1, 86_400),
    "depth_mm": (0, 200, -1, 201),
    "needle_count": (0, 200, -1, 201),
    "dwell_minutes": (0, 180, -1, 181),
    "stimulation_hz": (0, 2_000, -1, 2_001),
    "function_score": (0, 100, -1, 101),
    "age": (0, 90, -1, 91),
}


@pytest.mark.parametrize("name", EDGES)
def test_a_number_stays_within_its_range_and_may_be_missing(name: str):
    lowest, highest, below, above = EDGES[name]
    for value in (lowest, highest, None):
        assert breaks(Session, frame([{name: value}])) == set()
    for value in (below, above):
        assert breaks(Session, frame([{name: value}])) == {name}


CLOSED = {
    "visit_type": tables.VISIT_TYPES,
    "side": tables.SIDES,
    "chronicity": tables.CHRONICITIES,
    "technique": tables.TECHNIQUES,
    "side_effect_severity": tables.SEVERITIES,
    "function_instrument": tables.INSTRUMENTS,
    "sex": tables.SEXES,
}


@pytest.mark.parametrize("name", CLOSED)
def test_a_word_of_a_closed_list_is_one_of_them(name: str):
    assert breaks(Session, frame([{name: word} for word in CLOSED[name]])) == set()
    assert breaks(Session, frame([{name: "magic"}])) == {name}


@pytest.mark.parametrize(
    ("name", "fits", "breaking"),
    [
        ("side_effects", "soreness, bruising", "bruising, soreness"),
        ("side_effects", "none", "soreness, soreness"),
        ("side_effects", "pneumothorax", "sparkles"),
        ("adjuncts", "exercise, massage", "massage, exercise"),
        ("contraindications", "pregnancy", "dragons"),
    ],
)
def test_a_set_holds_known_words_once_in_their_order(name: str, fits: str, breaking: str):
    assert breaks(Session, frame([{name: fits}, {}])) == set()
    assert breaks(Session, frame([{name: breaking}])) == {name}


def test_a_visit_is_from_1990_on_and_never_in_the_future():
    tomorrow = f"{pd.Timestamp.today() + pd.Timedelta(days=1):%Y-%m-%d}"
    today = f"{pd.Timestamp.today():%Y-%m-%d}"
    for day, broken in (
        ("1990-01-01", False), ("1989-12-31", True), (today, False), (tomorrow, True)
    ):  # fmt: skip
        assert (breaks(Session, frame([{"session_date": day}])) == {"session_date"}) == broken


def test_a_key_stands_once_and_is_never_empty():
    twice = frame([{}, {}])
    assert breaks(Session, twice.assign(session_key=["A", "A"])) == {"session_key"}
    assert breaks(Session, twice.assign(session_key=["A", ""])) == {"session_key"}


@pytest.mark.parametrize("name", ["patient_id", "session_date", "visit_type", "condition"])
def test_what_every_visit_has_may_not_be_missing(name: str):
    assert breaks(Session, frame([{}, {name: ""}])) == {name}


def test_visits_and_episodes_of_a_random_clinic_fit():
    visits, episodes = form_episodes(random_sessions(1), Settings())
    visits = visits.assign(session_key=[f"S{n}" for n in range(len(visits))])
    assert breaks(Session, visits) == set()
    assert breaks(Episode, episodes) == set()
    assert breaks(Episode, episodes.assign(baseline=11.0)) == {"baseline"}
    assert "treatment_sessions" in breaks(Episode, episodes.assign(treatment_sessions=0))


ACCOUNT = {
    "import_id": "000001-abcdef", "file": "a.csv", "date_order": "dmy", "rows": 10, "accepted": 4,
    "unchanged": 3, "updated": 1, "quarantined": 2, "skipped_rows": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    "change", [{"rows": 11}, {"accepted": 3}, {"quarantined": 3}, {"updated": 5}]
)
def test_an_import_accounts_for_every_row(change: dict[str, int]):
    assert breaks(Import, pd.DataFrame([ACCOUNT])) == set()
    assert breaks(Import, pd.DataFrame([ACCOUNT | change])) == {"every_row_is_accounted_for"}


@pytest.mark.parametrize(
    ("name", "value"), [("date_order", "ydm"), ("rows", -1), ("unchanged", -3)]
)
def test_an_import_has_an_order_of_dates_and_counts(name: str, value: object):
    assert name in breaks(Import, pd.DataFrame([ACCOUNT | {name: value}]))


ENTRY = {
    "entry": "0123456789abcdef", "import_id": "000001-abcdef", "file": "a.csv", "line": 2,
    "reason": "no_patient", "sentence": "no patient", "header": "[]", "cells": "[]",
    "delimiter": ",",
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [("entry", "short"), ("line", 0), ("delimiter", "x")])
def test_a_row_in_quarantine_has_its_entry_its_line_and_its_delimiter(name: str, value: object):
    assert breaks(Quarantined, pd.DataFrame([ENTRY])) == set()
    assert breaks(Quarantined, pd.DataFrame([ENTRY | {name: value}])) == {name}
