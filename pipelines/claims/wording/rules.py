"""The words and forms of data/evidence/wording.toml, ready to be looked for."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipelines.errors import OutcomesError
from pipelines.places import EVIDENCE
from pipelines.toml_tables import Entry, read_entries, record

KINDS = (
    "forbidden word",
    "testimonial",
    "cause claimed",
    "comparison",
    "promise of sessions",
    "claim without a figure",
)
APOSTROPHES = str.maketrans("\u2019\u2018\u02bc", "'''")


@dataclass(frozen=True)
class Wording:
    """As written in the file."""

    name: str
    kind: str
    why: str
    words: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    negation: bool = False
    outcome: bool = False
    case: bool = False


@dataclass(frozen=True)
class Rule:
    """A wording with its patterns compiled."""

    wording: Wording
    found: tuple[re.Pattern[str], ...]
    harmless: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=4)
def load_rules(path: Path = EVIDENCE / "wording.toml") -> tuple[Rule, ...]:
    """Every rule. Raises OutcomesError that names file and line where one is mistyped."""
    entries = read_entries(path, ["wording"])["wording"]
    return tuple(_rule(entry) for entry in entries)


def _rule(entry: Entry) -> Rule:
    wording = record(entry, Wording, allowed={"kind": KINDS})
    flags = 0 if wording.case else re.IGNORECASE
    words = [_whole(word) for word in sorted(wording.words, key=len, reverse=True)]
    joined = [re.compile("|".join(words), re.IGNORECASE)] if words else []
    try:
        forms = [re.compile(form, flags) for form in wording.forms]
        harmless = [re.compile(form, re.IGNORECASE) for form in wording.unless]
    except re.error:
        raise _mistyped(entry) from None
    return Rule(wording, (*joined, *forms), tuple(harmless))


def _mistyped(entry: Entry) -> OutcomesError:
    return entry.problem("forms and unless must be regular expressions; one is not.", "forms")


def _whole(word: str) -> str:
    """The word or phrase on its own, a hyphen, a space or both between its parts."""
    parts = [re.escape(part) for part in re.split(r"[\s-]+", word)]
    start, end = (
        ("" if re.match(r"\W", word) else r"\b"),
        ("" if re.search(r"\W$", word) else r"\b"),
    )
    return start + r"[\s\-\u2010\u2011\u2013]+".join(parts) + end
