"""What is known of a file when its visits are looked up in the store."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.ingest.cells import texts
from pipelines.ingest.clean import Cleaned
from pipelines.ingest.columns import Columns
from pipelines.ingest.read import TextTable
from pipelines.vocabulary import load_vocabulary


@dataclass(frozen=True)
class File:
    """`sessions` are the good rows, one a visit; `said` the same with the clinic's words read.

    `keys`, `mended` and `insisted` have one value for every record: its own key, the entry in
    quarantine that it mends (else empty), and whether a person said that it is another visit.
    `replace`: blank cells erase.
    """

    sessions: pd.DataFrame
    said: pd.DataFrame
    keys: pd.Series
    cleaned: Cleaned
    columns: Columns
    mended: np.ndarray
    insisted: np.ndarray
    import_id: str
    table: TextTable
    replace: bool

    def tells_type(self) -> np.ndarray:
        """Sessions whose row says what type of visit it was; the others are taken as treatments."""
        position = self.columns.positions.get("visit_type")
        if position is None:
            return np.zeros(len(self.sessions), dtype=bool)
        words = texts(self.table.columns[position], load_vocabulary())
        return words.is_valid().to_numpy(zero_copy_only=False)[self.sessions.index]

    def records(self) -> pd.DataFrame:
        """Patient, day and own key of every record."""
        return self.cleaned.frame[["patient_id", "session_date"]].assign(session_key=self.keys)
