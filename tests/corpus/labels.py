"""A file with its truth: what should become of each record, and every value of each visit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from tests.corpus.items import ITEMS
from tests.corpus.sheet import Sheet

REFUSALS = {
    "empty": r"empty",
    "header_alone": r"no row|no visit",
    "web_page": r"web page",
    "json": r"JSON",
    "pdf": r"PDF",
    "workbook": r"spreadsheet|workbook",
    "password": r"password",
    "not_a_table": r"not a (session list|table)|binary|one line|no (session list|list of sessions)",
    "no_patient": r"which patient",
    "names_only": r"name",
    "no_date": r"when a visit|date of the visit",
    "no_visit": r"no visit|summary",
    "side_by_side": r"side by side|one row (a|for each|per) patient|numbered",
    "day_or_month": r"cannot be told apart",
    "two_orders": r"two ways|cannot be told apart",
    "two_candidates": r"which|more than one",
    "too_large": r"larger|large|too many|more than|over [\d,]+|limit",
    "unsafe_zip": r"zip|folder|path",
}
"""What a file is refused for, and words that the sentence must have so that one knows."""

ASKED = {"day_or_month": ("date_order",), "two_candidates": ("column:",)}
"""Refusals that an answer would lift."""


@dataclass(frozen=True)
class Truth:
    """What one import must make of a file.

    `visits` in the order of the file. `reasons` counts records in quarantine; the empty name
    stands for any reason. `unchanged` counts visits that were in before; `held` are all visits
    that the store holds afterwards, where earlier files brought some. `asks` are how the keys of
    questions begin that must be asked about the file.
    `orders` are the orders of day and month that may be told (a file
    whose dates need none may tell any).
    """

    visits: tuple[Mapping[str, object], ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    date_order: str | None = "ymd"
    refused: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    unchanged: int = 0
    held: tuple[Mapping[str, object], ...] | None = None
    asks: tuple[str, ...] = ()

    @property
    def now(self) -> tuple[Mapping[str, object], ...]:
        """Every visit that the store holds after the import: those of the file, unless told."""
        return self.visits if self.held is None else self.held

    @property
    def rows(self) -> int:
        counted = sum(self.skipped.values()) + sum(self.reasons.values())
        return len(self.visits) + self.unchanged + counted


@dataclass(frozen=True)
class Labelled:
    """One file of the corpus, or several that are imported one after the other.

    `truths` has one for each file. `keys` are the headers of patient, date and scores, for
    readers that know no headers. `about` says in a sentence what the file is.
    """

    name: str
    kind: str
    about: str
    covers: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...]
    truths: tuple[Truth, ...]
    keys: Mapping[str, str]
    options: Mapping[str, object] = field(default_factory=dict)


Builder = Callable[[], "File"]
ENTERED: dict[str, tuple[str, tuple[str, ...], Builder]] = {}


@dataclass(frozen=True)
class File:
    """What a builder gives: bytes and truth, headers that matter, and how it is imported."""

    data: bytes
    truth: Truth
    keys: Mapping[str, str] = field(default_factory=dict)
    named: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    later: tuple["File", ...] = ()


def labelled(kind: str, *covers: str) -> Callable[[Builder], Builder]:
    """Enters a builder's file into the corpus; its docstring tells what the file is."""
    unknown = set(covers) - set(ITEMS)
    assert not unknown, f"no such item: {unknown}"

    def enter(build: Builder) -> Builder:
        assert build.__name__ not in ENTERED, f"two files are called {build.__name__}"
        ENTERED[build.__name__] = kind, covers, build
        return build

    return enter


def _made(name: str) -> Labelled:
    kind, covers, build = ENTERED[name]
    made = build()
    parts = (made, *made.later)
    return Labelled(
        name,
        kind,
        " ".join((build.__doc__ or "").split()),
        covers,
        tuple((part.named or f"{name}.csv", part.data) for part in parts),
        tuple(part.truth for part in parts),
        made.keys,
        made.options,
    )


def accepted(found: Sheet, data: bytes, **truth: object) -> File:
    """A file of which every visit of the sheet is accepted."""
    named = {name: truth.pop(name) for name in ("named", "options", "later") if name in truth}
    return File(data, Truth(found.visits, **truth), found.keys, **named)


def refused(data: bytes, why: str, keys: Mapping[str, str] | None = None, **other: object) -> File:
    """A file that must not be imported."""
    return File(data, Truth(refused=why, asks=ASKED.get(why, ())), keys or {}, **other)


def corpus() -> list[Labelled]:
    """Every file, in order of kind and place in its module."""
    for module in sorted((Path(__file__).parent / "files").glob("[a-z]*.py")):
        import_module(f"tests.corpus.files.{module.stem}")
    return [_made(name) for name in ENTERED]
