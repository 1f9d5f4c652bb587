"""A watched folder: what is taken and when, where each file goes, and what is told of it."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.errors import OutcomesError
from pipelines.store import Store
from pipelines.store import store as store_module
from pipelines.watch import aside, last_run
from pipelines.watch import watch as watch_module
from pipelines.watch.arrivals import PATIENCE, Arrivals, is_unfinished
from pipelines.watch.folder import shown
from pipelines.watch.last_run import now
from pipelines.watch.watch import Watch
from pipelines.watch.whole import BLOCK, why_cut_off
from tests.support.exports import empty_store, export, take, visit
from tests.support.watching import digest, imported

GOOD, LETTER = export([visit(1), visit(2, patient_id="P2")]), b"Dear colleague,\nthank you.\n"


def one_visit(number: int) -> bytes:
    """An export of one visit, of a patient of its own."""
    return export([visit(number, patient_id=f"P{number}")])


class CutOffError(BaseException):
    """Ends the watch where it stands, as a kill would."""


class Watched:
    """A watch in this process, without waiting: a file settles between two looks."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder / "drop", empty_store(folder)
        self.folder.mkdir()
        self.restart()

    def restart(self) -> None:
        self.told, self.warned = [], []
        self.watch = Watch(
            self.store, self.folder, self.told.append, self.warned.append, every=0.1, settle=0.0
        )

    def drop(self, name: str, data: bytes = GOOD) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def look(self, times: int = 2) -> None:
        with self.watch.place.watched():
            for _ in range(times):
                self.watch.look()

    def files(self, folder: str = "") -> list[str]:
        return sorted(path.name for path in (self.folder / folder).iterdir() if path.is_file())


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def test_a_file_that_stays_the_same_is_imported_and_put_aside(watched: Watched):
    watched.drop("may.csv")
    watched.look(1)
    assert watched.files() == ["may.csv"]
    watched.look(1)
    assert (watched.files(), watched.files("imported")) == ([], ["may.csv"])
    assert watched.told == [
        "may.csv: imported. 2 rows. 2 accepted, 0 unchanged, 0 in quarantine, 0 skipped."
    ]
    assert imported(watched.store) == {digest(GOOD): 1}


def test_the_page_can_tell_of_the_last_run(watched: Watched):
    assert last_run(watched.store) is None
    watched.drop("may.csv", export([visit(1), visit(2, pain_before="11")]))
    watched.drop("letter.txt", LETTER)
    watched.look()
    run = last_run(watched.store)
    assert (run.folder, run.imported, run.refused, run.already) == (str(watched.folder), 1, 1, 0)
    assert [(file.file, file.outcome) for file in run.recent] == [
        ("letter.txt", "refused"),
        ("may.csv", "imported"),
    ]
    assert (run.recent[1].accepted, run.recent[1].quarantined) == (1, 1)
    assert run.alive(now())
    watched.restart()
    watched.look()
    assert last_run(watched.store).last == run.last
    assert os.name == "nt" or not any(
        path.stat().st_mode & 0o077 for path in watched.store.folder.glob("watch/*")
    )


def test_files_named_or_opened_as_unfinished_wait():
    names = [
        "a.csv.part",
        "b.csv.crdownload",
        "~$book.xlsx",
        "book.xlsx",
        ".hidden.csv",
        "c.tmp",
        "d.csv",
        "d.csv.part",
        ".~lock.e.csv#",
        "e.csv",
        "Thumbs.db",
        "f.csv~",
    ]
    assert [name for name in names if not is_unfinished(name, dict.fromkeys(names))] == []
    assert not any(is_unfinished(name, {}) for name in ("book.xlsx", "d.csv", "part.csv"))


def test_a_file_settles_only_once_it_has_not_changed_for_long_enough(tmp_path: Path):
    file, arrivals = tmp_path / "may.csv", Arrivals([tmp_path], settle=5)
    file.write_bytes(GOOD)
    assert arrivals.look(0) == arrivals.look(4.9) == []
    file.write_bytes(GOOD + GOOD)
    assert arrivals.look(5) == arrivals.look(9.9) == []
    assert [path.name for path, _ in arrivals.look(10)] == ["may.csv"]
    os.utime(file, ns=(1, 1))
    assert arrivals.look(30) == []


