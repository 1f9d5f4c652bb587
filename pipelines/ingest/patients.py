"""Patients as keyed hashes, so that no figure and no table can name one."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.ingest.cells import Cells, categorical
from pipelines.vocabulary import normalised

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
        """The code of each row's patient number, single-spaced; blank is missing."""
        words = [word and self(" ".join(word.split())) for word in cells.words]
        return categorical(words, cells.codes)

    def of_names(
        self, names: Sequence[Cells], birth: Cells, born: Sequence[str | None]
    ) -> tuple[pd.Categorical, np.ndarray]:
        """Codes of names with birth dates, and the rows that lack either.

        `born` is the birth date by its distinct text. A name may stand in several columns; its
        words count in any order and spelling of case, so that "Smith, Ann" is Ann Smith.
        """
        codes = np.stack([cells.codes for cells in (*names, birth)])
        distinct, places = np.unique(codes, axis=1, return_inverse=True)
        people = [
            _person([cells.words[code] for cells, code in zip(names, row[:-1], strict=True)],
                    born[row[-1]])
            for row in distinct.T
        ]  # fmt: skip
        blank = np.array([person is None for person in people])
        return categorical([person and self(person) for person in people], places), blank[places]


def _person(names: Sequence[str | None], born: str | None) -> str | None:
    words = {word for name in names if name for word in normalised(name).split()}
    return f"{' '.join(sorted(words))}|{born}" if words and born else None
