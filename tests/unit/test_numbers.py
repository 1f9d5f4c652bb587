"""Pain scores and other numbers as people write them: what is read, and what never is."""

from pathlib import Path

import pytest

from pipelines.ingest.cells import Reading
from pipelines.ingest.numbers import read_number, read_pain
from tests.support.exports import column, empty_store, export, take, visit

READ = {
    "7": 7, "7.00": 7, "7.5": 7.5, "+7": 7, "0": 0, "10": 10,
    "7,5": 7.5, "2.125": 2.125,
    "7/10": 7, "7 / 10": 7, "7,5/10": 7.5,
    "7 out of 10": 7, "7 of 10": 7, "7 von 10": 7, "7 sur 10": 7,
    "70/100": 7, "35 / 100": 3.5,
    "0 - no pain": 0, "10 (worst)": 10, "0-no pain": 0,
    "10 = worst pain ever": 10, "5: moderate": 5,
    "70 mm": 7, "8 mm": 0.8, "70%": 7, "7 cm": 7, "7 points": 7,
}  # fmt: skip
QUARANTINED = {
    "6-7": "pain_is_a_range",
    "6 – 7": "pain_is_a_range",
    "6 to 7": "pain_is_a_range",
    "6 bis 7": "pain_is_a_range",
    "7 -> 4": "pain_before_and_after_in_one_cell",
    "7→4": "pain_before_and_after_in_one_cell",
    "7/4": "pain_before_and_after_in_one_cell",
    "7 then 4": "pain_before_and_after_in_one_cell",
    "better": "pain_not_a_number",
    "very bad": "pain_not_a_number",
    "?": "pain_not_a_number",
    "7?": "pain_not_a_number",
    "> 7": "pain_not_a_number",
    "7+": "pain_not_a_number",
    "7½": "pain_not_a_number",
    "1e1": "pain_not_a_number",
    "7 (was 5)": "pain_not_a_number",
    "7.5.1": "pain_not_a_number",
}


@pytest.mark.parametrize("text", READ)
def test_a_score_is_read(text: str):
    reading = read_pain(text, hundred=False)
    assert (reading.value, reading.problem) == (READ[text], None)


@pytest.mark.parametrize("text", QUARANTINED)
def test_a_text_that_is_no_single_score_is_never_guessed(text: str):
    reading = read_pain(text, hundred=False)
    assert reading == Reading(problem=QUARANTINED[text])


@pytest.mark.parametrize(
    ("text", "repair"),
    [("7,5", "decimal_comma"), ("7/10", "pain_out_of_given"), ("7 mild", "words_after_number")],
)
def test_each_repair_has_its_rule(text: str, repair: str):
    assert read_pain(text, hundred=False).repair == repair
    assert read_pain("7", hundred=False).repair is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("70", 7), ("7", 0.7), ("70 mm", 7), ("7 cm", 7), ("7/10", 7), ("5,5", 0.55)],
)
def test_under_a_0_100_scale_a_score_is_divided_by_ten_unless_it_says_its_own(text, value):
    assert read_pain(text, hundred=True).value == value


def scores(tmp_path: Path, *texts: str, header: str = "Pain before") -> tuple[list, dict, tuple]:
    """The scores that are kept, the reasons of the others, and why they were read so."""
    rows = []
    for number, text in enumerate(texts, start=1):
        row = visit(number, pain_after="")
        del row["Pain before"]
        rows.append(row | {header: text})
    store = empty_store(tmp_path)
    report = take(store, export(rows))
    return column(store, "pain_before"), report.reasons, [str(step) for step in report.steps]


@pytest.mark.parametrize("text", ["11", "98", "99", "-1", "-0.5", "10.001", "100", "999"])
def test_a_score_outside_the_scale_is_quarantined_never_clipped(text: str, tmp_path: Path):
    kept, reasons, _ = scores(tmp_path, text, *"7654321")
    assert (kept, reasons) == ([7, 6, 5, 4, 3, 2, 1], {"pain_out_of_range": 1})


