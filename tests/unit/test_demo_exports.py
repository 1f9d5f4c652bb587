"""The sample clinic as three systems write it: bytes, words, size, order, memory."""

import csv
import io
import re
import weakref
from datetime import date
from pathlib import Path

import pytest

from pipelines import demo
from pipelines.demo import blocks, export, facts, practice, spreadsheet, survey
from pipelines.errors import OutcomesError
from pipelines.places import SAMPLES
from pipelines.vocabulary import load_vocabulary

STYLES = ("practice", "spreadsheet", "survey")
ATTENDED = {"practice": "Checked Out", "spreadsheet": "attended"}
STATUS = {"practice": "Visit Status", "spreadsheet": "Attendance"}
PREAMBLE = {"practice": 0, "spreadsheet": 2, "survey": 0}


def written(folder: Path, sessions: int, style: str, seed: int = 4) -> bytes:
    path = folder / f"{style}.csv"
    demo.write_export(path, sessions=sessions, seed=seed, style=style)
    return path.read_bytes()


def records(text: bytes, style: str) -> list[dict[str, str]]:
    """The rows by a plain reader, without what stands above and below the table."""
    encoding = {"practice": "utf-8-sig", "spreadsheet": "cp1252", "survey": "utf-8"}[style]
    lines = io.StringIO(text.decode(encoding), newline="")
    reader = csv.reader(lines, delimiter=";" if style == "spreadsheet" else ",", strict=True)
    table = list(reader)[PREAMBLE[style] :]
    header, body = table[0], table[1:]
    assert {len(row) for row in body} == {len(header)}
    rows = [dict(zip(header, row, strict=True)) for row in body]
    return rows[:-1] if style == "spreadsheet" else rows


@pytest.fixture(scope="module")
def practice_rows(tmp_path_factory):
    return records(written(tmp_path_factory.mktemp("p"), 3_000, "practice"), "practice")


@pytest.fixture(scope="module")
def spreadsheet_rows(tmp_path_factory):
    return records(written(tmp_path_factory.mktemp("s"), 3_000, "spreadsheet"), "spreadsheet")


@pytest.fixture(scope="module")
def survey_rows(tmp_path_factory):
    return records(written(tmp_path_factory.mktemp("f"), 3_000, "survey"), "survey")


@pytest.mark.parametrize("style", STYLES)
def test_one_seed_gives_one_text_and_another_another(style, tmp_path):
    assert written(tmp_path, 300, style) == written(tmp_path, 300, style)
    assert written(tmp_path, 300, style) != written(tmp_path, 300, style, seed=5)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("sessions", [1, 100, 2_345])
def test_the_attended_visits_are_exactly_as_many_as_asked_for(style, sessions, tmp_path):
    rows = records(written(tmp_path, sessions, style), style)
    if style == "survey":
        assert len(rows) == sessions
    else:
        assert sum(row[STATUS[style]] == ATTENDED[style] for row in rows) == sessions


def test_what_is_returned_is_the_number_of_rows(tmp_path):
    rows = demo.write_export(tmp_path / "x.csv", sessions=500, seed=4)
    assert rows == len(records((tmp_path / "x.csv").read_bytes(), "practice")) > 500


def test_a_streamed_export_has_the_same_visits_as_a_sorted_one(tmp_path, monkeypatch):
    monkeypatch.setattr(blocks, "PATIENTS", 100)
    by_date = records(written(tmp_path, 2_000, "practice"), "practice")
    monkeypatch.setattr(export, "SORTED_SESSIONS", 1_999)
    streamed = records(written(tmp_path, 2_000, "practice"), "practice")
    facts_of = ("Date of Service", "Date of Birth", "Rendering Provider", "Pain Before", "CPT Code")
    alike = [sorted(tuple(row[name] for name in facts_of) for row in rows)
             for rows in (by_date, streamed)]  # fmt: skip
    assert alike[0] == alike[1]
    assert len({row["Visit #"] for row in streamed}) == len(streamed)
    assert day_of(by_date) == sorted(day_of(by_date))
    assert day_of(streamed) != sorted(day_of(streamed))


def day_of(rows: list[dict[str, str]]) -> list[str]:
    days = [row["Date of Service"][:10].split("/") for row in rows]
    return [f"{year}-{month}-{day}" for month, day, year in days]


