"""Visits whose rows say one thing under one answer and another under the next."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.store.answers import NAMES, Answers
from pipelines.store.fold import rows_of_words, sure_rows
from pipelines.store.ledger import Head
from pipelines.store.merge import current_rows, same_content
from pipelines.store.words import COLUMNS, has_words, is_word
from pipelines.tables import SESSION

if TYPE_CHECKING:
    from pipelines.store.store import Store


def worded(import_id: str, logged: pd.DataFrame) -> pd.DataFrame:
    """The visits of an import of which its rows of the log hold a word, as the store keeps them."""
    keys = logged.loc[holds_a_word(logged), "session_key"]
    return pd.DataFrame({"import_id": import_id, "session_key": keys.array})


def holds_a_word(rows: pd.DataFrame) -> np.ndarray:
    """Which rows hold a word that no shipped list knows."""
    found = np.zeros(len(rows), dtype=bool)
    for name in filter(lambda name: has_words(rows[name]), COLUMNS):
        marked = np.array([*map(is_word, rows[name].cat.categories), False])
        found |= marked[rows[name].cat.codes.to_numpy()]
    return found


def says_the_same(
    store: "Store",
    head: Head,
    answers: Answers,
    incoming: pd.DataFrame,
    current: pd.DataFrame,
    exact: np.ndarray,
    same: np.ndarray,
    erase: bool,
) -> np.ndarray:
    """Which incoming rows say just what is known, whatever was answered or will be.

    Both frames have a row for each visit; `exact` are those equal to the current visit by the
    answers in force, `same` those that add nothing to it. Where neither row hangs on an answer,
    `exact` tells; else the log must say the same, letter by letter.
    """
    by_word = holds_a_word(incoming)
    hangs = by_word | _hangs_on_an_answer(store, head, incoming["session_key"])
    hangs |= _is_spelled_by_an_answer(answers, incoming, current)
    if not hangs.any():
        return exact
    result = exact.copy()
    result[hangs] = same[hangs] & _is_in_the_log(store, head, incoming[hangs])
    return result & ~(by_word & erase)


def _hangs_on_an_answer(store: "Store", head: Head, keys: pd.Series) -> np.ndarray:
    rows = store.read(head, "worded")
    known = [rows.loc[rows["import_id"].isin(head.surviving()), "session_key"]]
    known.append(rows_of_words(store, head)["session_key"])
    known = pd.concat(known)
    return keys.isin(known).to_numpy() if len(known) else np.zeros(len(keys), dtype=bool)


def _is_spelled_by_an_answer(
    answers: Answers, incoming: pd.DataFrame, current: pd.DataFrame
) -> np.ndarray:
    """Which rows have a name, before or after, that an answer is about."""
    found = np.zeros(len(incoming), dtype=bool)
    for name in answers.lists() & NAMES.keys():
        own = {pair for pair in answers.terms.items() if pair[0][0] == name}
        told = {word for (_, word), _ in own} | {term for _, term in own}
        column = NAMES[name]
        found |= (incoming[column].isin(told)).to_numpy() | current[column].isin(told).to_numpy()
    return found


def _is_in_the_log(store: "Store", head: Head, rows: pd.DataFrame) -> np.ndarray:
    """Which rows say just what the sure rows of the log say of their visit."""
    log = sure_rows(store, head)
    log = log[log["session_key"].isin(rows["session_key"])]
    said = current_rows(log, log["erases"].to_numpy(dtype=bool))
    place = pd.Index(said["session_key"]).get_indexer(rows["session_key"])
    same = place >= 0
    same[same] = same_content(rows[same], said.iloc[place[same]][list(SESSION)])
    return same
