"""Visits that a newer export lacks or calls cancelled: listed, removed only by a person."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.errors import OutcomesError
from pipelines.store import Store
from pipelines.store.check import check_store
from pipelines.store.settle import keep, remove, vanished
from tests.support.again import clinic_of, counts, renumbered, steps_about, survey_of, taken
from tests.support.exports import content, empty_store, figures, twin_store, visit


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def listed(store: Store) -> dict[str, str]:
    return dict(vanished(store)[["session_key", "reason"]].to_numpy().tolist())


def without(rows: list, *numbers: int) -> list:
    return [row for row in rows if row["Visit ID"] not in {f"V{n}" for n in numbers}]


def test_a_visit_that_a_newer_export_of_its_period_lacks_is_listed_and_counted_still(store):
    rows = clinic_of()
    first, second = taken(store, rows, without(rows, 4))
    (row,) = vanished(store).to_dict("records")
    assert (first.vanished, second.vanished, len(store.current())) == (0, 1, 7)
    assert (row["session_key"], row["reason"]) == ("/V4", "vanished")
    assert (row["file"], row["line"], row["newer_file"]) == ("file 1.csv", 5, "file 2.csv")
    assert row["newer_import"] == second.import_id
    assert row["patient"] in set(store.current()["patient_id"])
    assert steps_about(second, "1 known visit is not in it")


def test_one_outside_its_period_is_not(store):
    rows = [row | {"Date": f"2025-01-0{n}"} for n, row in enumerate(clinic_of(), start=1)]
    taken(store, rows, rows[1:6])
    assert listed(store) == {}


def test_an_export_of_one_therapist_says_nothing_about_the_others(store):
    rows = clinic_of()
    for row in rows[:3]:
        row["Therapist"] = "Bo"
    taken(store, rows, without(rows, 1, 2, 3, 5))
    assert listed(store) == {"/V5": "vanished"}


def test_a_file_that_lacks_more_than_a_fifth_is_part_of_its_period_and_says_so(store):
    rows = clinic_of(20)
    (_, part) = taken(store, rows, rows[:13])
    assert (listed(store), part.vanished) == ({}, 0)
    assert steps_about(part, "7 of 20 visits")
    taken(store, rows[:15])
    assert len(listed(store)) == 5


def test_a_survey_lacks_nothing_of_the_practice_system(store):
    rows = clinic_of()
    taken(store, rows, survey_of(rows[:5]))
    assert listed(store) == {}


def test_one_whose_row_is_in_quarantine_is_not_listed(store):
    rows = clinic_of()
    spoiled = [rows[0] | {"Pain before": "11"}, rows[1] | {"Pain before": "11", "Visit ID": ""}]
    report = taken(store, rows, [*spoiled, *rows[2:]])[1]
    assert report.quarantined == 2
    assert listed(store) == {}


def test_a_mended_row_alone_is_no_export_of_a_period(store):
    rows = clinic_of()
    taken(store, rows, [*without(rows, 1), visit(9, patient_id="P9", pain_before="11")])
    before = listed(store)
    (entry,) = store.quarantine()["entry"]
    mended = visit(9, patient_id="P9", pain_before="1") | {"reason": f"x [entry {entry}]"}
    taken(store, [mended])
    assert listed(store) == before == {"/V1": "vanished"}


def test_a_visit_that_a_newer_export_calls_cancelled_is_listed_under_that_word(store):
    rows = [row | {"Status": "Arrived"} for row in clinic_of()]
    later = [rows[0] | {"Status": "Cancelled"}, rows[1] | {"Status": "No show"}, *rows[2:]]
    report = taken(store, rows, later)[1]
    assert report.skipped == {"cancelled": 1, "no_show": 1}
    assert listed(store) == {"/V1": "cancelled", "/V2": "no_show"}
    assert len(store.current()) == 7


def test_one_that_a_later_export_holds_again_is_listed_no_more(store):
    rows = clinic_of()
    taken(store, rows, without(rows, 4), rows)
    assert listed(store) == {}


def test_a_removed_visit_is_in_no_figure_and_undone_as_if_never_removed(tmp_path: Path):
    rows = clinic_of()
    store, never = twin_store(tmp_path / "one"), twin_store(tmp_path / "never")
    taken(store, rows, without(rows, 4))
    taken(never, without(rows, 4))
    before = figures(store)
    change = remove(store, ["/V4"])
    assert figures(store) == figures(never)
    assert listed(store) == {}
    assert all(finding.sound for finding in check_store(store))
    store.undo(change)
    assert figures(store) == before
    assert listed(store) == {"/V4": "vanished"}


def test_a_removed_visit_that_a_later_export_holds_is_new(store):
    rows = clinic_of()
    taken(store, rows, without(rows, 4))
    change = remove(store, ["/V4"])
    (again,) = taken(store, [rows[2], rows[3] | {"Pain after": ""}])
    assert counts(again) == (1, 0, 1, 0)
    assert content(store).loc["/V4", "pain_after"] is None
    store.undo(change)
    assert content(store).loc["/V4", "pain_after"] == 4
    assert all(finding.sound for finding in check_store(store))


def test_undoing_the_first_import_leaves_a_removed_visit_out(store):
    rows = clinic_of()
    first = taken(store, rows, rows, without(rows, 4))[0]
    remove(store, ["/V4"])
    store.undo(first.import_id)
    assert len(store.current()) == 6
    assert all(finding.sound for finding in check_store(store))


def test_a_kept_visit_is_asked_about_no_more_until_that_is_undone(store):
    rows = clinic_of()
    taken(store, rows, without(rows, 4))
    change = keep(store, ["/V4"])
    taken(store, without(rows, 4))
    assert listed(store) == {}
    assert len(store.current()) == 7
    store.undo(change)
    assert listed(store) == {"/V4": "vanished"}


def test_undoing_the_newer_import_takes_its_list_back(store):
    rows = clinic_of()
    newer = taken(store, rows, without(rows, 4))[1]
    store.undo(newer.import_id)
    assert listed(store) == {}


def test_nothing_but_a_listed_visit_can_be_removed(store):
    taken(store, clinic_of())
    with pytest.raises(OutcomesError, match="outcomes vanished"):
        remove(store, ["/V1"])
    with pytest.raises(OutcomesError, match="No visit was named"):
        remove(store, [])


def test_a_renumbered_export_that_lacks_one_lists_that_one(store):
    rows = clinic_of()
    taken(store, rows, renumbered(without(rows, 4)))
    assert listed(store) == {"/V4": "vanished"}


def test_the_commands_list_remove_and_keep(store):
    rows = clinic_of()
    taken(store, rows, without(rows, 4, 6))

    def run(*words: str):
        return CliRunner().invoke(app, [*words, "--store", str(store.folder)])

    assert [row["session_key"] for row in json.loads(run("vanished", "--json").stdout)] == [
        "/V4",
        "/V6",
    ]
    assert "not in file 2.csv" in run("vanished").stdout
    assert "1 visit kept" in run("keep", "/V6").stdout
    assert run("remove").exit_code == 2
    told = run("remove", "--all-vanished").stdout
    assert len(store.current()) == 6
    run("undo", told.split("`outcomes undo ")[1].split("`")[0])
    assert len(store.current()) == 7
