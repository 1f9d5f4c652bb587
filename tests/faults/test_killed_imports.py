"""An import killed at any moment: the store is as before or as after, and the repeat completes."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.store.check import check_store
from pipelines.store.delta import Table
from tests.support.exports import content, export, figures, take, visit
from tests.support.hygiene import PROJECT

VISITS = 3_000
KILLS = 20
SEED = 20250106


class CutOffError(BaseException):
    """Ends an import where it stands, as a kill would."""


def visits(first: int, pain: str) -> list[dict[str, str]]:
    """A period of visits: later periods overlap earlier ones and correct their scores."""
    return [
        visit(
            number,
            patient_id=f"P{number % 400}",
            date=f"{2015 + number % 9}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            pain_before=pain,
        )
        for number in range(first, first + VISITS)
    ]


def importing(store: Store, file: Path) -> subprocess.Popen:
    command = [sys.executable, "-m", "pipelines", "import", str(file), "--store", str(store.folder)]
    return subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def killed_after(process: subprocess.Popen, seconds: float) -> bool:
    """Waits so long, then kills; whether the process was still at work."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def sound(store: Store) -> bool:
    return all(finding.sound for finding in check_store(store))


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two exports of which the second corrects and adds."""
    found = []
    for name, rows in (("one", visits(1, "7")), ("two", visits(1_001, "5"))):
        found.append(tmp_path / f"{name}.csv")
        found[-1].write_bytes(export(rows))
    return found


def test_twenty_kills_leave_the_store_as_before_or_as_after(files: list[Path], tmp_path: Path):
    store, kept = Store(tmp_path / "store", Settings()), tmp_path / "before"
    take(store, files[0].read_bytes())
    shutil.copytree(store.folder, kept)
    before, summary_before = content(store), figures(store)
    whole = Store(shutil.copytree(kept, tmp_path / "whole"), Settings())
    start = time.monotonic()
    assert importing(whole, files[1]).wait() == 0
    duration = time.monotonic() - start
    after, summary_after = content(whole), figures(whole)
    assert summary_before != summary_after

    draw, working = random.Random(SEED), 0
    for kill in range(KILLS):
        # One moment in each twentieth of the import: no part of it goes untried.
        moment = duration * (kill + draw.random()) / KILLS
        working += killed_after(importing(store, files[1]), moment)
        if len(store.imports()) == 1:
            assert content(store).equals(before)
            assert figures(store) == summary_before
            continue
        assert content(store).equals(after)
        assert figures(store) == summary_after
        assert sound(store)
        shutil.rmtree(store.folder)
        shutil.copytree(kept, store.folder)
    assert working >= KILLS // 2
    assert sound(store)
    assert importing(store, files[1]).wait() == 0
    assert figures(store) == summary_after
    assert sound(store)


@pytest.mark.parametrize("share", [0.6, 0.75, 0.9])
def test_a_first_import_that_is_killed_leaves_an_empty_store_or_a_whole_one(
    share: float, files: list[Path], tmp_path: Path
):
    start = time.monotonic()
    assert importing(Store(tmp_path / "whole"), files[0]).wait() == 0
    duration = time.monotonic() - start
    store = Store(tmp_path / "store", Settings())
    killed_after(importing(store, files[0]), duration * share)
    assert len(store.current()) in (0, VISITS)
    assert sound(store)
    assert importing(store, files[0]).wait() == 0
    assert len(store.current()) == VISITS
    assert sound(store)


STEPS = ("sessions", "confirmed", "quarantine", "closed", "visits", "episodes", "ledger")


@pytest.mark.parametrize("step", STEPS)
def test_cut_off_just_before_any_one_table_nothing_of_it_is_seen(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The same at each write, without the luck of a random kill."""
    store = Store(tmp_path / "store", Settings())
    take(store, export([visit(1), visit(2), visit(3, date=""), visit(4, pain_before="11")]))
    before, waiting = figures(store), store.quarantine()
    later = export([visit(1, pain_before="3"), visit(2), visit(4), visit(5, date="")])
    write = Table._write

    def cut_off(table: Table, frame: pd.DataFrame, mode: str) -> int:
        if table.folder.name == step:
            raise CutOffError
        return write(table, frame, mode)

    with monkeypatch.context() as patch:
        patch.setattr(Table, "_write", cut_off)
        with pytest.raises(CutOffError):
            take(store, later)
    assert figures(store) == before
    assert store.quarantine().equals(waiting)
    assert sound(store)
    assert take(store, later).accepted == 2
    assert len(store.current()) == 3
    assert sound(store)
