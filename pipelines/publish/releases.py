"""The releases of a store, each in a folder of its own beside the tables: made, listed, read.

What is frozen with a release is as confidential as the store; release.json alone may leave.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from pipelines.errors import OutcomesError, StoreUnsound
from pipelines.publish.contributions import Contributions
from pipelines.publish.cube import CELL
from pipelines.publish.making import make, newest_day
from pipelines.publish.release import Release
from pipelines.selection import Clinic, Selection, select
from pipelines.settings import Settings
from pipelines.store import Store

FOLDER = "releases"
PUBLISHED, FROZEN = "release.json", "frozen.json"
PARTS = ("episodes", "sessions", "figures")
HIDDEN, VISITS = "hidden.parquet", "visits.parquet"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def names(store: Store) -> list[str]:
    """Every release, oldest first."""
    folder = store.folder / FOLDER
    if not folder.exists():
        return []
    found = [path.name for path in folder.iterdir() if (path / PUBLISHED).exists()]
    return sorted(found, key=lambda name: (name[:7], len(name), name))


def newest(store: Store) -> Release:
    """The newest release; raises OutcomesError where there is none."""
    found = names(store)
    if not found:
        raise OutcomesError(
            "Nothing has been published yet. `outcomes release --make` makes a release of what is"
            " in the store."
        )
    return read(store, found[-1])


def read(store: Store, name: str) -> Release:
    """A release by its name, from what is frozen with it."""
    if name not in names(store):
        known = ", ".join(names(store)) or "none"
        raise OutcomesError(f"No release is called {name!r}. There are: {known}.")
    folder = store.folder / FOLDER / name
    try:
        frozen = json.loads((folder / FROZEN).read_text(encoding="utf-8"))
        parts = [pd.read_parquet(folder / f"{part}.parquet") for part in PARTS]
        hidden = pd.read_parquet(folder / HIDDEN).set_index(CELL)
    except (OSError, ValueError, KeyError):
        raise StoreUnsound(
            f"The files of release {name} cannot be read. Restore the store's folder from its"
            " backup."
        ) from None
    return Release(
        frozen["facts"], frozen["blocks"], Contributions(*parts), hidden, frozen["figures"]
    )


def published_bytes(store: Store, name: str) -> bytes:
    """release.json as it went out."""
    return (store.folder / FOLDER / name / PUBLISHED).read_bytes()


def is_made_again(store: Store, name: str) -> bool:
    """Whether what is frozen still gives the very bytes that went out."""
    return read(store, name).as_bytes() == published_bytes(store, name)


def frozen_clinic(store: Store, name: str) -> tuple[Clinic, Settings]:
    """The clinic as a release saw it, its period selected, and the settings then: private."""
    from pipelines.episodes import form_episodes

    release = read(store, name)
    settings = Settings(**release.facts["settings"])
    sessions = pd.read_parquet(store.folder / FOLDER / name / VISITS)
    visits, episodes = form_episodes(sessions, settings)
    newest_visit = visits["session_date"].max().date()
    start, end = (pd.Timestamp(day).date() for day in release.facts["period"])
    return select(Clinic(visits, episodes, newest_visit), Selection(start=start, end=end)), settings


def make_release(store: Store, recount: bool = False) -> Release:
    """Freezes the next release; where nothing has changed, the newest one is given back.

    Raises OutcomesError where another one is being made, or nothing can be published.
    """
    with _making(store) as folder:
        clinic, version = store.clinic(), store.version()
        day = newest_day(clinic)
        earlier = [read(store, name) for name in names(store)]
        name = _next_name(f"{day:%Y-%m}", [release.name for release in earlier])
        release = make(clinic, store.settings, earlier, name, {"store_version": version}, recount)
        if earlier and not release.facts["changed"] and release.figures == earlier[-1].figures:
            return earlier[-1]
        _freeze(release, clinic, folder)
    return release


def _next_name(month: str, taken: list[str]) -> str:
    """Such as 2026-10a; after z comes za."""
    number = sum(name.startswith(month) for name in taken)
    return month + "z" * (number // 25) + LETTERS[number % 25]


@contextmanager
def _making(store: Store) -> Iterator[Path]:
    """The folder of releases for one maker at a time."""
    from filelock import FileLock, Timeout

    folder = store.folder / FOLDER
    if store.version() == 0:
        newest_day(store.clinic())
    folder.mkdir(exist_ok=True)
    folder.chmod(0o700)
    lock = FileLock(folder / "making.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise OutcomesError(
            "Another release is being made of this store. Wait until it is done, then look at it"
            " with `outcomes release`."
        ) from None
    try:
        yield folder
    finally:
        lock.release()


def _freeze(release: Release, clinic: Clinic, folder: Path) -> None:
    """Writes everything beside, then moves it into place: a release is there whole or not."""
    made = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    try:
        for name, part in zip(PARTS, release.contributions.parts(), strict=True):
            part.to_parquet(made / f"{name}.parquet", index=False)
        release.hidden.reset_index().to_parquet(made / HIDDEN, index=False)
        _known_then(release, clinic).to_parquet(made / VISITS, index=False)
        frozen = {
            "facts": dict(release.facts),
            "blocks": dict(release.blocks),
            "figures": list(release.figures),
        }
        (made / FROZEN).write_text(json.dumps(frozen, ensure_ascii=False), encoding="utf-8")
        (made / PUBLISHED).write_bytes(release.as_bytes())
        os.rename(made, folder / release.name)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _known_then(release: Release, clinic: Clinic) -> pd.DataFrame:
    """The visits up to the last closed day, as they stand."""
    from pipelines.tables import SESSION

    until = pd.Timestamp(release.facts["followed_to"])
    columns = [name for name in SESSION if name in clinic.visits]
    return clinic.visits.loc[clinic.visits["session_date"] <= until, columns]
