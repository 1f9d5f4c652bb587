"""What a watch last did, kept beside the store's tables so that the dashboard can show it.

A file for each watched folder, written anew as a whole. It holds names of files, counts and
sentences, never a cell.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipelines.store import Store

IMPORTED, ALREADY, REFUSED = "imported", "already imported", "refused"
KEPT = 20
"""How many of the last files are told."""
SILENT = timedelta(minutes=1)
AT_WORK = timedelta(hours=1)


@dataclass(frozen=True)
class Handled:
    """One file and what became of it; `sentence` says why, where it was refused.

    Counts are of rows, over all tables in the file.
    """

    file: str
    outcome: str  # imported, already imported, refused
    at: datetime
    rows: int = 0
    accepted: int = 0
    updated: int = 0
    unchanged: int = 0
    quarantined: int = 0
    skipped: int = 0
    sentence: str = ""


@dataclass(frozen=True)
class LastRun:
    """One watch of one folder: since when, its last look, its last files, what it met.

    `ended` is None while it runs and after it was killed; `importing` is the file at work.
    `imported`, `already` and `refused` count files since the start. `recent` has the newest
    file first, those of earlier runs of the folder too. `troubles` are sentences on what it
    cannot handle now and tries again.
    Times are in UTC.
    """

    folder: str
    every: float  # seconds between two looks
    started: datetime
    looked: datetime
    ended: datetime | None = None
    importing: str | None = None
    imported: int = 0
    already: int = 0
    refused: int = 0
    recent: tuple[Handled, ...] = ()
    troubles: tuple[str, ...] = ()

    @property
    def last(self) -> Handled | None:
        """The newest file that was handled."""
        return self.recent[0] if self.recent else None

    def alive(self, now: datetime) -> bool:
        """Whether the watch seems to run: neither ended nor silent for longer than it may be."""
        may_be_silent = (
            AT_WORK if self.importing else max(SILENT, timedelta(seconds=self.every) * 3)
        )
        return self.ended is None and now - self.looked <= may_be_silent

    def with_file(self, handled: Handled) -> "LastRun":
        """This run after one more file."""
        return replace(
            self,
            importing=None,
            imported=self.imported + (handled.outcome == IMPORTED),
            already=self.already + (handled.outcome == ALREADY),
            refused=self.refused + (handled.outcome == REFUSED),
            recent=(handled, *self.recent)[:KEPT],
        )


def last_run(store: Store) -> LastRun | None:
    """The watch that looked last, of whichever folder; None where there was none."""
    return max(last_runs(store), key=lambda run: run.looked, default=None)


def last_runs(store: Store) -> list[LastRun]:
    """The last watch of each folder, by folder; one that cannot be read is left out."""
    runs = [_read(path) for path in _place(store).glob("*.json")]
    return sorted((run for run in runs if run), key=lambda run: run.folder)


def begun(store: Store, folder: Path, every: float) -> LastRun:
    """A run that starts now; it goes on telling of the files of the one before."""
    before = (run.recent for run in last_runs(store) if run.folder == str(folder))
    return LastRun(str(folder), every, now(), now(), recent=next(before, ()))


def keep(store: Store, run: LastRun) -> None:
    """Writes the run down for its owner alone; a reader sees this one or the one before."""
    folder = _place(store)
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(run.folder.encode(errors="surrogateescape")).hexdigest()[:16]
    made = folder / f".{name}.part"
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(run), file, default=datetime.isoformat, indent=1)
    os.replace(made, folder / f"{name}.json")


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


def _place(store: Store) -> Path:
    return store.folder / "watch"


def _read(path: Path) -> LastRun | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        times = {name: datetime.fromisoformat(told[name]) for name in ("started", "looked")}
        ended = told["ended"] and datetime.fromisoformat(told["ended"])
        recent = tuple(
            Handled(**one | {"at": datetime.fromisoformat(one["at"])}) for one in told["recent"]
        )
        rest = {"ended": ended, "recent": recent, "troubles": tuple(told["troubles"])}
        return LastRun(**told | times | rest)
    except (OSError, ValueError, KeyError, TypeError):
        return None
