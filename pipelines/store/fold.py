"""What the events in force say together: the log of accepted rows made into current sessions."""

from typing import TYPE_CHECKING

import pandas as pd

from pipelines.store.answers import Answers, answers_of, in_order
from pipelines.store.awaiting import rows_in_force, waiting_rows
from pipelines.store.ledger import REMOVAL, Head
from pipelines.store.merge import current_rows
from pipelines.store.words import applied
from pipelines.tables import SESSION

if TYPE_CHECKING:
    from pipelines.store.store import Store


def sessions_of(store: "Store", head: Head, answers: Answers | None = None) -> pd.DataFrame:
    """The current sessions under a head, in order of first appearance.

    The words of each row are read first, under the answers in force or those given: what a word
    means does not depend on what other rows say.
    """
    if answers is None:
        answers = answers_in(store, head)
    waiting = rows_of_words(store, head)
    log = without_removed(store.log(head), store.read(head, "settled"), head)
    log = rows_in_force(log, waiting, closed_entries(store, head), answers)
    rows = applied(log, answers)
    return current_rows(rows, rows["erases"].to_numpy(dtype=bool))[list(SESSION)]


def answers_in(store: "Store", head: Head) -> Answers:
    """The answers in force with a head."""
    return answers_of(store.read(head, "answers"), head.surviving())


def sure_rows(store: "Store", head: Head) -> pd.DataFrame:
    """The log as it stands, without rows that are visits or not by a word."""
    log = without_removed(store.log(head), store.read(head, "settled"), head)
    waiting = rows_of_words(store, head)
    return log if waiting.empty else log[~waiting_rows(log, waiting)]


def rows_of_words(store: "Store", head: Head) -> pd.DataFrame:
    """The rows that are visits or not by a word, of the imports in force."""
    return in_order(store.read(head, "awaiting"), head.surviving())


def closed_entries(store: "Store", head: Head) -> set[str]:
    """Entries of the quarantine that later imports settled."""
    closed = store.read(head, "closed")
    return set(closed.loc[closed["import_id"].isin(head.surviving()), "entry"])


def without_removed(log: pd.DataFrame, settled: pd.DataFrame, head: Head) -> pd.DataFrame:
    """The log without rows of visits that a person took out after they had come in."""
    removed = settled[settled["import_id"].isin(head.surviving())]
    removed = removed[removed["decision"] == REMOVAL]
    if removed.empty:
        return log
    last = removed.groupby("session_key")["import_id"].max()
    gone = log["session_key"].map(last)
    return log[~(gone.notna() & (log["import_id"].astype("str") < gone)).to_numpy(dtype=bool)]
