"""Columns whose header says nothing or too little: found by their values, or asked, never guessed;
answers and saved mappings; what identifies is kept by no header; a look before the import."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.errors import OutcomesError
from pipelines.ingest import mappings
from pipelines.ingest.load import import_file
from pipelines.ingest.preview import look_at
from pipelines.ingest.questions import NOT_ASKED, NOTHING_SETTLED, Mapping
from tests.support.exports import column, empty_store, export, refusal, take, visit

SCORES = ("7", "6", "5", "4", "8")


def without(*names: str, number: int = 1, **more: str) -> dict[str, str]:
    return {name: cell for name, cell in visit(number).items() if name not in names} | more


def two_pains() -> bytes:
    """Two columns that could each be the pain before."""
    rows = [
        without("Pain before", number=n) | {"NPRS pre": a, "VAS pre": b}
        for n, (a, b) in enumerate(zip(SCORES, reversed(SCORES), strict=True))
    ]
    return export(rows)


def silent_scores() -> bytes:
    """Two columns of scores under headers that say nothing."""
    rows = [
        without("Pain before", "Pain after", number=n) | {"Q3": a, "Q4": b}
        for n, (a, b) in enumerate(zip(SCORES, reversed(SCORES), strict=True))
    ]
    return export(rows)


def asked(store, data: bytes, mapping: Mapping | None = None) -> dict[str, list[str]]:
    report = import_file(store, "export.csv", data, mapping=mapping)
    return {q.key: [choice.value for choice in q.choices] for q in report.questions}


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("deep", "superficial"), "technique"),
        (("Initial Evaluation", "Daily Note"), "visit_type"),
        (("20560", "20561"), None),
    ],
)
def test_the_values_say_what_a_column_headed_treatment_is(cells, found, tmp_path: Path):
    rows = [without("Technique", number=n, Treatment=cell) for n, cell in enumerate(cells)]
    report = take(empty_store(tmp_path), export(rows))
    assert report.mapping["Treatment"] == found


@pytest.mark.parametrize("header", ["Q3", "Field 7", "", "Column12"])
def test_a_silent_header_is_read_by_its_values_and_it_is_said(header: str, tmp_path: Path):
    cells = ("deep", "superficial", "deep")
    rows = [without("Technique", number=n) | {header: cell} for n, cell in enumerate(cells)]
    store = empty_store(tmp_path)
    report = take(store, export(rows))
    assert column(store, "technique") == list(cells)
    assert any("is taken for the technique" in str(step) for step in report.steps)


def test_a_telling_header_that_is_not_known_is_asked_and_not_taken(tmp_path: Path):
    rows = [without("Technique", number=n, Aim=c) for n, c in enumerate(("deep", "superficial"))]
    store = empty_store(tmp_path)
    report = take(store, export(rows))
    assert column(store, "technique") == [None, None]
    assert [(q.key, q.blocking) for q in report.questions] == [("column:technique", False)]


@pytest.mark.parametrize("header", ["Previous treatment plan", "Notes", "Insurance status"])
def test_another_matter_is_not_taken_for_what_its_values_look_like(header: str, tmp_path: Path):
    rows = [without("Technique", number=n) | {header: c} for n, c in enumerate(("deep", "SDN"))]
    store = empty_store(tmp_path)
    report = take(store, export(rows))
    assert (column(store, "technique"), report.questions) == ([None, None], ())


def test_two_columns_for_one_score_are_asked_with_a_sample_of_each(tmp_path: Path):
    told = refusal(empty_store(tmp_path), two_pains())
    assert "(“NPRS pre”, “VAS pre”)" in told
    assert "--answer 'column:pain_before=NPRS pre'" in told
    report = import_file(empty_store(tmp_path), "export.csv", two_pains())
    (question,) = report.questions
    assert [c.value for c in question.choices] == ["NPRS pre", "VAS pre", NOT_ASKED]
    assert question.choices[0].detail == "for example 7, 6, 5"


def test_the_answer_settles_it(tmp_path: Path):
    store = empty_store(tmp_path)
    answer = NOTHING_SETTLED.with_answer("column:pain_before", "VAS pre")
    take(store, two_pains(), mapping=answer)
    assert column(store, "pain_before") == [float(score) for score in reversed(SCORES)]


def test_that_none_says_it_is_an_answer_too(tmp_path: Path):
    store = empty_store(tmp_path)
    answer = NOTHING_SETTLED.with_answer("column:pain_before", NOT_ASKED)
    report = take(store, two_pains(), mapping=answer)
    assert (set(column(store, "pain_before")), report.questions) == ({None}, ())


def test_which_silent_score_is_before_and_which_after_is_asked(tmp_path: Path):
    store = empty_store(tmp_path)
    assert asked(store, silent_scores()) == {
        "column:pain_before": ["Q3", "Q4", NOT_ASKED],
        "column:pain_after": ["Q3", "Q4", NOT_ASKED],
    }
    answers = NOTHING_SETTLED.with_answer("column:pain_before", "Q4")
    answers = answers.with_answer("column:pain_after", "Q3")
    take(store, silent_scores(), mapping=answers)
    assert column(store, "pain_after") == [float(score) for score in SCORES]


@pytest.mark.parametrize(
    ("one", "other", "key"),
    [
        ("Visit date", "Treatment date", "column:session_date"),
        ("Patient ID", "Client number", "column:patient_id"),
    ],
)
def test_two_equal_names_of_what_is_needed_are_asked(one, other, key, tmp_path: Path):
    cells = ("2025-01-06", "2025-01-09") if "date" in one else ("P1", "C9")
    rows = [
        without("Date", "Patient ID", number=n) | {one: cells[0], other: cells[1]} for n in "12"
    ]
    rest = {"Patient ID": "P1"} if "date" in one else {"Date": "2025-01-06"}
    assert list(asked(empty_store(tmp_path), export([row | rest for row in rows]))) == [key]


@pytest.mark.parametrize("text", ["ada@example.org", "+1 (555) 010-0199", "12 Harbour Street"])
def test_what_looks_like_an_address_or_a_phone_is_kept_under_no_header(text, tmp_path: Path):
    rows = [visit(n, therapist=text) for n in range(3)]
    store = empty_store(tmp_path)
    report = take(store, export(rows))
    assert report.mapping["Therapist"] is None
    mapped = Mapping({"Therapist": "therapist"})
    take(store, export([visit(9, therapist=text)]), "more.csv", mapping=mapped)
    assert text not in store.current().astype(object).to_string()


def test_an_e_mail_may_be_the_patient_since_only_its_code_is_kept(tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([visit(1, patient_id="ann@example.org")]))
    assert "example" not in store.current().astype(object).to_string()


def test_e_mails_under_date_are_no_dates(tmp_path: Path):
    rows = [visit(n, date=f"p{n}@example.org") for n in range(3)]
    assert "No column says when" in refusal(empty_store(tmp_path), export(rows))


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"NRS": "pain_before"}, "The file has no column “NRS”, which the mapping names."),
        ({"Therapist": "healer"}, "“healer” in the mapping is no column of a visit."),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_in_a_sentence(columns, sentence, tmp_path: Path):
    told = refusal(empty_store(tmp_path), export([visit(1)]), mapping=Mapping(columns))
    assert sentence in told


def test_a_saved_mapping_holds_for_the_same_headers_in_any_order_and_case(tmp_path: Path):
    store = empty_store(tmp_path)
    answers = NOTHING_SETTLED.with_answer("column:pain_before", "VAS pre")
    look = look_at(store, "export.csv", two_pains(), answers)
    mappings.save(store, "Front desk", [c.header for c in look.columns], look.to_save)
    assert mappings.load(store, "Front desk").mapping == look.to_save
    rows = [
        {name.upper(): cell for name, cell in reversed(without("Pain before").items())}
        | {"vas  PRE": "3", "NPRS pre": "9"}
    ]
    report = take(store, export(rows))
    assert (column(store, "pain_before"), report.questions) == ([3.0], ())
    assert "columns as settled in the mapping Front desk" in " ".join(map(str, report.steps))
    mappings.delete(store, "Front desk")
    assert mappings.names(store) == []


@pytest.mark.parametrize("name", ["../up", "", " a", "a/b", "x" * 41, "a.b"])
def test_a_mapping_has_a_harmless_name(name: str, tmp_path: Path):
    with pytest.raises(OutcomesError, match="The name of a mapping"):
        mappings.save(empty_store(tmp_path), name, ["A"], NOTHING_SETTLED)


def test_a_mapping_spoiled_by_hand_is_told_by_name(tmp_path: Path):
    store = empty_store(tmp_path)
    mappings.save(store, "Desk", ["A"], Mapping({"A": "patient_id"}))
    (store.folder / "mappings" / "Desk.toml").write_text("headers = [", encoding="utf-8")
    with pytest.raises(OutcomesError, match="The mapping “Desk” cannot be used"):
        mappings.load(store, "Desk")


def test_a_look_shows_visits_in_words_and_nobody(tmp_path: Path):
    store = empty_store(tmp_path)
    row = visit(1) | {"Patient Name": "Ann Smith", "DOB": "1980-05-01", "Mobile": "+1 555 010 0199"}
    look = look_at(
        store, "export.csv", export([row, row | {"Visit ID": "V2", "Date": "2025-02-03"}])
    )
    assert (look.rows, look.refused, store.folder.exists()) == (2, None, False)
    assert list(look.head["patient"]) == ["patient 1", "patient 1"]
    assert list(look.head["pain before the treatment"]) == [7.0, 7.0]
    seen = {c.header: c for c in look.columns}
    assert (seen["Pain after"].column, seen["Pain after"].sample) == ("pain_after", "4")
    assert seen["Patient ID"].sample == "like A9, 1 different ones"
    assert not any(text in str(look) for text in ("Ann Smith", "1980-05-01", "0199", "P1'"))


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


def test_the_command_says_how_to_answer_takes_the_answer_and_saves_it(tmp_path: Path):
    file, store = tmp_path / "may.csv", tmp_path / "store"
    file.write_bytes(two_pains())
    refused = run("import", file, "--store", store)
    assert refused.exit_code == 1
    assert "--answer 'column:pain_before=NPRS pre'" in refused.stdout
    settled = ("--answer", "column:pain_before=VAS pre", "--save-mapping", "Front desk")
    assert run("import", file, "--store", store, *settled).exit_code == 0
    assert run("import", file, "--store", store).exit_code == 0
    assert "Front desk: 10 headers" in run("mappings", "--store", store).stdout
    shown = run("mappings", "--show", "Front desk", "--store", store).stdout
    assert '"VAS pre" = "pain_before"' in shown
    assert run("mappings", "--delete", "Front desk", "--store", store).exit_code == 0
    assert run("import", file, "--answer", "nonsense", "--store", store).exit_code == 2


def test_at_a_terminal_the_question_is_asked_by_number(tmp_path: Path, monkeypatch):
    file, store = tmp_path / "may.csv", tmp_path / "store"
    file.write_bytes(two_pains())
    monkeypatch.setattr("pipelines.cli.data_in.can_ask", lambda: True)
    words = ["import", str(file), "--store", str(store)]
    asked_twice = CliRunner().invoke(app, words, input="9\n2\nFront desk\n")
    assert asked_twice.exit_code == 0
    assert "  2  VAS pre: for example 8, 4, 5" in asked_twice.stderr
    assert "mapping “Front desk”" in asked_twice.stderr
    assert "5 accepted" in asked_twice.stdout
    assert "Number" not in CliRunner().invoke(app, words).stderr
