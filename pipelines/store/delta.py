"""One Delta table on disk: append, overwrite, read at a version, go back to a version."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlparse

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.frames import empty, to_arrow, to_pandas
from pipelines.tables import CATEGORY, SET

ABSENT = -1
"""The version of a table that has not been written yet."""
KEPT_HOURS = 1
"""How long files of an older version stay for a reader that has just chosen it."""


class Table:
    """A Delta table in a folder, with its columns and their kinds."""

    def __init__(self, folder: Path, kinds: Mapping[str, str]) -> None:
        self.folder, self.kinds = folder, kinds

    def version(self) -> int:
        """The newest version, committed by the store or not; ABSENT where there is none."""
        return self._open().version() if self._exists() else ABSENT

    def append(self, frame: pd.DataFrame) -> int:
        """Adds rows and returns the new version; without rows the version stays."""
        return self._write(frame, "append") if len(frame) else self.version()

    def overwrite(self, frame: pd.DataFrame) -> int:
        """Replaces all rows and returns the new version."""
        return self._write(frame, "overwrite")

    def read(self, version: int, columns: Mapping[str, str] | None = None) -> pd.DataFrame:
        """The rows at a version; `columns` names fewer than all, with their kinds."""
        kinds = columns or self.kinds
        if version == ABSENT:
            return empty(kinds)
        files = self._open(version).file_uris()
        if not files:
            return empty(kinds)
        encoded = [name for name, kind in kinds.items() if kind in (CATEGORY, SET)]
        parts = [
            pq.read_table(
                _path(uri), columns=list(kinds), read_dictionary=encoded, partitioning=None
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

    def remove_old_files(self, everything: bool = False) -> None:
        """Deletes files that no newest version holds; `everything`: those of killed writers too."""
        if self._exists():
            self._open().vacuum(
                retention_hours=KEPT_HOURS,
                dry_run=False,
                enforce_retention_duration=False,
                full=everything,
            )

    def _write(self, frame: pd.DataFrame, mode: str) -> int:
        from deltalake import write_deltalake

        self.folder.parent.mkdir(parents=True, exist_ok=True)
        write_deltalake(str(self.folder), to_arrow(frame, self.kinds), mode=mode)
        return self.version()

    def _exists(self) -> bool:
        from deltalake import DeltaTable

        return DeltaTable.is_deltatable(str(self.folder))

    def _open(self, version: int | None = None):  # the class is imported late
        from deltalake import DeltaTable

        return DeltaTable(str(self.folder), version=version)


def _path(uri: str) -> str:
    return unquote(urlparse(uri).path) if uri.startswith("file:") else uri