def test_streaming_never_holds_more_than_two_blocks(tmp_path, monkeypatch):
    alive, most, total = set(), [], []

    def watched(scenario, sessions, seed):
        for number, block in enumerate(blocks.blocks(scenario, sessions, seed)):
            alive.add(number)
            weakref.finalize(block, alive.discard, number)
            most.append(len(alive))
            total.append(number)
            yield block
            del block

    monkeypatch.setattr(blocks, "PATIENTS", 60)
    monkeypatch.setattr(export, "SORTED_SESSIONS", 100)
    monkeypatch.setattr(export, "blocks", watched)
    written(tmp_path, 3_000, "practice")
    assert len(total) > 6
    assert max(most) <= 2


def test_progress_counts_sessions_up_to_the_size(tmp_path, monkeypatch):
    monkeypatch.setattr(blocks, "PATIENTS", 100)
    monkeypatch.setattr(export, "SORTED_SESSIONS", 100)
    told = []
    demo.write_export(tmp_path / "x.csv", sessions=2_000, seed=4, progress=told.append)
    assert told == sorted(told)
    assert len(told) > 2
    assert told[-1] == 2_000


def test_the_last_date_is_the_one_given(tmp_path):
    last = date(2025, 6, 30)
    demo.write_export(tmp_path / "x.csv", sessions=5_000, seed=4, last_date=last)
    days = day_of(records((tmp_path / "x.csv").read_bytes(), "practice"))
    assert max(days) == "2025-06-30"
    assert min(days) >= "2022-07-01"


def test_the_practice_system_writes_american(tmp_path, practice_rows):
    text = written(tmp_path, 100, "practice")
    assert text.startswith(b"\xef\xbb\xbfVisit #,Client Name,")
    assert text.count(b"\r\n") == text.count(b"\n") == len(records(text, "practice")) + 1
    for row in practice_rows:
        assert re.fullmatch(r"\d\d/\d\d/20\d\d (0\d|1[0-2]):[03]0 [AP]M", row["Date of Service"])
        assert re.fullmatch(r"(\d|10)/10|", row["Pain Before"])
        assert re.fullmatch(r"[A-Z][a-z]+ Sample\d{3,}", row["Client Name"])
        assert re.fullmatch(r"\(555\) 555-01\d\d", row["Mobile Phone"])
    assert {row["Visit Status"] for row in practice_rows} == set(practice.STATUSES)
    assert {row["Visit Type"] for row in practice_rows} == set(practice.VISIT_TYPES)


def test_a_patient_keeps_name_birth_date_and_chart(practice_rows):
    columns = ("Client Name", "Date of Birth", "Sex", "Mobile Phone")
    people = {(row["Chart Number"], *(row[name] for name in columns)) for row in practice_rows}
    assert len(people) == len({person[0] for person in people}) > 100


def test_side_effects_are_answered_in_every_column_or_in_none(practice_rows):
    columns = [name for name in practice.HEADER if name.startswith("Side Effect:")]
    assert len(columns) == len(facts.REACTIONS)
    answered = [{row[name] for name in columns} for row in practice_rows]
    assert all(answers == {""} or answers <= {"Yes", "No"} for answers in answered)
    assert {""} in answered
    assert {"Yes", "No"} in answered


def test_the_code_for_three_muscles_stands_with_three_muscles(practice_rows):
    for row in practice_rows:
        muscles = len(row["Muscles Treated"].split(", ")) if row["Muscles Treated"] else 0
        assert row["CPT Code"] == ("" if not muscles else "20560" if muscles < 3 else "20561")


def test_the_front_desk_writes_european(tmp_path, spreadsheet_rows):
    text = written(tmp_path, 1_000, "spreadsheet")
    with pytest.raises(UnicodeDecodeError):
        text.decode("utf-8")
    lines = text.decode("cp1252").split("\r\n")
    assert lines[0].startswith("Visits, all therapists;;")
    assert set(lines[1]) == {";"}
    assert lines[2] == ";".join(spreadsheet.HEADER)
    assert lines[-2].startswith(f"Total;{len(lines) - 5};")
    for row in spreadsheet_rows:
        assert re.fullmatch(r"\d\d/\d\d/20\d\d", row["Visit date"])
        assert re.fullmatch(r"(\d|10),[05]|", row["Pain on arrival"])
        assert re.fullmatch(r"1 week|\d+ weeks", row["Duration"])
    assert {"José Olmo", "Zoë Müller", "Anaïs Frêne"} <= {
        row["Seen by"] for row in spreadsheet_rows
    }
    assert any(int(row["Visit date"][:2]) > 12 for row in spreadsheet_rows)
    assert set(spreadsheet.REMARKS) == {row["Remarks"] for row in spreadsheet_rows}