def test_one_look_is_never_enough(tmp_path: Path):
    (tmp_path / "may.csv").write_bytes(GOOD)
    arrivals = Arrivals([tmp_path], settle=0)
    assert arrivals.look(0) == []
    assert len(arrivals.look(0.01)) == 1


@pytest.mark.parametrize(
    "data",
    [GOOD.rstrip(), GOOD[:-20], b"", GOOD + bytes(64), b"PK\x03\x04" + bytes(100)],
    ids=["no line end", "inside a line", "empty", "reserved", "half a zip file"],
)
def test_a_file_without_an_end_waits_longer_and_keeps_later_ones_back(data: bytes, tmp_path: Path):
    for name, content, at in (("may.csv", data, 1), ("june.csv", GOOD, 2)):
        (tmp_path / name).write_bytes(content)
        os.utime(tmp_path / name, ns=(at, at))
    arrivals = Arrivals([tmp_path], settle=5)
    assert arrivals.look(0) == arrivals.look(5 * PATIENCE - 1) == []
    assert [path.name for path, _ in arrivals.look(5 * PATIENCE)] == ["may.csv", "june.csv"]


def test_folders_links_and_devices_are_passed_over(watched: Watched, tmp_path: Path):
    outside = tmp_path / "outside.csv"
    outside.write_bytes(GOOD)
    (watched.folder / "link.csv").symlink_to(outside)
    (watched.folder / "folder.csv").mkdir()
    os.mkfifo(watched.folder / "pipe.csv")
    watched.look()
    assert (watched.told, watched.warned, outside.exists()) == ([], [], True)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (GOOD[: GOOD.rindex(b",deep")], "ends inside line 3."),
        (GOOD[:-1] + b" " * (BLOCK - len(GOOD) + 1), "where a block of 4,096 bytes ends"),
        (GOOD + bytes(64), "ends in zeros"),
    ],
    ids=["lacks cells", "a whole block", "reserved"],
)
def test_a_file_that_was_cut_off_is_refused_whole(data: bytes, told: str, watched: Watched):
    watched.drop("may.csv", data)
    watched.look(2)
    assert watched.files("refused") == ["may.csv", "may.csv.txt"]
    assert told in (watched.folder / "refused" / "may.csv.txt").read_text()
    assert watched.store.version() == 0


@pytest.mark.parametrize(
    "data",
    [
        GOOD.rstrip(),
        GOOD + b"Total,2",
        GOOD + b"\nPrinted 11/20/2026",
        GOOD + b"\x1a",
        GOOD.decode().encode("utf-16"),
        LETTER.rstrip(),
    ],
    ids=["no line end", "total", "note", "Ctrl-Z", "UTF-16", "no table"],
)
def test_a_whole_file_is_not_taken_for_one_cut_off(data: bytes):
    assert why_cut_off(data) is None


def test_the_same_content_is_imported_once_whatever_its_name(watched: Watched):
    report = take(watched.store, GOOD)
    watched.drop("may.csv")
    watched.drop("june.csv")
    watched.look()
    assert watched.files("imported") == ["june.csv", "may.csv"]
    assert imported(watched.store) == {digest(GOOD): 1}
    assert watched.told[0].startswith(f"may.csv: already imported as {report.import_id}.")
    watched.store.undo(report.import_id)
    watched.drop("july.csv")
    watched.look()
    assert imported(watched.store) == {digest(GOOD): 1}
    assert len(watched.store.current()) == 2


