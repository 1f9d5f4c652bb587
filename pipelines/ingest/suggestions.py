"""What an unknown word most likely means: offered, never taken by itself."""

from collections.abc import Iterable
from typing import NamedTuple

from pipelines.terms import Terms, normalised, words

LIKE, SAME_NAME = 80.0, 90.0
"""From which likeness (of 100) on a term, or another spelling of a name, is offered."""
SHORTEST = 4
"""Of a word that may stand inside a longer one: shorter ones are in too many."""
INSIDE = 0.9
"""How much a term inside a longer text counts."""


class Suggestion(NamedTuple):
    """A term and how like the word is to a way of writing it, 0 to 1."""

    term: str
    likeness: float


def suggest(word: str, terms: Terms) -> Suggestion | None:
    """The nearest term by its name, label or synonyms; None where none is near."""
    found = [
        (_likeness(normalised(word), normalised(written)), term.name)
        for term in terms
        for written in words(term)
    ]
    best, name = max(found, key=lambda pair: pair[0], default=(0.0, ""))
    return Suggestion(name, round(best / 100, 2)) if best >= LIKE else None


def _likeness(word: str, written: str) -> float:
    from rapidfuzz import fuzz

    if not word or not written:
        return 0.0
    whole = fuzz.token_sort_ratio(word, written)
    if min(len(word), len(written)) < SHORTEST:
        return whole
    return max(whole, INSIDE * fuzz.token_set_ratio(word, written))


def other_spellings(names: Iterable[tuple[str, int]]) -> dict[str, Suggestion]:
    """For each name with its visits the more frequent spelling that it may be one of."""
    known = sorted(names, key=lambda pair: (-pair[1], pair[0]))
    found = {}
    for place, (name, _) in enumerate(known):
        near = [
            Suggestion(other, _alike(name, other))
            for other, _ in known[:place]
            if other not in found and _alike(name, other)
        ]
        if near:
            found[name] = max(near, key=lambda suggestion: suggestion.likeness)
    return found


def _alike(one: str, other: str) -> float:
    """How like two names are; 0 where they may well be two people."""
    from rapidfuzz import fuzz

    ours, theirs = _parts(one), _parts(other)
    if not ours or not theirs:
        return 0.0
    if ours[-1] == theirs[-1] and len(ours) > 1 < len(theirs) and _initials(ours, theirs):
        return SAME_NAME / 100
    ratio = fuzz.ratio(" ".join(sorted(ours)), " ".join(sorted(theirs)))
    return round(ratio / 100, 2) if ratio >= SAME_NAME else 0.0


def _parts(name: str) -> list[str]:
    """The words of a name, the family name last: `Lovelace, Ada` is Ada Lovelace."""
    family, comma, first = name.partition(",")
    return normalised(f"{first} {family}" if comma else name).split()


def _initials(ours: list[str], theirs: list[str]) -> bool:
    """Whether one first name is the initial of the other."""
    one, other = ours[0], theirs[0]
    return (one[0] == other[0]) and (len(one) == 1 or len(other) == 1)
