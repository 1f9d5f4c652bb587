"""Files in through the page: every row told, refused files, date order, quarantine, undo."""

from datetime import UTC, datetime

import pytest

from dashboard.importing import doing, told
from pipelines.errors import OutcomesError
from pipelines.ingest.load import import_file
from pipelines.ingest.mappings import list_mappings
from pipelines.ingest.report import Report
from pipelines.places import SAMPLES
from pipelines.store import Store
from pipelines.store.settle import vanished
from pipelines.watch.last_run import Handled, LastRun, keep

from .conftest import FIVE_SESSIONS, texts, widget

PAGE = "import_and_quality"
AMBIGUOUS = FIVE_SESSIONS
for day, open_day in {
    b"2026-01-05": b"01/05/2026",
    b"2026-01-12": b"01/12/2026",
    b"2026-01-06": b"01/06/2026",
    b"2026-01-13": b"02/11/2026",
    b"2026-01-20": b"02/10/2026",
}.items():
    AMBIGUOUS = AMBIGUOUS.replace(day, open_day)


def drop(app, *files: tuple[str, bytes]):
    """Drops files; they are understood at once."""
    for name, content in files:
        app.file_uploader[0].upload(name, content)
    return app.run()


def carry_on(app):
    """Presses Continue."""
    return widget(app.button, "Continue").click().run()


def bring_in(app, *files: tuple[str, bytes]):
    """Drops files that leave nothing open, and imports them: two clicks."""
    carry_on(drop(app, *files))
    return app.button(key="on_outcome").click().run()


def test_before_anything_is_dropped_there_is_one_thing_to_do(open_page, empty_store):
    app = open_page(empty_store, PAGE)
    assert [button.label for button in app.button if button.key != "reset"][-1] == (
        "Load the sample clinic"
    )
    assert any("Drop files" in element.value for element in app.html)


def test_a_good_file_is_in_after_two_clicks_and_every_row_told(open_page, empty_store):
    app = bring_in(open_page(empty_store, PAGE), ("five.csv", FIVE_SESSIONS))
    assert not app.exception
    assert "5 rows: **5 accepted**, 0 unchanged, 0 in quarantine and 0 skipped." in texts(app)
    assert len(Store(empty_store).imports()) == 1
    assert app.title[0].value == "Every row is accounted for"


def test_nothing_is_written_and_nothing_kept_before_the_last_click(open_page, empty_store):
    app = carry_on(drop(open_page(empty_store, PAGE), ("five.csv", FIVE_SESSIONS)))
    assert "5 rows: **5 new visits**" in texts(app)
    assert app.button(key="on_outcome").label == "Import 5 visits"
    assert Store(empty_store).version() == 0
    app.button(key="out_outcome").click().run()
    assert "import_guide" not in app.session_state
    assert Store(empty_store).version() == 0


def test_the_bytes_of_a_file_are_gone_once_it_is_imported(open_page, empty_store):
    app = bring_in(open_page(empty_store, PAGE), ("five.csv", FIVE_SESSIONS))
    assert not app.file_uploader[0].value
    assert not app.session_state["import_guide"].tables


def test_several_files_at_once(open_page, empty_store):
    files = [(path.name, path.read_bytes()) for path in sorted(SAMPLES.glob("*.csv"))]
    app = bring_in(open_page(empty_store, PAGE), *files)
    assert len(Store(empty_store).imports()) == len(files)
    said = texts(app)
    assert "Skipped: " in said
    assert "Columns never stored: " in said
    assert "6 rows wait to be mended" in said


