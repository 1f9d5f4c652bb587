"""What must be hidden because an older release has shown the same cell for less time, or otherwise.

Subtracting the older number from the newer leaves those who came between. They may be nobody,
or enough patients, or the two rounded numbers must leave open how many they are.
"""

import numpy as np
import pandas as pd

from pipelines.publish.contributions import KEYS, VISITS, Contributions
from pipelines.publish.cube import (
    BEHIND,
    CELL,
    COUNTS,
    PARENT,
    PATIENTS,
    RATES,
    REST,
    TABLES,
    cell_index,
    cells,
    keys_of,
)
from pipelines.publish.disclosure import cell_size, too_few
from pipelines.publish.groups import Counted, new_since
from pipelines.publish.knowledge import MARGIN, SHORTEST, published_range
from pipelines.settings import Settings


def hidden_between(
    new: Counted, old: Counted, old_hidden: pd.DataFrame, settings: Settings
) -> pd.DataFrame:
    """One column a count, one row a cell of the newer release: what subtraction would tell."""
    halves = new_since(new, old)
    if halves is None:
        few = too_few(changed_patients(old.contributions, new.contributions), settings)
        hidden = pd.DataFrame(few, index=new.cells.index, columns=COUNTS)
    elif not halves:
        hidden = pd.DataFrame(False, index=new.cells.index, columns=COUNTS)
    else:
        added = cells(new.contributions.of_half_years(halves)).reindex(new.cells.index).fillna(0)
        hidden = pd.DataFrame(
            {name: _told(name, new, old, added, settings) for name in COUNTS},
            index=new.cells.index,
        )
    shown_before = ~old_hidden.reindex(new.cells.index).fillna(True).astype(bool)
    return hidden & shown_before


def _told(
    name: str, new: Counted, old: Counted, added: pd.DataFrame, settings: Settings
) -> np.ndarray:
    """Where what was added is too small and the two ranges say so."""
    few = too_few(added[BEHIND + name], settings)
    if name in RATES:
        few |= too_few(added[REST + name], settings)
    if name == PATIENTS or name in RATES:
        return few
    before = old.cells[name].reindex(new.cells.index).fillna(0)
    for place in np.flatnonzero(few):
        highest = published_range(int(new.cells[name].iloc[place]), settings)[1]
        lowest = published_range(int(before.iloc[place]), settings)[0]
        target = max(cell_size(settings), int(added[name].iloc[place]) + SHORTEST) + MARGIN
        few[place] = highest - lowest < target
    return few


def changed_patients(old: Contributions, new: Contributions) -> pd.DataFrame:
    """By cell and count, how many patients add another number to it than they did before."""
    index = cells(new).index
    changed = pd.DataFrame(0, index=index, columns=COUNTS)
    for before, after in ((old.episodes, new.episodes), (old.sessions, new.sessions)):
        names = [name for name in before if name not in KEYS]
        for dimensions in TABLES:
            first, second = (_by_patient(rows, dimensions, names) for rows in (before, after))
            every = first.index.union(second.index)
            differ = first.reindex(every, fill_value=0) != second.reindex(every, fill_value=0)
            count = differ.groupby(level=CELL, sort=False).sum().reindex(index).fillna(0)
            for name in names:
                column = PATIENTS if name == VISITS and after is new.sessions else name
                if column in changed:
                    changed[column] += count[name].astype(int)
    for name, parent in PARENT.items():
        if name in RATES:
            changed[name] = np.maximum(changed[name], changed[parent])
    return changed


def _by_patient(rows: pd.DataFrame, dimensions: tuple, names: list[str]) -> pd.DataFrame:
    """The sums of each patient in each cell of a table; whoever adds nothing is left out."""
    named = cell_index(keys_of(rows, dimensions)).to_frame(index=False)
    keys = [named[name].to_numpy() for name in CELL]
    sums = rows[names].groupby([*keys, rows["patient"].to_numpy()], sort=False).sum()
    sums.index.names = [*CELL, "patient"]
    return sums
