"""Words of an export as terms of the vocabulary: single terms, lists, and a column for each."""

import re
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from pipelines.ingest.cells import Reading, categorical
from pipelines.tables import SEPARATOR, UNMAPPED
from pipelines.vocabulary import Coded, Terms, Vocabulary, normalised

LIST = re.compile(r"[;,|/\n+]")
LONGEST_TERM = 60
PERSONAL = re.compile(r"@|(?:\d[ ()./+\-]{0,2}){6}")


def one_of(terms: Terms, unknown: str, vocabulary: Vocabulary) -> Callable[[str], Reading]:
    """Reads one term; an unknown one is left out and counted under `unknown`."""

    def read(text: str) -> Reading:
        found = terms.find(text)
        if found or vocabulary.not_known.find(text):
            return Reading(found)
        return Reading(None, unknown)

    return read


def several_of(terms: Terms, unknown: str, vocabulary: Vocabulary) -> Callable[[str], Reading]:
    """Reads a list of terms as one text in the vocabulary's order; unknown ones are counted."""

    def read(text: str) -> Reading:
        if vocabulary.nothing.find(text):
            return Reading("")
        found = {terms.find(part) for part in _parts(text)}
        # Nothing known is not "none": that would say that there was none.
        return Reading(joined(found, terms.names) or None, unknown if None in found else None)

    return read


def side_effects(vocabulary: Vocabulary) -> Callable[[str], Reading]:
    """Reads a list of side effects; an unknown one counts as `other`, none as none."""

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
        found = [vocabulary.side_effects.find(part) for part in parts]
        unknown = "unknown_side_effect" if None in found else None
        return Reading(
            joined({name or "other" for name in found}, vocabulary.side_effects.names), unknown
        )

    return read


def _parts(text: str) -> list[str]:
    return [part.strip() for part in LIST.split(text) if part.strip()]


def joined(found: set[str | None], order: Sequence[str]) -> str:
    """A set as one text, in the order of its vocabulary."""
    return SEPARATOR.join(name for name in order if name in found)


def answer(vocabulary: Vocabulary) -> Callable[[str], Reading]:
    """Reads yes or no as True or False."""

    def read(text: str) -> Reading:
        found = vocabulary.answers.find(text)
        if found is None and vocabulary.not_known.find(text):
            return Reading()
        return Reading(found == "yes") if found else Reading(problem="answer_not_understood")

    return read


def condition(vocabulary: Vocabulary) -> Callable[[str], Reading]:
    """Reads an ICD-10 code or words as a `Coded`; what the vocabulary lacks is unmapped."""

    def read(text: str) -> Reading:
        if vocabulary.not_known.find(text):
            return Reading()
        coded = vocabulary.condition_of_code(text) or vocabulary.condition_of_words(text)
        return (
            Reading(coded) if coded else Reading(Coded(UNMAPPED, None, None), "unmapped_condition")
        )

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


def term_as_written(text: str | None) -> str | None:
    """The unmapped term for the list of work to do; nothing longer, no address and no number.

    An e-mail, a phone or a birth date may stand in any column.
    """
    return text if text and len(text) <= LONGEST_TERM and not PERSONAL.search(text) else None


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
