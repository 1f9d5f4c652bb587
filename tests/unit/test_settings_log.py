"""A change of settings is kept with its values and its day; nobody waits, and nothing fails."""

import json
import os
from pathlib import Path

import pytest

from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.store.check import check_store
from pipelines.store.settings_log import FILE, note_settings, settings_changes, unreadable_lines
from tests.support.exports import empty_store, export, take, visit

LOOSER = Settings(responder_percent=25, due_days=60)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """One import under the defaults."""
    store = empty_store(tmp_path)
    take(store, export([visit(1), visit(2)]))
    return store


def lines(store: Store) -> list[str]:
    return (store.folder / FILE).read_text(encoding="utf-8").splitlines()


def test_an_import_notes_the_settings_it_was_made_under(store):
    assert len(lines(store)) == 1
    assert json.loads(lines(store)[0])["settings"]["responder_percent"] == 30
    assert settings_changes(store.folder) == []


def test_a_change_is_kept_with_the_old_and_the_new_values(store):
    note_settings(store.folder, LOOSER)
    (change,) = settings_changes(store.folder)
    assert change.changed == {"responder_percent": (30, 25), "due_days": (30, 60)}
    assert change.at.tzinfo is not None


def test_the_newest_change_comes_first_and_a_way_back_is_a_change(store):
    note_settings(store.folder, LOOSER)
    note_settings(store.folder, Settings(time_zone="Europe/Berlin"))
    back, _ = settings_changes(store.folder)
    assert back.changed == {
        "responder_percent": (25, 30),
        "due_days": (60, 30),
        "time_zone": ("", "Europe/Berlin"),
    }


def test_what_is_noted_already_is_not_noted_again(store):
    for _ in range(3):
        note_settings(store.folder, LOOSER)
    take(Store(store.folder, LOOSER), export([visit(3)]))
    assert len(lines(store)) == 2


def test_two_who_note_the_same_change_at_once_make_one(store):
    note_settings(store.folder, LOOSER)
    with (store.folder / FILE).open("a", encoding="utf-8") as file:
        file.write(lines(store)[-1] + "\n")
    assert len(settings_changes(store.folder)) == 1


def test_a_line_that_was_cut_off_says_nothing_and_harms_no_other(store):
    with (store.folder / FILE).open("a", encoding="utf-8") as file:
        file.write('{"at": "2026-11-03T10:00:00+00:00", "setti')
    note_settings(store.folder, LOOSER)
    assert unreadable_lines(store.folder) == 1
    assert len(settings_changes(store.folder)) == 1
    findings = check_store(Store(store.folder, LOOSER))
    assert all(finding.sound for finding in findings)
    assert any("Passed over in settings-log.jsonl" in finding.advice for finding in findings)


def test_a_setting_that_came_with_a_newer_program_is_no_change(store):
    known = json.loads(lines(store)[0])
    del known["settings"]["left_days"]
    (store.folder / FILE).write_text(json.dumps(known) + "\n", encoding="utf-8")
    note_settings(store.folder, Settings(left_days=90))
    assert settings_changes(store.folder) == []


def test_nothing_is_made_before_the_first_import(tmp_path):
    note_settings(tmp_path / "store", LOOSER)
    assert list(tmp_path.iterdir()) == []
    assert settings_changes(tmp_path / "store") == []


def test_a_store_that_cannot_be_written_goes_without(store, monkeypatch):
    def refused(*_: object) -> int:
        raise PermissionError("read-only")

    monkeypatch.setattr(os, "open", refused)
    note_settings(store.folder, LOOSER)
    assert settings_changes(store.folder) == []


def test_nobody_waits_for_a_writer(store):
    with store.writing():
        note_settings(store.folder, LOOSER)
        assert len(settings_changes(store.folder)) == 1


def test_an_undo_leaves_the_log_and_a_sound_store(store):
    changed = Store(store.folder, LOOSER)
    changed.undo(changed.imports()["import_id"].iloc[0])
    assert len(settings_changes(store.folder)) == 1
    assert all(finding.sound for finding in check_store(changed))
