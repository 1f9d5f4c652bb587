"""The one who changes a store: compares, merges, commits, takes back.

A change writes every other table first and the ledger last: readers follow the ledger,
so a change that was cut off before that was never made.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.episodes import form_episodes
from pipelines.errors import OutcomesError
from pipelines.frames import stack
from pipelines.store.awaiting import waiting_rows
from pipelines.store.fold import answers_in, rows_of_words, sessions_of, without_removed
from pipelines.store.layout import CONFIRMED, LOGGED
from pipelines.store.ledger import IMPORT, UNDO, Head, with_event
from pipelines.store.leftovers import remove_left_over
from pipelines.store.merge import (
    adds_nothing,
    current_rows,
    equal_words,
    same_content,
    with_what_is_not_told,
)
from pipelines.store.settings_log import note_settings
from pipelines.store.worded import says_the_same, worded
from pipelines.store.words import applied
from pipelines.tables import SESSION

if TYPE_CHECKING:
    from pipelines.store.store import Store


@dataclass(frozen=True)
class Changes:
    """What one import would do to the store: counts by row, and the rows to write."""

    new: int
    updated: int
    unchanged: int
    log: pd.DataFrame
    confirmed: pd.DataFrame
    sessions: pd.DataFrame


class Writer:
    """The only one who changes the store, for as long as the lock is held."""

    def __init__(self, store: "Store") -> None:
        self.store = store
        self.head = store.head()
        self._versions = self._taken_back()
        self.answers = answers_in(store, self.head)
        self._learned = False

    def next_import_id(self, digest: str) -> str:
        """Ids sort in order of time."""
        return f"{self.head.next_sequence():06d}-{digest[:6]}"

    def learn(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Takes further answers (list, word, term) for in force: all visits are read by them."""
        self.answers, self._learned = self.answers.with_rows(rows), True
        self._current = sessions_of(self.store, self.head, self.answers)

    @property
    def current(self) -> pd.DataFrame:
        """The current sessions, as this writer finds them."""
        return self._current

    @cached_property
    def _current(self) -> pd.DataFrame:
        return self.store.current()

    @cached_property
    def _keys(self) -> pd.Index:
        """Kept, since it is asked twice and a million keys take a while to arrange."""
        return pd.Index(self._current["session_key"])

    def _places(self, incoming: pd.DataFrame) -> np.ndarray:
        """Where each incoming session stands among the current ones, -1 for a new one."""
        if not len(self._current):
            return np.full(len(incoming), -1)
        return self._keys.get_indexer(incoming["session_key"])

    def known_for_another_patient(self, incoming: pd.DataFrame) -> np.ndarray:
        """Which incoming sessions have the key of a current one of another patient."""
        places = self._places(incoming)
        other = np.zeros(len(incoming), dtype=bool)
        known = places >= 0
        before = self._current["patient_id"].iloc[places[known]]
        other[known] = ~equal_words(incoming["patient_id"][known], before)
        return other

    def changes(
        self,
        incoming: pd.DataFrame,
        erase: bool,
        by_word: np.ndarray | None = None,
        held: pd.DataFrame | None = None,
    ) -> Changes:
        """What importing these sessions (unique keys, words as written) would do.

        `by_word` marks those that are visits by a word of the clinic: they are always logged, and
        so are those `held`, which are none now.
        """
        current, said = self._current, applied(incoming, self.answers)
        place = self._places(incoming)
        known = place >= 0
        again, before = said[known], current.iloc[place[known]]
        exact = same_content(again, before)
        same = exact if erase else adds_nothing(again, before)
        exact = says_the_same(
            self.store, self.head, self.answers, incoming[known], before, exact, same, erase
        )
        exact &= True if by_word is None else ~by_word[known]
        changed = place[known][~same]
        versions = stack([before[~same], again[~same]], SESSION)
        merged = current_rows(versions, np.repeat([False, erase], len(changed)))
        return Changes(
            new=int((~known).sum()),
            updated=len(changed),
            unchanged=int(same.sum()),
            log=self._logged(_with(incoming[~_placed(known, exact)], held), erase),
            confirmed=self._logged(again[exact], erase)[list(CONFIRMED)],
            sessions=_put_in_place(current, changed, merged, with_what_is_not_told(said[~known])),
        )

    @staticmethod
    def _logged(rows: pd.DataFrame, erase: bool) -> pd.DataFrame:
        return rows.assign(erases=pd.array([erase] * len(rows), dtype="boolean"))

    def commit(
        self,
        import_id: str,
        changes: Changes,
        appended: Mapping[str, pd.DataFrame],
        step: Callable[[str], None] = lambda name: None,
        **facts: object,
    ) -> None:
        """Writes an import: its rows, what it adds to other tables, and the ledger last."""
        step("sessions")
        with ThreadPoolExecutor(1) as beside:
            # Writing the log and forming episodes need not wait for each other.
            added = {
                "sessions": changes.log,
                "confirmed": changes.confirmed,
                "worded": worded(import_id, changes.log),
                **appended,
            }
            logged = beside.submit(self._append_all, added)
            if (
                len(changes.log)
                or self._learned
                or self.head.settings != self.store.settings.version
            ):
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
        self.change(UNDO, import_id, {"sessions": self._confirmed_by_later(import_id)})

    def change(
        self, event: str, import_id: str, appended: Mapping[str, pd.DataFrame], **facts: object
    ) -> None:
        """Writes a change that brings no file: the logs are folded anew with it in force."""
        self._append_all(appended)
        events = with_event(self.head, event, import_id, self._versions, "")
        self._rewrite(sessions_of(self.store, Head(events, self._versions, "")))
        self._write_event(event, import_id, **facts)

    def _confirmed_by_later(self, undone: str) -> pd.DataFrame:
        """Rows that later imports held too, as they were then, in the name of the first."""
        confirmed = self.store.read(self.head, "confirmed")
        settled = self.store.read(self.head, "settled")
        log = self.store.log(self.head)
        log = log[~waiting_rows(log, rows_of_words(self.store, self.head))]
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
            before = without_removed(before, settled[settled["import_id"] < name], self.head)
            then = current_rows(before, before["erases"].to_numpy(dtype=bool))
            found.append(_in_the_name_of(then, rows))
        return stack(found, LOGGED) if found else log.iloc[:0]

    def _rewrite(self, sessions: pd.DataFrame) -> None:
        visits, episodes = form_episodes(sessions, self.store.settings)
        self._versions["visits"] = self.store.followed["visits"].overwrite(visits)
        self._versions["episodes"] = self.store.followed["episodes"].overwrite(episodes)

    def _append_all(self, appended: Mapping[str, pd.DataFrame]) -> None:
        for table, rows in appended.items():
            self._versions[table] = self.store.followed[table].append(rows)

    def _write_event(self, event: str, import_id: str, **facts: object) -> None:
        settings = self.store.settings.version
        events = with_event(self.head, event, import_id, self._versions, settings, **facts)
        self.store.ledger.overwrite(events)
        note_settings(self.store.folder, self.store.settings)
        for table in self.store.tables.values():
            table.remove_old_files()

    def _taken_back(self) -> dict[str, int]:
        """Each table at the version the ledger names, whatever a killed writer added since."""
        self.store.require_whole(self.head)
        remove_left_over(self.store.folder, self.store.tables)
        return {
            name: table.go_back_to(self.head.version_of(name))
            for name, table in self.store.followed.items()
        }


def _with(rows: pd.DataFrame, held: pd.DataFrame | None) -> pd.DataFrame:
    return rows if held is None or held.empty else stack([rows, held], SESSION)


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
