"""Where an import stands, and what the page says of it: pure functions and their words."""

import json
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from dashboard.importing import guide, made, meanings, mend, told, words
from dashboard.importing.guide import Guide, Table
from dashboard.sections import gone, import_files, import_outcome, import_questions, import_steps
from dashboard.sections import saved as saved_section
from dashboard.sections import watched as watched_section
from pipelines.ingest.clinic_words import Answered
from pipelines.ingest.load import import_file
from pipelines.ingest.mappings import SavedMapping
from pipelines.ingest.preview import ColumnSeen, Look
from pipelines.ingest.questions import Answer, Choice, Mapping, Question
from pipelines.ingest.reading.part import Part
from pipelines.ingest.report import Report
from pipelines.store import Store
from pipelines.watch import LastRun

ORDER = Question("date_order", "Which?", (Choice("dmy", "3 April"), Choice("mdy", "4 March")))
TERM = Question("term:side_effects:heavy legs", "What?", (Choice("fatigue", "Fatigue"),),
                blocking=False)  # fmt: skip
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def table(*questions: Question, number: int = 0, **facts: object) -> Table:
    return Table(number, Part("a.csv", b""), Look("a.csv", questions=questions, **facts))


def column(name: str | None, **facts: object) -> ColumnSeen:
    return ColumnSeen("Q1", 0, name, meanings.in_words(name), "7", 0.9, "its header says so",
                      **facts)  # fmt: skip


def test_a_file_that_leaves_nothing_open_skips_the_questions():
    assert guide.next_step(Guide((table(),))) == "outcome"
    assert guide.next_step(Guide((table(), table(ORDER, number=1)))) == "questions"
    changed = table(mapping=Mapping(date_order="dmy"))
    assert guide.next_step(Guide((changed,))) == "questions", "so that it can be kept"


def test_a_table_is_refused_only_where_no_answer_would_let_it_in():
    assert table(refused="No.").refused
    assert not table(ORDER, refused="Which?").refused
    assert Guide((table(refused="No."), table(number=1))).going_in[0].number == 1


def test_what_keeps_a_file_out_is_asked_first():
    assert [question.key for question in table(TERM, ORDER).open()] == [ORDER.key, TERM.key]
    assert Guide((table(TERM, ORDER),)).must_be_answered == 1
    assert Guide((table(TERM, ORDER),)).may_be_answered == 2


def test_answers_make_a_mapping_and_words_of_the_clinic():
    mapping, answered = guide.with_answers(table(ORDER, TERM), [(ORDER, "mdy"), (TERM, "fatigue")])
    assert mapping == Mapping(date_order="mdy")
    assert answered.words == (Answer("side_effects", "heavy legs", "fatigue"),)
    assert [question.key for question in answered.open()] == [ORDER.key]


def test_a_column_may_mean_something_else_or_nothing():
    there = table(mapping=Mapping({"Q1": "pain_before"}))
    assert guide.with_meaning(there, "Q2", "pain_before").columns == {"Q2": "pain_before"}
    assert guide.with_meaning(there, "Q1", None).columns == {"Q1": None}


def test_each_table_can_be_left_out_and_numbers_are_never_used_again():
    stands = guide.with_tables(Guide(), [(Part("a", b""), Look("a")), (Part("b", b""), Look("b"))])
    stands = guide.with_tables(guide.without(stands, 0), [(Part("c", b""), Look("c"))])
    assert [(t.number, t.part.name) for t in stands.tables] == [(1, "b"), (2, "c")]
    assert not guide.without(guide.without(stands, 1), 2).under_way


def test_the_bytes_of_a_file_are_in_no_text_of_the_dialogue():
    assert "secret" not in repr(Table(0, Part("a.csv", b"secret"), Look("a.csv")))


@pytest.mark.parametrize(
    ("name", "good"), [("Front desk", True), ("", True), ("../x", False), ("a" * 41, False)]
)
def test_the_name_of_kept_answers(name, good):
    assert guide.is_name(name) is good


def test_the_name_offered_is_one_that_can_be_used():
    for file in ("June 2026 (final).csv", "a/b/été.xlsx", "x" * 90 + ".csv", "visits, sheet März"):
        offered = guide.name_for(Table(0, Part(file, b""), Look(file)))
        assert offered
        assert guide.is_name(offered)


