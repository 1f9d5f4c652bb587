"""A file read and judged, before anything is compared with the store."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from pipelines.errors import FileRefused
from pipelines.ingest import quarantine
from pipelines.ingest.again import require_zeros_as_known
from pipelines.ingest.clean import Cleaned, clean
from pipelines.ingest.columns import Columns, likeness, understand
from pipelines.ingest.keys import session_keys
from pipelines.ingest.mappings import match
from pipelines.ingest.patients import PatientHash
from pipelines.ingest.questions import Mapping
from pipelines.ingest.read import TextTable, read_table
from pipelines.ingest.reading.part import Part
from pipelines.ingest.rules import sentence
from pipelines.ingest.validate import mark_impossible_rows
from pipelines.store import Store
from pipelines.vocabulary import load_vocabulary


@dataclass(frozen=True)
class Understood:
    """Its records as text, what its columns say, its typed rows, and the key of each."""

    table: TextTable
    columns: Columns
    cleaned: Cleaned
    keys: pd.Series
    mended: np.ndarray


def understood(
    store: Store,
    part: Part,
    given: Mapping,
    today: date | None,
    step: Callable[[str], None],
) -> Understood:
    """The file as `given` settles it; raises FileRefused where it cannot be right or is open.

    `today` is not yet the future; `step` is told what is under way.
    """
    vocabulary = load_vocabulary()
    step("read")
    table = read_table(part, lambda cells: likeness(cells, vocabulary))
    part.forget()
    step("columns")
    mended = quarantine.references(table)
    columns = understand(table, vocabulary, *what_is_settled(store, table, given, mended))
    step("clean")
    cleaned = clean(
        table,
        columns,
        vocabulary,
        store.settings,
        PatientHash(store.key),
        columns.settled,
        today,
    )
    _require_a_visit(cleaned)
    step("validate")
    mark_impossible_rows(cleaned, columns)
    require_zeros_as_known(store, table, columns, cleaned)
    keys = session_keys(cleaned)
    return Understood(table, columns, cleaned, keys, mended)


def what_is_settled(
    store: Store, table: TextTable, given: Mapping, mended: np.ndarray
) -> tuple[Mapping, tuple[str, Mapping] | None]:
    """What is known of a file before it is understood: as given, and by a saved mapping.

    A file of mended rows is read as the file that they came from.
    """
    if mended.any():
        before = quarantine.reading_of(mended, store.quarantine())
        given = given.over(before.as_mapping(table.layout.header))
    saved = match(store, table.layout.header)
    return given, (saved.name, saved.mapping) if saved else None


def _require_a_visit(cleaned: Cleaned) -> None:
    """Raises FileRefused for a list in which nothing took place, such as bookings to come."""
    if (cleaned.skipped.reason >= 0).all():
        what = ", ".join(
            f"{number:,} {sentence('skip', name)}"
            for name, number in cleaned.skipped.counts().items()
        )
        raise FileRefused(
            f"There is no visit in the file ({what}). Export a period in which there were sessions."
        )