@pytest.mark.parametrize(
    "header",
    ["Pain before (VAS 0-100 mm)", "VAS before (mm)", "Pain pre 0 to 100", "Pain pre %"],
)
def test_a_header_that_names_a_0_100_scale_settles_it(header: str, tmp_path: Path):
    kept, reasons, why = scores(tmp_path, "7", "8", header=header)
    assert (kept, reasons) == ([0.7, 0.8], {})
    assert f"pain is divided by 10, because “{header}” names a 0-100 scale" in why


def test_a_header_that_names_a_0_10_scale_settles_it(tmp_path: Path):
    kept, reasons, _ = scores(tmp_path, "7", "70", "80", header="Pain before (0-10)")
    assert (kept, reasons) == ([7], {"pain_out_of_range": 2})


def test_many_values_well_above_10_mean_a_0_100_scale(tmp_path: Path):
    kept, reasons, why = scores(tmp_path, "70", "30", "8", "55")
    assert (kept, reasons) == ([7, 3, 0.8, 5.5], {})
    assert "pain is divided by 10, because 75% of the scores are above 10" in why


def test_values_just_above_10_are_errors_however_many(tmp_path: Path):
    kept, reasons, _ = scores(tmp_path, "7", "11", "12", "15", "20")
    assert (kept, reasons) == ([7], {"pain_out_of_range": 4})


@pytest.mark.parametrize("code", ["77", "88", "98", "99"])
def test_codes_for_a_missing_score_never_make_a_0_10_column_one_of_0_100(code: str, tmp_path: Path):
    kept, reasons, _ = scores(tmp_path, "7", code, code, code, "3")
    assert (kept, reasons) == ([7, 3], {"pain_out_of_range": 3})


def test_a_column_written_in_millimetres_is_out_of_100(tmp_path: Path):
    kept, reasons, _ = scores(tmp_path, "70 mm", "8 mm", "0 mm")
    assert (kept, reasons) == ([7, 0.8, 0], {})


def test_above_100_is_outside_a_0_100_scale_too(tmp_path: Path):
    kept, reasons, _ = scores(tmp_path, "70", "30", "101", "350")
    assert (kept, reasons) == ([7, 3], {"pain_out_of_range": 2})


@pytest.mark.parametrize("text", ["", "N/A", "-", "#REF!", "NULL", "\\N"])
def test_a_blank_score_is_missing_and_the_visit_stays(text: str, tmp_path: Path):
    kept, reasons, _ = scores(tmp_path, text, "7")
    assert (kept, reasons) == ([None, 7], {})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("15", 15),
        ("15 mm", 15),
        ("1.5 cm", 15),
        ("1,5", 1.5),
        ("20min", 20),
        ("80 Hz", 80),
        ("6x", 6),
    ],
)
def test_a_number_is_read_with_or_without_its_unit(text: str, value: float):
    assert read_number(text).value == value


@pytest.mark.parametrize("text", ["deep", "10-20", "~15", "15 apples"])
def test_what_is_no_number_is_a_problem(text: str):
    assert read_number(text) == Reading(problem="number_not_understood")


@pytest.mark.parametrize(
    ("header", "text", "reason"),
    [
        ("Depth mm", "300", "number_out_of_range"),
        ("Depth mm", "-3", "number_out_of_range"),
        ("Needles", "many", "number_not_understood"),
        ("Frequency Hz", "5000", "number_out_of_range"),
        ("NDI", "101", "number_out_of_range"),
    ],
)
def test_a_number_that_cannot_be_right_is_quarantined(header, text, reason, tmp_path: Path):
    report = take(empty_store(tmp_path), export([visit(1) | {header: text}]))
    assert report.reasons == {reason: 1}


def test_a_score_of_a_questionnaire_names_it(tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([visit(1) | {"NDI score": "20"}, visit(2) | {"NDI score": ""}]))
    assert column(store, "function_score") == [20, None]
    assert column(store, "function_instrument") == ["NDI", None]
