"""Records that cannot be right: kept with their text and reason, mended, imported again."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.formulas import as_text
from pipelines.ingest.cells import one_line
from pipelines.ingest.clean import Cleaned
from pipelines.ingest.columns import Columns, place_of
from pipelines.ingest.questions import Mapping
from pipelines.ingest.read import TextTable
from pipelines.ingest.rules import reason_in_words

REFERENCE = re.compile(r"\[entry ([0-9a-f]{16})\]")
ANOTHER_VISIT = re.compile(r"^\W*another visit\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """What was judged over the whole file: a mended row alone could be read otherwise."""

    date_order: str | None = None
    hundred: bool | str | None = None  # a column's name: its scores alone are out of 100
    columns: tuple[tuple[str, str | None], ...] = ()

    @classmethod
    def of(cls, text: str) -> "Reading":
        """The reading as an entry holds it."""
        known = json.loads(text)
        return cls(**known | {"columns": tuple(map(tuple, known.get("columns", ())))})

    def as_mapping(self, header: Sequence[str]) -> Mapping:
        """How to read a file with these headers so again."""
        there = {h: c for h, c in self.columns if place_of(h, tuple(header)) is not None}
        return Mapping(there, self.date_order, self.hundred)


def entries(
    table: TextTable,
    columns: Columns,
    cleaned: Cleaned,
    keys: pd.Series,
    file: str,
    import_id: str,
) -> pd.DataFrame:
    """One entry for each record in quarantine, with the columns of the store's table."""
    findings = cleaned.findings
    rows = np.flatnonzero((findings.reason > 0) & (cleaned.skipped.reason < 0))
    own = [n for n in range(len(columns.header)) if n != columns.positions.get("reason")]
    header = [columns.header[n] for n in own]
    reading = json.dumps(
        {
            "date_order": cleaned.date_order,
            "hundred": cleaned.hundred,
            "columns": [pair for pair in columns.understood().items() if pair[1] != "reason"],
        }
    )
    found = []
    for row in rows:
        cells = table.cells(int(row))
        kept = [cells[n] for n in own if n < len(cells)] + cells[len(columns.header) :]
        position, reason = findings.position[row], findings.reasons[findings.reason[row]]
        found.append(
            {
                "entry": _entry_id(header, kept),
                "import_id": import_id,
                "file": file,
                "line": int(table.lines[row]),
                "session_key": keys[row] if pd.notna(keys[row]) else "",
                "reason": reason,
                "sentence": _sentence(reason, columns, cells, int(position))
                + (f": {findings.details[row]}" if row in findings.details else ""),
                "header": json.dumps(header),
                "cells": json.dumps(kept),
                "delimiter": table.layout.delimiter,
                "reading": reading,
            }
        )
    return pd.DataFrame(found, columns=ENTRY)


ENTRY = (
    "entry", "import_id", "file", "line", "session_key", "reason", "sentence", "header", "cells",
    "delimiter", "reading",
)  # fmt: skip


def _entry_id(header: Sequence[str], cells: Sequence[str]) -> str:
    """The same record of the same table is the same entry, however often it is imported."""
    return hashlib.sha256(json.dumps([header, cells]).encode()).hexdigest()[:16]


def _sentence(reason: str, columns: Columns, cells: Sequence[str], position: int) -> str:
    told = 0 <= position < min(len(cells), len(columns.header))
    column = one_line(columns.header[position]) if told else None
    return reason_in_words(reason, column, cells[position].strip() if told else "")


def references(table: TextTable) -> np.ndarray:
    """The entry that each row mends, by the reference in its `reason`; empty text for none."""
    position = place_of("reason", table.layout.header)
    if position is None:
        return np.full(len(table), "", dtype=object)
    found = map(REFERENCE.search, table.columns[position].to_pylist())
    return np.array([match[1] if match else "" for match in found], dtype=object)


def insisted(table: TextTable, columns: Columns) -> np.ndarray:
    """Rows in whose `reason` a person wrote that it is another visit than a known one."""
    position = columns.positions.get("reason")
    if position is None:
        return np.zeros(len(table), dtype=bool)
    said = [ANOTHER_VISIT.search(text) for text in table.columns[position].to_pylist()]
    return np.array([match is not None for match in said], dtype=bool)


def reading_of(mended: np.ndarray, waiting: pd.DataFrame) -> Reading:
    """How the file that the mended rows came from was read, where they all agree."""
    known = waiting[waiting["entry"].isin(set(mended) - {""})]
    readings = {Reading.of(text) for text in known["reading"]}
    return readings.pop() if len(readings) == 1 else Reading()


def closed(
    waiting: pd.DataFrame, mended: np.ndarray, keys: pd.Series, again: pd.Series
) -> pd.Series:
    """The waiting entries that this import settles: by reference, or by their visit's key.

    `again` are the entries of the import itself, which go on waiting.
    """
    known = pc.is_in(pa.array(waiting["session_key"]), value_set=pa.array(keys))
    settled = waiting["entry"].isin(set(mended)) | known.to_numpy(zero_copy_only=False)
    return waiting.loc[settled & ~waiting["entry"].isin(set(again)), "entry"]


def tables_to_mend(waiting: pd.DataFrame) -> list[tuple[str, bytes]]:
    """For each header among the entries, a file name and a CSV: own columns, then `reason`."""
    found = []
    for (header, delimiter), rows in waiting.groupby(["header", "delimiter"], sort=False):
        text = io.StringIO()
        writer = csv.writer(text, delimiter=str(delimiter), lineterminator="\r\n")
        names = json.loads(str(header))
        writer.writerow([*map(as_text, names), "reason"])
        for row in rows.itertuples():
            cells = json.loads(row.cells)
            cells = (cells + [""] * len(names))[: max(len(names), len(cells))]
            writer.writerow(map(as_text, [*cells, f"{row.sentence} [entry {row.entry}]"]))
        found.append((str(rows["file"].iloc[0]), text.getvalue().encode("utf-8-sig")))
    return found
