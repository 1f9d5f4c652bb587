"""What a page says of each difference of one question: stricter than the summary's verdict.

"differs" needs the summary's verdict, and a p that holds with few patients, by Holm over
everything asked together: each group at both horizons. So with no true difference a page says
"differs" of any of them at most one time in twenty. Responders are the same episodes looked
at in another way: they differ only where the lasting pain of that pair does.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.measures.comparison import verdict as words
from pipelines.measures.comparison.differences import PAIN
from pipelines.measures.comparison.frames import KEYS
from pipelines.measures.comparison.rows import LASTING
from pipelines.measures.comparison.sensitivity import disagreeing
from pipelines.measures.comparison.weighting import Estimate

if TYPE_CHECKING:
    from pipelines.measures.comparison.pair import Pair

BUT_NOT_BY_EVERY = "{}, but not by every method"

E_VALUES = ["e_value", "e_value_interval"]
Key = tuple[str, ...]
"""Feature, horizon, group and reference of a pair."""


def judged_together(
    table: pd.DataFrame, ways: Mapping[Key, Mapping[str, Estimate]], pairs: Sequence["Pair"]
) -> pd.DataFrame:
    """All differences of one question, with careful_p_holm, standing, other and E-values."""
    told, pain = table["verdict"] != words.TOO_FEW, table["outcome"] == PAIN
    for asked in (told & pain, told & ~pain):
        p = table.loc[asked, "careful_p"].to_numpy(dtype=float)
        table.loc[asked, "careful_p_holm"] = words.holm(p)
    differs, family = _differs(table), int((told & pain).sum())
    standing = np.where(differs, words.DIFFERS, words.NO_DIFFERENCE)
    table["standing"] = np.where(told, standing, words.TOO_FEW)
    for pair in pairs:
        same = np.logical_and.reduce([table[name] == value for name, value in pair.names.items()])
        row = int(np.flatnonzero(same & pain)[0])
        _beside_other_methods(table, row, bool(differs[row]), ways[pair.key], family)
        difference, low, high = table.loc[row, ["difference", "careful_low", "careful_high"]]
        table.loc[row, E_VALUES] = list(pair.strength(difference, low, high))
    return table


def _differs(table: pd.DataFrame) -> np.ndarray:
    """Where the summary says so, and every p that holds with few patients does too."""
    sound = (table["verdict"] == words.DIFFERS) & (table["careful_p_holm"] < words.SIGNIFICANT)
    sound &= ~(table["bootstrap_p"].astype(float) >= words.SIGNIFICANT)
    pain = sound & (table["outcome"] == PAIN) & (table["horizon"] == LASTING)
    lasting = {tuple(key) for key in table.loc[pain, list(KEYS)].to_numpy()}
    alike = np.array([tuple(key) in lasting for key in table[list(KEYS)].to_numpy()], dtype=bool)
    return (sound & ((table["outcome"] == PAIN) | alike)).to_numpy()


def _beside_other_methods(
    table: pd.DataFrame, row: int, differs: bool, ways: Mapping[str, Estimate], family: int
) -> None:
    other = disagreeing(float(table.loc[row, "difference"]), differs, ways, family)
    if other:
        table.loc[row, "standing"] = BUT_NOT_BY_EVERY.format(table.loc[row, "standing"])
        table.loc[row, "other"] = ", ".join(other)
