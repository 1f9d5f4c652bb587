"""The clinic's data on disk: one consistent view for every reader, and one writer at a time."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import pandas as pd

from pipelines.episodes import form_episodes
from pipelines.errors import OutcomesError, StoreUnsound
from pipelines.places import default_store
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.store.delta import FIRST, Table
from pipelines.store.layout import READ_BY_MEASURES, TABLES
from pipelines.store.ledger import EVENT, Head, head_of, imports_table
from pipelines.store.quarantined import waiting_entries
from pipelines.store.writer import Writer
from pipelines.tables import SESSION

WAIT_SECONDS = 600


class Store:
    """A store in a folder; nothing is created before the first import.

    `followed` are the tables whose version the ledger names, `tables` these and the ledger.
    """

    def __init__(self, folder: Path | str | None = None, settings: Settings | None = None) -> None:
        self.folder = Path(folder or default_store())
        self.settings = settings or Settings()
        self.followed = {name: Table(self.folder / name, kinds) for name, kinds in TABLES.items()}
        self.ledger = Table(self.folder / "ledger", EVENT)
        self.tables = self.followed | {"ledger": self.ledger}

    # What readers see

    def version(self) -> int:
        """A number that grows with every import and undo; 0 for an empty store."""
        return self.ledger.version() + 1

    def head(self) -> Head:
        """The newest change and the table versions that hold with it."""
        return head_of(self.ledger.read(self.ledger.version()))

    def clinic(self) -> Clinic:
        """Current visits and episodes at one version; formed anew under changed settings."""
        head = self.head()
        visits = self.read(head, "visits", READ_BY_MEASURES)
        if head.events.empty or head.settings == self.settings.version:
            episodes = self.read(head, "episodes")
        else:
            visits, episodes = form_episodes(self.read(head, "visits", SESSION), self.settings)
        newest = visits["session_date"].max()
        return Clinic(visits, episodes, None if pd.isna(newest) else newest.date())

    def imports(self) -> pd.DataFrame:
        """Every import, newest first, with what became of its rows."""
        return imports_table(self.head())

    def quarantine(self) -> pd.DataFrame:
        """The records that wait to be mended, by file and line."""
        return waiting_entries(self, self.head())

    def current(self) -> pd.DataFrame:
        """Current sessions, in order of patient and visit."""
        return self.read(self.head(), "visits", SESSION)

    def log(self, head: Head) -> pd.DataFrame:
        """Every accepted row of the imports in force, in order of time."""
        rows = self.read(head, "sessions")
        rows = rows[rows["import_id"].isin(head.surviving())]
        return rows.sort_values(["import_id", "source_line"], kind="stable", ignore_index=True)

    def require_whole(self, head: Head) -> None:
        """Raises StoreUnsound where a table lacks what the ledger names, or the ledger is gone.

        Without it a lost file would look like an import that was cut off, and be taken back.
        """
        for name, table in self.followed.items():
            there, held = table.version(), head.version_of(name)
            if there < held or (head.events.empty and there > FIRST):
                raise StoreUnsound(
                    f"Files of the store's table {name if there < held else 'ledger'!r} are"
                    " missing. Restore the store's folder from its backup."
                )

    def read(self, head: Head, table: str, columns: dict | None = None) -> pd.DataFrame:
        """One table as it stands with a change; `columns` names fewer than all."""
        return self.followed[table].read(head.version_of(table), columns)

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
    def writing(self) -> Iterator[Writer]:
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
