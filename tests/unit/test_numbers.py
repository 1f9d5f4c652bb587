"""Pain scores and other numbers as people write them: what is read, and what never is."""

import json
from pathlib import Path

import pytest

from pipelines.ingest.cells import Reading
from pipelines.ingest.load import import_file
from pipelines.ingest.numbers import read_number
from pipelines.ingest.pain import read_pain
from pipelines.ingest.questions import Mapping
from tests.support.exports import column, empty_store, export, take, visit

READ = {
    "7": 7, "7.00": 7, "7.5": 7.5, "+7": 7, "0": 0, "10": 10,
    "7,5": 7.5, "2.125": 2.125,
    "7/10": 7, "7 / 10": 7, "7,5/10": 7.5,
    "7 out of 10": 7, "7 of 10": 7, "7 von 10": 7, "7 sur 10": 7, "7 de 10": 7, "7 sobre 10": 7,
    "7 van 10": 7, "7 van de 10": 7, "7 op 10": 7, "7 uit 10": 7, "70 von 100": 7,
    "7/10 - severe": 7, "7/10 (schlimm)": 7, "07": 7,
    "6½": 6.5, "6 ½": 6.5, "6 1/2": 6.5, "½": 0.5, "6½/10": 6.5,
    "NRS 7": 7, "VAS: 7": 7, "Pain 7/10": 7, "Schmerz: 7,5": 7.5, "pain score 7": 7,
    "0 - kein Schmerz": 0, "10 - schlimmster vorstellbarer Schmerz": 10, "0 - pas de douleur": 0,
    "10 (dolor insoportable)": 10, "0 = geen pijn": 0,
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
    "gone": "pain_not_a_number",
    "very bad": "pain_in_words",
    "no pain": "pain_in_words",
    "mild": "pain_in_words",
    "Worst imaginable": "pain_in_words",
    "kein Schmerz": "pain_in_words",
    "sehr stark": "pain_in_words",
    "légère": "pain_in_words",
    "sin dolor": "pain_in_words",
    "matig": "pain_in_words",
    "10-Jul": "pain_turned_into_a_date",
    "7. Okt": "pain_turned_into_a_date",
    "7 oct": "pain_turned_into_a_date",
    "2 points better": "pain_not_a_number",
    "2 less": "pain_not_a_number",
    "3 weeks": "pain_not_a_number",
    "5 min": "pain_not_a_number",
    "3 Wochen": "pain_not_a_number",
    "7 before": "pain_not_a_number",
    "2 more than last time": "pain_not_a_number",
    "7-ish": "pain_not_a_number",
    "~7": "pain_not_a_number",
    "about 7": "pain_not_a_number",
    "1O": "pain_not_a_number",
    "80 Hz": "pain_not_a_number",
    "7/10/": "pain_not_a_number",
    "7, 4": "pain_not_a_number",
    "6 or 7": "pain_is_a_range",
    "6 oder 7": "pain_is_a_range",
    "6 à 7": "pain_is_a_range",
    "6 tot 7": "pain_is_a_range",
    "7-10": "pain_is_a_range",
    "7/20": "pain_before_and_after_in_one_cell",
    "7 dann 4": "pain_before_and_after_in_one_cell",
    "?": "pain_not_a_number",
    "7?": "pain_not_a_number",
    "> 7": "pain_not_a_number",
    "7+": "pain_not_a_number",
    "7¼": "pain_not_a_number",
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
    [
        ("7,5", "decimal_comma"),
        ("7/10", "pain_out_of_given"),
        ("7 mild", "words_after_number"),
        ("NRS 7", "words_after_number"),
        ("6½", "half_point"),
        ("70 mm", "pain_from_0_100"),
        ("7 cm", "words_after_number"),
    ],
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
    kept, reasons, _ = scores(tmp_path, "7", "70", *"65432", header="Pain before (0-10)")
    assert (kept, reasons) == ([7, 6, 5, 4, 3, 2], {"pain_out_of_range": 1})


def asked(tmp_path: Path, rows: list[tuple[str, str]], **headers: str) -> tuple[str, str]:
    """The one question of a file with these scores before and after, and its sentence."""
    report = import_file(empty_store(tmp_path), "export.csv", pairs(rows, **headers))
    (question,) = report.questions
    assert (question.key, question.blocking, question.suggested) == ("pain_scale", True, None)
    assert [choice.value for choice in question.choices] == ["0-10", "0-100"]
    assert report.refused is not None
    return question.text, report.refused


def pairs(
    rows: list[tuple[str, str]], before: str = "Pain before", after: str = "Pain after"
) -> bytes:
    """A file with these scores before and after under these headers."""
    found = []
    for number, (one, other) in enumerate(rows, start=1):
        row = visit(number)
        del row["Pain before"], row["Pain after"]
        found.append(row | {before: one, after: other})
    return export(found)


HIGH, LOW = ("70", "55", "30", "80"), ("4", "3", "5", "2")


@pytest.mark.parametrize(
    ("rows", "headers", "why"),
    [
        (
            [("7", ""), ("70", ""), ("80", "")],
            {"before": "Pain before (0-10)"},
            "“Pain before (0-10)” says 0-10, but 67% of its scores are above 10",
        ),
        (
            [(str(n % 9), "2") for n in range(24)],
            {"before": "VAS before (0-100)", "after": "VAS after (0-100)"},
            "“VAS before (0-100)” says 0-100, but hardly any of its scores is above 10",
        ),
        (
            list(zip(HIGH, LOW, strict=True)),
            {},
            "hardly a score of “Pain after” is above 10, and many of the other column are",
        ),
        (
            list(zip(HIGH, LOW, strict=True)),
            {"before": "VAS pre (0-100)"},
            "“VAS pre (0-100)” says 0-100, and hardly a score of the other is above 10",
        ),
        (
            [(s, "") for s in ("70", "50", "30", *"7654321765432176")],
            {},
            "16% of the scores are above 10",
        ),
        (
            [("70 mm", ""), ("60 mm", ""), ("8", ""), ("5", "")],
            {},
            "some scores are written out of 100, and others name no scale",
        ),
    ],
)
def test_a_scale_that_stays_open_is_asked(rows, headers, why, tmp_path: Path):
    text, sentence = asked(tmp_path, rows, **headers)
    assert why in sentence
    assert why[1:] in text


@pytest.mark.parametrize(("answer", "kept"), [(True, [7, 5.5, 3, 8]), (False, [])])
def test_the_answer_settles_the_scale(answer, kept, tmp_path: Path):
    store = empty_store(tmp_path)
    content = pairs(list(zip(HIGH, LOW, strict=True)))
    take(store, content, mapping=Mapping(hundred=answer))
    assert column(store, "pain_before") == kept


def test_two_columns_that_are_clearly_on_two_scales_are_each_read_on_its_own(tmp_path: Path):
    store = empty_store(tmp_path)
    rows = [(str(30 + n), str(n % 8)) for n in range(24)]
    report = take(store, pairs([*rows, ("40", "better")]))
    assert column(store, "pain_before") == [3 + n / 10 for n in range(24)]
    assert column(store, "pain_after") == [n % 8 for n in range(24)]
    assert "each pain column is read on its own scale" in " ".join(map(str, report.steps))
    assert report.reasons == {"pain_not_a_number": 1}
    assert json.loads(store.quarantine()["reading"][0])["hundred"] == "pain_before"


def test_the_date_and_the_scale_are_asked_at_once(tmp_path: Path):
    rows = list(zip(HIGH, LOW, strict=True))
    content = pairs(rows).replace(b"2025-01-06", b"03/04/2025")
    report = import_file(empty_store(tmp_path), "export.csv", content)
    assert [question.key for question in report.questions] == ["date_order", "pain_scale"]


def test_totals_say_nothing_of_the_scale(tmp_path: Path):
    content = pairs([("7", "4"), ("6", "3"), ("5", "2")])
    totals = b"Total,,,,,,none,18,9\nTotal,,,,,,none,31,40\n"
    store = empty_store(tmp_path)
    report = take(store, content + totals)
    assert column(store, "pain_before") == [7, 6, 5]
    assert report.skipped == {"total": 2}


def test_low_scores_after_belong_to_the_0_100_scale_of_their_file(tmp_path: Path):
    store = empty_store(tmp_path)
    rows = [(str(40 + n), str(n)) for n in range(0, 40, 2)]
    take(store, pairs(rows))
    assert column(store, "pain_after") == [n / 10 for n in range(0, 40, 2)]


def test_a_code_among_scores_out_of_100_is_told_by_its_number_of_rows(tmp_path: Path):
    texts = [*map(str, range(40, 96, 4)), "99", "99", "99", "99", "98"]
    kept, reasons, _ = scores(tmp_path, *texts)
    assert reasons == {"pain_may_be_a_code": 4}
    assert kept[-1] == 9.8


def test_seven_of_ten_among_scores_before_and_after_may_be_both(tmp_path: Path):
    kept, reasons, _ = scores(tmp_path, "7/4", "6/2", "7/10", "5")
    assert (kept, reasons) == ([5], {"pain_before_and_after_in_one_cell": 3})
    kept, reasons, _ = scores(tmp_path / "2", "7/4", "6/10", "7/10", "5/10")
    assert (kept, reasons) == ([6, 7, 5], {"pain_before_and_after_in_one_cell": 1})


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
    ("measure", "text", "value", "repair"),
    [
        ("depth_mm", "15", 15, None),
        ("depth_mm", "15.00", 15, None),
        ("depth_mm", "15 mm", 15, "unit_removed"),
        ("depth_mm", "1.5 cm", 15, "unit_converted"),
        ("depth_mm", "1,5", 1.5, "decimal_comma"),
        ("depth_mm", '1.5"', 38.1, "unit_converted"),
        ("depth_mm", "1½ in", 38.1, "unit_converted"),
        ("dwell_minutes", "20min", 20, "unit_removed"),
        ("dwell_minutes", "20 Minuten", 20, "unit_removed"),
        ("dwell_minutes", "90 s", 1.5, "unit_converted"),
        ("stimulation_hz", "80 Hz", 80, "unit_removed"),
        ("stimulation_hz", "1 kHz", 1000, "unit_converted"),
        ("needle_count", "6x", 6, "unit_removed"),
        ("needle_count", "6 Nadeln", 6, "unit_removed"),
        ("needle_count", "6 agujas", 6, "unit_removed"),
        ("function_score", "20%", 20, "unit_removed"),
    ],
)
def test_a_number_is_read_with_or_without_its_unit(measure, text, value, repair):
    assert read_number(measure)(text) == Reading(value, repair)


