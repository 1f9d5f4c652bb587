"""Patient numbers that a spreadsheet has taken the leading zeros from, or another has given some.

Read as other patients, they would count the whole clinic a second time.
"""

import numpy as np
import pandas as pd

from pipelines.errors import FileRefused
from pipelines.ingest.again.patient_days import patient_days
from pipelines.ingest.cells import Cells, on_one_line
from pipelines.ingest.clean import Cleaned
from pipelines.ingest.columns import Columns
from pipelines.ingest.patients import PatientHash
from pipelines.ingest.read import TextTable
from pipelines.ingest.steps import Step
from pipelines.store import Store
from pipelines.tables import CATEGORY, DATE
from pipelines.vocabulary import load_vocabulary

FEWEST, HALF, LOOKED_AT, LONGEST = 3, 0.5, 300, 12
"""Patients that must match, the share of them, how many are tried, and digits of a number."""


def require_zeros_as_known(
    store: Store, table: TextTable, columns: Columns, cleaned: Cleaned
) -> None:
    """Raises FileRefused where most patients are unknown, yet known with other leading zeros.

    Only where their visits are known on the same days too; else they may be other patients, and
    a step says so.
    """
    position = columns.positions.get("patient_id")
    patients = cleaned.frame["patient_id"].cat.categories
    if position is None or not len(patients):
        return
    known = store.read(store.head(), "visits", {"patient_id": CATEGORY, "session_date": DATE})
    codes = known["patient_id"].cat.categories
    strangers = int((codes.get_indexer(patients) < 0).sum())
    if known.empty or strangers < HALF * len(patients):
        return
    cells = Cells.of(table.columns[position], position, load_vocabulary())
    meant = _meant(cells, PatientHash(store.key), set(codes))
    tried = min(LOOKED_AT, strangers)
    if len(meant) < max(FEWEST, HALF * tried):
        return
    if _same_days(cells, meant, cleaned, known) > HALF:
        raise FileRefused(
            "The patient numbers have other leading zeros than before (0007 and 7 are two"
            " patients): with their zeros they are known, on the same days. Import the export as"
            " it came, or set this column to text before saving it in a spreadsheet."
        )
    cleaned.findings.steps.append(
        Step(
            "patients",
            "most patients are taken as new",
            f"their numbers are unknown, though {len(meant):,} are known with other leading zeros:"
            " are they the same patients?",
        )
    )


def _meant(cells: Cells, patient_hash: PatientHash, known: set[str]) -> dict[int, str]:
    """For distinct texts that are no known patient, the known one of other leading zeros."""
    found: dict[int, str] = {}
    tried = 0
    for place, word in enumerate(cells.words):
        if tried == LOOKED_AT:
            break
        text = on_one_line(word or "")
        if not text.isdecimal() or patient_hash(text) in known:
            continue
        tried += 1
        bare = text.lstrip("0")
        others = {bare, *(bare.zfill(width) for width in range(len(bare) + 1, LONGEST + 1))}
        codes = sorted({patient_hash(other) for other in others - {"", text}} & known)
        if codes:
            found[place] = codes[0]
    return found


def _same_days(cells: Cells, meant: dict[int, str], cleaned: Cleaned, known: pd.DataFrame) -> float:
    """Share of their visits, of days up to the newest known one, that are known on that day."""
    codes = np.full(len(cells.words), -1)
    names = sorted(set(meant.values()))
    codes[list(meant)] = [names.index(code) for code in meant.values()]
    patients = pd.Categorical.from_codes(codes[cells.codes], pd.Index(names, dtype="str"))
    rows = pd.DataFrame({"patient_id": patients, "session_date": cleaned.frame["session_date"]})
    rows = rows.dropna()
    newest = known["session_date"].max()
    rows = rows[rows["session_date"].between(known["session_date"].min(), newest)]
    if rows.empty:
        return 0.0
    mine, theirs = patient_days(rows, known)
    return float(np.isin(mine, theirs).mean())
