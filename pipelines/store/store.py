"""The clinic's data on disk: imports, undo, and one consistent view for every reader.

The logs (sessions, confirmed, quarantine, closed) only grow. From them come two tables
that readers use: the current visits with their episodes, and the episodes. A change
writes all of these first and the ledger last: readers follow the ledger, so a change
that was cut off before that was never made.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.episodes import form_episodes
from pipelines.errors import OutcomesError, StoreUnsound
from pipelines.frames import stack
from pipelines.places import default_store
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.store.delta import FIRST, Table
from pipelines.store.ledger import EVENT, IMPORT, UNDO, Head, head_of, imports_table, with_event
from pipelines.store.leftovers import remove_left_over
from pipelines.store.merge import adds_nothing, current_rows, equal_words, same_content
from pipelines.tables import EPISODE, FLAG, SESSION, TEXT, VISIT, WHOLE

LOGGED = SESSION | {"erases": FLAG}
CONFIRMED = {
    "import_id": TEXT,
    "session_key": TEXT,
    "source_file": TEXT,
    "source_line": WHOLE,
    "erases": FLAG,
}
QUARANTINED = {
    "entry": TEXT,
    "import_id": TEXT,
    "file": TEXT,
    "line": WHOLE,
    "session_key": TEXT,
    "reason": TEXT,
    "sentence": TEXT,
    "header": TEXT,  # JSON list
    "cells": TEXT,  # JSON list, as they stood in the file
    "delimiter": TEXT,
    "reading": TEXT,  # JSON: how the whole file was read, so that a mended row is read so too
}
CLOSED = {"entry": TEXT, "import_id": TEXT}
WAIT_SECONDS = 600
READ_BY_MEASURES = {name: kind for name, kind in VISIT.items() if name != "session_key"}


@dataclass(frozen=True)
class Changes:
    """What one import would do to the store: counts by row, and the rows to write."""

    new: int
    updated: int
    unchanged: int
    log: pd.DataFrame
    confirmed: pd.DataFrame
    sessions: pd.DataFrame


class Store:
    """A store in a folder; nothing is created before the first import."""

    def __init__(self, folder: Path | str | None = None, settings: Settings | None = None) -> None:
        self.folder = Path(folder or default_store())
        self.settings = settings or Settings()
        self._tables = {
            "sessions": Table(self.folder / "sessions", LOGGED),
            "confirmed": Table(self.folder / "confirmed", CONFIRMED),
            "quarantine": Table(self.folder / "quarantine", QUARANTINED),
            "closed": Table(self.folder / "closed", CLOSED),
            "visits": Table(self.folder / "visits", VISIT),
            "episodes": Table(self.folder / "episodes", EPISODE),
        }
        self._ledger = Table(self.folder / "ledger", EVENT)

    # What readers see

    def version(self) -> int:
        """A number that grows with every import and undo; 0 for an empty store."""
        return self._ledger.version() + 1

    def head(self) -> Head:
        """The newest change and the table versions that hold with it."""
        return head_of(self._ledger.read(self._ledger.version()))

    def clinic(self) -> Clinic:
        """Current visits and episodes at one version; formed anew under changed settings."""
        head = self.head()
        visits = self._read(head, "visits", READ_BY_MEASURES)
        if head.events.empty or head.settings == self.settings.version:
            episodes = self._read(head, "episodes")
        else:
            visits, episodes = form_episodes(self._read(head, "visits", SESSION), self.settings)
        newest = visits["session_date"].max()
        return Clinic(visits, episodes, None if pd.isna(newest) else newest.date())

    def imports(self) -> pd.DataFrame:
        """Every import, newest first, with what became of its rows."""
        return imports_table(self.head())

    def quarantine(self) -> pd.DataFrame:
        """The records that wait to be mended, by file and line."""
        head = self.head()
        entries = self._read(head, "quarantine")
        closed = self._read(head, "closed")
        surviving = set(head.surviving())
        done = set(closed.loc[closed["import_id"].isin(surviving), "entry"])
        waiting = entries[entries["import_id"].isin(surviving) & ~entries["entry"].isin(done)]
        waiting = waiting.drop_duplicates("entry", keep="last")
        return waiting.sort_values(["file", "line"], ignore_index=True)

    def current(self) -> pd.DataFrame:
        """Current sessions, in order of patient and visit."""
        return self._read(self.head(), "visits", SESSION)

    def log(self, head: Head) -> pd.DataFrame:
        """Every accepted row of the imports in force, in order of time."""
        rows = self._read(head, "sessions")
        rows = rows[rows["import_id"].isin(head.surviving())]
        return rows.sort_values(["import_id", "source_line"], kind="stable", ignore_index=True)

    @property
    def tables(self) -> dict[str, Table]:
        """Every table by its name, the ledger last."""
        return self._tables | {"ledger": self._ledger}

    def require_whole(self, head: Head) -> None:
        """Raises StoreUnsound where a table lacks what the ledger names, or the ledger is gone.

        Without it a lost file would look like an import that was cut off, and be taken back.
        """
        for name, table in self._tables.items():
            there, held = table.version(), head.version_of(name)
            if there < held or (head.events.empty and there > FIRST):
                raise StoreUnsound(
                    f"Files of the store's table {name if there < held else 'ledger'!r} are"
                    " missing. Restore the store's folder from its backup."
                )

    def _read(self, head: Head, table: str, columns: dict | None = None) -> pd.DataFrame:
        return self._tables[table].read(head.version_of(table), columns)

    @cached_property
    def key(self) -> bytes:
        """The store's own secret, under which patients are hashed; made when first asked for."""
        path = self.folder / "patient-key"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            self._make_key(path)
        return bytes.fromhex(path.read_text(encoding="ascii").strip())

    @staticmethod
    def _make_key(path: Path) -> None:
        """Whole or not at all, and readable by its owner only."""
        made = path.with_name(f".patient-key-{os.getpid()}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(made, path)
        except FileExistsError:
            pass  # another process made it a moment ago: that one holds
        finally:
            made.unlink()

    # What the one writer does

    @contextmanager
    def writing(self) -> Iterator["Writer"]:
        """The store for one writer; whatever a killed one left is taken back first."""
        from filelock import FileLock, Timeout

        if "%" in str(self.folder.resolve()):
            raise OutcomesError(
                "The path of the store's folder has a per cent sign in it, which its tables cannot"
                " be written under. Choose another folder with --store."
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / "writer.lock")
        try:
            lock.acquire(timeout=WAIT_SECONDS)
        except Timeout:
            raise OutcomesError(
                "Another import has been running for over ten minutes. Wait for it, or end it,"
                " and import again."
            ) from None
        try:
            yield Writer(self)
        finally:
            lock.release()

    def undo(self, import_id: str) -> None:
        """Takes an import back: figures are as if it had never been.

        Raises OutcomesError where no such import is in force.
        """
        with self.writing() as writer:
            writer.undo(import_id)


class Writer:
    """The only one who changes the store, for as long as the lock is held."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.head = store.head()
        self._versions = self._taken_back()

    def next_import_id(self, digest: str) -> str:
        """Ids sort in order of time."""
        return f"{self.head.next_sequence():06d}-{digest[:6]}"

    @cached_property
    def _current(self) -> pd.DataFrame:
        return self.store.current()

    def _places(self, incoming: pd.DataFrame) -> np.ndarray:
        """Where each incoming session stands among the current ones, -1 for a new one."""
        if not len(self._current):
            return np.full(len(incoming), -1)
        return pd.Index(self._current["session_key"]).get_indexer(incoming["session_key"])

    def known_for_another_patient(self, incoming: pd.DataFrame) -> np.ndarray:
        """Which incoming sessions have the key of a current one of another patient."""
        places = self._places(incoming)
        other = np.zeros(len(incoming), dtype=bool)
        known = places >= 0
        before = self._current["patient_id"].iloc[places[known]]
        other[known] = ~equal_words(incoming["patient_id"][known], before)
        return other

    def changes(self, incoming: pd.DataFrame, erase: bool) -> Changes:
        """What importing these sessions (unique keys) would do."""
        current = self._current
        place = self._places(incoming)
        known = place >= 0
        again, before = incoming[known], current.iloc[place[known]]
        exact = same_content(again, before)
        same = exact if erase else adds_nothing(again, before)
        changed = place[known][~same]
        versions = stack([before[~same], again[~same]], SESSION)
        merged = current_rows(versions, np.repeat([False, erase], len(changed)))
        return Changes(
            new=int((~known).sum()),
            updated=len(changed),
            unchanged=int(same.sum()),
            log=self._logged(incoming[~_placed(known, exact)], erase),
            confirmed=self._logged(again[exact], erase)[list(CONFIRMED)],
            sessions=_put_in_place(current, changed, merged, incoming[~known]),
        )

    @staticmethod
    def _logged(rows: pd.DataFrame, erase: bool) -> pd.DataFrame:
        return rows.assign(erases=pd.array([erase] * len(rows), dtype="boolean"))

    def commit(
        self,
        import_id: str,
        changes: Changes,
        quarantined: pd.DataFrame,
        closed: pd.DataFrame,
        step: Callable[[str], None] = lambda name: None,
        **facts: object,
    ) -> None:
        """Writes everything, the ledger last."""
        step("sessions")
        with ThreadPoolExecutor(1) as beside:
            # Writing the log and forming episodes need not wait for each other.
            logged = beside.submit(self._append_all, changes, quarantined, closed)
            if len(changes.log) or self.head.settings != self.store.settings.version:
                step("episodes")
                self._rewrite(changes.sessions)
            logged.result()
        step("commit")
        self._write_event(IMPORT, import_id, **facts)

    def undo(self, import_id: str) -> None:
        """Takes an import back; what later imports had only confirmed stays, as theirs."""
        if import_id not in self.head.surviving():
            known = "it was undone before" if import_id in self.head.undone else "none has this id"
            raise OutcomesError(
                f"Import {import_id} cannot be undone: {known}. `outcomes imports` lists them."
            )
        self._append("sessions", self._confirmed_by_later(import_id))
        head = Head(with_event(self.head, UNDO, import_id, self._versions, ""), self._versions, "")
        log = self.store.log(head)
        self._rewrite(current_rows(log, log["erases"].to_numpy(dtype=bool))[list(SESSION)])
        self._write_event(UNDO, import_id)

    def _confirmed_by_later(self, undone: str) -> pd.DataFrame:
        """Rows that later imports held too, as they were then, in the name of the first."""
        confirmed = self.store._read(self.head, "confirmed")
        log = self.store.log(self.head)
        touched = log.loc[log["import_id"] == undone, "session_key"]
        later = confirmed[
            confirmed["import_id"].isin([i for i in self.head.surviving() if i > undone])
            & confirmed["session_key"].isin(touched)
        ].sort_values("import_id")
        later = later.drop_duplicates("session_key")
        found = []
        for name, rows in later.groupby("import_id"):
            own = log.loc[log["import_id"] == name, "session_key"]
            rows = rows[~rows["session_key"].isin(own)]
            earlier = log["import_id"].astype("str") < name
            before = log[earlier & log["session_key"].isin(rows["session_key"])]
            then = current_rows(before, before["erases"].to_numpy(dtype=bool))
            found.append(_in_the_name_of(then, rows))
        return stack(found, LOGGED) if found else log.iloc[:0]

    def _rewrite(self, sessions: pd.DataFrame) -> None:
        visits, episodes = form_episodes(sessions, self.store.settings)
        self._versions["visits"] = self.store._tables["visits"].overwrite(visits)
        self._versions["episodes"] = self.store._tables["episodes"].overwrite(episodes)

    def _append_all(
        self, changes: Changes, quarantined: pd.DataFrame, closed: pd.DataFrame
    ) -> None:
        self._append("sessions", changes.log)
        self._append("confirmed", changes.confirmed)
        self._append("quarantine", quarantined)
        self._append("closed", closed)

    def _append(self, table: str, rows: pd.DataFrame) -> None:
        self._versions[table] = self.store._tables[table].append(rows)

    def _write_event(self, event: str, import_id: str, **facts: object) -> None:
        settings = self.store.settings.version
        events = with_event(self.head, event, import_id, self._versions, settings, **facts)
        self.store._ledger.overwrite(events)
        for table in self.store.tables.values():
            table.remove_old_files()

    def _taken_back(self) -> dict[str, int]:
        """Each table at the version the ledger names, whatever a killed writer added since."""
        self.store.require_whole(self.head)
        remove_left_over(self.store.folder, self.store.tables)
        return {
            name: table.go_back_to(self.head.version_of(name))
            for name, table in self.store._tables.items()
        }


def _put_in_place(
    current: pd.DataFrame, changed: np.ndarray, merged: pd.DataFrame, fresh: pd.DataFrame
) -> pd.DataFrame:
    """All sessions in order of first appearance: a corrected visit stays where it was.

    Visits of one day without times are told apart by nothing else.
    """
    if not len(current):
        return fresh
    kept = np.delete(np.arange(len(current)), changed)
    places = np.concatenate([kept, changed, len(current) + np.arange(len(fresh))])
    sessions = stack([current.iloc[kept], merged, fresh], SESSION)
    return sessions.iloc[np.argsort(places)]


def _placed(known: np.ndarray, exact: np.ndarray) -> np.ndarray:
    """Among all incoming rows, those known and exactly equal."""
    result = known.copy()
    result[known] = exact
    return result


def _in_the_name_of(rows: pd.DataFrame, confirmed: pd.DataFrame) -> pd.DataFrame:
    """The rows with the origin of the import that confirmed them, as that one wrote its own."""
    origin = confirmed.set_index("session_key").loc[rows["session_key"]]
    return rows.assign(
        import_id=pd.Categorical(origin["import_id"].array),
        source_file=pd.Categorical(origin["source_file"].array),
        source_line=origin["source_line"].to_numpy(),
        erases=pd.array(origin["erases"].array, dtype="boolean"),
    )
