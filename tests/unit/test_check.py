"""`outcomes check` tells each broken promise, and what to do; each is broken here once."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipelines.ingest.load import import_file
from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.store.check import Finding, check_store
from pipelines.store.ledger import EVENT
from tests.support.exports import empty_store, export, take, visit

READABLE = "The list of imports can be read."
TABLES = "Every table can be read as the list of imports names it."
KEY = "The key of the patients' codes is there and only its owner can read it."
INTERRUPTED = "Nothing of an interrupted import is counted."
SETTINGS = "When settings were changed is kept, with their values before and after."
ACCOUNTED = "Every row of every import is accounted for."
ONCE = "Every visit is counted once."
VALUES = "Every value of every visit is one that it may have."
CODES = "Every patient is known by a code of 32 hexadecimal digits alone."
IN_FORCE = "The current visits are what the imports in force say."
ORIGIN = "The import, the file and the line of every visit are known."
QUARANTINE = "Every row in quarantine has its reason, its line and its text."
EPISODES = "The episodes are those that the visits and the settings make."
EVERY = [
    READABLE, TABLES, KEY, INTERRUPTED, SETTINGS, ACCOUNTED, ONCE, VALUES, CODES, IN_FORCE, ORIGIN,
    QUARANTINE, EPISODES,
]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two imports of three patients, with a row in quarantine, a repeat and an undone import."""
    store = empty_store(tmp_path)
    rows = [visit(n, patient_id=f"P{n}") for n in range(1, 4)]
    take(store, export([*rows, visit(4, pain_before="11")]))
    take(store, export([*rows[:2], visit(5, patient_id="P1", date="2025-02-03")]))
    undone = take(store, export([visit(6)]))
    store.undo(undone.import_id)
    return store


def broken(store: Store) -> dict[str, str]:
    return {found.promise: found.advice for found in check_store(store) if not found.sound}


