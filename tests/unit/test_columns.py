"""Headers of an export to columns of a session: which wins, what identifies, what is dropped."""

from pathlib import Path

import pytest

from tests.support.exports import column, empty_store, export, refusal, take, visit

PATIENTS = "Export the sessions with the patient number"


def without(*names: str, **more: str) -> dict[str, str]:
    return {name: cell for name, cell in visit(1).items() if name not in names} | more


def test_each_header_is_told_where_it_goes(tmp_path: Path):
    row = visit(1) | {"Status": "Arrived", "CPT": "20560", "Patient Name": "Ann", "Remarks": "well"}
    report = take(empty_store(tmp_path), export([row]))
    assert report.mapping == {
        "Visit ID": "session_key",
        "Patient ID": "patient_id",
        "Date": "session_date",
        "Therapist": "therapist",
        "Condition": "condition",
        "Technique": "technique",
        "Pain before": "pain_before",
        "Pain after": "pain_after",
        "Side effects": "side_effects",
        "Status": None,
        "CPT": None,
        "Patient Name": None,
        "Remarks": None,
    }
    assert report.dropped_columns == ["Patient Name", "Remarks"]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("PATIENT ID", "patient_id"),
        ("patient_id", "patient_id"),
        (" Patient\u00a0ID ", "patient_id"),
        ("\u200bPatient-ID", "patient_id"),
        ("Patient Account #", "patient_id"),
        ("Your patient number", "patient_id"),
        ("Patientennummer", "patient_id"),
        ("Numéro de patient", "patient_id"),
    ],
)
def test_case_signs_accents_and_invisible_spaces_of_a_header_do_not_matter(header, name, tmp_path):
    report = take(empty_store(tmp_path), export([without("Patient ID") | {header: "P1"}]))
    assert report.mapping[header] == name


@pytest.mark.parametrize(
    ("column_of", "headers"),
    [
        ("session_date", ("Date of service", "Timestamp")),
        ("session_date", ("Date", "Entry date")),
        ("therapist", ("Treating provider", "Billing provider")),
        ("pain_before", ("Pain before", "Pain")),
    ],
)
def test_of_two_headers_that_could_be_one_the_nearer_wins_and_it_is_said(
    column_of, headers, tmp_path: Path
):
    value = {"session_date": "2025-01-06", "therapist": "Ada", "pain_before": "5"}[column_of]
    plain = {"session_date": "Date", "therapist": "Therapist", "pain_before": "Pain before"}
    loser, winner = {headers[1]: value}, {headers[0]: value}
    row = loser | without(plain[column_of]) | winner
    report = take(empty_store(tmp_path), export([row]))
    assert report.mapping[headers[0]] == column_of
    assert report.mapping[headers[1]] is None
    assert f"{column_of} is read from “{headers[0]}”, not from “{headers[1]}”" in [
        str(step) for step in report.steps
    ]


def test_the_same_header_twice_with_the_same_values_takes_the_first(tmp_path: Path):
    content = export([visit(1)]).replace(b"Therapist", b"Pain before", 1)
    store = empty_store(tmp_path)
    report = take(store, content.replace(b"Ada", b"7", 1))
    assert column(store, "pain_before") == [7]
    assert report.accepted == 1


def test_the_same_header_twice_with_other_values_is_asked(tmp_path: Path):
    content = export([visit(1)]).replace(b"Therapist", b"Pain before", 1)
    told = refusal(empty_store(tmp_path), content.replace(b"Ada", b"3", 1))
    assert "(“Pain before”, “Pain before (second)”)" in told


def test_an_unnamed_column_is_passed(tmp_path: Path):
    report = take(empty_store(tmp_path), export([visit(1) | {"": "x"}]))
    assert (report.accepted, report.dropped_columns) == (1, [])


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (without("Patient ID"), "No column says which patient a visit belongs to. " + PATIENTS),
        (without("Patient ID", Name="Ann Smith"), "(names only, and two people can share a name)"),
        (without("Patient ID", Patient="Ann Smith"), "(names only"),
        (without("Date"), "No column says when a visit took place."),
        ({"Month": "2025-01", "Sessions": "12", "Takings": "900"}, "This is not a session list"),
        (
            {"Date": "2025-01-06", "Sessions": "3", "Pain before": "5"},
            "No column says which patient",
        ),
    ],
)
def test_a_file_without_patient_or_date_is_refused_in_a_sentence(row, sentence, tmp_path: Path):
    told = refusal(empty_store(tmp_path), export([row, row]))
    assert sentence in told
    assert told.startswith("export.csv: ")
    assert not any(cell in told for cell in row.values() if len(cell) > 3)


def test_names_with_birth_dates_are_patients_kept_only_as_codes(tmp_path: Path):
    rows = [
        without("Patient ID", Name=name, DOB=birth) | {"Visit ID": str(number)}
        for number, (name, birth) in enumerate(
            [
                ("Ann Smith", "1980-05-01"),
                ("SMITH,  Ann", "1 May 1980"),
                ("Ann Smith", "1990-05-01"),
                ("Bob Smith", "1980-05-01"),
                ("Cy Smith", ""),
            ]
        )
    ]
    store = empty_store(tmp_path)
    report = take(store, export(rows))
    ids = column(store, "patient_id")
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    assert report.reasons == {"no_patient": 1}
    assert "a patient is a name with a birth date, kept only as a code" in [
        str(step) for step in report.steps
    ]


def test_first_and_last_name_apart_are_one_name(tmp_path: Path):
    rows = [
        without("Patient ID", DOB="1980-05-01")
        | {"Visit ID": str(n), "First name": first, "Last name": last}
        for n, (first, last) in enumerate([("Ann", "Smith"), ("Ann", "Jones"), ("Bob", "Smith")])
    ]  # fmt: skip
    store = empty_store(tmp_path)
    take(store, export(rows))
    assert len(set(column(store, "patient_id"))) == 3


def test_patient_numbers_are_text_in_any_wrapping(tmp_path: Path):
    texts = [
        '="0007"',
        "'0007",
        "0007 ",
        "0007",
        "7",
        "abc",
        "ABC",
        "1234567890123456789",
        "1234567890123456788",
    ]
    rows = [visit(number, patient_id=text) for number, text in enumerate(texts)]
    store = empty_store(tmp_path)
    take(store, export(rows))
    ids = column(store, "patient_id")
    assert len(set(ids[:4])) == 1
    assert ids[5] == ids[6]
    assert len(set(ids)) == 5
    assert all(len(code) == 32 for code in ids)


def test_the_same_patient_has_another_code_in_another_store(tmp_path: Path):
    one, other = empty_store(tmp_path / "one"), empty_store(tmp_path / "other")
    for store in (one, other):
        take(store, export([visit(1)]))
    assert column(one, "patient_id") != column(other, "patient_id")


@pytest.mark.parametrize("text", ["", "N/A", "-", "NULL"])
def test_a_row_without_patient_is_quarantined(text: str, tmp_path: Path):
    rows = [visit(1, patient_id=text), visit(2)]
    report = take(empty_store(tmp_path), export(rows))
    assert (report.accepted, report.reasons) == (1, {"no_patient": 1})
