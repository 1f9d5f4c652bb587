"""Groups of people that cells of all releases are about, and what is known of each from outside.

A half-year is counted once and then stays: a block is a half-year as one release counted it.
Two cells of the same blocks and the same values are the same group, in whatever table or
release they stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from pipelines.publish.contributions import Contributions
from pipelines.publish.cube import ALL, CELL, cells, values_of
from pipelines.publish.periods import year_of

Block = tuple[str, str]
"""A half-year, and the release that counted it."""


class Group(NamedTuple):
    """Everybody in some blocks with a condition, a technique and a chronicity, or any."""

    blocks: tuple[Block, ...]
    condition: str
    technique: str
    chronicity: str


@dataclass(frozen=True)
class Counted:
    """What one release counts: its blocks, what each patient adds, its cells."""

    blocks: Mapping[str, str]
    contributions: Contributions
    cells: pd.DataFrame

    @cached_property
    def by_group(self) -> dict[Group, list[int]]:
        """The places of the cells of each group."""
        places: dict[Group, list[int]] = {}
        for place, cell in enumerate(self.cells.index):
            places.setdefault(self.group(cell), []).append(place)
        return places

    @cached_property
    def values(self) -> dict[str, list[str]]:
        """The values of each dimension that occur."""
        return {name: values_of(self.contributions, name) for name in ("year", *CELL[1:])}

    def group(self, cell: tuple[str, ...]) -> Group:
        """The group that a cell of this release is about."""
        return group_of(self.blocks, cell)


def counted(blocks: Mapping[str, str], contributions: Contributions) -> Counted:
    """A release's cells, counted."""
    return Counted(blocks, contributions, cells(contributions))


def group_of(blocks: Mapping[str, str], cell: tuple[str, ...]) -> Group:
    """The group of a cell, where these half-years are published."""
    period = cell[0]
    chosen = [
        (half, edition) for half, edition in blocks.items() if period in (ALL, half, year_of(half))
    ]
    return Group(tuple(sorted(chosen)), *cell[1:])


def contains(wide: Group, narrow: Group) -> bool:
    """Whether everybody of the narrow group is in the wide one."""
    fits = all(one in (ALL, other) for one, other in zip(wide[1:], narrow[1:], strict=True))
    return fits and set(narrow.blocks) <= set(wide.blocks)


def overlap(one: Group, other: Group) -> bool:
    """Whether somebody can be in both."""
    pairs = zip(one[1:], other[1:], strict=True)
    fits = all(ALL in (first, second) or first == second for first, second in pairs)
    return fits and bool(set(one.blocks) & set(other.blocks))


def new_since(new: Counted, old: Counted) -> list[str] | None:
    """The half-years of one release that another lacks; None where it does not hold the rest."""
    if not old.blocks.items() <= new.blocks.items():
        return None
    return [half for half in new.blocks if half not in old.blocks]
