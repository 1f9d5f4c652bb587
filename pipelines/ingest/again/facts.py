"""What rows of a file and known visits say, as numbers that can be compared."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.frames import stack
from pipelines.store.merge import CONTENT, told
from pipelines.tables import NUMBER, SESSION

IDENTITY = ("clinic", "session_time", "therapist", "condition", "technique")
"""What two visits of one patient on one day differ in; a blank differs from nothing."""
NOT_COMPARED = (
    "patient_id", "session_date", "visit_type", "flags", "condition_term", "age",
)  # fmt: skip
"""Follow from other columns, stand for what is not told, or differ by the day of an export."""
COMPARED = tuple(name for name in CONTENT if name not in NOT_COMPARED)


@dataclass(frozen=True)
class Facts:
    """One row a visit and one column a fact, equal numbers for equal facts, NaN for a blank.

    `incoming` and `known` are aligned: a number means the same in both.
    """

    incoming: np.ndarray
    known: np.ndarray

    def differ(self, row: np.ndarray, visit: np.ndarray) -> np.ndarray:
        """One row a pair, one column a fact: both tell it, and not the same."""
        one, other = self.incoming[row], self.known[visit]
        return ~np.isnan(one) & ~np.isnan(other) & (one != other)

    def equal(self, row: np.ndarray, visit: np.ndarray) -> np.ndarray:
        """Pairs that say the same in every fact, blanks included."""
        one, other = self.incoming[row], self.known[visit]
        return ((one == other) | (np.isnan(one) & np.isnan(other))).all(axis=1)


def facts(incoming: pd.DataFrame, known: pd.DataFrame) -> Facts:
    """The compared facts of both frames, in the order of COMPARED."""
    both = stack([incoming, known], SESSION)
    values = np.column_stack([_numbers(both[name]) for name in COMPARED])
    return Facts(values[: len(incoming)], values[len(incoming) :])


def _numbers(column: pd.Series) -> np.ndarray:
    if SESSION[str(column.name)] == NUMBER:
        return column.to_numpy(dtype=float)
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy().astype(float)
    else:
        codes = column.astype("float64").to_numpy(dtype=float, na_value=np.nan)
    return np.where(told(column), codes, np.nan)


def places(names: tuple[str, ...]) -> list[int]:
    """Where these facts stand among the compared ones."""
    return [COMPARED.index(name) for name in names]