@pytest.mark.parametrize(
    ("measure", "header", "text", "value"),
    [
        ("depth_mm", "Depth (cm)", "1.5", 15),
        ("depth_mm", "Depth (cm)", "15 mm", 15),
        ("depth_mm", "Tiefe in Zentimeter", "2", 20),
        ("depth_mm", "Depth mm", "15", 15),
        ("depth_mm", "Depth (in)", "1", 25.4),
        ("depth_mm", "Needle depth in tissue", "15", 15),
        ("dwell_minutes", "Dwell (sec)", "90", 1.5),
        ("dwell_minutes", "Dwell time seconds", "90", 1.5),
        ("dwell_minutes", "Dwell (s)", "90", 1.5),
        ("dwell_minutes", "Minutes in situ", "9", 9),
    ],
)
def test_a_number_takes_its_unit_from_the_header(measure, header, text, value):
    assert read_number(measure, header)(text).value == value


def test_a_unit_in_the_header_is_told_and_counted(tmp_path: Path):
    store = empty_store(tmp_path)
    report = take(store, export([visit(1) | {"Depth (cm)": "1.5"}]))
    assert column(store, "depth_mm") == [15]
    assert report.repairs == {"unit_converted": 1}
    assert "numbers are multiplied by 10, because “Depth (cm)” names its unit" in " ".join(
        map(str, report.steps)
    )


