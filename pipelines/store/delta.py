"""One Delta table on disk: append, overwrite, read at a version, go back to a version."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.errors import StoreUnsound
from pipelines.frames import empty, to_arrow, to_pandas
from pipelines.tables import CATEGORY, SET

ABSENT = -1
"""The version of a table that has not been written yet."""
FIRST = 0
ONE_FILE = 1 << 40
KEPT_HOURS = 1
"""How long files of an older version stay for a reader that has just chosen it."""
LOG_FILE = re.compile(r"\d{20}\.(json|checkpoint[\w.\-]*\.parquet)|_last_checkpoint")


class Table:
    """A Delta table in a folder, with its columns and their kinds."""

    def __init__(self, folder: Path, kinds: Mapping[str, str]) -> None:
        self.folder, self.kinds = folder, kinds

    def version(self) -> int:
        """The newest version, committed by the store or not; ABSENT where there is none."""
        with self._told_if_unreadable():
            return self._open().version() if self._exists() else ABSENT

    def append(self, frame: pd.DataFrame) -> int:
        """Adds rows and returns the new version; without rows the version stays."""
        return self._write(frame, "append") if len(frame) else self.version()

    def overwrite(self, frame: pd.DataFrame) -> int:
        """Replaces all rows and returns the new version."""
        return self._write(frame, "overwrite")

    def read(self, version: int, columns: Mapping[str, str] | None = None) -> pd.DataFrame:
        """The rows at a version; `columns` names fewer than all, with their kinds.

        Raises StoreUnsound where the table lacks a file or cannot be read.
        """
        kinds = columns or self.kinds
        if version == ABSENT:
            return empty(kinds)
        with self._told_if_unreadable():
            return self._read(version, kinds)

    def _read(self, version: int, kinds: Mapping[str, str]) -> pd.DataFrame:
        files = self._open(version).file_uris()
        if not files:
            return empty(kinds)
        encoded = [name for name, kind in kinds.items() if kind in (CATEGORY, SET)]
        parts = [
            pq.read_table(
                self.folder / uri.rsplit("/", 1)[-1],
                columns=list(kinds),
                read_dictionary=encoded,
                partitioning=None,
            )
            for uri in files
        ]
        return to_pandas(pa.concat_tables(parts), kinds)

    def go_back_to(self, version: int) -> int:
        """Makes the rows of an older version the newest again; returns the version to read."""
        if version == ABSENT:
            shutil.rmtree(self.folder, ignore_errors=True)
            return ABSENT
        table = self._open()
        if table.version() == version:
            return version
        table.restore(version)
        return table.version()

    def files_of_no_version(self) -> list[Path]:
        """Files in the folder that neither the newest version nor an older one knows."""
        if not self._exists():
            return []
        unknown = self._not_needed(full=True) - self._not_needed(full=False)
        log = (self.folder / "_delta_log").iterdir()
        return [
            *(self.folder / name for name in unknown),
            *(path for path in log if path.is_file() and not LOG_FILE.fullmatch(path.name)),
        ]

    def _not_needed(self, full: bool) -> set[str]:
        """Files that the newest version does without; `full`: those that none knows too."""
        names = self._open().vacuum(
            retention_hours=0, dry_run=True, enforce_retention_duration=False, full=full
        )
        return set(names)

    @contextmanager
    def _told_if_unreadable(self) -> Iterator[None]:
        from deltalake.exceptions import DeltaError

        try:
            yield
        except (DeltaError, pa.ArrowException, OSError, KeyError):
            raise StoreUnsound(
                f"The store's table {self.folder.name!r} cannot be read."
                " Run `outcomes check`, and restore the store's folder from its backup."
            ) from None

    def remove_old_files(self) -> None:
        """Deletes files that only older versions hold, once no reader needs them."""
        if self._exists():
            self._open().vacuum(
                retention_hours=KEPT_HOURS, dry_run=False, enforce_retention_duration=False
            )

    def _write(self, frame: pd.DataFrame, mode: str) -> int:
        from deltalake import write_deltalake

        self.folder.parent.mkdir(parents=True, exist_ok=True)
        # Parts of a column, and files, are written beside each other in any order: visits of one
        # day without a time are told apart by their place alone.
        rows = to_arrow(frame, self.kinds).combine_chunks()
        write_deltalake(str(self.folder), rows, mode=mode, target_file_size=ONE_FILE)
        return self.version()

    def _exists(self) -> bool:
        from deltalake import DeltaTable

        return DeltaTable.is_deltatable(str(self.folder))

    def _open(self, version: int | None = None):  # the class is imported late
        from deltalake import DeltaTable

        return DeltaTable(str(self.folder), version=version)
