"""Words of an export as terms of the vocabulary: single terms, lists, and a column for each."""

import re
from collections.abc import Callable, Collection, Sequence

import numpy as np
import pandas as pd

from pipelines.ingest.cells import Reading, categorical
from pipelines.store.words import ELSE, OTHER, WORD
from pipelines.tables import SEPARATOR
from pipelines.vocabulary import Coded, Terms, Vocabulary, normalised

LIST = re.compile(r"[;,|/\n+]")
LONGEST_TERM = 60
PERSONAL = re.compile(
    r"@|(?:\d[ ()./+\-]{0,2}){6}|\d{1,4}[./-]\d{1,2}[./-]\d|\b(?:19|20)\d\d\b|://|\bwww\."
)
WORDS_OF_AN_EFFECT = 6
"""A longer text among side effects is a remark, not a term."""


def one_of(terms: Terms, unknown: str, vocabulary: Vocabulary) -> Callable[[str], Reading]:
    """Reads one term; an unknown one is kept as a word and counted under `unknown`."""

    def read(text: str) -> Reading:
        found = terms.find(text)
        if found or vocabulary.not_known.find(text):
            return Reading(found)
        return Reading(as_word(text), unknown)

    return read


def several_of(terms: Terms, unknown: str, vocabulary: Vocabulary) -> Callable[[str], Reading]:
    """Reads a list of terms as one text in the vocabulary's order, then words, which are counted.

    Nothing known is not none: that would say that there was none.
    """

    def read(text: str) -> Reading:
        if vocabulary.nothing.find(text):
            return Reading("")
        known, words = _found(text, terms, LONGEST_TERM)
        return Reading(joined(known, terms.names, words) or None, unknown if words else None)

    return read


def side_effects(vocabulary: Vocabulary) -> Callable[[str], Reading]:
    """Reads a list of side effects; an unknown one is kept as a word, none as none."""

    def read(text: str) -> Reading:
        if vocabulary.nothing.find(text):
            return Reading("")
        whole = vocabulary.side_effects.find(text)
        if whole:
            return Reading(whole)
        parts = _parts(text)
        if not parts:
            return Reading()
        if any(vocabulary.nothing.find(part) for part in parts):
            return Reading(problem="none_beside_an_effect")
        known, words = _found(text, vocabulary.side_effects, WORDS_OF_AN_EFFECT)
        unknown = "unknown_side_effect" if words else None
        return Reading(joined(known, vocabulary.side_effects.names, words), unknown)

    return read


def _parts(text: str) -> list[str]:
    return [part.strip() for part in LIST.split(text) if part.strip()]


def _found(text: str, terms: Terms, most: int) -> tuple[set[str], set[str]]:
    """The terms of a list, and its other parts as words; a date parted by slashes is one text."""
    found = {part: terms.find(part) for part in _parts(text)}
    most = 0 if PERSONAL.search(text) else most
    words = {as_word(part, most) for part, name in found.items() if name is None}
    return {name for name in found.values() if name}, words


def joined(found: Collection[str], order: Sequence[str], words: Collection[str] = ()) -> str:
    """A set as one text, in the order of its vocabulary, then words in their own."""
    return SEPARATOR.join([*(name for name in order if name in found), *sorted(words)])


def as_word(text: str, most: int = LONGEST_TERM) -> str:
    """What the vocabulary does not know, as the log keeps it: the mark alone where it may be
    about a person, or has more than so many words."""
    kept = term_as_written(text)
    return WORD + (kept if kept and len(kept.split()) <= most else "")


def answer(vocabulary: Vocabulary) -> Callable[[str], Reading]:
    """Reads yes or no as True or False."""

    def read(text: str) -> Reading:
        found = vocabulary.answers.find(text)
        if found is None and vocabulary.not_known.find(text):
            return Reading()
        return Reading(found == "yes") if found else Reading(problem="answer_not_understood")

    return read


def condition(vocabulary: Vocabulary) -> Callable[[str], Reading]:
    """Reads an ICD-10 code or words as a `Coded`; what the vocabulary lacks is a word."""

    def read(text: str) -> Reading:
        if vocabulary.not_known.find(text):
            return Reading()
        coded = vocabulary.condition_of_code(text) or vocabulary.condition_of_words(text)
        if coded:
            return Reading(coded)
        return Reading(Coded(as_word(text), None, None), "unmapped_condition")

    return read


def muscles(text: str) -> Reading:
    """Names of muscles in alphabetical order; anything that is no name is left out."""
    named = {normalised(part) for part in _parts(text)}
    kept = {name for name in named if name.replace(" ", "").isalpha() and len(name) < 40}
    return Reading(
        SEPARATOR.join(sorted(kept)) or None, "unknown_muscle" if kept != named else None
    )


def plain(text: str) -> Reading:
    """A name as it stands, single-spaced."""
    return Reading(" ".join(text.split()))


def term_as_written(text: str) -> str | None:
    """The unknown term for the list of work to do; nothing longer, no address, number or date.

    An e-mail, a phone or a birth date may stand in any column.
    """
    tidy = " ".join(text.split())
    short = tidy.isprintable() and len(tidy) <= LONGEST_TERM
    return tidy if short and not PERSONAL.search(tidy) and not tidy.startswith("=") else None


def words_of(effects: str | None) -> str | None:
    """The words of a set alone; None where all is known."""
    parts = (effects or "").split(SEPARATOR)
    return SEPARATOR.join(part for part in parts if part.startswith(WORD)) or None


def with_words(
    sets: pd.Categorical, texts: Sequence[str], codes: np.ndarray, graded: np.ndarray
) -> pd.Categorical:
    """The sets with each row's words behind (-1 for none): after a tab `other`, where a severity
    alone would say that there was an effect."""
    waits = codes >= 0
    cells = np.stack([sets.codes, codes, waits & graded], axis=1).astype(np.int64)
    distinct, found = np.unique(cells[waits], axis=0, return_inverse=True)
    wholes = [
        SEPARATOR.join(filter(None, (sets.categories[known] if known >= 0 else "", texts[text])))
        + (ELSE + OTHER if severe else "")
        for known, text, severe in distinct
    ]
    words = sets.categories.union(pd.Index(wholes, dtype="str"), sort=False)
    result = sets.codes.astype(np.int32)
    result[waits] = words.get_indexer(wholes)[found.ravel()]
    return pd.Categorical.from_codes(result, words)


def bits(effects: str | None, order: Sequence[str]) -> int:
    """A set of terms as a number with one bit a term."""
    found = (effects or "").split(SEPARATOR)
    return sum(1 << number for number, name in enumerate(order) if name in found)


def sets_of_bits(bits: np.ndarray, recorded: np.ndarray, order: Sequence[str]) -> pd.Categorical:
    """Each row's set as one text; missing where it is not recorded."""
    distinct, codes = np.unique(np.where(recorded, bits, -1), return_inverse=True)
    words = [
        None if value < 0 else joined({n for i, n in enumerate(order) if value >> i & 1}, order)
        for value in distinct
    ]
    return categorical(words, codes)