def change(store: Store, name: str, how: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    """Writes a table anew, as the list of imports would name it."""
    table = store.tables[name]
    version = table.overwrite(how(table.read(store.head().version_of(name))))
    change_last_event(store, versions=json.dumps(store.head().versions | {name: version}))


def change_last_event(store: Store, **facts: str) -> None:
    ledger = store.tables["ledger"]
    events = ledger.read(ledger.version()).sort_values("sequence", ignore_index=True)
    for name, value in facts.items():
        events.loc[len(events) - 1, name] = value
    ledger.overwrite(events[list(EVENT)])


def with_value(name: str, value: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Puts a value into the first row of a column."""

    def changed(frame: pd.DataFrame) -> pd.DataFrame:
        column = frame[name].astype(object)
        column.iloc[0] = value
        kind = (
            "category" if isinstance(frame[name].dtype, pd.CategoricalDtype) else frame[name].dtype
        )
        return frame.assign(**{name: column.astype(kind)})

    return changed


def test_a_store_that_was_only_imported_into_and_undone_is_sound(store: Store):
    assert check_store(store) == [Finding(promise, True) for promise in EVERY]


def test_an_empty_store_is_sound_and_is_not_created_by_looking(tmp_path: Path):
    store = empty_store(tmp_path)
    assert check_store(store) == [Finding(promise, True) for promise in EVERY]
    assert not store.folder.exists()


def test_a_list_of_imports_that_cannot_be_read_is_told_alone(store: Store):
    for file in (store.folder / "ledger").glob("*.parquet"):
        file.write_bytes(b"spoiled")
    assert broken(store) == {READABLE: "Restore the store's folder from its backup."}


def test_a_lost_list_of_imports_is_no_empty_store(store: Store):
    for file in (store.folder / "ledger" / "_delta_log").iterdir():
        file.unlink()
    assert list(broken(store)) == [READABLE]
    before = sorted(store.folder.rglob("*.parquet"))
    with pytest.raises(Exception, match="Restore the store's folder from its backup"):
        take(store, export([visit(9)]))
    assert sorted(store.folder.rglob("*.parquet")) == before


@pytest.mark.parametrize("name", ["visits", "episodes", "sessions", "quarantine"])
@pytest.mark.parametrize("spoil", ["cut", "lost"])
def test_a_table_that_cannot_be_read_is_named(store: Store, name: str, spoil: str):
    for file in (store.folder / name).glob("*.parquet"):
        file.write_bytes(file.read_bytes()[:20]) if spoil == "cut" else file.unlink()
    found = broken(store)
    assert found == {TABLES: f"Not readable: {name}. Restore the store's folder from its backup."}


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda path: path.unlink(), "is missing. Restore the file patient-key"),
        (lambda path: path.write_text("short"), "holds no key. Restore the file patient-key"),
        (lambda path: path.write_bytes(b"\xff\xfe"), "cannot be read. Restore the file"),
        (lambda path: path.chmod(0o644), "Others can read the file patient-key. Take their right"),
    ],
    ids=["lost", "short", "no text", "shared"],
)
def test_a_key_that_is_lost_spoiled_or_shared_is_told(store: Store, spoil, told: str):
    spoil(store.folder / "patient-key")
    assert told in broken(store)[KEY]


def test_what_an_interrupted_import_left_is_harmless_and_gone_after_the_next(store: Store):
    left = store.folder / "visits" / "part-00000-left.parquet"
    left.write_bytes(b"half a file")
    (store.folder / "visits" / "_delta_log" / "left.tmp").write_bytes(b"half a commit")
    (store.folder / ".patient-key-1").write_text("half a key")
    store.tables["sessions"].append(store.log(store.head()))
    (finding,) = (found for found in check_store(store) if found.promise == INTERRUPTED)
    assert (finding.sound, finding.advice) == (
        True,
        "One left files behind, which do no harm: the next import removes them.",
    )
    take(store, export([visit(7)]))
    assert check_store(store) == [Finding(promise, True) for promise in EVERY]
    assert not left.exists()


def test_counts_that_do_not_add_up_are_told(store: Store):
    ledger = store.tables["ledger"]
    events = ledger.read(ledger.version())
    report = json.loads(events.loc[0, "report"]) | {"rows": 99}
    events.loc[0, "report"] = json.dumps(report)
    ledger.overwrite(events)
    assert "do not add up. Undo that import and import its file again" in broken(store)[ACCOUNTED]


@pytest.mark.parametrize(("name", "key"), [("sessions", "/V3"), ("confirmed", "/V1")])
def test_a_row_lost_from_the_log_is_told_with_its_import(store: Store, name: str, key: str):
    change(store, name, lambda frame: frame[frame["session_key"] != key])
    assert "Rows of import 00000" in broken(store)[ACCOUNTED]


def test_a_visit_that_stands_twice_is_told(store: Store):
    change(store, "visits", lambda frame: pd.concat([frame, frame.iloc[:1]]))
    assert broken(store)[ONCE].startswith("1 stand twice.")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pain_before", 11.0),
        ("session_date", pd.Timestamp("2999-01-01")),
        ("technique", "magic"),
        ("side_effects", "sparkles"),
        ("age", 91.0),
    ],
)
def test_a_value_that_may_not_be_is_told_by_its_column(store: Store, name: str, value: object):
    change(store, "visits", with_value(name, value))
    assert broken(store)[VALUES].startswith(f"Not so in: {name}.")
    assert str(value) not in broken(store)[VALUES]


def test_a_patient_known_by_anything_but_a_code_is_told(store: Store):
    change(store, "visits", with_value("patient_id", "Ann Smith"))
    assert CODES in broken(store)
    assert not any("Ann" in advice for advice in broken(store).values())


def test_a_visit_changed_lost_or_added_behind_the_log_is_told(store: Store):
    change(store, "visits", with_value("pain_before", 1.0))
    assert broken(store)[IN_FORCE].startswith("1 are not.")
    change(store, "visits", lambda frame: frame.iloc[1:])
    assert broken(store)[IN_FORCE].startswith("1 are not.")


@pytest.mark.parametrize(
    ("name", "value"), [("import_id", "000099-abcdef"), ("source_line", 0), ("source_file", None)]
)
def test_a_visit_of_unknown_origin_is_told(store: Store, name: str, value: object):
    change(store, "visits", with_value(name, value))
    assert broken(store)[ORIGIN].startswith("Not of 1.")


def test_a_visit_of_an_undone_import_is_told(store: Store):
    undone = store.head().undone.pop()
    change(store, "visits", with_value("import_id", undone))
    assert ORIGIN in broken(store)


@pytest.mark.parametrize(
    ("name", "value"),
    [("line", 0), ("entry", "short"), ("delimiter", "x"), ("import_id", "000099-abcdef")],
)
def test_a_row_in_quarantine_without_its_facts_is_told(store: Store, name: str, value: object):
    change(store, "quarantine", with_value(name, value))
    assert broken(store)[QUARANTINE].startswith(f"Not so in: {name}.")


@pytest.mark.parametrize(
    ("table", "name", "value"),
    [
        ("episodes", "baseline", 1.0),
        ("episodes", "technique", "mixed"),
        ("visits", "episode_id", 9),
    ],
)
def test_an_episode_that_the_visits_do_not_make_is_told(store: Store, table, name, value):
    change(store, table, with_value(name, value))
    assert list(broken(store)) == [EPISODES]


def test_changed_settings_are_no_fault_and_are_said(store: Store):
    changed = Store(store.folder, Settings(episode_gap_days=30))
    (finding,) = (found for found in check_store(changed) if found.promise == EPISODES)
    assert (finding.sound, "The settings have changed" in finding.advice) == (True, True)
    import_file(changed, "export.csv", export([visit(7)]))
    assert all(found == Finding(found.promise, True) for found in check_store(changed))
