"""Files in through the page: every row told, refused files, date order, quarantine, undo."""

import pytest

from dashboard import importing
from pipelines.ingest.load import import_file
from pipelines.ingest.report import Report
from pipelines.places import SAMPLES
from pipelines.store import Store

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
    """Drops files and presses Import."""
    for name, content in files:
        app.file_uploader[0].upload(name, content)
    app.run()
    return widget(app.button, "Import").click().run()


def test_nothing_dropped_nothing_to_import(open_page, empty_store):
    assert widget(open_page(empty_store, PAGE).button, "Import").disabled


def test_a_dropped_file_is_imported_and_every_row_told(open_page, empty_store):
    app = drop(open_page(empty_store, PAGE), ("five.csv", FIVE_SESSIONS))
    assert not app.exception
    assert "5 rows: **5 accepted**, 0 unchanged, 0 in quarantine and 0 skipped." in texts(app)
    assert len(Store(empty_store).imports()) == 1
    assert not app.file_uploader[0].value, "a dropped file is not kept once it is imported"
    assert app.title[0].value == "Every row is accounted for"


def test_several_files_at_once(open_page, empty_store):
    files = [(path.name, path.read_bytes()) for path in sorted(SAMPLES.glob("*.csv"))]
    app = drop(open_page(empty_store, PAGE), *files)
    assert len(Store(empty_store).imports()) == len(files)
    said = texts(app)
    assert "Skipped: " in said
    assert "Columns never stored: " in said
    assert "6 rows wait to be mended" in said


def test_a_refused_file_says_why_and_changes_nothing(open_page, small_store):
    before = Store(small_store).version()
    app = drop(open_page(small_store, PAGE), ("photo.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 200))
    assert len(app.error) == 1
    assert "photo.csv" in app.error[0].value
    assert Store(small_store).version() == before


def test_a_date_order_is_asked_only_where_it_is_open_and_then_settles_it(open_page, empty_store):
    app = open_page(empty_store, PAGE)
    assert not app.radio
    drop(app, ("dates.csv", AMBIGUOUS))
    assert len(app.error) == 1
    assert app.radio[0].value is None
    assert Store(empty_store).version() == 0
    app.radio[0].set_value("mdy").run()
    widget(app.button, "Import").click().run()
    assert not app.error
    visits = Store(empty_store).clinic().visits
    assert str(visits["session_date"].min().date()) == "2026-01-05"


def test_importing_the_same_file_again_changes_nothing(open_page, small_store):
    app = drop(open_page(small_store, PAGE), ("again.csv", FIVE_SESSIONS))
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


def test_quarantined_rows_stand_with_file_line_and_reason(open_page, sample_store):
    app = open_page(sample_store, PAGE)
    shown = app.dataframe[0].value
    assert list(shown) == ["file", "line", "reason"]
    assert len(shown) == len(Store(sample_store).quarantine())
    assert app.get("download_button")


def test_the_work_list_counts_what_is_missing(open_page, sample_store):
    app = open_page(sample_store, PAGE, period="all")
    counted = app.dataframe[1].value
    assert list(counted)[1] == "Episodes without a score at the first visit"
    episodes = Store(sample_store).clinic().episodes
    missing = sum(int(cell.split(" of ")[0]) for cell in counted.iloc[:, 1])
    assert missing == int(episodes["baseline"].isna().sum())
    assert not any("patient_id" in frame.value for frame in app.dataframe)


def report(**facts: object) -> Report:
    return Report(**({"file": "x.csv", "import_id": "1"} | facts))


def test_the_sentence_of_a_report_adds_up():
    told = importing.summary(
        report(rows=10, accepted=4, updated=1, unchanged=2, quarantined=1, skipped={"no_show": 3})
    )
    assert told == (
        "10 rows: **4 accepted** (1 of them updates), 2 unchanged, 1 in quarantine and 3 skipped."
    )


def test_details_say_each_reason_once_and_no_cell():
    lines = importing.details(
        report(skipped={"no_show": 3, "blank": 0}, dropped_columns=["Patient `Name`"])
    )
    assert len(lines) == 2
    assert lines[0].startswith("Skipped: ")
    assert "(3)" in lines[0]
    assert lines[1] == "Columns never stored: `Patient 'Name'`"


@pytest.mark.parametrize("kind", ["skip", "reason", "repair"])
def test_every_rule_has_plain_words(kind):
    from pipelines.ingest.rules import load_rules

    for name in load_rules()[kind]:
        assert "{" not in importing.rule(kind, name)
