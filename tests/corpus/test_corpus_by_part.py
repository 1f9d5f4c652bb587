"""Files spoiled in one part (bytes, delimiters, around, cells, values) come out as they should."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.corpus.judge import LOST, OTHER, WAITS, WRONG, judged, worst
from tests.corpus.labels import Labelled, corpus
from tests.corpus.readers import FAILED, RIGHT, SILENT, score, with_pandas
from tests.corpus.table import printed

PARTS = (
    "bytes", "delimiters", "above the table", "inside the table", "below the table", "cells",
    "not a table", "dates", "pain", "side effects", "patients", "statuses", "visit types",
)  # fmt: skip
FILES = [file for file in corpus() if file.kind in PARTS]
GRADES: dict[str, str] = {}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_comes_out_as_its_truth_says(file: Labelled, tmp_path: Path):
    faults = judged(file, tmp_path, written=False)
    GRADES[file.name] = worst(faults)
    assert [f"{fault.grade}: {fault.what}" for fault in faults] == []


@pytest.fixture(scope="module", autouse=True)
def the_table_is_printed():
    """Seen with `pytest -s`."""
    yield
    print(f"\n{printed((file for file in FILES if file.name in GRADES), GRADES)}")


def named(name: str) -> Labelled:
    return next(file for file in FILES if file.name == name)


def told(file: Labelled, **truth: object) -> Labelled:
    """The file with another truth."""
    return replace(file, truths=(replace(file.truths[0], **truth),))


def test_what_is_written_is_what_was_judged(tmp_path: Path):
    assert judged(named("plain_utf_8"), tmp_path / "one") == []
    assert judged(named("plain_utf_8"), tmp_path / "other", written=False) == []


@pytest.mark.parametrize(
    ("facts", "grade"),
    [
        ({"pain_before": 6.0}, WRONG),
        ({"pain_before": None}, WRONG),
        ({"patient_id": "P12"}, WRONG),
        ({"side_effects": frozenset()}, WRONG),
        ({"chronicity": "acute"}, LOST),
        ({}, "right"),
    ],
)
def test_a_wrong_value_would_be_seen(facts: dict, grade: str, tmp_path: Path):
    file = named("plain_utf_8")
    first, *others = file.truths[0].visits
    spoiled = told(file, visits=(first | facts, *others))
    assert worst(judged(spoiled, tmp_path, written=False)) == grade


def test_a_visit_too_few_or_too_many_would_be_seen(tmp_path: Path):
    file = named("plain_utf_8")
    visits = file.truths[0].visits
    fewer, more = told(file, visits=visits[1:]), told(file, visits=(*visits, visits[0]))
    assert worst(judged(fewer, tmp_path / "one", written=False)) == WRONG
    assert worst(judged(more, tmp_path / "other", written=False)) == WAITS


def test_another_count_or_refusal_would_be_seen(tmp_path: Path):
    assert worst(judged(told(named("plain_utf_8"), skipped={"note": 1}), tmp_path / "a")) == OTHER
    assert worst(judged(told(named("plain_utf_8"), refused="pdf"), tmp_path / "b")) == WRONG
    assert worst(judged(told(named("pdf_named_csv"), refused="json"), tmp_path / "c")) == OTHER


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("plain_utf_8", RIGHT),
        ("two_decimals", RIGHT),
        ("totals_and_printed_on", SILENT),
        ("ids_as_formulas", SILENT),
        ("day_or_month", SILENT),
        ("windows_1252", FAILED),
        ("one_score_in_ten_ways", FAILED),
        ("pdf_named_csv", RIGHT),
    ],
)
def test_a_bare_reader_gets_a_fair_grade(name: str, grade: str):
    assert score(with_pandas, named(name)) == grade
