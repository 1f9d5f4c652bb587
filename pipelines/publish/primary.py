"""Which counts of which cells must be hidden for their own sake."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.publish.contributions import EPISODE_COUNTS, SESSION_COUNTS
from pipelines.publish.cube import ALL, BEHIND, COUNTS, PARENT, RATES, REST, SHARE
from pipelines.publish.disclosure import dominated, too_few
from pipelines.settings import Settings

MOST_HIDDEN = 0.5
"""A table of which more than this would be hidden is hidden whole."""


def hidden_for_itself(cells: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """One column a count: true where its patients are too few, its complement's are, or one
    patient holds too much of it. With a denominator all that is a share of it is hidden.

    Tables of which most would be hidden are hidden whole. Where only few were not eligible, or
    not recorded, the number of all is hidden and the share stays: a reader is after that.
    """
    hidden = pd.DataFrame(
        {
            name: too_few(cells[BEHIND + name], settings) | dominated(cells[SHARE + name])
            for name in COUNTS
        },
        index=cells.index,
    )
    for name, parent in PARENT.items():
        hidden[name if name in RATES else parent] |= too_few(cells[REST + name], settings)
    for counts, denominator in ((EPISODE_COUNTS, "eligible"), (SESSION_COUNTS, "recorded")):
        hidden = thin_tables_hidden(cells, hidden, counts, denominator)
    return with_shares(hidden)


def thin_tables_hidden(
    cells: pd.DataFrame, hidden: pd.DataFrame, counts: Sequence[str], denominator: str
) -> pd.DataFrame:
    """The same, and tables of two dimensions hidden but for their totals where most of their
    denominators are: the few numbers left would cost the totals instead.
    """
    result = hidden.copy()
    dimensions = (cells.index.to_frame(index=False) != ALL).to_numpy()
    for pair in np.unique(dimensions[dimensions.sum(axis=1) == 2], axis=0):
        inside = (dimensions == pair).all(axis=1)
        somebody = inside & (cells[counts[0]].to_numpy() > 0)
        if hidden.loc[somebody, denominator].mean() > MOST_HIDDEN:
            result.loc[somebody, list(counts)] = True
    return result


def with_shares(hidden: pd.DataFrame) -> pd.DataFrame:
    """The same, and what is a share of something hidden is hidden."""
    result = hidden.copy()
    for name, denominator in RATES.items():
        result[name] |= result[denominator]
    return result
