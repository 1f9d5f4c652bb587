"""What a clinic's own words mean: the answers in force, each to one word of one list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from pipelines.terms import normalised

NAMES = {"therapists": "therapist", "clinics": "clinic"}
"""Lists of names, each with its column: a word is one spelling, its term another one."""


@dataclass(frozen=True)
class Answers:
    """The term of each answered word; an empty term: it says nothing that is kept."""

    terms: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of(self, name: str, word: str) -> str | None:
        """The term of a word in the list of this name; None where nobody has answered."""
        return self.terms.get((name, key(name, word)))

    def spelling(self, name: str, word: str) -> str:
        """How a name is written, followed through answers; as it stands where they go round."""
        seen, spelled = {word}, word
        while (following := self.of(name, spelled)) is not None:
            if following in seen:
                return word
            seen.add(following)
            spelled = following
        return spelled

    def lists(self) -> set[str]:
        """The lists of which a word was answered."""
        return {name for name, _ in self.terms}

    def with_rows(self, rows: Iterable[tuple[str, str, str]]) -> "Answers":
        """These and further ones (list, word, term); a later answer replaces an earlier one."""
        further = {(name, key(name, word)): term for name, word, term in rows}
        return Answers({**self.terms, **further})


NO_ANSWERS = Answers()


def key(name: str, word: str) -> str:
    """What a word is known by: its letters, but a name as it is spelled."""
    tidy = " ".join(word.split())
    return tidy if name in NAMES else normalised(tidy) or tidy.casefold()


def answers_of(rows: pd.DataFrame, surviving: list[str]) -> Answers:
    """The answers of the changes in force, from the table `answers`."""
    kept = in_order(rows, surviving)
    return NO_ANSWERS.with_rows(zip(kept["list"], kept["word"], kept["term"], strict=True))


def in_order(rows: pd.DataFrame, surviving: list[str]) -> pd.DataFrame:
    """The rows of changes in force, in order of time."""
    kept = rows[rows["import_id"].isin(surviving)]
    return kept.sort_values("import_id", kind="stable", ignore_index=True)
