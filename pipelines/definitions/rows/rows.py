"""What a figure looked at: rows, which of them count, and why others are left out."""

import hashlib
from typing import NamedTuple

import numpy as np
import pandas as pd

LENGTH = 10
"""Hexadecimal digits of a pseudonym: two of 100,000 patients share one in 1 of 200 clinics."""


class Rows(NamedTuple):
    """Rows with what identifies and what decides them.

    `left_out` are the rows out of the denominator, by reason; `counted` those in the
    numerator, None where every row that is not left out is; `value` what a mean is of.
    """

    frame: pd.DataFrame
    left_out: dict[str, np.ndarray]
    counted: np.ndarray | None = None
    value: np.ndarray | None = None

    @property
    def aside(self) -> np.ndarray:
        """Whether each row is left out for any reason."""
        none = np.zeros(len(self.frame), dtype=bool)
        return np.logical_or.reduce([none, *self.left_out.values()])


def pseudonyms(patients: pd.Series) -> pd.Series:
    """A short name for each patient, the same in every list, that is no code of the store.

    It is a digest of the stored code, itself a keyed hash: from a list that went out nobody
    comes to the code by which the store joins visits, nor to the export's patient.
    """
    codes = patients.cat.codes.to_numpy()
    names = np.full(len(patients.cat.categories) + 1, "", dtype=object)
    for code in np.unique(codes[codes >= 0]):
        digest = hashlib.sha256(str(patients.cat.categories[code]).encode()).hexdigest()
        names[code] = digest[:LENGTH]
    return pd.Series(names[codes], index=patients.index, dtype="str")