def test_a_name_that_is_taken_gets_a_number_and_nothing_is_overwritten(watched: Watched):
    for number in range(1, 4):
        watched.drop("may.csv", one_visit(number))
        watched.drop("letter.txt", LETTER * number)
        watched.look()
    assert watched.files("imported") == ["may (2).csv", "may (3).csv", "may.csv"]
    letters = watched.folder / "refused"
    names = ["letter (2).txt", "letter (3).txt", "letter.txt"]
    assert [(letters / name).stat().st_size // len(LETTER) for name in names] == [2, 3, 1]
    assert all((letters / f"{name}.txt").exists() for name in names)


def test_a_refusal_with_a_question_says_how_to_answer(watched: Watched):
    watched.drop("may.csv", export([visit(1, date="01/02/2025"), visit(2, date="03/04/2025")]))
    watched.look()
    reason = (watched.folder / "refused" / "may.csv.txt").read_text()
    assert "Answer once, on the import page" in reason


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.csv", data)
    return packed.getvalue()


def test_of_a_zip_file_each_table_is_imported_once_and_a_refused_one_named(watched: Watched):
    watched.drop("all.zip", zipped(may=GOOD, letter=LETTER, again=GOOD))
    watched.look()
    reason = (watched.folder / "refused" / "all.zip.txt").read_text().splitlines()
    assert [line.split(":")[0] for line in reason] == [
        "1 of 3 tables refused.",
        "all.zip/may.csv",
        "all.zip/letter.csv",
        "all.zip/again.csv",
    ]
    assert "already imported" in reason[3]
    june = one_visit(3)
    watched.drop("all.zip", zipped(may=GOOD, june=june))
    watched.look()
    assert imported(watched.store) == {digest(GOOD): 1, digest(june): 1}
    assert watched.files("imported") == ["all.zip"]


def after(step: Callable, *more: object) -> Callable:
    """The step, and then the end of the process."""

    def cut_off(*args: object) -> None:
        step(*args)
        raise CutOffError

    return cut_off


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (watch_module.WatchedFolder, "take"),
        (watch_module, "import_new"),
        (watch_module, "keep"),
        (aside.os, "link"),
        (aside.os, "unlink"),
    ],
    ids=["taken", "imported", "state kept", "linked", "moved"],
)
@pytest.mark.parametrize(("data", "place"), [(GOOD, "imported"), (LETTER, "refused")])
def test_cut_off_after_any_one_step_each_file_is_handled_once(
    module: object, step: str, data: bytes, place: str, watched: Watched, monkeypatch
):
    watched.drop("may.csv", data)
    watched.look(1)
    with monkeypatch.context() as patch:
        patch.setattr(module, step, after(getattr(module, step)))
        with pytest.raises(CutOffError):
            watched.look()
    watched.restart()
    watched.look()
    assert watched.files() == []
    assert watched.files(".at-work") in ([], [".lock"])
    assert watched.files(place) == ["may.csv"] + ["may.csv.txt"] * (place == "refused")
    assert imported(watched.store) == ({digest(GOOD): 1} if data == GOOD else {})


def test_a_disk_without_links_is_written_to_with_the_same_care(watched: Watched, monkeypatch):
    def no_links(*args: object) -> None:
        raise OSError(1, "Operation not permitted")

    take(watched.store, one_visit(9))
    monkeypatch.setattr(aside.os, "link", no_links)
    test_a_name_that_is_taken_gets_a_number_and_nothing_is_overwritten(watched)


def test_a_file_written_to_while_it_is_imported_is_imported_again(watched: Watched, monkeypatch):
    more, import_new = one_visit(3).split(b"\n", 1)[1], watch_module.import_new

    def written_to(store: Store, name: str, data: bytes) -> object:
        handled = import_new(store, name, data)
        with (watched.folder / ".at-work" / name).open("ab") as late:
            late.write(more)
        return handled

    watched.drop("may.csv")
    with monkeypatch.context() as patch:
        patch.setattr(watch_module, "import_new", written_to)
        watched.look()
    assert watched.told == []
    watched.look()
    assert (watched.folder / "imported" / "may.csv").read_bytes() == GOOD + more
    assert len(watched.store.current()) == 3


def test_a_file_renamed_into_the_place_of_one_at_work_is_another_file(
    watched: Watched, monkeypatch
):
    later, import_new = one_visit(3), watch_module.import_new

    def replaced(store: Store, name: str, data: bytes) -> object:
        watched.drop("may.csv", later)
        return import_new(store, name, data)

    watched.drop("may.csv")
    with monkeypatch.context() as patch:
        patch.setattr(watch_module, "import_new", replaced)
        watched.look()
    watched.look()
    assert imported(watched.store) == {digest(GOOD): 1, digest(later): 1}
    assert watched.files("imported") == ["may (2).csv", "may.csv"]


