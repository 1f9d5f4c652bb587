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
    told, pain = (table["verdict"] != words.TOO_FEW).to_numpy(), _of_pain(table)
    corrected, p = np.full(len(table), np.nan), table["careful_p"].to_numpy(dtype=float)
    for asked in (told & pain, told & ~pain):
        corrected[asked] = words.holm(p[asked])
    table = table.assign(careful_p_holm=corrected)
    differs, family = _differs(table), int((told & pain).sum())
    said = np.where(differs, words.DIFFERS, words.NO_DIFFERENCE)
    beside = {
        "standing": np.where(told, said, words.TOO_FEW).astype(object),
        "other": np.full(len(table), None, dtype=object),
        **{name: np.full(len(table), np.nan) for name in E_VALUES},
    }
    rows = {key: row for row, key in enumerate(_keys(table)) if pain[row]}
    for pair in pairs:
        row = rows[pair.key]
        figures = table.iloc[row][["difference", "careful_low", "careful_high"]].astype(float)
        beside["e_value"][row], beside["e_value_interval"][row] = pair.strength(*figures)
        other = disagreeing(figures.iloc[0], bool(differs[row]), ways[pair.key], family)
        if other:
            beside["standing"][row] = BUT_NOT_BY_EVERY.format(beside["standing"][row])
            beside["other"][row] = ", ".join(other)
    return table.assign(**beside)


def _of_pain(table: pd.DataFrame) -> np.ndarray:
    return (table["outcome"] == PAIN).to_numpy(dtype=bool)


def _keys(table: pd.DataFrame) -> list[Key]:
    return list(zip(*(table[name] for name in KEYS), strict=True))


def _differs(table: pd.DataFrame) -> np.ndarray:
    """Where the summary says so, and every p that holds with few patients does too."""
    sound = (table["verdict"] == words.DIFFERS) & (table["careful_p_holm"] < words.SIGNIFICANT)
    sound &= ~(table["bootstrap_p"].astype(float) >= words.SIGNIFICANT)
    sound, pain = sound.to_numpy(dtype=bool), _of_pain(table)
    keys, lasting = _keys(table), (table["horizon"] == LASTING).to_numpy()
    differing = {keys[row] for row in np.flatnonzero(sound & pain & lasting)}
    return sound & (pain | np.array([key in differing for key in keys], dtype=bool))
