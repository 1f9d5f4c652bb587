"""Words of a clinic that no shipped list knows: what they could mean, and what was answered."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pipelines.errors import BadUsage
from pipelines.ingest.questions import Answer, Choice
from pipelines.store import Store
from pipelines.store.answers import NAMES, Answers, in_order, key
from pipelines.store.ledger import ANSWERS, Head
from pipelines.store.merge import same_content
from pipelines.store.words import NEEDLING, NOTHING
from pipelines.terms import Terms
from pipelines.vocabulary import Vocabulary, load_vocabulary

LISTS = (
    "conditions", "techniques", "visit_types", "side_effects", "adjuncts", "contraindications",
    "body_regions", "sides", "sexes", "chronicities", "instruments", "statuses",
)  # fmt: skip
"""Lists of which a clinic may have its own words; beside them the names of NAMES."""
KEPT_NOT = Choice("", "Nothing that is kept")
FURTHER = {
    "techniques": Choice(NEEDLING, "Needling", "the technique is not told"),
    "side_effects": Choice(NOTHING, "None", "asked for, and there was none"),
    "adjuncts": Choice(NOTHING, "None", "there was none"),
    "contraindications": Choice(NOTHING, "None", "asked for, and there was none"),
}
LONGEST = 60


@dataclass(frozen=True)
class Answered:
    """What answers changed: current visits that read otherwise, and visits that came in."""

    import_id: str
    visits: int
    taken_in: int


def choices(name: str) -> tuple[Choice, ...]:
    """What a word of this list could mean, in the order of the list; the last may be nothing.

    For names of people and clinics there is no list: any other spelling of the store may be told.
    """
    if name in NAMES:
        return ()
    offered = tuple(Choice(term.name, term.label) for term in terms_of(name, load_vocabulary()))
    further = (FURTHER[name],) if name in FURTHER else ()
    return (*offered, *further, *(() if name == "statuses" else (KEPT_NOT,)))


def terms_of(name: str, vocabulary: Vocabulary) -> Terms:
    """One list. Raises BadUsage where there is none of this name."""
    if name not in LISTS:
        known = ", ".join((*LISTS, *NAMES))
        raise BadUsage(f"There is no list {name!r}. Use one of: {known}.")
    return getattr(vocabulary, name)


def answer(store: Store, answers: Sequence[Answer]) -> Answered:
    """Keeps what the words mean and applies it to all that is in, as one change to undo.

    A later answer to the same word replaces the earlier one. Raises BadUsage for an unknown list
    or term.
    """
    with store.writing() as writer:
        rows = checked(answers, writer.answers)
        before = writer.current
        import_id = writer.next_import_id(hashlib.sha256(json.dumps(rows).encode()).hexdigest())
        writer.change(
            ANSWERS, import_id, {"answers": as_rows(import_id, rows)}, report={"words": len(rows)}
        )
    after = store.current()
    return Answered(import_id, _read_otherwise(before, after), len(after) - len(before))


def checked(answers: Sequence[Answer], known: Answers) -> list[tuple[str, str, str]]:
    """The answers as list, word and name of the term. Raises BadUsage for one that cannot be."""
    found = []
    for one in answers:
        word = " ".join(one.word.split())
        if not word or len(word) > LONGEST:
            raise BadUsage(f"A word is from 1 to {LONGEST} letters long.")
        if one.list in NAMES:
            term = " ".join(one.term.split())
            _require_another_spelling(one.list, word, term, known)
        else:
            term = _term(one.list, one.term)
        found.append((one.list, word, term))
        known = known.with_rows([found[-1]])
    return found


def _term(name: str, given: str) -> str:
    """The name of the term, also by its label or a synonym."""
    offered = {choice.value for choice in choices(name)}
    terms = terms_of(name, load_vocabulary())
    term = given if given in offered else terms.find(given)
    if term is None:
        near = terms.nearest(given)
        hint = f" Is it {near!r}?" if near else f" Use one of: {', '.join(sorted(offered - {''}))}."
        raise BadUsage(f"The list {name} has no such term.{hint}")
    if not term and "" not in offered:
        raise BadUsage(f"A word of the list {name} must mean one of its terms.")
    return term


def _require_another_spelling(name: str, word: str, term: str, known: Answers) -> None:
    if not term or len(term) > LONGEST:
        raise BadUsage("Another spelling is from 1 to 60 letters long.")
    if known.with_rows([(name, word, term)]).spelling(name, word) == word:
        raise BadUsage("These spellings already stand for each other the other way round.")


def as_rows(import_id: str, rows: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    """The answers as the store keeps them."""
    frame = pd.DataFrame(rows, columns=["list", "word", "term"], dtype="str")
    return frame.assign(import_id=import_id)


def _read_otherwise(before: pd.DataFrame, after: pd.DataFrame) -> int:
    """How many visits of both say something else than before."""
    place = pd.Index(after["session_key"]).get_indexer(before["session_key"])
    both = place >= 0
    return int((~same_content(before[both], after.iloc[place[both]])).sum())


def answers_in_force(store: Store) -> pd.DataFrame:
    """One row a word that is answered: list, word, term, label, at, import_id; newest first."""
    head = store.head()
    rows = in_order(store.read(head, "answers"), head.surviving())
    keys = [key(*pair) for pair in zip(rows["list"], rows["word"], strict=True)]
    rows = rows.assign(key=pd.Series(keys, dtype="str"))
    rows = rows.drop_duplicates(["list", "key"], keep="last")
    labels = [_label(*pair) for pair in zip(rows["list"], rows["term"], strict=True)]
    rows = rows.assign(
        label=pd.Series(labels, index=rows.index, dtype="str"), at=_times(head, rows)
    )
    columns = ["list", "word", "term", "label", "at", "import_id"]
    return rows.iloc[::-1][columns].reset_index(drop=True)


def _label(name: str, term: str) -> str:
    return next((choice.label for choice in choices(name) if choice.value == term), term)


def _times(head: Head, rows: pd.DataFrame) -> pd.Series:
    times = head.events.drop_duplicates("import_id").set_index("import_id")["at"]
    return rows["import_id"].map(times).astype("str")
