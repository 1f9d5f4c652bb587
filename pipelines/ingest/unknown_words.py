"""The words of the store that nobody has answered, with what each most likely means.

For the owner alone: a word is a piece of a cell.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from pipelines.ingest.clinic_words import choices, terms_of
from pipelines.ingest.suggestions import Suggestion, other_spellings, suggest
from pipelines.store import Store
from pipelines.store.answers import NAMES, Answers, key
from pipelines.store.awaiting import STATUSES
from pipelines.store.fold import answers_in, rows_of_words, sure_rows
from pipelines.store.ledger import Head
from pipelines.store.merge import current_rows
from pipelines.store.words import LISTS, has_words, words_in
from pipelines.vocabulary import load_vocabulary

COLUMNS = ["list", "word", "visits", "waiting", "first_file", "suggested", "label", "likeness"]


@dataclass
class Found:
    """One word: how often, and where it came first."""

    word: str
    visits: int = 0
    waiting: int = 0
    first_file: str = ""


Words = dict[tuple[str, str], Found]


def unknown_words(store: Store) -> pd.DataFrame:
    """One row a word without an answer, most visits first; for the owner.

    `visits` are current visits that hold the word, `waiting` those that are none before it is
    answered (its status), `first_file` where it came first; `suggested` is the nearest term with
    its `label` and `likeness` (0 to 1), missing where none is near. Of therapists and clinics
    those names are listed that may be another spelling of a more frequent one.
    """
    head = store.head()
    answers = answers_in(store, head)
    found = _in_visits(store, head, answers)
    found |= _in_statuses(store, head, answers)
    rows = [_row(name, word) for (name, _), word in found.items()]
    rows += _spellings(store)
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = table.assign(all=table["visits"] + table["waiting"])
    order = order.sort_values(["all", "list", "word"], ascending=[False, True, True])
    order = order[COLUMNS].reset_index(drop=True)
    order = order.astype(dict.fromkeys(("suggested", "label", "likeness"), object))
    return order.where(order.notna(), None)


def _in_visits(store: Store, head: Head, answers: Answers) -> Words:
    keys = store.read(head, "worded")
    keys = keys.loc[keys["import_id"].isin(head.surviving()), "session_key"]
    found: Words = {}
    if keys.empty:
        return found
    log = sure_rows(store, head)
    log = log[log["session_key"].isin(keys)]
    said = current_rows(log, log["erases"].to_numpy(dtype=bool))
    for column in filter(lambda name: has_words(said[name]), LISTS):
        for (name, word), visits, text in words_of_column(said[column]):
            if answers.of(name, word) is None:
                one = found.setdefault((name, key(name, word)), Found(word))
                one.visits += visits
                one.first_file = one.first_file or _first_file(log, column, text)
    return found


def words_of_column(column: pd.Series) -> Iterator[tuple[tuple[str, str], int, str]]:
    """List and word, how many rows, and the text that holds it, for each word of a column."""
    for text, rows in column.value_counts(sort=False).items():
        for pair in words_in(str(column.name), str(text)) if rows else ():
            yield pair, int(rows), str(text)


def _first_file(log: pd.DataFrame, column: str, text: str) -> str:
    return str(log.loc[(log[column] == text).to_numpy(dtype=bool), "source_file"].iloc[0])


def _in_statuses(store: Store, head: Head, answers: Answers) -> Words:
    waiting = rows_of_words(store, head)
    found: Words = {}
    files = head.events.drop_duplicates("import_id").set_index("import_id")["file"]
    keys: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in waiting.itertuples():
        if answers.of(STATUSES, row.word) is None:
            pair = (STATUSES, key(STATUSES, row.word))
            keys[pair] |= {row.session_key} if row.logged else set()
            found.setdefault(pair, Found(row.word, first_file=str(files[row.import_id])))
            found[pair].waiting = len(keys[pair])
    return found


def _row(name: str, found: Found) -> list[object]:
    nearest = suggest(found.word, terms_of(name, load_vocabulary()))
    return [name, *_facts(found), *_offered(nearest, name)]


def _facts(found: Found) -> list[object]:
    return [found.word, found.visits, found.waiting, found.first_file]


def _offered(nearest: Suggestion | None, name: str) -> list[object]:
    if nearest is None:
        return [None, None, None]
    label = next((one.label for one in choices(name) if one.value == nearest.term), nearest.term)
    return [nearest.term, label, nearest.likeness]


def _spellings(store: Store) -> list[list[object]]:
    visits = store.current()
    rows = []
    for name, column in NAMES.items():
        counts = visits[column].value_counts()
        names = [(str(word), int(number)) for word, number in counts.items() if number]
        for word, nearest in other_spellings(names).items():
            mine = visits[(visits[column] == word).to_numpy(dtype=bool)]
            found = Found(word, len(mine), first_file=str(mine["source_file"].iloc[0]))
            rows.append([name, *_facts(found), *_offered(nearest, name)])
    return rows
