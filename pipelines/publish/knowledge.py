"""What everybody may know who has read every release: ranges of counts, and what must stay hidden.

One family of counts at a time: those of episodes or those of sessions, which add up over
half-years, conditions, techniques and chronicities.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from pipelines.publish.contributions import EPISODE_COUNTS, SESSION_COUNTS
from pipelines.publish.cube import BEHIND, PARENT, REST, SHARE
from pipelines.publish.disclosure import BASE, cell_size, dominated, rounded, too_few
from pipelines.publish.groups import Counted, Group, group_of
from pipelines.settings import Settings

FAMILIES = {"episodes": EPISODE_COUNTS, "sessions": SESSION_COUNTS}
MARGIN = 1
"""So that rounding in a solver never makes the difference."""
SHORTEST = 5
"""A hidden number has to be open over a range of at least this length."""


@dataclass(frozen=True)
class Secret:
    """A number of a group that must stay open: a count, or a denominator less the count."""

    group: Group
    count: str
    rest: bool
    value: int
    target: int
    fewest: int


@dataclass
class Knowledge:
    """Ranges of one family's counts by group, and the secrets among them."""

    family: str
    lowest: dict[tuple[Group, str], float] = field(default_factory=dict)
    highest: dict[tuple[Group, str], float] = field(default_factory=dict)
    secrets: dict[tuple[Group, str, bool], Secret] = field(default_factory=dict)

    @property
    def counts(self) -> Sequence[str]:
        return FAMILIES[self.family]

    def learn(self, group: Group, count: str, low: float, high: float) -> None:
        """A range that holds as well as what is known already."""
        key = (group, count)
        self.lowest[key] = max(low, self.lowest.get(key, 0))
        self.highest[key] = min(high, self.highest.get(key, np.inf))

    def copy(self) -> "Knowledge":
        """The same, to be added to."""
        return Knowledge(self.family, dict(self.lowest), dict(self.highest), self.secrets)

    def empty_groups(self) -> list[Group]:
        """Groups that are known to have nobody."""
        root = self.counts[0]
        return [group for (group, name), most in self.highest.items() if name == root and not most]

    def is_open(self, group: Group, count: str) -> bool:
        """Whether nobody has published this number."""
        return np.isinf(self.highest.get((group, count), np.inf))


def published_range(value: int, settings: Settings) -> tuple[float, float]:
    """What a published count says: nobody, or what rounds to it and is not too few."""
    if value == 0:
        return 0, 0
    shown, half = int(rounded(value)), BASE // 2
    return max(cell_size(settings), shown - half), shown + half


def learn_release(
    known: Knowledge, release: Counted, hidden: pd.DataFrame, settings: Settings
) -> None:
    """Adds what a release tells, with these counts hidden."""
    for count in known.counts:
        values, closed = release.cells[count].to_numpy(), hidden[count].to_numpy()
        for cell, value, is_hidden in zip(release.cells.index, values, closed, strict=True):
            group = release.group(cell)
            if is_hidden:
                known.learn(group, count, float(count not in PARENT), np.inf)
            else:
                known.learn(group, count, *published_range(int(value), settings))


def keep_secret(
    known: Knowledge, table: pd.DataFrame, blocks: Mapping[str, str], settings: Settings
) -> None:
    """Adds every number of these cells that stands for too few patients, or for one above all."""
    size = cell_size(settings)
    for count in known.counts:
        values = table[count].to_numpy()
        own = too_few(table[BEHIND + count], settings) | dominated(table[SHARE + count])
        _add(known, table, blocks, count, False, values, own, size)
        if count in PARENT:
            rest = table[PARENT[count]].to_numpy() - values
            few = too_few(table[REST + count], settings)
            _add(known, table, blocks, count, True, rest, few, size)


def _add(
    known: Knowledge,
    table: pd.DataFrame,
    blocks: Mapping[str, str],
    count: str,
    rest: bool,
    values: np.ndarray,
    chosen: np.ndarray,
    size: int,
) -> None:
    for place in np.flatnonzero(chosen):
        group, value = group_of(blocks, table.index[place]), int(values[place])
        target = max(size, value + SHORTEST) + MARGIN
        known.secrets.setdefault(
            (group, count, rest), Secret(group, count, rest, value, target, size)
        )