def test_a_file_that_cannot_be_moved_is_told_once_and_passed_over(watched: Watched, monkeypatch):
    rename = os.rename

    def locked(source: Path, target: Path) -> None:
        if source.name == "open.csv":
            raise PermissionError(13, "Permission denied", "Zaphodia")
        rename(source, target)

    watched.drop("open.csv", one_visit(7))
    watched.drop("may.csv")
    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", locked)
        watched.look(4)
        assert (watched.files(), watched.files("imported")) == (["open.csv"], ["may.csv"])
        assert len(watched.warned) == 1
        assert "Zaphodia" not in watched.warned[0]
        assert last_run(watched.store).troubles == tuple(watched.warned)
    watched.look()
    assert watched.files("imported") == ["may.csv", "open.csv"]
    assert last_run(watched.store).troubles == ()


def test_an_unreadable_store_is_told_once_and_tried_again(watched: Watched, tmp_path: Path):
    for number in (8, 9):
        take(watched.store, one_visit(number))
    ledger = watched.store.folder / "ledger"
    ledger.rename(tmp_path / "away")
    watched.drop("may.csv")
    watched.look(4)
    assert (len(watched.warned), watched.files()) == (1, ["may.csv"])
    (tmp_path / "away").rename(ledger)
    watched.look()
    assert (watched.files("imported"), last_run(watched.store).troubles) == (["may.csv"], ())


def test_a_store_that_another_import_holds_is_waited_for(watched: Watched, monkeypatch):
    monkeypatch.setattr(store_module, "WAIT_SECONDS", 0.05)
    take(watched.store, one_visit(9))
    watched.drop("may.csv")
    with FileLock(watched.store.folder / "writer.lock"):
        watched.look(3)
        assert len(watched.warned) == 1
        assert watched.files("imported") == []
    watched.look()
    assert watched.files("imported") == ["may.csv"]


def test_a_fault_of_the_program_ends_neither_the_watch_nor_tells_a_cell(
    watched: Watched, monkeypatch
):
    def faulty(*args: object) -> None:
        raise KeyError("Zaphodia")

    monkeypatch.setattr(watch_module, "import_new", faulty)
    watched.drop("may.csv")
    watched.look()
    said = (watched.folder / "refused" / "may.csv.txt").read_text()
    assert "KeyError" in said
    assert "Zaphodia" not in said


def test_two_watches_of_one_folder_do_not_fight(watched: Watched):
    other = Watch(watched.store, watched.folder, print, print)
    with watched.watch.place.watched(), pytest.raises(OutcomesError, match="Another watch"):
        other.once()


def test_a_folder_that_is_not_there_or_goes_away_is_told(watched: Watched, tmp_path: Path):
    with pytest.raises(OutcomesError, match="no such folder"):
        Watch(watched.store, tmp_path / "nowhere", print, print).once()
    with watched.watch.place.watched():
        watched.folder.rename(tmp_path / "away")
        watched.watch.look()
        watched.watch.look()
        assert len(watched.warned) == 1
        (tmp_path / "away").rename(watched.folder)
    watched.drop("may.csv")
    watched.look(2)
    assert watched.files("imported") == ["may.csv"]


def test_once_handles_what_is_there_and_ends(watched: Watched):
    watched.drop("may.csv")
    watched.watch.settle = watched.watch.arrivals.settle = 0.05
    watched.watch.once()
    assert watched.files("imported") == ["may.csv"]
    assert last_run(watched.store).ended is not None


def test_a_name_is_told_on_one_line_and_moves_no_cursor(watched: Watched):
    watched.drop("may\x1b[2J\n.csv")
    watched.look()
    assert watched.told[0].startswith("may?[2J?.csv: imported.")
    assert shown("müller.csv") == "müller.csv"
    assert watched.files("imported") == ["may\x1b[2J\n.csv"]


def test_a_long_name_leaves_room_for_a_number(watched: Watched):
    for number in (1, 2):
        watched.drop("x" * 250 + ".csv", one_visit(number))
        watched.look()
    assert len(watched.files("imported")) == 2


def test_the_command_ends_with_1_where_a_file_was_refused_at_once(watched: Watched):
    command = ["watch", str(watched.folder), "--once", "--every", "0.05", "--settle", "0.02"]
    command += ["--store", str(watched.store.folder)]
    watched.drop("may.csv")
    told = CliRunner().invoke(app, command)
    assert (told.exit_code, told.stdout.count("\n")) == (0, 1)
    watched.drop("letter.txt", LETTER)
    told = CliRunner().invoke(app, command)
    assert (told.exit_code, told.stdout.count("\n")) == (1, 1)
    assert watched.files("refused") == ["letter.txt", "letter.txt.txt"]
