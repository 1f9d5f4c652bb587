"""What the columns of an export may be called: loaded from data/vocabulary/headers.toml."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipelines.ingest.reading.header import as_written
from pipelines.places import VOCABULARY
from pipelines.toml_tables import read_entries, record
from pipelines.vocabulary import normalised

KINDS = ("kept", "read", "identifies")
BRACKETED = re.compile(r"\([^)]*\)|\[[^]]*\]")
SURE, WITHOUT_BRACKETS, BY_PATTERN, LAST_RESORT = 3, 2, 1, 0


@dataclass(frozen=True)
class Header:
    """One column of a session, and the names and patterns it is known by."""

    column: str
    names: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    kind: str = "kept"
    last_resort: bool = False


@dataclass(frozen=True)
class EffectPrefix:
    """Words before the name of an effect that has a column of its own."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Guess:
    """What a header says: the column, how sure that is, and its place in the list of names."""

    column: str
    sureness: int
    rank: int


@dataclass(frozen=True)
class Headers:
    """Every known column, in the order in which two that could be one are told apart."""

    columns: tuple[Header, ...]
    effect_prefixes: tuple[str, ...]

    def guess(self, text: str) -> Guess | None:
        """The column a header names; None where it is not known."""
        text = as_written(text)
        whole, short = normalised(text), normalised(BRACKETED.sub(" ", text))
        return self._named(whole, SURE) or self._named(short, WITHOUT_BRACKETS) or self._like(short)

    def effect_named(self, text: str) -> str | None:
        """What follows the words for a side effect in a header, such as `Soreness`."""
        whole = normalised(as_written(text))
        for prefix in self.effect_prefixes:
            if whole.startswith(prefix + " "):
                return whole[len(prefix) + 1 :]
        return None

    def kind(self, column: str) -> str:
        return next(header.kind for header in self.columns if header.column == column)

    def _named(self, text: str, sureness: int) -> Guess | None:
        for header in self.columns:
            if text in header.names:
                sure = LAST_RESORT if header.last_resort else sureness
                return Guess(header.column, sure, header.names.index(text))
        return None

    def _like(self, text: str) -> Guess | None:
        for header in self.columns:
            for rank, pattern in enumerate(header.patterns):
                if re.search(pattern, text):
                    return Guess(header.column, BY_PATTERN, len(header.names) + rank)
        return None


@lru_cache(maxsize=8)
def load_headers(folder: Path = VOCABULARY) -> Headers:
    """The header names in the folder. Raises OutcomesError with file and line of a mistake."""
    entries = read_entries(folder / "headers.toml", ["effect_prefix", "header"])
    columns = tuple(record(entry, Header, allowed={"kind": KINDS}) for entry in entries["header"])
    prefixes = [
        name for entry in entries["effect_prefix"] for name in record(entry, EffectPrefix).names
    ]
    return Headers(columns, tuple(sorted(prefixes, key=len, reverse=True)))
