"""Numbers of patients and visits as text: what a spreadsheet did to them is seen, not guessed."""

from datetime import date
from pathlib import Path

import pytest

from tests.support.exports import column, content, empty_store, export, take, visit


def patients(tmp_path: Path, *ids: str, **more: str) -> tuple[int, dict, dict, str]:
    """How many patients these ids are, with reasons, repairs and steps."""
    rows = [visit(n, date=f"2025-01-{n:02}") | {"Patient ID": i} | more
            for n, i in enumerate(ids, start=1)]  # fmt: skip
    store = empty_store(tmp_path)
    report = take(store, export(rows))
    found = len(set(column(store, "patient_id")))
    return found, report.reasons, report.repairs, " ".join(map(str, report.steps))


@pytest.mark.parametrize(
    "ids",
    [
        ("P7", "p7", " P7 ", "P7\u00a0", '="P7"', "'P7"),
        ("A  12", "A 12"),
        ("0007", '="0007"', "'0007"),
        ("1234567890123456789", '="1234567890123456789"'),
    ],
)
def test_one_patient_in_several_spellings(ids, tmp_path: Path):
    assert patients(tmp_path, *ids)[:3] == (1, {}, {})


@pytest.mark.parametrize(
    "ids",
    [
        ("0007", "7", "07"),
        ("1234567890123456789", "1234567890123456788"),
        ("12345.0", "12345"),
        ("1234567890123450", "1234567890123460"),
        ("1E5", "100000"),
    ],
)
def test_different_texts_are_different_patients(ids, tmp_path: Path):
    assert patients(tmp_path, *ids)[:3] == (len(ids), {}, {})


@pytest.mark.parametrize("lost", ["1.39E+18", "1,39E+18", "1.39E18", "1.23456789e+18", "1E+18"])
def test_a_shortened_patient_number_is_quarantined(lost: str, tmp_path: Path):
    found, reasons, _, _ = patients(tmp_path, "P1", lost)
    assert (found, reasons) == (1, {"id_lost_digits": 1})


def test_numbers_whose_last_digits_all_became_noughts_are_quarantined(tmp_path: Path):
    _, reasons, _, _ = patients(tmp_path, "1234567890123450000", "1234567890123460000")
    assert reasons == {"id_lost_digits": 2}


@pytest.mark.parametrize("lost", ["1.39E+18", "1,39E+18"])
def test_a_shortened_visit_number_is_quarantined(lost: str, tmp_path: Path):
    store = empty_store(tmp_path)
    report = take(store, export([visit(1), visit(2) | {"Visit ID": lost}]))
    assert (report.accepted, report.reasons) == (1, {"id_lost_digits": 1})
    assert "two could have become one" in store.quarantine()["sentence"][0]


def test_a_column_of_decimals_is_read_without_them(tmp_path: Path):
    found, _, repairs, _ = patients(tmp_path, "12345.0", "12346.0", "12345.0")
    assert (found, repairs) == (2, {"id_without_decimals": 3})
    store = empty_store(tmp_path / "2")
    take(store, export([visit(1) | {"Visit ID": "17.0"}, visit(2) | {"Visit ID": "18.0"}]))
    assert list(content(store).index) == ["/17", "/18"]


def test_a_column_of_decimals_is_the_same_patients_as_one_without(tmp_path: Path):
    rows = [visit(n) | {"Patient ID": text} for n, text in enumerate(("12345.0", "12346.0"))]
    store = empty_store(tmp_path)
    take(store, export(rows))
    again = [row | {"Patient ID": row["Patient ID"].removesuffix(".0")} for row in rows]
    assert take(store, export(again)).unchanged == 2


def test_numbers_that_differ_by_noughts_alone_are_told_where_one_birth_date_has_both(tmp_path):
    assert "1 differ only by leading noughts" in patients(
        tmp_path / "1", "0007", "7", "8", DOB="1980-01-31"
    )[3]  # fmt: skip
    assert "noughts" not in patients(tmp_path / "2", "0007", "7")[3]
    assert "noughts" not in patients(tmp_path / "3", "0008", "7", DOB="1980-01-31")[3]


@pytest.mark.parametrize(("today", "accepted"), [("2025-01-05", 1), ("2025-01-06", 2)])
def test_the_future_begins_after_the_day_that_was_given(today, accepted, tmp_path: Path):
    rows = [visit(1, date="2025-01-05"), visit(2, date="2025-01-06")]
    report = take(empty_store(tmp_path), export(rows), today=date.fromisoformat(today))
    assert report.accepted == accepted
    assert report.reasons == ({"date_in_the_future": 1} if accepted == 1 else {})


def test_a_day_that_is_given_may_lie_ahead(tmp_path: Path):
    rows = [visit(1, date="2031-01-05")]
    report = take(empty_store(tmp_path), export(rows), today=date(2031, 1, 6))
    assert (report.accepted, report.reasons) == (1, {})
