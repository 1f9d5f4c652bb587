"""Which earlier imports came from the system that a file comes from."""

import json
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from pipelines.store import Store
from pipelines.store.ledger import IMPORT, Head
from pipelines.vocabulary import normalised

ALIKE = 0.6
"""Share of all headers that two exports of one system have in common: columns are added and
removed. A survey and a practice system share little more than patient and date."""
ANSWERED_AT = {
    "timestamp", "zeitstempel", "start time", "completion time", "startzeit", "recorded date",
    "end date", "start date", "submitted", "submitted at", "date submitted", "horodateur",
    "marca temporal", "tijdstempel",
}  # fmt: skip
"""Headers under which a form notes when it was answered, which is no time of a visit."""


@dataclass(frozen=True)
class Source:
    """The headers of a file, as far as they tell one system from another."""

    headers: frozenset[str]
    answered: bool  # its times of day are those of an answer

    @classmethod
    def of(cls, mapping: dict[str, str | None]) -> "Source":
        """The source that a file with this mapping comes from."""
        names = {normalised(header): column for header, column in mapping.items()}
        names = {name: column for name, column in names.items() if name not in ("", "reason")}
        columns = names.values()
        answered = any(names.get(name) == "session_date" for name in ANSWERED_AT)
        return cls(frozenset(names), answered and "session_time" not in columns)

    def is_like(self, other: "Source") -> bool:
        """Whether both are exports of one system."""
        together = len(self.headers | other.headers)
        return together == 0 or len(self.headers & other.headers) >= ALIKE * together


class Sources:
    """The imports in force, by whether their files came from the system of a new one."""

    def __init__(self, store: Store, head: Head, new: Source) -> None:
        self.store, self.head, self.new = store, head, new
        surviving = set(head.surviving())
        imports = head.events[(head.events["event"] == IMPORT)]
        self._imports = imports[imports["import_id"].isin(surviving)]
        reports = map(json.loads, self._imports["report"])
        self._sources = {
            name: Source.of(report["mapping"])
            for name, report in zip(self._imports["import_id"], reports, strict=True)
        }

    @cached_property
    def same(self) -> set[str]:
        """Imports from the same system."""
        return {name for name, source in self._sources.items() if source.is_like(self.new)}

    @cached_property
    def answered(self) -> set[str]:
        """Imports whose times of day are those of an answer."""
        return {name for name, source in self._sources.items() if source.answered}

    def held(self, keys: pd.Series) -> np.ndarray:
        """Which of these visits some import from the same system held."""
        if len(self.same) == len(self._sources):
            return np.ones(len(keys), dtype=bool)
        if not self.same:
            return np.zeros(len(keys), dtype=bool)
        return self._keys_of_the_same.get_indexer(keys) >= 0

    def held_with(self, mended: np.ndarray, keys: pd.Series) -> np.ndarray:
        """Which visits the files held that these entries in quarantine come from.

        A row is none of the visits that stood beside it.
        """
        waiting = self.store.quarantine()
        files = set(waiting.loc[waiting["entry"].isin(mended), "import_id"])
        return self._keys_of(files).get_indexer(keys) >= 0

    @cached_property
    def _keys_of_the_same(self) -> pd.Index:
        return self._keys_of(self.same)

    def _keys_of(self, imports: set[str]) -> pd.Index:
        kinds = {name: self.store.followed["confirmed"].kinds[name] for name in KEYS}
        rows = [self.store.read(self.head, table, kinds) for table in ("sessions", "confirmed")]
        kept = [part.loc[part["import_id"].isin(imports), "session_key"] for part in rows]
        return pd.Index(pd.concat(kept)).unique()

    def told(self, import_id: str) -> tuple[str, str]:
        """The file of an import and the day it came in, as 3 May 2025."""
        event = self._imports[self._imports["import_id"] == import_id].iloc[0]
        day = pd.Timestamp(event["at"])
        return event["file"], f"{day.day} {day:%B %Y}"


KEYS = ("import_id", "session_key")
