"""What the events in force say together: the log of accepted rows made into current sessions."""

from typing import TYPE_CHECKING

import pandas as pd

from pipelines.store.answers import Answers, answers_of, in_order
from pipelines.store.awaiting import rows_in_force
from pipelines.store.ledger import Head
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
    log = rows_in_force(store.log(head), waiting, closed_entries(store, head), answers)
    rows = applied(log, answers)
    return current_rows(rows, rows["erases"].to_numpy(dtype=bool))[list(SESSION)]


def answers_in(store: "Store", head: Head) -> Answers:
    """The answers in force with a head."""
    return answers_of(store.read(head, "answers"), head.surviving())


def rows_of_words(store: "Store", head: Head) -> pd.DataFrame:
    """The rows that are visits or not by a word, of the imports in force."""
    return in_order(store.read(head, "awaiting"), head.surviving())


def closed_entries(store: "Store", head: Head) -> set[str]:
    """Entries of the quarantine that later imports settled."""
    closed = store.read(head, "closed")
    return set(closed.loc[closed["import_id"].isin(head.surviving()), "entry"])
