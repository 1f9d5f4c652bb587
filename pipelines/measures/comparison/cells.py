"""Sessions or episodes gathered into the few cells that are alike in all a model knows.

Pain is on a short scale, so a million sessions are some thousands of cells with weights.
A fit works on these; only the sums of patients go back to the rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

OF_WEIGHT = ("rows", "clusters", "counted", "place")
"""What follows from the weight and the patients alone."""


@dataclass(frozen=True)
class Cells:
    """What a model is fitted to.

    One entry a cell: its combination of factors, the linear covariates, the outcome, and the
    number of rows (0 where a cell is left out). Cells that are alike in all but the outcome
    are one `point`. `codes` are the levels of the factors in each combination; `levels` and
    `names` tell how many levels a factor has and what they are called. `by_patient` has a
    line a patient, a column a cell, and one entry for each row.
    """

    combination: np.ndarray
    codes: Mapping[str, np.ndarray]
    levels: Mapping[str, int]
    names: Mapping[str, tuple[str, ...]]
    linear: Mapping[str, np.ndarray]
    outcome: np.ndarray
    weight: np.ndarray
    point: np.ndarray
    by_patient: "csr_array"

    @cached_property
    def rows(self) -> int:
        return int(self.weight.sum())

    @cached_property
    def clusters(self) -> int:
        """The number of patients with a row."""
        return int(np.count_nonzero(self.by_patient @ self.counted))

    @cached_property
    def counted(self) -> np.ndarray:
        """1 for a cell with weight, 0 for one without."""
        return (self.weight > 0).astype(float)

    @property
    def combinations(self) -> int:
        if not self.codes:
            return int(self.combination.max(initial=0)) + 1
        return len(next(iter(self.codes.values())))

    def level(self, factor: str) -> np.ndarray:
        """The level of a factor in each cell."""
        return self.codes[factor][self.combination]

    def by_combination(self, values: np.ndarray) -> np.ndarray:
        """The sum of a value of cells in each combination of factors."""
        return np.bincount(self.combination, values, minlength=self.combinations)

    @cached_property
    def points(self) -> "Cells":
        """The same without the outcome: one cell a point with weight, and no patients."""
        weight = np.bincount(self.point, self.weight)
        one = np.zeros(len(weight), dtype=np.int64)
        one[self.point] = np.arange(len(self.point))
        kept = np.flatnonzero(weight)
        one = one[kept]
        return replace(
            self,
            combination=self.combination[one],
            linear={name: values[one] for name, values in self.linear.items()},
            outcome=np.zeros(len(one)),
            weight=weight[kept],
            point=np.arange(len(one)),
            by_patient=self.by_patient[:0],
        )

    @cached_property
    def place(self) -> np.ndarray:
        """Which of `points` each cell belongs to; any, where it has no weight."""
        known = np.bincount(self.point, self.weight) > 0
        return np.maximum(np.cumsum(known) - 1, 0)[self.point]

    @property
    def of_row(self) -> np.ndarray:
        """The cell of each row, by patient, whether it has weight or not."""
        return self.by_patient.indices

    @property
    def patients(self) -> np.ndarray:
        """The patient of each row, as a whole number from 0."""
        return np.repeat(np.arange(self.patient_count), np.diff(self.by_patient.indptr))

    @property
    def patient_count(self) -> int:
        """Patients with a row, whether it has weight or not."""
        return self.by_patient.shape[0]

    def only(self, chosen: np.ndarray) -> "Cells":
        """The chosen cells; the others stay in place without weight."""
        return replace(self, weight=self.weight * chosen)

    def without(self, factor: str) -> "Cells":
        """The same cells, one factor not being looked at."""
        kept = {name: codes for name, codes in self.codes.items() if name != factor}
        return self.valued(codes=kept)

    def valued(self, **changes: Any) -> "Cells":
        """The same cells with the same weight, and other codes, covariates or outcome."""
        other = replace(self, **changes)
        known = {name: self.__dict__[name] for name in OF_WEIGHT if name in self.__dict__}
        other.__dict__.update(known)
        return other

    def crossed(self, factor: str, level: np.ndarray, names: tuple[str, ...]) -> "Cells":
        """With one more factor, whose level is known by cell and alike within a point."""
        size = len(names)
        codes = {name: np.repeat(codes, size) for name, codes in self.codes.items()}
        codes[factor] = np.tile(np.arange(size), self.combinations)
        return replace(
            self,
            combination=self.combination * size + level,
            codes=codes,
            levels={**self.levels, factor: size},
            names={**self.names, factor: names},
        )

    def compact(self) -> "Cells":
        """The same without the cells, and the patients, that have no weight."""
        kept = self.weight > 0
        by_patient = self.by_patient[:, kept]
        return replace(
            self,
            combination=self.combination[kept],
            linear={name: values[kept] for name, values in self.linear.items()},
            outcome=self.outcome[kept],
            weight=self.weight[kept],
            point=np.unique(self.point[kept], return_inverse=True)[1],
            by_patient=by_patient[np.diff(by_patient.indptr) > 0],
        )

    def counts(self, factor: str) -> np.ndarray:
        """The number of rows at each level."""
        weight = self.by_combination(self.weight)
        return np.bincount(self.codes[factor], weight, self.levels[factor]).astype(np.int64)

    def patient_sums(self, values: np.ndarray) -> np.ndarray:
        """The sum of a value of cells (or of several, side by side) over each patient's rows."""
        counted = self.counted if values.ndim == 1 else self.counted[:, None]
        return self.by_patient @ (values * counted)

    def patients_by(self, group: np.ndarray, size: int) -> np.ndarray:
        """The number of patients with a row in each group of cells; -1 is in none."""
        place = np.where((self.weight > 0) & (group >= 0), group, size)
        seen = np.zeros(self.patient_count * (size + 1), dtype=bool)
        seen[self.patients * (size + 1) + place[self.of_row]] = True
        return np.count_nonzero(seen.reshape(-1, size + 1), axis=0)[:size]
