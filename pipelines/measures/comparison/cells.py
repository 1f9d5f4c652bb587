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

    One entry a cell: the level of each factor, the linear covariates, the outcome, and the
    number of rows (0 where a cell is left out). `levels` and `names` tell how many levels a
    factor has and what they are called. `by_patient` has a line a patient, a column a cell,
    and one entry for each row.
    """

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

    def compact(self) -> "Cells":
        """The same without the cells, and the patients, that have no weight."""
        kept = self.weight > 0
        by_patient = self.by_patient[:, kept]
        return replace(
            self,
            codes={name: codes[kept] for name, codes in self.codes.items()},
            linear={name: values[kept] for name, values in self.linear.items()},
            outcome=self.outcome[kept],
            weight=self.weight[kept],
            by_patient=by_patient[np.diff(by_patient.indptr) > 0],
        )

    def counts(self, factor: str) -> np.ndarray:
        """The number of rows at each level."""
        return np.bincount(self.codes[factor], self.weight, self.levels[factor]).astype(np.int64)

    def patient_sums(self, values: np.ndarray) -> np.ndarray:
        """The sum of a value of cells (or of several, side by side) over each patient's rows."""
        counted = (self.weight > 0).astype(float)
        return self.by_patient @ (values * (counted if values.ndim == 1 else counted[:, None]))

    def patients_by(self, group: np.ndarray, size: int) -> np.ndarray:
        """The number of patients with a row in each group of cells; -1 is in none."""
        member = (group[:, None] == np.arange(size)).astype(float)
        return np.count_nonzero(self.patient_sums(member), axis=0)

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
    places = dict(zip(codes, np.unravel_index(present, tuple(sizes.values())), strict=True))
    level = {name: value[places[name]] for name, (_, value) in values.items()}
    return Cells(
        codes={name: places[name] for name in factors},
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
