"""What the columns of an export may be called: loaded from data/vocabulary/headers.toml."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from pipelines.places import VOCABULARY
from pipelines.toml_tables import read_entries, record
from pipelines.vocabulary import normalised

KINDS = ("kept", "read", "identifies")
BRACKETED = re.compile(r"\([^)]*\)|\[[^]]*\]")
SUMMARISED = re.compile(
    r"^(sum|average|avg|mean|median|min|minimum|max|maximum|first|last|count|summe|mittelwert)"
    r" (of|von) "
)
"""What reporting tools put before a header, though a row is one visit."""
SURE, WITHOUT_BRACKETS, BY_PATTERN, LAST_RESORT = 3, 2, 1, 0


@dataclass(frozen=True)
class Header:
    """One column of a session, and the names and patterns it is known by."""

    column: str
    names: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    kind: str = "kept"
    last_resort: bool = False
    meaning: str = ""


@dataclass(frozen=True)
class Either:
    """Names under which systems write one column or another: the values tell which.

    `otherwise` is what holds where the values tell nothing; empty for not kept.
    """

    names: tuple[str, ...]
    columns: tuple[str, ...]
    otherwise: str = ""


@dataclass(frozen=True)
class EffectPrefix:
    """Words before the name of an effect that has a column of its own."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Guess:
    """What a header says: the column, how sure that is, and its place among the names.

    `group` numbers the entries of one column: names of an earlier entry hold over later ones,
    names of one entry are as good as each other, but for their `rank`.
    """

    column: str
    sureness: int
    rank: int
    group: int = 0


@dataclass(frozen=True)
class Headers:
    """Every known column, in the order in which two that could be one are told apart."""

    columns: tuple[Header, ...]
    effect_prefixes: tuple[str, ...]
    eithers: tuple[Either, ...] = ()

    def guess(self, text: str) -> Guess | None:
        """The column a header names; None where it is not known."""
        whole, short = normalised(text), normalised(BRACKETED.sub(" ", text))
        plain = SUMMARISED.sub("", short)
        named = (
            self._named(whole, SURE)
            or self._named(short, WITHOUT_BRACKETS)
            or self._named(plain, WITHOUT_BRACKETS)
        )
        if named and named.group and named.sureness == WITHOUT_BRACKETS:
            # `Pain now (after the session)`: what stands in brackets says more than the rest.
            told = self._like(whole)
            return told if told and told.column != named.column else named
        return named or self._like(plain)

    def either(self, text: str) -> Either | None:
        """What a header may be where its name alone does not say; None where it does."""
        whole, short = normalised(text), normalised(BRACKETED.sub(" ", text))
        return next((e for e in self.eithers if whole in e.names or short in e.names), None)

    def effect_named(self, text: str) -> str | None:
        """What follows the words for a side effect in a header, such as `Soreness`."""
        whole = normalised(text)
        for prefix in self.effect_prefixes:
            if whole.startswith(prefix + " "):
                return whole[len(prefix) + 1 :]
        return None

    def kind(self, column: str) -> str:
        return next(header.kind for header in self.columns if header.column == column)

    def meaning(self, column: str) -> str:
        """The column in a clinic's words."""
        told = (h.meaning for h in self.columns if h.column == column and h.meaning)
        return next(told, column.replace("_", " "))

    def names(self) -> tuple[str, ...]:
        """Every column that the importer knows, in the order of the file."""
        return tuple(dict.fromkeys(header.column for header in self.columns))

    @cached_property
    def _index(self) -> dict[str, tuple[Header, int]]:
        """Each name with its entry and its place there; the earlier entry holds."""
        found: dict[str, tuple[Header, int]] = {}
        for header in self.columns:
            for rank, name in enumerate(header.names):
                found.setdefault(name, (header, rank))
        return found

    def _named(self, text: str, sureness: int) -> Guess | None:
        if text not in self._index:
            return None
        header, rank = self._index[text]
        sure = LAST_RESORT if header.last_resort else sureness
        return Guess(header.column, sure, rank, self._group(header))

    def _like(self, text: str) -> Guess | None:
        for header in self.columns:
            for rank, pattern in enumerate(header.patterns):
                if re.search(pattern, text):
                    place = len(header.names) + rank
                    return Guess(header.column, BY_PATTERN, place, self._group(header))
        return None

    def _group(self, header: Header) -> int:
        return [h for h in self.columns if h.column == header.column].index(header)


@lru_cache(maxsize=8)
def load_headers(folder: Path = VOCABULARY) -> Headers:
    """The header names in the folder. Raises OutcomesError with file and line of a mistake."""
    entries = read_entries(folder / "headers.toml", ["effect_prefix", "either", "header"])
    columns = tuple(record(entry, Header, allowed={"kind": KINDS}) for entry in entries["header"])
    known = {header.column for header in columns}
    eithers = tuple(
        record(entry, Either, allowed={"columns": known, "otherwise": {*known, ""}})
        for entry in entries["either"]
    )
    prefixes = [
        name for entry in entries["effect_prefix"] for name in record(entry, EffectPrefix).names
    ]
    return Headers(columns, tuple(sorted(prefixes, key=len, reverse=True)), eithers)
