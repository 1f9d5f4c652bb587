"""Rows gathered into cells."""

from collections.abc import Mapping
from math import prod
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.measures.comparison.cells import Cells
from pipelines.thresholds import thousandths

if TYPE_CHECKING:
    from scipy.sparse import csr_array

WIDEST = 8
"""Possible cells per row up to which a table of all of them is faster than a hash."""


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
    columns = [distinct(values) for values in (*linear.values(), outcome)]
    sizes = [len(names[name]) for name in factors]
    lengths = [max(len(values), 1) for _, values in columns]
    places = [*factors.values(), *(place for place, _ in columns)]
    of_row, present = _present(places, [*sizes, *lengths])
    factor_part, value_part = np.divmod(present, prod(lengths))
    levels = zip(columns, np.unravel_index(value_part, lengths), strict=True)
    *covariates, score = [values[place] for (_, values), place in levels]
    combination, combinations = pd.factorize(factor_part)
    return Cells(
        combination=combination,
        codes=dict(zip(factors, np.unravel_index(combinations, sizes), strict=True)),
        levels=dict(zip(factors, sizes, strict=True)),
        names={name: names[name] for name in factors},
        linear=dict(zip(linear, covariates, strict=True)),
        outcome=score,
        weight=np.bincount(of_row, minlength=len(present)).astype(float),
        point=pd.factorize(present // lengths[-1])[0],
        by_patient=_by_patient(of_row, patients, len(present)),
    )


def distinct(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The place of each value among the distinct ones, and these, in order."""
    steps = thousandths(values).astype(np.int32)
    least = int(steps.min()) if len(steps) else 0
    steps -= least
    seen = np.zeros(int(steps.max(initial=0)) + 1, dtype=bool)
    seen[steps] = True
    found = np.flatnonzero(seen)
    return _places(found, len(seen))[steps], (found + least) / 1000


def _present(codes: list[np.ndarray], sizes: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """The cell of each row, and the number of each cell that occurs."""
    width = prod(sizes)
    code = np.zeros(len(codes[0]), dtype=np.int32 if width < 2**31 else np.int64)
    for column, size in zip(codes, sizes, strict=True):
        code *= size
        np.add(code, column, out=code, casting="unsafe")
    if width > WIDEST * len(code) + 1000:
        of_row, present = pd.factorize(code)
        return of_row, present.astype(np.int64)
    seen = np.zeros(width, dtype=bool)
    seen[code] = True
    present = np.flatnonzero(seen)
    return _places(present, width)[code], present


def _places(present: np.ndarray, width: int) -> np.ndarray:
    """Where each number that occurs stands among those that do."""
    places = np.zeros(width, dtype=np.int32)
    places[present] = np.arange(len(present), dtype=np.int32)
    return places


def _by_patient(of_row: np.ndarray, patients: np.ndarray, cells: int) -> "csr_array":
    from scipy.sparse import csr_array

    if len(patients) and (np.diff(patients) < 0).any():
        order = np.argsort(patients, kind="stable")
        of_row, patients = of_row[order], patients[order]
    count = np.bincount(patients)
    ends = np.concatenate([[0], np.cumsum(count[count > 0])]).astype(np.int32)
    whole = (np.ones(len(of_row)), of_row.astype(np.int32, copy=False), ends)
    return csr_array(whole, shape=(len(ends) - 1, cells))