def test_what_is_settled_is_said_in_words():
    mapping = Mapping({"Ref": "patient_id", "Tel": None}, "dmy", True, "none", ("pain_after",))
    lines = guide.mapping_in_words(mapping)
    assert len(lines) == 6
    assert "the day comes first" in "; ".join(lines)
    assert "not kept" in lines[1]


def test_the_steps_say_in_words_and_to_a_reader_where_one_is():
    shown = import_steps.indicator("questions")
    assert shown.count("aria-current") == 1
    assert 'aria-current="step"><span class="number">2</span> Settle' in shown


@pytest.mark.parametrize(
    ("questions", "said"),
    [((), "All is answered"), ((ORDER,), "1 question: it needs an answer"),
     ((TERM,), "1 question. These can be answered later"),
     ((ORDER, TERM), "2 questions: 1 of them needs")],
)  # fmt: skip
def test_how_much_is_open(questions, said):
    assert import_questions.heading(Guide((table(*questions),))).startswith(said)


def test_columns_are_counted_and_each_says_what_is_behind_it():
    seen = (column("status"), column("patient_name"), column(None))
    assert import_files.counted(seen) == "3 columns: 1 kept, 2 not kept"
    assert import_files.how_sure(column("status", runner_up="visit type")) == (
        "Its header says so; else visit type"
    )
    assert None in meanings.options(column("effect:soreness"))
    assert "effect:soreness" in meanings.options(column("effect:soreness"))


def test_a_refused_file_whose_columns_are_seen_can_be_told_what_they_mean():
    assert import_files.refusal(table(refused="No patient.", columns=(column(None),))) == (
        "No patient. Or say below what its columns mean."
    )
    assert import_files.refusal(table(refused="No table.")) == "No table."


@pytest.mark.parametrize(
    ("facts", "label"),
    [({"accepted": 1}, "Import 1 visit"), ({"accepted": 1200}, "Import 1,200 visits"),
     ({"quarantined": 2}, "Put 2 rows in quarantine"), ({}, "Import (nothing is new)")],
)  # fmt: skip
def test_the_last_button_says_what_it_writes(facts, label):
    assert told.go_ahead([Report("a.csv", **facts)]) == label


def test_a_forecast_says_what_happens_and_nothing_else():
    report = Report("a.csv", rows=9, accepted=5, updated=2, quarantined=1, skipped={"blank": 3})
    assert told.forecast(report) == (
        "9 rows: **3 new visits**, 2 known visits with something changed, 1 row for quarantine "
        "and 3 rows skipped."
    )
    assert told.forecast(Report("a.csv", rows=1, unchanged=1)) == (
        "1 row: **no new visits** and 1 visit known and unchanged."
    )
    assert "stays until you settle it" in told.lacking(1)
    assert told.lacking(0) == ""
    assert import_outcome.refusal(Report("a.csv", refused="a.csv: No.")) == "No."
    assert "alone" in import_outcome.heading(2)


def quarantined(tmp_path, *scores: str) -> pd.DataFrame:
    lines = [f"P{n},2026-01-0{n + 1},{score}" for n, score in enumerate(scores)]
    store = Store(tmp_path / "store")
    import_file(store, "a.csv", "\n".join(["patient,date,pain before", *lines]).encode())
    return store.quarantine()


def test_the_columns_that_reasons_are_about_stand_first(tmp_path):
    (kind,) = mend.kinds(quarantined(tmp_path, "7/10/", "6-7", "5"))
    shown = mend.as_table(kind, pd.DataFrame())
    assert list(shown)[:4] == ["reason", "file", "line", mend.cell(2)]
    assert list(shown[mend.cell(2)]) == ["7/10/", "6-7"]
    assert mend.label(kind, 2) == "pain before"


def test_only_rows_that_were_edited_go_in_again(tmp_path):
    (kind,) = mend.kinds(quarantined(tmp_path, "7/10/", "6-7", "5"))
    shown = mend.as_table(kind, pd.DataFrame())
    assert mend.edited_rows(kind, shown).empty
    shown.iloc[1, 3] = "6"
    rows = mend.edited_rows(kind, shown)
    name, content = mend.as_file(kind, rows)
    assert name == "a.csv, mended here"
    assert len(content.decode("utf-8-sig").splitlines()) == 2
    assert json.loads(rows["cells"].iloc[0])[2] == "6"


def test_a_suggestion_stands_once_for_all_rows_with_that_cell(tmp_path):
    (kind,) = mend.kinds(quarantined(tmp_path, "7/10/", "7/10/", "6-7", "5"))
    offered = mend.offered(kind, [])
    assert list(offered["suggested"]) == ["7"]
    assert len(offered["entries"].iloc[0]) == 2
    assert mend.offered(kind, offered["entries"].iloc[0]).empty


