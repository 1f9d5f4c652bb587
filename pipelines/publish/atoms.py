"""The smallest groups, which all published counts are sums of, and which of them may be filled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from pipelines.publish.contributions import DIMENSIONS
from pipelines.publish.cube import ALL
from pipelines.publish.groups import Counted, Group

MOST = 1500
"""Beyond so many, those in which nobody is known to us are left empty: a proof needs no more."""


@dataclass(frozen=True)
class Atoms:
    """One row a block, condition, technique and chronicity, with the true counts."""

    table: pd.DataFrame

    def __post_init__(self) -> None:
        names = ["block", *DIMENSIONS]
        codes = {name: pd.factorize(self.table[name]) for name in names}
        object.__setattr__(self, "_codes", codes)

    def inside(self, group: Group) -> np.ndarray:
        """Which atoms a group consists of."""
        chosen = self._is_one_of("block", group.blocks)
        for name, value in zip(DIMENSIONS, group[1:], strict=True):
            if value != ALL:
                chosen = chosen & self._is_one_of(name, (value,))
        return chosen

    def _is_one_of(self, name: str, values: Sequence) -> np.ndarray:
        codes, known = self._codes[name]
        wanted = np.array([one in values for one in known], dtype=bool)
        return wanted[codes]


def atoms_of(family: str, counts: Sequence[str], releases: Iterable[Counted]) -> Atoms:
    """The atoms of all releases in which somebody is, each block once."""
    parts, seen = [], set()
    for release in releases:
        rows = getattr(release.contributions, family)
        fresh = [half for half, edition in release.blocks.items() if (half, edition) not in seen]
        seen |= {(half, release.blocks[half]) for half in fresh}
        rows = rows[rows["half_year"].isin(fresh)]
        sums = rows.groupby(["half_year", *DIMENSIONS], sort=True)[list(counts)].sum()
        sums = sums[sums[counts[0]] > 0].reset_index()
        block = [(half, release.blocks[half]) for half in sums["half_year"]]
        parts.append(sums.assign(block=pd.Series(block, dtype=object)))
    return Atoms(pd.concat(parts, ignore_index=True).drop(columns="half_year"))


def with_empty_ones(atoms: Atoms, empty: Sequence[Group]) -> Atoms:
    """The same, and those with nobody in them that no published nought rules out."""
    table = atoms.table
    names = ["block", *DIMENSIONS]
    values = [sorted(set(table[name])) for name in names]
    every = pd.DataFrame(list(product(*values)), columns=names)
    merged = every.merge(table, on=names, how="left").fillna(0)
    whole = Atoms(merged)
    ruled_out = np.zeros(len(merged), dtype=bool)
    for group in empty:
        ruled_out |= whole.inside(group)
    kept = merged[~ruled_out].reset_index(drop=True)
    return Atoms(kept) if len(kept) <= MOST else atoms
