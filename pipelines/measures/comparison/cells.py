"""Sessions or episodes gathered into the few cells that are alike in all a model knows.

Pain is on a short scale, so a million sessions are some thousands of cells with weights.
A fit works on these; only the sums of patients go back to the rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipelines.thresholds import thousandths

WIDEST = 8
"""Possible cells per row up to which a table of all of them is faster than a hash."""


@dataclass(frozen=True)
class Cells:
    """What a model is fitted to.

    One entry a cell: the level of each factor, the linear covariates, the outcome, and the
    number of rows (0 where a cell is left out). One entry a row: its cell and its patient.
    `levels` and `names` tell how many levels a factor has and what they are called.
    """

    codes: Mapping[str, np.ndarray]
    levels: Mapping[str, int]
    names: Mapping[str, tuple[str, ...]]
    linear: Mapping[str, np.ndarray]
    outcome: np.ndarray
    weight: np.ndarray
    of_row: np.ndarray
    patients: np.ndarray

    @property
    def rows(self) -> int:
        return int(self.weight.sum())

    def only(self, chosen: np.ndarray) -> "Cells":
        """The chosen cells; the others stay in place without weight."""
        return replace(self, weight=np.where(chosen, self.weight, 0))

    def without(self, factor: str) -> "Cells":
        """The same cells, one factor not being looked at."""
        kept = {name: codes for name, codes in self.codes.items() if name != factor}
        return replace(self, codes=kept)

    def compact(self) -> "Cells":
        """The same without the cells that have no weight, and patients numbered anew from 0."""
        kept = self.weight > 0
        rows = kept[self.of_row]
        return Cells(
            codes={name: codes[kept] for name, codes in self.codes.items()},
            levels=self.levels,
            names=self.names,
            linear={name: values[kept] for name, values in self.linear.items()},
            outcome=self.outcome[kept],
            weight=self.weight[kept],
            of_row=(np.cumsum(kept) - 1)[self.of_row[rows]],
            patients=pd.factorize(self.patients[rows])[0].astype(np.int64),
        )

    def counts(self, factor: str) -> np.ndarray:
        """The number of rows at each level."""
        return np.bincount(self.codes[factor], self.weight, self.levels[factor]).astype(np.int64)

    def patient_sums(self, values: np.ndarray) -> np.ndarray:
        """The sum of a value of cells over the rows of each patient."""
        counted = np.where(self.weight > 0, values, 0.0)
        return np.bincount(self.patients, counted[self.of_row], minlength=self.patient_count)

    @property
    def patient_count(self) -> int:
        """One more than the largest number of a patient."""
        return int(self.patients.max(initial=0)) + 1

    def clusters(self) -> int:
        """The number of patients with a row."""
        seen = np.zeros(self.patient_count, dtype=bool)
        seen[self.patients[(self.weight > 0)[self.of_row]]] = True
        return int(seen.sum())


def collapse(
    factors: Mapping[str, np.ndarray],
    names: Mapping[str, tuple[str, ...]],
    linear: Mapping[str, np.ndarray],
    outcome: np.ndarray,
    patients: np.ndarray,
) -> Cells:
    """The cells that occur among the rows.

    Factors are whole numbers from 0, each the place of its level among the names.
    Covariates and outcome count to three decimals.
    """
    values = {f"{name}*": distinct(column) for name, column in linear.items()}
    values |= {"outcome*": distinct(outcome)}
    codes = dict(factors) | {name: place for name, (place, _) in values.items()}
    sizes = {name: len(names[name]) for name in factors}
    sizes |= {name: max(len(value), 1) for name, (_, value) in values.items()}
    of_row, present = _present(codes, sizes)
    places = dict(zip(codes, np.unravel_index(present, tuple(sizes.values())), strict=True))
    level = {name: value[places[name]] for name, (_, value) in values.items()}
    return Cells(
        codes={name: places[name] for name in factors},
        levels={name: sizes[name] for name in factors},
        names={name: names[name] for name in factors},
        linear={name: level[f"{name}*"] for name in linear},
        outcome=level["outcome*"],
        weight=np.bincount(of_row, minlength=len(present)),
        of_row=of_row,
        patients=patients.astype(np.int64),
    )


def distinct(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The place of each value among the distinct ones, and these, in order."""
    steps = thousandths(values).astype(np.int64)
    least = int(steps.min()) if len(steps) else 0
    seen = np.zeros((int(np.ptp(steps)) if len(steps) else 0) + 1, dtype=bool)
    steps -= least
    seen[steps] = True
    return (np.cumsum(seen) - 1)[steps], (np.flatnonzero(seen) + least) / 1000


def _present(
    codes: Mapping[str, np.ndarray], sizes: Mapping[str, int]
) -> tuple[np.ndarray, np.ndarray]:
    """The cell of each row, and the number of each cell that occurs."""
    code = np.zeros(len(next(iter(codes.values()))), dtype=np.int64)
    for name, column in codes.items():
        code *= sizes[name]
        code += column
    width = int(np.prod(list(sizes.values()), dtype=np.int64))
    if width > WIDEST * len(code) + 1000:
        return pd.factorize(code)
    seen = np.zeros(width, dtype=bool)
    seen[code] = True
    return (np.cumsum(seen) - 1)[code], np.flatnonzero(seen)
