"""What the importer says in words: reasons, repairs, skips and flags, from rules.toml."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipelines.places import VOCABULARY
from pipelines.toml_tables import read_entries, record

KINDS = ("reason", "repair", "skip", "flag")


@dataclass(frozen=True)
class Rule:
    """The name that counts go under, and what it means."""

    name: str
    sentence: str


@lru_cache(maxsize=8)
def load_rules(folder: Path = VOCABULARY) -> dict[str, dict[str, str]]:
    """For each kind of rule, its names and their sentences."""
    entries = read_entries(folder / "rules.toml", KINDS)
    return {
        kind: {rule.name: rule.sentence for rule in (record(e, Rule) for e in entries[kind])}
        for kind in KINDS
    }


def sentence(kind: str, name: str) -> str:
    """The sentence of one rule."""
    return load_rules()[kind][name]


def reason_in_words(name: str, column: str | None, value: str) -> str:
    """Why a row is in quarantine, with the column and the text that it is about."""
    text = sentence("reason", name).format(column=column or "", value=value)
    return text.removeprefix(": ").strip()