def test_the_survey_has_questions_millimetres_and_a_few_impossible_answers(tmp_path, survey_rows):
    text = written(tmp_path, 100, "survey")
    assert text.startswith(b"Submitted at,")
    header = [question.strip('"') for question in survey.HEADER]
    assert list(survey_rows[0]) == header
    assert sum("\n" in question for question in header) == 2
    pain = [row[header[10]] for row in survey_rows]
    wrong = [answer for answer in pain if answer and answer not in survey.MILLIMETRES]
    assert set(wrong) == set(survey.IMPOSSIBLE)
    assert len(wrong) / len(pain) == pytest.approx(1 / survey.ONE_IMPOSSIBLE_IN, rel=0.25)
    assert all(
        re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:00", row["Submitted at"]) for row in survey_rows
    )


def test_every_word_the_systems_write_is_in_the_vocabulary():
    known = load_vocabulary()
    for status in (*practice.STATUSES, *spreadsheet.ATTENDANCE):
        assert known.statuses.find(status) in ("attended", "cancelled", "no_show")
    for style in (practice, spreadsheet, survey):
        found = [known.visit_types.find(word) for word in style.VISIT_TYPES]
        assert found == list(facts.VISIT_TYPES)
    for words in (practice.NEEDLING, spreadsheet.METHODS, survey.NEEDLING):
        assert [known.techniques.find(word) for word in words] == list(facts.TECHNIQUES)
    for words in (spreadsheet.WORDS, survey.WORDS, practice.REACTION_TITLES):
        assert [known.side_effects.find(word) for word in words] == list(facts.REACTIONS)
    for condition in facts.CONDITIONS:
        assert known.conditions.find(condition.term) == condition.term


def test_the_committed_samples_are_what_the_program_writes(tmp_path):
    demo.write_samples(tmp_path)
    names = [sample.file for sample in demo.SAMPLES]
    assert sorted(path.name for path in SAMPLES.glob("*.csv")) == sorted(names)
    for name in names:
        assert (tmp_path / name).read_bytes() == (SAMPLES / name).read_bytes()


def test_the_samples_are_one_clinic_of_some_two_thousand_sessions_until_one_date():
    practice_file, front_desk, answers = (
        records((SAMPLES / sample.file).read_bytes(), sample.style) for sample in demo.SAMPLES
    )
    patients = [{row["Chart Number"] for row in practice_file},
                {row["Patient no."] for row in front_desk},
                {row["Your patient code"] for row in answers}]  # fmt: skip
    assert sum(map(len, patients)) == len(set.union(*patients))
    assert sum(sample.sessions for sample in demo.SAMPLES) == 2_000
    assert max(day_of(practice_file)) == "2026-11-20"
    assert front_desk[-1]["Visit date"] == "20/11/2026"
    assert answers[-1]["Submitted at"].startswith("2026-11-20")
    branches = [{row["Location"] for row in practice_file}, {row["Branch"] for row in front_desk},
                {row["Branch"] for row in answers}]  # fmt: skip
    assert branches == [{"Harbor Street"}, {"Old Town"}, {"Mill Road"}]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"style": "paper"}, "practice, spreadsheet, survey"),
        ({"sessions": 0}, "at least one session"),
        ({"seed": -1}, "seed of 0 or more"),
    ],
)
def test_a_wrong_wish_is_answered_in_a_sentence_and_writes_nothing(wrong, said, tmp_path):
    with pytest.raises(OutcomesError, match=said):
        demo.write_export(tmp_path / "x.csv", **wrong)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(OutcomesError, match="cannot be written"):
        demo.write_export(tmp_path / "nowhere" / "x.csv", sessions=10)


def test_an_export_that_is_stopped_leaves_the_older_file_as_it_was(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("older")

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.write_export(path, sessions=10, progress=stop)
    assert [each.read_text() for each in tmp_path.iterdir()] == ["older"]
