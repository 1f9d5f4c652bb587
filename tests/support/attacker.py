"""An attacker of releases: knows what went out and docs/publishing.md, not how it was hidden.

Everything published, of all releases, is written down as linear constraints on the counts in
every combination of half-year, condition, technique and chronicity. The narrowest range of a
hidden number is its least and its largest value over all that fits (linear programming, HiGHS).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

SUPPRESSED, ALL = "suppressed", "all"
CHAINS = (
    ("episodes", "eligible", "responders_30", "responders_50"),
    ("sessions", "recorded", "any_side_effect"),
)
"""Counts of which each is a part of the one before it."""
DIMENSIONS = ("condition", "technique", "chronicity")
LARGE = 1e6


class Number(NamedTuple):
    """A number of a row: a count, or what is left of `whole` without it."""

    release: str
    row: tuple[str, str, str, str]
    count: str
    whole: str | None = None


class Range(NamedTuple):
    """The least and the largest value that fits everything published."""

    least: float
    largest: float


@dataclass
class Attacker:
    """Reads the releases (their JSON, oldest first) and says how far it can narrow a number."""

    releases: Sequence[Mapping[str, Any]]
    fewest: int = 11
    _known: dict[str, "_System"] = field(default_factory=dict)

    def hidden(self) -> list[Number]:
        """Every suppressed count of every release's tables, each row once."""
        found = {}
        for release in self.releases:
            for row, cells in _rows(release):
                for count in (name for chain in CHAINS for name in chain):
                    if cells.get(count) == SUPPRESSED:
                        found[Number(release["release"], row, count)] = None
        return list(found)

    def range_of(self, number: Number) -> Range:
        """The narrowest range of a number."""
        system = self._system(number.count)
        weights = system.weights(self._release(number.release), number)
        return Range(system.least(weights), -system.least(-weights))

    def narrowed(self, numbers: Iterable[Number]) -> dict[Number, Range]:
        """The numbers whose range leaves out the fewest patients, or is shorter than 5.

        Where one clinic that fits was found, it also shows how far other numbers can be:
        only those not seen to be open are asked about one by one.
        """
        broken = {}
        for chain in CHAINS:
            mine = [number for number in numbers if number.count in chain]
            if mine:
                broken |= self._narrowed(mine)
        return broken

    def _narrowed(self, numbers: Sequence[Number]) -> dict[Number, Range]:
        system = self._system(numbers[0].count)
        weights = np.array([system.weights(self._release(n.release), n) for n in numbers])
        least, largest = np.full(len(numbers), np.inf), np.full(len(numbers), -np.inf)
        done = np.zeros(len(numbers), dtype=bool)
        for place in range(len(numbers)):
            if done[place]:
                continue
            for sign in (-1, 1):
                values = weights @ system.solution(sign * weights[place])
                least, largest = np.minimum(least, values), np.maximum(largest, values)
            done |= (largest >= self.fewest - 1e-6) & (largest - least >= 5 - 1e-6)
        return {
            number: Range(low, high)
            for number, low, high, fine in zip(numbers, least, largest, done, strict=True)
            if not fine
        }

    def _release(self, name: str) -> Mapping[str, Any]:
        return next(release for release in self.releases if release["release"] == name)

    def _system(self, count: str) -> "_System":
        chain = next(chain for chain in CHAINS if count in chain)
        if chain[0] not in self._known:
            self._known[chain[0]] = _System(self.releases, chain, self.fewest)
        return self._known[chain[0]]


