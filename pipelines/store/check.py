"""Every promise of the store tested on its data, each with what to do where it is broken.

No sentence holds the value of a cell: only names of tables and columns, ids of imports, counts.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from pipelines.episodes import form_episodes
from pipelines.errors import StoreUnsound
from pipelines.frames import to_arrow
from pipelines.store.awaiting import waiting_rows
from pipelines.store.delta import ABSENT, Table
from pipelines.store.fold import sessions_of
from pipelines.store.ledger import Head, imports_table
from pipelines.store.leftovers import left_over
from pipelines.store.merge import same_content
from pipelines.store.settings_log import FILE, unreadable_lines
from pipelines.store.store import Store
from pipelines.tables import EPISODE, SESSION, VISIT

RESTORE = "Restore the store's folder from its backup."
IMPORT_AGAIN = "Undo that import and import its file again, or restore the backup."
KEY = re.compile(r"[0-9a-f]{64}\s*")
PATIENT = re.compile(r"[0-9a-f]{32}")
OTHERS = 0o077
"""The rights of everybody but the owner."""


@dataclass(frozen=True)
class Finding:
    """One promise, whether the data keep it, and one sentence on what to do where they do not."""

    promise: str
    sound: bool
    advice: str = ""


@dataclass(frozen=True)
class _Data:
    """What the ledger says, and each table at the version that it names."""

    store: Store
    head: Head
    imports: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    log: pd.DataFrame


def check_store(store: Store) -> list[Finding]:
    """One finding a promise; where tables cannot be read, only that and what needs none of them.

    An empty store is sound. Nothing is written.
    """
    try:
        head = store.head()
        store.require_whole(head)
        imports = imports_table(head)
    except (StoreUnsound, ValueError, KeyError):
        return [Finding("The list of imports can be read.", False, RESTORE)]
    tables, unreadable = _tables(store, head)
    found = [
        Finding("The list of imports can be read.", True),
        _finding("Every table can be read as the list of imports names it.", unreadable, RESTORE),
        _finding(*_key_file(store, head)),
        _interrupted(store, head),
        _settings_log(store),
    ]
    if unreadable:
        return found
    data = _Data(store, head, imports, tables, store.log(head))
    return [*found, *(_finding(*promise(data)) for promise in PROMISES), _episodes(data)]


def _finding(promise: str, broken: str | None, advice: str) -> Finding:
    """Sound where nothing is broken; else what is, and what to do."""
    return Finding(promise, not broken, f"{broken} {advice}" if broken else "")


def _tables(store: Store, head: Head) -> tuple[dict[str, pd.DataFrame], str | None]:
    """Every table at its version, and which cannot be read, in words."""
    tables, unreadable = {}, []
    for name, table in store.followed.items():
        try:
            tables[name] = table.read(head.version_of(name))
        except StoreUnsound:
            unreadable.append(name)
    return tables, f"Not readable: {', '.join(unreadable)}." if unreadable else None


def _key_file(store: Store, head: Head) -> tuple[str, str | None, str]:
    promise = "The key of the patients' codes is there and only its owner can read it."
    path = store.folder / "patient-key"
    if head.events.empty and not path.exists():
        return promise, None, ""
    again = (
        "Restore the file patient-key from the backup: without it every patient would be taken"
        " for a new one."
    )
    try:
        if not KEY.fullmatch(path.read_text(encoding="ascii")):
            return promise, "The file patient-key holds no key.", again
        shared = os.name != "nt" and path.stat().st_mode & OTHERS
    except FileNotFoundError:
        return promise, "The file patient-key is missing.", again
    except (OSError, UnicodeDecodeError):
        return promise, "The file patient-key cannot be read.", again
    told = "Others can read the file patient-key." if shared else None
    return promise, told, "Take their right away: chmod 600 patient-key in the store's folder."


def _interrupted(store: Store, head: Head) -> Finding:
    """Always sound: what a cut-off writer left is in no version that anybody reads."""
    promise = "Nothing of an interrupted import is counted."
    ahead = [n for n, table in store.followed.items() if _version(table) > head.version_of(n)]
    if not ahead and not left_over(store.folder, store.tables):
        return Finding(promise, True)
    told = "One left files behind, which do no harm: the next import removes them."
    return Finding(promise, True, told)


def _settings_log(store: Store) -> Finding:
    """Always sound: a line that was cut off says nothing, and the next one begins anew."""
    promise = "When settings were changed is kept, with their values before and after."
    lines = unreadable_lines(store.folder)
    told = f"Passed over in {FILE}, since not readable: {lines:,}." if lines else ""
    return Finding(promise, True, told)


def _version(table: Table) -> int:
    try:
        return table.version()
    except StoreUnsound:
        return ABSENT


def _accounted(data: _Data) -> tuple[str, str | None, str]:
    from pipelines.schema import Import

    promise = "Every row of every import is accounted for."
    broken = "The counts of an import do not add up." if _breaks(Import, data.imports) else None
    lost = [row.import_id for row in _in_force(data) if _rows_kept(data, row) != _rows_due(row)]
    if lost:
        broken = f"Rows of import {', '.join(lost)} are missing from the store, or doubled."
    return promise, broken, IMPORT_AGAIN


def _in_force(data: _Data) -> Iterator[Any]:
    return data.imports[~data.imports["undone"].astype(bool)].itertuples()


def _rows_due(row: Any) -> int:
    return row.accepted + row.unchanged


def _rows_kept(data: _Data, row: Any) -> int:
    """Visits that the import wrote down, changed ones and confirmed ones; -1 where one is twice."""
    confirmed, by_word = data.tables["confirmed"], data.tables["awaiting"]
    held = by_word[by_word["logged"].astype(bool) & ~by_word["accepted"].astype(bool)]
    log = data.log[~waiting_rows(data.log, held[held["import_id"] == row.import_id])]
    written = log.loc[log["import_id"] == row.import_id, "session_key"]
    agreed = confirmed.loc[confirmed["import_id"] == row.import_id, "session_key"]
    return -1 if written.duplicated().any() else len(set(written) | set(agreed))


def _unique(data: _Data) -> tuple[str, str | None, str]:
    twice = int(data.tables["visits"]["session_key"].duplicated().sum())
    broken = f"{twice:,} stand twice." if twice else None
    return "Every visit is counted once.", broken, RESTORE


def _model(data: _Data) -> tuple[str, str | None, str]:
    from pipelines.schema import Session

    promise = "Every value of every visit is one that it may have."
    columns = _breaks(Session, data.tables["visits"][list(SESSION)])
    broken = f"Not so in: {', '.join(columns)}." if columns else None
    return promise, broken, RESTORE


def _codes(data: _Data) -> tuple[str, str | None, str]:
    ids = data.tables["visits"]["patient_id"]
    wrong = ids.isna().any() or any(not PATIENT.fullmatch(word) for word in ids.cat.categories)
    promise = "Every patient is known by a code of 32 hexadecimal digits alone."
    return promise, "Some are not." if wrong else None, RESTORE


def _from_the_log(data: _Data) -> tuple[str, str | None, str]:
    promise = "The current visits are what the imports in force say."
    expected = sessions_of(data.store, data.head)
    expected = expected.drop_duplicates("session_key").set_index("session_key", drop=False)
    visits = data.tables["visits"].drop_duplicates("session_key")
    lacking = len(set(expected.index) ^ set(visits["session_key"]))
    both = visits[visits["session_key"].isin(expected.index)]
    other = int((~same_content(both, expected.loc[both["session_key"]])).sum())
    broken = f"{lacking + other:,} are not." if lacking or other else None
    return promise, broken, RESTORE


def _origin(data: _Data) -> tuple[str, str | None, str]:
    promise = "The import, the file and the line of every visit are known."
    visits, surviving = data.tables["visits"], data.head.surviving()
    known = visits["import_id"].isin(surviving) & visits["source_file"].notna()
    lost = int((~known | (visits["source_line"] < 1)).sum())
    return promise, f"Not of {lost:,}." if lost else None, RESTORE


def _quarantined(data: _Data) -> tuple[str, str | None, str]:
    from pipelines.schema import Quarantined

    promise = "Every row in quarantine has its reason, its line and its text."
    entries = data.tables["quarantine"]
    columns = _breaks(Quarantined, entries)
    if not entries["import_id"].isin(data.imports["import_id"]).all():
        columns.append("import_id")
    broken = f"Not so in: {', '.join(columns)}." if columns else None
    return promise, broken, IMPORT_AGAIN


def _breaks(model: Any, frame: pd.DataFrame) -> list[str]:
    """The columns that break the model. Its message quotes cells, so it goes no further."""
    from pandera.errors import SchemaErrors

    try:
        model.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        return sorted({str(name) for name in cases["column"].fillna(cases["check"])})
    return []


def _episodes(data: _Data) -> Finding:
    promise = "The episodes are those that the visits and the settings make."
    if data.head.events.empty:
        return Finding(promise, True)
    if data.head.settings != data.store.settings.version:
        told = "The settings have changed: figures use the new ones, the next import stores them."
        return Finding(promise, True, told)
    visits, episodes = form_episodes(data.tables["visits"][list(SESSION)], data.store.settings)
    same = _equal(visits, data.tables["visits"], VISIT)
    same = same and _equal(episodes, data.tables["episodes"], EPISODE)
    return _finding(promise, None if same else "They are not.", RESTORE)


def _equal(one: pd.DataFrame, other: pd.DataFrame, kinds: dict[str, str]) -> bool:
    """Whether two frames hold the same values in the same order, whatever their categories."""
    return all(
        _plain(a).equals(_plain(b))
        for a, b in zip(to_arrow(one, kinds).columns, to_arrow(other, kinds).columns, strict=True)
    )


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


PROMISES: tuple[Callable[[_Data], tuple[str, str | None, str]], ...] = (
    _accounted,
    _unique,
    _model,
    _codes,
    _from_the_log,
    _origin,
    _quarantined,
)
"""In the order in which they are told."""