def test_cells_beyond_the_header_are_shown_and_may_be_emptied(tmp_path):
    store = Store(tmp_path / "store")
    import_file(store, "a.csv", b"patient,date,pain before\nP1,2026-01-01,7,8\nP2,2026-01-02,5\n")
    (kind,) = mend.kinds(store.quarantine())
    shown = mend.as_table(kind, pd.DataFrame())
    assert mend.label(kind, 3) == "(beyond the header, 1)"
    shown[mend.cell(3)] = ""
    rows = mend.edited_rows(kind, shown)
    assert json.loads(rows["cells"].iloc[0]) == ["P1", "2026-01-01", "7"]


def test_what_became_of_edited_rows_in_words(tmp_path):
    waiting = quarantined(tmp_path, "7/10/", "6-7", "5")
    still = pd.DataFrame({"line": [3], "sentence": ["no date of the visit"]})
    became = mend.became(waiting, still)
    assert list(became["outcome"]) == ["mended", "still waits: no date of the visit"]
    assert mend.in_words(became, {"cancelled": 1}) == (
        "0 of 2 edited rows mended and in; 1 skipped, being no visits; 1 still waits, with the "
        "reason that is left."
    )


def test_changes_of_every_kind_stand_in_one_list(tmp_path):
    store = Store(tmp_path / "store")
    import_file(store, "a.csv", b"patient,date,pain before\nP1,2026-01-01,7\n")
    store.undo(store.imports()["import_id"][0])
    (row,) = made.changes(store).itertuples()
    assert row.undone
    assert made.counted(row).startswith("1 accepted, 0 unchanged")
    other = row._replace(event="removal", number=2)
    assert made.title(other) == "2 visits taken out"
    assert made.title(row._replace(event="keep", number=1)) == "1 visit kept"
    assert made.title(row._replace(event="answers", number=1)) == "1 answer given"
    assert "Take this back (2 visits taken out)?" in made.asked_to_undo(other)


def test_visits_that_are_gone_are_asked_about_in_words():
    assert gone.heading(1).startswith("1 visit is in the figures though a newer export of its")
    assert gone.heading(2).startswith("2 visits are in the figures though a newer export of their")


def test_a_watch_says_whether_it_runs_and_what_it_did():
    run = LastRun("/exports", 10, NOW - timedelta(days=1), NOW, imported=2, refused=1)
    assert watched_section.in_words(run, NOW).startswith("Running; looked last on 25 Nov 2026")
    assert "2 files imported, 0 already known, 1 refused" in watched_section.in_words(run, NOW)
    assert watched_section.in_words(run, NOW + timedelta(days=1)).startswith("Not running")


def test_a_kept_name_says_what_it_settles():
    one = SavedMapping("Front desk", ("Ref", "Seen"), Mapping(date_order="dmy"))
    assert saved_section.in_words(one) == (
        "For files with these 2 headers: dates: the day comes first"
    )


def word(**facts: object):
    told_of = {"list": "side_effects", "word": "heavy legs", "visits": 3, "waiting": 0,
               "first_file": "a.csv", "suggested": "fatigue", "label": "Fatigue"}  # fmt: skip
    return next(pd.DataFrame([told_of | facts]).itertuples())


def test_a_word_is_asked_about_with_the_nearest_term_first():
    assert words.question(word()) == "What does `heavy legs` mean as a side effect?"
    assert next(choice.value for choice in words.offered(word())) == "fatigue"
    assert len({choice.value for choice in words.offered(word())}) == len(words.offered(word()))
    assert words.touched(word()) == "3 visits; first in a.csv"
    assert "1 row that waits" in words.touched(word(visits=0, waiting=1))


def test_another_spelling_of_a_name_is_asked_as_such():
    name = word(list="therapists", word="A. Byron", suggested="Ada Byron", label="Ada Byron")
    assert words.question(name) == "Is `A. Byron` another spelling of a therapist?"
    assert [choice.label for choice in words.offered(name)] == ["The same as Ada Byron"]


def test_what_an_answer_changed_is_told():
    assert words.applied(Answered("1", 3, 0), 1) == ("1 answer kept. 3 visits now read otherwise.")
    told_of_two = words.applied(Answered("1", 0, 2), 2)
    assert told_of_two == "2 answers kept. No visits now read otherwise, 2 visits came in."
