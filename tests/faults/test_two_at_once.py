"""Two at once: a second writer waits, a reader never does and sees one whole version."""

import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock

from pipelines.errors import OutcomesError
from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.store import store as store_module
from tests.support.exports import export, figures, take, visit


def on_its_own_day(number: int) -> dict[str, str]:
    """Two visits of one day in two files are told apart by nothing but their numbers."""
    return visit(number, date=f"2025-02-{number:02}")


def test_a_second_writer_waits_and_both_are_kept(tmp_path: Path):
    store = Store(tmp_path / "store", Settings())
    take(store, export([visit(1)]))
    failed: list[BaseException] = []

    def import_one(number: int) -> None:
        try:
            take(Store(store.folder, Settings()), export([on_its_own_day(number)]))
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=import_one, args=(number,)) for number in range(2, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(store.current()["session_key"]) == [f"/V{number}" for number in range(1, 6)]
    assert store.imports()["import_id"].is_unique


def test_a_writer_waits_for_the_lock(tmp_path: Path):
    store = Store(tmp_path / "store", Settings())
    take(store, export([visit(1)]))
    lock = FileLock(store.folder / "writer.lock")
    lock.acquire()
    writer = threading.Thread(target=take, args=(store, export([on_its_own_day(2)])))
    writer.start()
    time.sleep(1.5)
    assert writer.is_alive()
    assert len(store.current()) == 1
    lock.release()
    writer.join()
    assert len(store.current()) == 2


def test_a_lock_that_is_never_given_back_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(store_module, "WAIT_SECONDS", 0.1)
    store = Store(tmp_path / "store", Settings())
    store.folder.mkdir()
    with (
        FileLock(store.folder / "writer.lock"),
        pytest.raises(OutcomesError, match="Wait for it, or end it, and import again"),
    ):
        take(store, export([visit(1)]))


def test_a_reader_during_a_write_sees_the_version_before_and_does_not_wait(tmp_path: Path):
    store = Store(tmp_path / "store", Settings())
    take(store, export([visit(1)]))
    before, version = figures(store), store.version()
    with store.writing() as writer:
        current = store.current()
        for name, rows in (("sessions", current.assign(erases=False)), ("visits", current)):
            table = store.tables[name]
            kinds = table.read(table.version()).columns
            table.append(table.read(table.version())[kinds])
            assert rows is not None
        assert figures(store) == before
        assert store.version() == version
        assert writer.head.surviving() == store.head().surviving()
    assert figures(store) == before


def test_readers_beside_many_imports_always_see_whole_ones(tmp_path: Path):
    store = Store(tmp_path / "store", Settings())
    take(store, export([visit(1)]))
    seen, stop = [], threading.Event()

    def look() -> None:
        reader = Store(store.folder, Settings())
        while not stop.is_set():
            seen.append(len(reader.clinic().visits))

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(1, 6):
        take(store, export([visit(n) for n in range(1, number * 10 + 1)]))
    stop.set()
    reader.join()
    assert seen == sorted(seen)
    assert set(seen) <= {1, 10, 20, 30, 40, 50}
    assert len(set(seen)) > 1
