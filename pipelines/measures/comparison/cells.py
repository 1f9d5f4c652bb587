"""Sessions or episodes gathered into the few cells that are alike in all a model knows.

Pain is on a short scale, so a million sessions are some thousands of cells with weights.
A fit works on these; only the sums of patients go back to the rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.thresholds import thousandths

if TYPE_CHECKING:
    from scipy.sparse import csr_array

WIDEST = 8
"""Possible cells per row up to which a table of all of them is faster than a hash."""


@dataclass(frozen=True)
class Cells:
    """What a model is fitted to.

    One entry a cell: its combination of factors, the linear covariates, the outcome, and the
    number of rows (0 where a cell is left out). `codes` are the levels of the factors in each
    combination; `levels` and `names` tell how many levels a factor has and what they are
    called. `by_patient` has a line a patient, a column a cell, and one entry for each row.
    """

    combination: np.ndarray
    codes: Mapping[str, np.ndarray]
    levels: Mapping[str, int]
    names: Mapping[str, tuple[str, ...]]
    linear: Mapping[str, np.ndarray]
    outcome: np.ndarray
    weight: np.ndarray
    by_patient: "csr_array"

    @property
    def rows(self) -> int:
        return int(self.weight.sum())

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
        return replace(self, weight=np.where(chosen, self.weight, 0))

    def without(self, factor: str) -> "Cells":
        """The same cells, one factor not being looked at."""
        kept = {name: codes for name, codes in self.codes.items() if name != factor}
        return replace(self, codes=kept)

    def crossed(self, factor: str, level: np.ndarray, names: tuple[str, ...]) -> "Cells":
        """With one more factor, whose level is known by cell."""
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
            by_patient=by_patient[np.diff(by_patient.indptr) > 0],
        )

    def counts(self, factor: str) -> np.ndarray:
        """The number of rows at each level."""
        weight = self.by_combination(self.weight)
        return np.bincount(self.codes[factor], weight, self.levels[factor]).astype(np.int64)

    def patient_sums(self, values: np.ndarray) -> np.ndarray:
        """The sum of a value of cells (or of several, side by side) over each patient's rows."""
        counted = (self.weight > 0).astype(float)
        return self.by_patient @ (values * (counted if values.ndim == 1 else counted[:, None]))

    def patients_by(self, group: np.ndarray, size: int) -> np.ndarray:
        """The number of patients with a row in each group of cells; -1 is in none."""
        place = np.where((self.weight > 0) & (group >= 0), group, size)
        seen = np.zeros(self.patient_count * (size + 1), dtype=bool)
        seen[self.patients * (size + 1) + place[self.of_row]] = True
        return np.count_nonzero(seen.reshape(-1, size + 1), axis=0)[:size]

    def clusters(self) -> int:
        """The number of patients with a row."""
        return int(np.count_nonzero(self.patient_sums(np.ones(len(self.weight)))))


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
    sizes_of_values = tuple(sizes[name] for name in values)
    factor_part, value_part = np.divmod(present, int(np.prod(sizes_of_values, dtype=np.int64)))
    places = dict(zip(values, np.unravel_index(value_part, sizes_of_values), strict=True))
    level = {name: value[places[name]] for name, (_, value) in values.items()}
    combination, combinations = pd.factorize(factor_part)
    sizes_of_factors = tuple(sizes[name] for name in factors)
    return Cells(
        combination=combination,
        codes=dict(zip(factors, np.unravel_index(combinations, sizes_of_factors), strict=True)),
        levels={name: sizes[name] for name in factors},
        names={name: names[name] for name in factors},
        linear={name: level[f"{name}*"] for name in linear},
        outcome=level["outcome*"],
        weight=np.bincount(of_row, minlength=len(present)),
        by_patient=_by_patient(of_row, patients, len(present)),
    )


def _by_patient(of_row: np.ndarray, patients: np.ndarray, cells: int) -> "csr_array":
    from scipy.sparse import csr_array

    if len(patients) and (np.diff(patients) < 0).any():
        order = np.argsort(patients, kind="stable")
        of_row, patients = of_row[order], patients[order]
    count = np.bincount(patients)
    ends = np.cumsum(count[count > 0])
    whole = (np.ones(len(of_row)), of_row, np.concatenate([[0], ends]))
    return csr_array(whole, shape=(len(ends), cells))


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