def test_a_refused_file_says_why_in_place_and_the_others_go_on(open_page, empty_store):
    picture = ("photo.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 200)
    app = drop(open_page(empty_store, PAGE), picture, ("five.csv", FIVE_SESSIONS))
    assert len(app.error) == 1
    app.button(key="on_files").click().run()
    app.button(key="on_outcome").click().run()
    assert list(Store(empty_store).imports()["file"]) == ["five.csv"]


def test_with_refused_files_alone_there_is_no_way_on(open_page, small_store):
    before = Store(small_store).version()
    app = drop(open_page(small_store, PAGE), ("photo.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 200))
    assert app.button(key="on_files").disabled
    assert Store(small_store).version() == before


def test_a_date_order_is_asked_only_where_it_is_open_and_then_settles_it(open_page, empty_store):
    app = drop(open_page(empty_store, PAGE), ("dates.csv", AMBIGUOUS))
    assert not app.radio
    assert not app.error
    carry_on(app)
    assert app.radio[0].value is None
    carry_on(app)
    assert "answer what is open" in app.warning[0].value
    app.radio[0].set_value("mdy").run()
    carry_on(app)
    assert app.button(key="on_outcome").label == "Import 5 visits"
    assert Store(empty_store).version() == 0
    app.button(key="on_outcome").click().run()
    visits = Store(empty_store).clinic().visits
    assert str(visits["session_date"].min().date()) == "2026-01-05"


def test_one_may_go_back_and_answer_again(open_page, empty_store):
    app = carry_on(drop(open_page(empty_store, PAGE), ("dates.csv", AMBIGUOUS)))
    app.radio[0].set_value("mdy").run()
    carry_on(app)
    app.button(key="back_outcome").click().run()
    app.button(key="again_0").click().run()
    assert app.radio[0].value is None
    app.button(key="back_questions").click().run()
    app.button(key="leave_0").click().run()
    assert not app.session_state["import_guide"].tables


def test_importing_the_same_file_again_changes_nothing(open_page, small_store):
    app = bring_in(open_page(small_store, PAGE), ("again.csv", FIVE_SESSIONS))
    assert "0 accepted" in texts(app)
    assert "5 unchanged" in texts(app)
    assert len(Store(small_store).clinic().visits) == 5


def test_an_undo_asks_first_and_restores_what_was_there(open_page, small_store):
    import_file(Store(small_store), "more.csv", FIVE_SESSIONS.replace(b"P", b"Q"))
    app = open_page(small_store, PAGE)
    assert len(Store(small_store).clinic().visits) == 10
    app.button(key=f"undo_{Store(small_store).imports()['import_id'][0]}").click().run()
    assert len(Store(small_store).clinic().visits) == 10
    assert "Take back 5 accepted rows" in app.warning[0].value
    app.button(key="undo_yes").click().run()
    assert not app.exception
    assert len(Store(small_store).clinic().visits) == 5
    assert "undone" in texts(app)


def test_an_undo_can_be_thought_better_of(open_page, small_store):
    app = open_page(small_store, PAGE)
    app.button(key=f"undo_{Store(small_store).imports()['import_id'][0]}").click().run()
    app.button(key="undo_no").click().run()
    assert not app.warning
    assert len(Store(small_store).clinic().visits) == 5


def test_after_the_last_import_is_undone_the_pages_are_as_at_first(open_page, small_store):
    Store(small_store).undo(Store(small_store).imports()["import_id"][0])
    for page in ("overview", PAGE):
        app = open_page(small_store, page)
        assert not app.exception
        assert "Load the sample clinic" in [button.label for button in app.button]


def test_quarantined_rows_stand_with_reason_and_their_own_cells(open_page, sample_store):
    app = open_page(sample_store, PAGE)
    shown = app.data_editor[0].value
    assert list(shown)[:3] == ["reason", "file", "line"]
    assert len(shown) == len(Store(sample_store).quarantine())
    assert app.get("download_button")
    assert app.button(key="mend_go_0").disabled


def test_a_mended_row_is_in_and_one_still_wrong_waits_with_its_new_reason(open_page, empty_store):
    wrong = FIVE_SESSIONS.replace(b"deep,7,", b"deep,7/10/,").replace(b"deep,5,", b"deep,6-7,")
    import_file(Store(empty_store), "five.csv", wrong)
    app = open_page(empty_store, PAGE)
    place = Store(empty_store).quarantine()["line"].tolist().index(6)
    app.button(key="use_0_0").click().run()
    assert not app.button(key="mend_go_0").disabled
    app.session_state["mend_0"] = edits({place: {"c4": "11"}})
    app.run()
    assert app.button(key="mend_go_0").label == "Mend and import 2 rows"
    app.button(key="mend_go_0").click().run()
    assert "1 of 2 edited rows mended and in; 1 still waits" in app.success[0].value
    waiting = Store(empty_store).quarantine()
    assert list(waiting["reason"]) == ["pain_out_of_range"]
    assert sorted(Store(empty_store).current()["pain_before"]) == [4, 6, 6, 7]


def edits(rows: dict[int, dict[str, str]]) -> dict:
    """What the table of rows to mend has been changed to, by place and column."""
    return {"edited_rows": rows, "added_rows": [], "deleted_rows": []}


def test_answers_are_kept_under_a_name_used_again_and_can_be_forgotten(open_page, empty_store):
    app = carry_on(drop(open_page(empty_store, PAGE), ("dates.csv", AMBIGUOUS)))
    app.radio[0].set_value("mdy")
    app.text_input(key="keep_as_0").set_value("../odd").run()
    carry_on(app)
    assert "A name has up to 40 letters" in app.error[0].value
    app.text_input(key="keep_as_0").set_value("Front desk").run()
    carry_on(app)
    app.button(key="on_outcome").click().run()
    drop(app, ("more.csv", AMBIGUOUS.replace(b"P", b"Q")))
    assert "understood by the mapping Front desk" in texts(app)
    carry_on(app)
    assert app.button(key="on_outcome").label == "Import 5 visits"
    app.button(key="out_outcome").click().run()
    app.button(key="forget_0").click().run()
    assert not list_mappings(Store(empty_store))


def test_the_meaning_of_a_column_can_be_changed(open_page, empty_store):
    file = FIVE_SESSIONS.replace(b"patient,", b"who,")
    app = drop(open_page(empty_store, PAGE), ("five.csv", file))
    assert not len(Store(empty_store).current())
    select = app.selectbox(key="meaning_0_0_0")
    select.set_value("patient_id").run()
    assert not app.error
    carry_on(app)
    carry_on(app)
    app.button(key="on_outcome").click().run()
    assert len(Store(empty_store).current()) == 5


def test_a_word_is_answered_for_all_that_is_in_and_can_be_undone(open_page, empty_store):
    import_file(Store(empty_store), "a.csv", FIVE_SESSIONS.replace(b"soreness", b"heavy legs"))
    app = open_page(empty_store, PAGE)
    word = next(box for box in app.selectbox if "heavy legs" in box.label)
    assert word.value is None
    word.set_value("fatigue").run()
    app.button(key="apply_words").click().run()
    assert not app.exception
    assert "1 visit now read otherwise" in app.success[0].value
    assert "fatigue" in set(Store(empty_store).current()["side_effects"].dropna())
    (undo,) = [button for button in app.button if str(button.key).startswith("undo_words_")]
    undo.click().run()
    assert "fatigue" not in set(Store(empty_store).current()["side_effects"].dropna())


def test_visits_that_a_newer_export_lacks_are_kept_or_taken_out(open_page, small_store):
    lines = FIVE_SESSIONS.splitlines(keepends=True)
    import_file(Store(small_store), "newer.csv", b"".join([*lines[:2], *lines[3:]]))
    assert len(vanished(Store(small_store))) == 1
    app = open_page(small_store, PAGE)
    app.button(key="remove_visits_ask").click().run()
    assert len(Store(small_store).current()) == 5
    app.button(key="remove_yes").click().run()
    assert len(Store(small_store).current()) == 4
    assert "1 visit taken out" in texts(app)
    newest = Store(small_store).head().events["import_id"].iloc[-1]
    app.button(key=f"undo_{newest}").click().run()
    app.button(key="undo_yes").click().run()
    assert len(Store(small_store).current()) == 5
    app.button(key="keep_visits").click().run()
    assert not len(vanished(Store(small_store)))
    assert len(Store(small_store).current()) == 5


def test_the_last_watch_is_shown_with_what_it_refused(open_page, small_store):
    at = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    refused = Handled("june.csv", "refused", at, sentence="There is no visit in the file.")
    run = LastRun("/exports", 10, at, at, ended=at, refused=1, recent=(refused,))
    keep(Store(small_store), run)
    said = texts(open_page(small_store, PAGE))
    assert "Not running; looked last on 20 Nov 2026" in said
    assert "There is no visit in the file." in said


def report(**facts: object) -> Report:
    return Report(**({"file": "x.csv", "import_id": "1"} | facts))


def test_the_sentence_of_a_report_adds_up():
    found = told.summary(
        report(rows=10, accepted=4, updated=1, unchanged=2, quarantined=1, skipped={"no_show": 3})
    )
    assert found == (
        "10 rows: **4 accepted** (1 of them updates), 2 unchanged, 1 in quarantine and 3 skipped."
    )


def test_details_say_each_reason_once_and_no_cell():
    lines = told.details(
        report(skipped={"no_show": 3, "blank": 0}, dropped_columns=["Patient `Name`"])
    )
    assert len(lines) == 2
    assert lines[0].startswith("Skipped: ")
    assert "(3)" in lines[0]
    assert lines[1] == "Columns never stored: `` Patient `Name` ``"


@pytest.mark.parametrize("kind", ["skip", "reason", "repair"])
def test_every_rule_has_plain_words(kind):
    from pipelines.ingest.rules import load_rules

    for name in load_rules()[kind]:
        assert "{" not in told.rule(kind, name)


def test_what_cannot_be_written_is_said_in_place_and_the_dialogue_stands(
    open_page, empty_store, monkeypatch
):
    app = carry_on(drop(open_page(empty_store, PAGE), ("five.csv", FIVE_SESSIONS)))

    def refuse(*_: object) -> None:
        raise OutcomesError("Another import has been running for over ten minutes.")

    monkeypatch.setattr(doing, "carry_out", refuse)
    app.button(key="on_outcome").click().run()
    assert not app.exception
    assert "over ten minutes" in app.error[0].value
    assert app.session_state["import_guide"].step == "outcome"
