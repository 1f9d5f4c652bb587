"""Patients as keyed hashes, so that no figure and no table can name one."""

import hmac
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.ingest.cells import Cells, categorical

LENGTH = 32
"""Hexadecimal digits kept of the hash: 128 bits, beyond any accidental meeting."""


@dataclass(frozen=True)
class PatientHash:
    """HMAC-SHA256 under the store's own key: one patient is one code, in this store only."""

    key: bytes

    def __call__(self, text: str) -> str:
        """The code of a patient number; upper and lower case are one."""
        return hmac.digest(self.key, text.upper().encode(), "sha256").hex()[:LENGTH]

    def of_numbers(self, cells: Cells) -> pd.Categorical:
        """The code of each row's patient number; blank is missing."""
        return categorical([word and self(word) for word in cells.words], cells.codes)

    def of_names(self, name: Cells, birth: Cells) -> tuple[pd.Categorical, np.ndarray]:
        """Codes of a name with a birth date, and the rows that lack either."""
        blank = name.blank() | birth.blank()
        pairs = name.codes.astype(np.int64) * len(birth.words) + birth.codes
        distinct, codes = np.unique(np.where(blank, -1, pairs), return_inverse=True)
        words = [
            None
            if pair < 0
            else self(
                f"{name.words[pair // len(birth.words)]}|{birth.words[pair % len(birth.words)]}"
            )
            for pair in distinct
        ]
        return categorical(words, codes), blank
