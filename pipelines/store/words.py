"""Rows of the log with their words read under the answers in force.

The log keeps what the shipped vocabulary does not know as a word: `?` and the word as written,
in a set as a further part (`soreness;?heavy legs`), a bare `?` where the word is not kept.
A tab parts what a cell says from what holds where that says nothing (`?magic<tab>electrical`).
`~` and a condition's word stand for the region of that condition. A type of visit has further
facts: `?word<tab>told<tab>magic` was not needled by the shipped vocabulary, yet its technique is
the word `magic`; `?=follow_up` is a type that is known and waits for the technique's word alone.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from pipelines.store.answers import NAMES, Answers
from pipelines.tables import (
    ADJUNCTS,
    CONTRAINDICATIONS,
    SEPARATOR,
    SIDE_EFFECTS,
    TECHNIQUES,
    UNMAPPED,
    UNSPECIFIED,
)
from pipelines.visits import NEEDLED
from pipelines.vocabulary import load_vocabulary

WORD, REGION_OF, KNOWN, ELSE = "?", "~", "=", "\t"
TOLD, UNTOLD = "told", "untold"
"""Whether the file tells techniques at all, of a visit without needling."""
NEEDLING, NOTHING, OTHER = "needling", "nothing", "other"
"""Further terms: a technique that is not told, a set that is recorded as empty, an effect."""
TERMS = {
    "technique": "techniques",
    "chronicity": "chronicities",
    "body_region": "body_regions",
    "side": "sides",
    "sex": "sexes",
    "function_instrument": "instruments",
}
SETS = {
    "adjuncts": ADJUNCTS,
    "contraindications": CONTRAINDICATIONS,
    "side_effects": SIDE_EFFECTS,
}
LISTS = (
    TERMS
    | {name: name for name in SETS}
    | {
        "condition": "conditions",
        "visit_type": "visit_types",
    }
)
"""The list of the vocabulary that each column with words belongs to."""
COLUMNS = (*LISTS, "flags")
Meaning = Callable[[str], str | None]


def applied(rows: pd.DataFrame, answers: Answers) -> pd.DataFrame:
    """The rows as terms alone; a word without an answer says as much as a blank would.

    A side effect without an answer is `other`, a condition `unmapped` with its own term. Columns
    without words are left as they are.
    """
    changed = {
        name: renamed(rows[name], _meaning(name, answers))
        for name in COLUMNS
        if has_words(rows[name])
    }
    if "condition" in changed:
        term = renamed(rows["condition"], lambda text: _unmapped(text, answers))
        changed["condition_term"] = _either(rows["condition_term"], term)
    for name in answers.lists() & NAMES.keys():
        column = NAMES[name]
        changed[column] = renamed(
            rows[column], lambda text, name=name: answers.spelling(name, text)
        )
    return rows.assign(**changed) if changed else rows


def _either(said: pd.Series, told: pd.Categorical) -> pd.Categorical:
    """The first column, and where it is missing the second."""
    words = said.cat.categories.union(told.categories, sort=False)
    place = np.append(words.get_indexer(told.categories), -1)
    codes = said.cat.codes.to_numpy()
    return pd.Categorical.from_codes(np.where(codes >= 0, codes, place[told.codes]), words)


def has_words(column: pd.Series | pd.Categorical) -> bool:
    """Whether any distinct text of a column of categories is a word or has one."""
    return any(map(is_word, _categories(column)))


def is_word(text: str) -> bool:
    """Whether a text of the log waits for an answer, in whole or in part."""
    return text.startswith((WORD, REGION_OF)) or SEPARATOR + WORD in text


def words_in(column: str, text: str) -> Iterator[tuple[str, str]]:
    """List and word of each word that a text of a column asks about."""
    if column == "visit_type":
        word = text.split(ELSE)[0].removeprefix(WORD)
        if text.startswith(WORD) and word and not word.startswith(KNOWN):
            yield "visit_types", word
    elif column in LISTS:
        one = text.replace(ELSE, SEPARATOR).split(SEPARATOR)
        for part in one if column in SETS else text.split(ELSE):
            if part.startswith(WORD) and part != WORD:
                yield LISTS[column], part.removeprefix(WORD)


def renamed(column: pd.Series, meaning: Meaning) -> pd.Categorical:
    """The column with each distinct text as what it means; None is missing."""
    words = [meaning(text) for text in _categories(column)]
    kept = pd.Index(sorted({word for word in words if word is not None}), dtype="str")
    place = {word: number for number, word in enumerate(kept)}
    moved = np.array([*(place.get(word, -1) for word in words), -1], dtype=np.int32)
    codes = column.cat.codes if isinstance(column, pd.Series) else column.codes
    return pd.Categorical.from_codes(moved[np.asarray(codes)], kept)


def _categories(column: pd.Series | pd.Categorical) -> pd.Index:
    return column.cat.categories if isinstance(column, pd.Series) else column.categories


def _meaning(column: str, answers: Answers) -> Meaning:
    """How a text of the column is read; one without words means itself."""
    readers: dict[str, Meaning] = {
        "condition": lambda text: _condition(text, answers),
        "visit_type": lambda text: _visit_type(text, answers),
        "flags": lambda text: _first(text, lambda part: _flag(part, answers)),
        "side_effects": lambda text: _side_effects(text, answers),
    }
    if column in readers:
        return lambda text: readers[column](text) if is_word(text) else text
    if column in SETS:
        return lambda text: _first(text, lambda part: _set(column, part, answers))
    return lambda text: _first(text, lambda part: _term(TERMS[column], part, answers))


def _first(text: str, meaning: Meaning) -> str | None:
    """What the first part says that says anything."""
    found = map(meaning, text.split(ELSE))
    return next((value for value in found if value is not None), None)


def _term(name: str, part: str, answers: Answers) -> str | None:
    if part.startswith(REGION_OF):
        condition = answers.of("conditions", part.removeprefix(REGION_OF))
        return load_vocabulary().conditions[condition].region if condition else None
    if not part.startswith(WORD):
        return part
    term = answers.of(name, part.removeprefix(WORD))
    return None if term == NEEDLING else term or None


def _condition(text: str, answers: Answers) -> str:
    term = answers.of("conditions", text.removeprefix(WORD))
    return UNMAPPED if term is None else term or UNSPECIFIED


def _unmapped(text: str, answers: Answers) -> str | None:
    """The word of a condition that nobody has answered."""
    word = text.removeprefix(WORD)
    waits = text.startswith(WORD) and answers.of("conditions", word) is None
    return word or None if waits else None


def _set(column: str, text: str, answers: Answers) -> str | None:
    """The known names in their order; missing where nothing known is left, which is not none."""
    parts = text.split(SEPARATOR) if text else [NOTHING]
    found = {_named(column, part, answers) for part in parts}
    named = SEPARATOR.join(name for name in SETS[column] if name in found)
    return named or ("" if NOTHING in found else None)


def _named(column: str, part: str, answers: Answers) -> str:
    if not part.startswith(WORD):
        return part
    term = answers.of(LISTS[column], part.removeprefix(WORD))
    return (OTHER if column == "side_effects" else "") if term is None else term


def _side_effects(text: str, answers: Answers) -> str | None:
    """As any set, but what stands behind (a severity without an effect) is more than none."""
    said, *behind = text.split(ELSE)
    return _set("side_effects", said, answers) or (
        behind[0] if behind else _set("side_effects", said, answers)
    )


def _flag(part: str, answers: Answers) -> str | None:
    """A needle that is deep for a technique that turns out to be the superficial one."""
    if not part.startswith(WORD):
        return part
    shallow = answers.of("techniques", part.removeprefix(WORD)) == TECHNIQUES[0]
    return "superficial_but_deeper" if shallow else None


def _visit_type(text: str, answers: Answers) -> str | None:
    word, needled, technique = text.removeprefix(WORD).split(ELSE)
    written = (
        word.removeprefix(KNOWN) if word.startswith(KNOWN) else answers.of("visit_types", word)
    )
    if not written:
        return None
    by_word = answers.of("techniques", technique) if technique else None
    return type_of_visit(
        written, needled not in (TOLD, UNTOLD) or by_word in (*NEEDLED, NEEDLING), needled != UNTOLD
    )


def type_of_visit(written: str, needled: bool, told: bool) -> str:
    """The type by its written one; a follow-up with needling is a treatment.

    What its word alone leaves open (`Follow Up`) is a follow-up without needling, where the
    file tells techniques at all.
    """
    if written in ("evaluation", "discharge"):
        return written
    call = written in ("follow_up", "progress_note") or (written == "open_follow_up" and told)
    return "follow_up" if call and not needled else "treatment"


def behind(said: Sequence[str]) -> str:
    """What one visit says on several lines, each holding where the ones before say nothing."""
    parts = dict.fromkeys(part for text in said for part in text.split(ELSE))
    return ELSE.join(sorted(parts, key=lambda part: not part.startswith(WORD)))
