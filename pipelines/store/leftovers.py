"""Files that a cut-off writer left: in no version of any table, so that nobody reads them."""

from collections.abc import Mapping
from pathlib import Path

from pipelines.store.delta import Table

KEY_IN_THE_MAKING = ".patient-key-*"


def left_over(folder: Path, tables: Mapping[str, Table]) -> list[Path]:
    """Every such file of the store, whatever was being written: a table, its log or the key."""
    found = list(folder.glob(KEY_IN_THE_MAKING))
    for table in tables.values():
        found += table.files_of_no_version()
    return sorted(found)


def remove_left_over(folder: Path, tables: Mapping[str, Table]) -> None:
    """Removes them; only for the one who holds the writer's lock."""
    for file in left_over(folder, tables):
        file.unlink(missing_ok=True)
