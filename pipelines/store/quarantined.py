"""The records that wait to be mended, without those that imports or answers have settled."""

from typing import TYPE_CHECKING

import pandas as pd

from pipelines.store.awaiting import is_settled
from pipelines.store.fold import answers_in, closed_entries, rows_of_words
from pipelines.store.ledger import Head

if TYPE_CHECKING:
    from pipelines.store.store import Store


def open_entries(store: "Store", head: Head) -> pd.DataFrame:
    """Those that no import in force has settled, whatever was answered; by file and line."""
    entries = store.read(head, "quarantine")
    done = closed_entries(store, head)
    waiting = entries[entries["import_id"].isin(head.surviving()) & ~entries["entry"].isin(done)]
    waiting = waiting.drop_duplicates("entry", keep="last")
    return waiting.sort_values(["file", "line"], ignore_index=True)


def waiting_entries(store: "Store", head: Head) -> pd.DataFrame:
    """Those that the answers in force leave open as well."""
    entries = open_entries(store, head)
    by_word = rows_of_words(store, head)
    by_word = by_word[by_word["entry"].isin(entries["entry"])]
    if by_word.empty:
        return entries
    by_word = by_word.drop_duplicates("entry", keep="last").set_index("entry", drop=False)
    reasons = entries.set_index("entry")["reason"][by_word.index]
    settled = by_word.index[is_settled(by_word, reasons, answers_in(store, head))]
    return entries[~entries["entry"].isin(settled)].reset_index(drop=True)
