"""Words for people and from people: one list of terms, each with its synonyms."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from pipelines.errors import OutcomesError
from pipelines.toml_tables import Entry, read_entries, record

APOSTROPHES = str.maketrans("", "", "'`\u00b4\u2018\u2019\u201b\u02bc\u2032")
"""Straight, curly and modifier apostrophes, prime, and the accents typed in their place."""


@dataclass(frozen=True)
class Term:
    """One thing with one name, and every other way in which exports write it."""

    name: str
    label: str = ""
    synonyms: tuple[str, ...] = ()
    icd10: tuple[str, ...] = ()
    region: str | None = None
    serious: bool = False
    skipped_as: str | None = None
    exact: bool = False  # the name counts only as written: in other spellings it is another term


class Terms:
    """One list, in the order of its file, which is the order of sets and of ties."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = {term.name: term for term in terms}
        self._index = {key: term.name for term in self for key in keys(term)}
        self._known = {key: word for term in self for key, word in keys(term).items()}
        self._written = {word for term in self for word in words(term)}
        self._names = {normalised(name): name for name in self._terms}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._terms)

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def __getitem__(self, name: str) -> Term:
        return self._terms[name]

    def find(self, text: str) -> str | None:
        """The name for any name, label or synonym, as written or normalised; None if unknown."""
        found = self._index.get(_as_written(text))
        return found if found is not None else self._index.get(normalised(text))

    def written(self) -> tuple[str, ...]:
        """Every word of the list, letter by letter."""
        return tuple(self._written)

    def is_written(self, text: str) -> bool:
        """Whether the text is one of the words, letter by letter."""
        return text in self._written

    def label(self, name: str) -> str:
        """The term's words for people."""
        return self._terms[name].label

    def nearest(self, text: str) -> str | None:
        """The known word most like the text, a name before a synonym; None if none is."""
        for pool, likeness in ((self._names, 0.75), (self._known, 0.6)):
            near = get_close_matches(normalised(text), pool, n=1, cutoff=likeness)
            if near:
                return pool[near[0]]
        return None


@lru_cache(maxsize=1 << 14)
def normalised(text: str) -> str:
    """Case folded, without accents or apostrophes; '&' is 'and', other signs are single spaces."""
    plain = text.translate(APOSTROPHES).replace("&", " and ")
    letters = (
        letter if letter.isalnum() else " "
        for letter in unicodedata.normalize("NFKD", plain.casefold())
        if unicodedata.category(letter) not in ("Mn", "Cf")
    )
    return " ".join("".join(letters).split())


def words(term: Term) -> tuple[str, ...]:
    """Every way to write the term."""
    return (term.name, term.label, *term.synonyms)


def keys(term: Term) -> dict[str, str]:
    """What the term is looked up by, each with the word it comes from.

    A word counts as written, since a sign alone can be a word, and normalised.
    """
    found = {_as_written(word): word for word in words(term)}
    loose = words(replace(term, name=term.label)) if term.exact else words(term)
    return {normalised(word): word for word in reversed(loose) if normalised(word)} | found


def _as_written(text: str) -> str:
    return " ".join(text.split()).casefold()


def read_terms(
    path: Path,
    settable: Collection[str] = (),
    names: Collection[str] | None = None,
    regions: Collection[str] = (),
) -> Terms:
    """The `[[term]]` entries of a file.

    `settable` are the facts a term of this list has beside name, label and synonyms;
    `names`, if given, are all names there must be, since the program knows them.
    """
    entries = read_entries(path, ["term"])["term"]
    allowed = {"region": regions} | ({"name": names} if names is not None else {})
    terms = [_read(entry, settable, allowed) for entry in entries]
    _refuse_shared(entries, terms)
    missing = sorted(set(names or ()) - {term.name for term in terms})
    if missing:
        raise OutcomesError(f"{path.name} lacks the term {missing[0]!r}, which must be there.")
    return Terms(terms)


def _read(entry: Entry, settable: Collection[str], allowed: dict[str, Collection[str]]) -> Term:
    term = record(entry, Term, ("name", "label", "synonyms", "exact", *settable), allowed)
    return replace(term, label=term.label or term.name.replace("_", " ").capitalize())


def _refuse_shared(entries: list[Entry], terms: list[Term]) -> None:
    owner: dict[str, str] = {}
    for entry, term in zip(entries, terms, strict=True):
        if term.name in owner.values():
            raise entry.problem(f"the name {term.name!r} stands here twice.", "name")
        for key, word in keys(term).items():
            if owner.setdefault(key, term.name) != term.name:
                sentence = f"{word!r} already stands for {owner[key]!r}; a word has one meaning."
                raise entry.problem(sentence, "synonyms", word)
