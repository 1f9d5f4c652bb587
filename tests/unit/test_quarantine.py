"""Rows that cannot be right: listed with their text, mended, imported again, closed."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.ingest.quarantine import tables_to_mend
from pipelines.store import Store
from tests.support.exports import (
    PLAIN,
    Dialect,
    column,
    content,
    empty_store,
    export,
    figures,
    take,
    visit,
)

Row = dict[str, str]


def to_mend(store: Store) -> list[Row]:
    """The rows of the one file to mend, under its own headers."""
    ((_, data),) = tables_to_mend(store.quarantine())
    text = data.decode("utf-8-sig")
    delimiter = ";" if text.splitlines()[0].count(";") > 2 else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def mended(store: Store, change: Callable[[Row], Row], dialect: Dialect = PLAIN) -> bytes:
    """The file to mend as a person hands it back."""
    return export([row | change(row) for row in to_mend(store)], dialect)


def without_id(row: Row) -> Row:
    return {name: cell for name, cell in row.items() if name != "Visit ID"}


def test_an_entry_holds_reason_line_sentence_and_the_text_as_it_stood(tmp_path: Path):
    store = empty_store(tmp_path)
    rows = [visit(1) | {"Remarks": ""}, visit(2, pain_before=" 11 ") | {"Remarks": "sore, knee"}]
    take(store, export(rows), "may.csv")
    (entry,) = store.quarantine().itertuples()
    assert (entry.file, entry.line, entry.reason) == ("may.csv", 3, "pain_out_of_range")
    assert entry.sentence == "Pain before: 11 is outside the scale"
    assert '" 11 "' in entry.cells
    assert "sore, knee" in entry.cells


def test_the_file_to_mend_has_the_files_own_columns_and_a_last_one_for_the_reason(tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([visit(1), visit(2, pain_before="11")]))
    (row,) = to_mend(store)
    assert list(row) == [*visit(), "reason"]
    assert {name: row[name] for name in visit()} == visit(2, pain_before="11")
    assert row["reason"].startswith("Pain before: 11 is outside the scale [entry ")


@pytest.mark.parametrize("shape", [dict, without_id], ids=["with visit ids", "without visit ids"])
def test_mended_and_imported_again_an_entry_closes(shape: Callable[[Row], Row], tmp_path: Path):
    store, right = empty_store(tmp_path / "one"), empty_store(tmp_path / "right")
    rows = [visit(1), visit(2, pain_before="11", date="2025-02-03")]
    take(store, export([shape(row) for row in rows]))
    report = take(store, mended(store, lambda row: {"Pain before": "1"}))
    assert (report.accepted, report.quarantined) == (1, 0)
    assert store.quarantine().empty
    take(right, export([shape(rows[0]), shape(rows[1] | {"Pain before": "1"})]))
    assert figures(store) == figures(right)


@pytest.mark.parametrize("shape", [dict, without_id], ids=["with visit ids", "without visit ids"])
def test_undo_of_the_mended_import_opens_the_entry_again(shape, tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([shape(visit(1)), shape(visit(2, pain_before="11", date="2025-02-03"))]))
    waiting = store.quarantine()
    report = take(store, mended(store, lambda row: {"Pain before": "1"}))
    store.undo(report.import_id)
    assert store.quarantine().equals(waiting)


def test_a_row_mended_in_the_practice_system_closes_by_its_visit(tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([visit(1), visit(2, pain_before="11")]))
    assert take(store, export([visit(1), visit(2, pain_before="1")])).accepted == 1
    assert store.quarantine().empty


def test_a_row_that_is_still_wrong_waits_on_under_its_new_reason(tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([visit(1), visit(2, pain_before="11")]))
    report = take(store, mended(store, lambda row: {"Pain before": "better"}))
    assert (report.accepted, report.reasons) == (0, {"pain_not_a_number": 1})
    assert store.quarantine()["reason"].tolist() == ["pain_not_a_number"]


def test_the_same_file_again_adds_no_second_entry(tmp_path: Path):
    store = empty_store(tmp_path)
    for _ in range(2):
        assert take(store, export([visit(1), visit(2, pain_before="11")])).quarantined == 1
    assert len(store.quarantine()) == 1


def test_undo_takes_the_entries_of_the_import_along(tmp_path: Path):
    store = empty_store(tmp_path)
    report = take(store, export([visit(1), visit(2, pain_before="11")]))
    store.undo(report.import_id)
    assert store.quarantine().empty


def test_an_entry_confirmed_by_a_later_import_outlives_the_first(tmp_path: Path):
    store = empty_store(tmp_path)
    data = export([visit(1), visit(2, pain_before="11")])
    first, _ = take(store, data), take(store, data)
    store.undo(first.import_id)
    assert len(store.quarantine()) == 1


def test_a_mended_row_is_read_day_first_as_its_file_was(tmp_path: Path):
    store = empty_store(tmp_path)
    rows = [visit(1, date="13/01/2025"), visit(2, date="03/04/2025", pain_before="11")]
    take(store, export(rows))
    report = take(store, mended(store, lambda row: {"Pain before": "1"}))
    assert report.date_order == "dmy"
    assert f"{store.current()['session_date'].max():%Y-%m-%d}" == "2025-04-03"


def test_a_mended_row_is_read_in_millimetres_as_its_file_was(tmp_path: Path):
    store = empty_store(tmp_path)
    rows = [visit(n, pain_before=str(n * 10), pain_after=str(n * 5)) for n in range(1, 9)]
    take(store, export([*rows, visit(9, pain_before="bad", pain_after="4")]))
    take(store, mended(store, lambda row: {"Pain before": "8"}))
    assert content(store).loc["/V9", ["pain_before", "pain_after"]].tolist() == [0.8, 0.4]


def test_a_mended_file_from_a_spreadsheet_in_another_dialect_closes_too(tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([visit(1), visit(2, pain_before="11")]))
    dialect = Dialect(delimiter=";", encoding="cp1252", newline="\r\n")
    take(store, mended(store, lambda row: {"Pain before": "1"}, dialect))
    assert store.quarantine().empty


def test_files_of_different_headers_are_mended_apart(tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([visit(1, pain_before="11")]), "one.csv")
    take(store, export([visit(2, pain_before="12") | {"Side": "left"}]), "two.csv")
    assert [name for name, _ in tables_to_mend(store.quarantine())] == ["one.csv", "two.csv"]


def test_a_short_line_is_written_out_to_the_headers_width(tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([visit(1)]) + b"V2,P2,2025-01-07\n")
    (row,) = to_mend(store)
    assert (row["Visit ID"], row["Pain before"], row["Side effects"]) == ("V2", "", "")
    filled = {"Therapist": "Ada", "Condition": "Neck pain", "Pain before": "5"}
    take(store, mended(store, lambda row: filled))
    assert store.quarantine().empty
    assert sorted(column(store, "pain_before")) == [5, 7]


def test_a_cell_that_a_spreadsheet_would_run_is_handed_out_as_text(tmp_path: Path):
    store = empty_store(tmp_path)
    rows = [visit(1, pain_before="-1") | {"Remarks": "=HYPERLINK(1)", "Side": "+x"}]
    take(store, export(rows))
    (row,) = to_mend(store)
    assert (row["Remarks"], row["Side"], row["Pain before"]) == ("'=HYPERLINK(1)", "'+x", "-1")


def test_the_reason_column_itself_is_never_kept(tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([visit(1), visit(2, pain_before="11")]))
    report = take(store, mended(store, lambda row: {"Pain before": "better"}))
    assert report.mapping["reason"] is None
    assert list(to_mend(store)[0]) == [*visit(), "reason"]
    assert "[entry" not in store.quarantine().iloc[0]["cells"]