class _System:
    """The constraints on one chain of counts."""

    def __init__(self, releases: Sequence[Mapping[str, Any]], chain: Sequence[str], fewest: int):
        self.chain, self.fewest = chain, fewest
        self.blocks = _blocks(releases)
        every = {block for blocks in self.blocks.values() for block in blocks.values()}
        values = [sorted(every), *(_values(releases, name) for name in DIMENSIONS)]
        self.atoms = np.array(
            [(f"{block[0]}@{block[1]}", *others) for block, *others in product(*values)],
            dtype=object,
        )
        rows, low, high = [], [], []
        for release in releases:
            for row, cells in _rows(release):
                for count in chain:
                    limits = self._limits(count, cells.get(count))
                    rows.append(self._inside(release, row, count))
                    low.append(limits[0])
                    high.append(limits[1])
        nested = [self._nested(place) for place in range(len(chain) - 1)]
        self.matrix = sparse.vstack([sparse.csr_matrix(np.array(rows)), *nested]).tocsr()
        more = self.matrix.shape[0] - len(low)
        self.low = np.append(low, np.zeros(more))
        self.high = np.append(high, np.full(more, np.inf))

    def _limits(self, count: str, shown: Any) -> tuple[float, float]:
        if shown == SUPPRESSED:
            return (1.0 if count == self.chain[0] else 0.0), np.inf
        if shown == 0:
            return 0.0, 0.0
        return max(self.fewest, shown - 2), shown + 2

    def weights(self, release: Mapping[str, Any], number: Number) -> np.ndarray:
        """What the number is a sum of."""
        own = self._inside(release, number.row, number.count)
        if number.whole is None:
            return own
        return self._inside(release, number.row, number.whole) - own

    def least(self, weights: np.ndarray) -> float:
        """The least value of a sum over everything that fits."""
        return float(weights @ self.solution(weights))

    def solution(self, weights: np.ndarray) -> np.ndarray:
        """The counts that fit, with the least sum."""
        found = milp(
            c=weights,
            constraints=LinearConstraint(self.matrix, self.low, self.high),
            bounds=Bounds(0, LARGE),
        )
        assert found.x is not None, "what was published contradicts itself"
        return found.x

    def _inside(
        self, release: Mapping[str, Any], row: tuple[str, str, str, str], count: str
    ) -> np.ndarray:
        period, *others = row
        blocks = [
            f"{half}@{edition}"
            for half, edition in self.blocks[release["release"]].values()
            if period in (ALL, half, half[:4])
        ]
        chosen = np.isin(self.atoms[:, 0].astype(str), blocks)
        for place, value in enumerate(others, 1):
            if value != ALL:
                chosen &= self.atoms[:, place] == value
        weights = np.zeros((len(self.chain), len(self.atoms)))
        weights[self.chain.index(count), chosen] = 1
        return weights.ravel()

    def _nested(self, place: int):
        """No combination has more of a count than of the one that it is a part of."""
        size = len(self.atoms)
        parts = [sparse.csr_matrix((size, size)) for _ in self.chain]
        parts[place] = sparse.identity(size)
        parts[place + 1] = -sparse.identity(size)
        return sparse.hstack(parts)


def _blocks(releases: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, tuple[str, str]]]:
    """By release and half-year, which release counted it last."""
    known: dict[str, tuple[str, str]] = {}
    by_release = {}
    for release in releases:
        for half in release["half_years"]:
            if half not in known or half in release["recounted"]:
                known[half] = (half, release["release"])
        by_release[release["release"]] = {half: known[half] for half in release["half_years"]}
    return by_release


def _values(releases: Sequence[Mapping[str, Any]], dimension: str) -> list[str]:
    return sorted(
        {
            row[dimension]
            for release in releases
            for table in release["tables"]
            if dimension in table["dimensions"]
            for row in table["rows"]
        }
        - {ALL}
    )


def _rows(release: Mapping[str, Any]) -> Iterable[tuple[tuple[str, str, str, str], Mapping]]:
    """Every row of every table once: period, condition, technique, chronicity, and its counts."""
    seen = set()
    for table in release["tables"]:
        for row in table["rows"]:
            period = row.get("year", row.get("half_year", ALL))
            cell = (period, *(row.get(name, ALL) for name in DIMENSIONS))
            if cell not in seen:
                seen.add(cell)
                yield cell, row
