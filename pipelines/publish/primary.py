"""Which counts of which cells must be hidden for their own sake."""

import pandas as pd

from pipelines.publish.cube import BEHIND, COUNTS, PARENT, RATES, REST, SHARE
from pipelines.publish.disclosure import dominated, too_few
from pipelines.settings import Settings


def hidden_for_itself(cells: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """One column a count: true where its patients are too few, its complement's are, or one
    patient holds too much of it. With a denominator all that is a share of it is hidden.

    Where only few were not eligible, or not recorded, the number of all is hidden and the
    share stays: it is what a reader is after.
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
    return with_shares(hidden)


def with_shares(hidden: pd.DataFrame) -> pd.DataFrame:
    """The same, and what is a share of something hidden is hidden."""
    result = hidden.copy()
    for name, denominator in RATES.items():
        result[name] |= result[denominator]
    return result
