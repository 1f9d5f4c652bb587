"""Systems whose exports are known: data/profiles, one TOML file each, and how each is told."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipelines.ingest.cells import one_line
from pipelines.ingest.columns.settled import loosely, require_known
from pipelines.ingest.questions import NOT_ASKED, Mapping
from pipelines.places import PROFILES
from pipelines.toml_tables import read_entries, record

ALTERNATIVES = " | "
MOST = 0.6
ORDERS = ("dmy", "mdy", "ymd")


@dataclass(frozen=True)
class Recognised:
    """The `[[profile]]` of a file: the system, and which headers tell that it wrote a file.

    Each of `all_of` must be there, most of `most_of`, and for each pattern of `like` one header.
    `|` stands between headers of which one is enough. `about` is what its makers tell of it.
    """

    name: str
    about: str
    source: str = ""
    all_of: tuple[str, ...] = ()
    most_of: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    date_order: str | None = None
    hundred: bool | None = None
    unticked: str | None = None


@dataclass(frozen=True)
class Meaning:
    """A `[[column]]` of a file: a header, and the importer's column or `not kept`."""

    header: str
    column: str


@dataclass(frozen=True)
class Profile:
    """One system: how its export is told and what its headers mean."""

    told_by: Recognised
    meanings: tuple[Meaning, ...]

    def likeness(self, header: Sequence[str]) -> int:
        """How many headers tell this system; 0 where it did not write the file."""
        texts = {loosely(text) for text in header if text.strip()}
        told = self.told_by
        every = [_any_of(names, texts) for names in told.all_of]
        most = [_any_of(names, texts) for names in told.most_of]
        like = [_matching(pattern, header) for pattern in told.like]
        if not all(every) or not all(like) or sum(most) < MOST * len(most):
            return 0
        return sum(every) + sum(most) + len(like)

    def mapping(self, header: Sequence[str]) -> Mapping:
        """What the profile says of the headers that the file has."""
        there = {loosely(text) for text in header if text.strip()}
        columns: dict[str, str | None] = {}
        for meaning in self.meanings:
            for name in meaning.header.split(ALTERNATIVES):
                if loosely(name) in there:
                    columns[name] = None if meaning.column == NOT_ASKED else meaning.column
        told = self.told_by
        return Mapping(columns, told.date_order, told.hundred, told.unticked)


def _any_of(names: str, texts: Iterable[str]) -> bool:
    return any(loosely(name) in texts for name in names.split(ALTERNATIVES))


def _matching(pattern: str, header: Sequence[str]) -> bool:
    return any(re.search(pattern, one_line(text)) for text in header)


def recognise(header: Sequence[str]) -> Profile | None:
    """The system that wrote a file with these headers; None where none or several may have."""
    found = [(profile.likeness(header), profile) for profile in load_profiles()]
    best = max((likeness for likeness, _ in found), default=0)
    likeliest = [profile for likeness, profile in found if likeness == best]
    return likeliest[0] if best and len(likeliest) == 1 else None


@lru_cache(maxsize=8)
def load_profiles(folder: Path = PROFILES) -> tuple[Profile, ...]:
    """Every profile of the folder. Raises OutcomesError with file and line of a mistake."""
    return tuple(_read(path) for path in sorted(folder.glob("*.toml")))


def _read(path: Path) -> Profile:
    entries = read_entries(path, ["profile", "column"])
    (entry,) = entries["profile"]
    told = record(entry, Recognised, allowed={"unticked": ("none", "not_recorded", None)})
    if told.date_order not in (None, *ORDERS):
        raise entry.problem(f"date_order must be one of {', '.join(ORDERS)}.", "date_order")
    meanings = tuple(record(entry, Meaning) for entry in entries["column"])
    require_known((m.column for m in meanings if m.column != NOT_ASKED), path.name)
    return Profile(told, meanings)