@pytest.mark.parametrize(
    "text", ["deep", "10-20", "~15", "15 apples", "15 min", "1 000", "15 mm deep"]
)
def test_what_is_no_number_is_a_problem(text: str):
    assert read_number("depth_mm")(text) == Reading(problem="number_not_understood")


@pytest.mark.parametrize("text", ["1,000", "1.500", "2.000"])
def test_a_thousand_hertz_that_could_be_one_is_not_read(text: str):
    assert read_number("stimulation_hz")(text) == Reading(problem="thousands_or_decimals")


@pytest.mark.parametrize(
    ("text", "age", "repair"),
    [
        ("45", 45, None),
        ("45 years", 45, "unit_removed"),
        ("45 Jahre", 45, "unit_removed"),
        ("45 ans", 45, "unit_removed"),
        ("90+", 90, "age_kept_as_90"),
        (">89", 90, "age_kept_as_90"),
        ("> 90", 90, "age_kept_as_90"),
        ("90 and over", 90, "age_kept_as_90"),
        ("90 or older", 90, "age_kept_as_90"),
        ("over 89", 90, "age_kept_as_90"),
        ("90 und älter", 90, "age_kept_as_90"),
        ("90 ans et plus", 90, "age_kept_as_90"),
        ("90 y más", 90, "age_kept_as_90"),
        ("90 en ouder", 90, "age_kept_as_90"),
        ("40-49", None, "age_as_band"),
        ("<18", None, "age_as_band"),
        ("65+", None, "age_as_band"),
    ],
)
def test_an_age_is_whole_years_and_a_band_is_none(text, age, repair, tmp_path: Path):
    store = empty_store(tmp_path)
    report = take(store, export([visit(1) | {"Age": text}]))
    assert column(store, "age") == [age]
    assert report.repairs == ({repair: 1} if repair else {})


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
