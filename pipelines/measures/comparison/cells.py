"""Rows gathered into the few distinct cells of their factors.

Everything that a fit needs of the factors is a sum over rows of one cell, so no matrix
with a line a row is ever made. Linear covariates and the patients stay with the rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

WIDEST = 8
"""Possible cells per row up to which a table of all of them is faster than a hash."""


@dataclass(frozen=True)
class Cells:
    """The cell of each row; the level of each factor in each cell; how many levels there are."""

    of_row: np.ndarray
    codes: Mapping[str, np.ndarray]
    levels: Mapping[str, int]

    @property
    def size(self) -> int:
        return len(next(iter(self.codes.values())))

    def total(self, values: np.ndarray | None = None) -> np.ndarray:
        """The sum of the values of each cell's rows; their number without values."""
        return np.bincount(self.of_row, values, minlength=self.size)


@dataclass(frozen=True)
class Rows:
    """What a model is fitted to, one entry a session or episode.

    `linear` are covariates that enter as they are, each without a missing value.
    """

    outcome: np.ndarray
    patients: np.ndarray
    cells: Cells
    linear: Mapping[str, np.ndarray]

    def __len__(self) -> int:
        return len(self.outcome)

    def only(self, chosen: np.ndarray) -> "Rows":
        """The chosen rows; the cells stay, some of them without a row."""
        return Rows(
            outcome=self.outcome[chosen],
            patients=self.patients[chosen],
            cells=replace(self.cells, of_row=self.cells.of_row[chosen]),
            linear={name: values[chosen] for name, values in self.linear.items()},
        )

    def without(self, factor: str) -> "Rows":
        """The same rows with one factor fewer."""
        codes = {name: codes for name, codes in self.cells.codes.items() if name != factor}
        return replace(self, cells=replace(self.cells, codes=codes))

    def level(self, factor: str) -> np.ndarray:
        """The level of a factor at each row."""
        return self.cells.codes[factor][self.cells.of_row]


def collapse(factors: Mapping[str, np.ndarray], levels: Mapping[str, int]) -> Cells:
    """The cells that occur, from whole numbers from 0 for each factor.

    `levels` tells how many a factor has where that is more than occur.
    """
    occurring = {name: int(codes.max(initial=0)) + 1 for name, codes in factors.items()}
    levels = occurring | {name: count for name, count in levels.items() if name in factors}
    code = np.zeros(len(next(iter(factors.values()))), dtype=np.int64)
    for name, codes in factors.items():
        code *= levels[name]
        code += codes
    of_row, present = _present(code, int(np.prod(list(levels.values()), dtype=np.int64)))
    places = np.unravel_index(present, tuple(levels.values()))
    return Cells(of_row, dict(zip(factors, places, strict=True)), levels)


def _present(code: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """The place of each code among those that occur, and these."""
    if width > WIDEST * len(code) + 1000:
        return pd.factorize(code)
    seen = np.zeros(width, dtype=bool)
    seen[code] = True
    return (np.cumsum(seen) - 1)[code], np.flatnonzero(seen)
