"""Proof that a secret stays open: a clinic that fits everything published and has more of it.

Whoever has read all releases can only say what holds in every clinic that fits them. One that
fits and has enough of a secret shows that it cannot be narrowed down; that the true clinic
fits as well shows the other end of the range. Linear programming (HiGHS) looks for one clinic
that serves as many secrets as it can.
"""

from collections.abc import Sequence

import numpy as np

from pipelines.publish.atoms import Atoms
from pipelines.publish.cube import PARENT
from pipelines.publish.groups import Group
from pipelines.publish.knowledge import MARGIN, SHORTEST, WITHIN, Knowledge, Secret

AT_ONCE = 12
"""Secrets that one clinic is to serve."""
FAR = 1e6
"""More of anything than a clinic has."""


class Proofs:
    """How far each secret has been seen to reach, over all clinics that were looked at.

    A clinic that fits when more is shown fits when less is: what was seen once holds.
    """

    def __init__(self, secrets: Sequence[Secret]) -> None:
        self.secrets = list(secrets)
        self.highest = np.array([secret.value for secret in secrets], dtype=float)
        self.lowest = self.highest.copy()

    def still_closed(self) -> np.ndarray:
        """Places of the secrets that no clinic seen so far shows to be open."""
        fewest = np.array([secret.fewest for secret in self.secrets])
        long_enough = self.highest - self.lowest >= SHORTEST + MARGIN / 2
        return np.flatnonzero((self.highest < fewest) | ~long_enough)

    def look(self, known: Knowledge, atoms: Atoms) -> list[Secret]:
        """Looks for a clinic for each closed secret; those for which none was found."""
        closed = self.still_closed()
        if not len(closed):
            return []
        problem = _Problem(known, atoms)
        forms = problem.forms(self.secrets)
        for some in _chunks(closed):
            self._see(forms, problem.clinic_with(forms[some], self._targets(some)))
        for direction in (-1, 1):
            tried = set()
            while left := [place for place in self.still_closed() if place not in tried]:
                tried.add(left[0])
                self._see(forms, problem.clinic(direction * forms[left[0]].toarray()[0]))
        return [self.secrets[place] for place in self.still_closed()]

    def _targets(self, some: np.ndarray) -> np.ndarray:
        return np.array([self.secrets[place].target for place in some], dtype=float)

    def _see(self, forms, clinic: np.ndarray | None) -> None:
        if clinic is not None:
            values = forms @ clinic
            self.highest = np.maximum(self.highest, values)
            self.lowest = np.minimum(self.lowest, values)


class _Problem:
    """Every clinic that fits: one variable a count and atom."""

    def __init__(self, known: Knowledge, atoms: Atoms) -> None:
        from scipy import sparse

        self.counts, self.atoms = list(known.counts), atoms
        self.size = len(atoms.table)
        self.members: dict[Group, np.ndarray] = {}
        rows, low, high = [], [], []
        for (group, count), highest in known.highest.items():
            lowest = known.lowest[(group, count)]
            if lowest > 0 or np.isfinite(highest):
                rows.append(self._columns(group, count))
                low.append(lowest)
                high.append(highest)
        known_rows = _matrix(rows, [np.ones(len(row)) for row in rows], self.width)
        nested = [self._nested(one, other) for one, other in WITHIN.items() if one in self.counts]
        self.rows = sparse.vstack([known_rows, *nested], format="csr")
        more = self.rows.shape[0] - len(low)
        self.low = np.concatenate([low, np.zeros(more)])
        self.high = np.concatenate([high, np.full(more, np.inf)])

    @property
    def width(self) -> int:
        return self.size * len(self.counts)

    def clinic(self, objective: np.ndarray) -> np.ndarray | None:
        """The clinic that fits and has least of the objective."""
        return _least(objective, self.rows, self.low, self.high, np.full(self.width, FAR))

    def clinic_with(self, forms, targets: np.ndarray) -> np.ndarray | None:
        """The clinic that fits and comes closest to several targets."""
        from scipy import sparse

        n = len(targets)
        rows = sparse.bmat([[self.rows, None], [forms, -sparse.identity(n)]], format="csr")
        low, high = np.append(self.low, np.zeros(n)), np.append(self.high, np.full(n, np.inf))
        most = np.append(np.full(self.width, FAR), targets)
        objective = np.append(np.zeros(self.width), -1 / targets)
        found = _least(objective, rows, low, high, most)
        return None if found is None else found[: self.width]

    def forms(self, secrets: Sequence[Secret]):
        """One row a secret: what it is a sum of."""
        columns, signs = [], []
        for secret in secrets:
            own = self._columns(secret.group, secret.count)
            if secret.rest:
                parent = self._columns(secret.group, PARENT[secret.count])
                columns.append(np.concatenate([parent, own]))
                signs.append(np.repeat([1.0, -1.0], [len(parent), len(own)]))
            else:
                columns.append(own)
                signs.append(np.ones(len(own)))
        return _matrix(columns, signs, self.width)

    def _columns(self, group: Group, count: str) -> np.ndarray:
        if group not in self.members:
            self.members[group] = np.flatnonzero(self.atoms.inside(group))
        return self.members[group] + self.counts.index(count) * self.size

    def _nested(self, one: str, other: str):
        """More of the other than of the one, in each atom."""
        from scipy import sparse

        places = np.arange(self.size)
        size = (self.size, self.width)
        more = sparse.csr_matrix(
            (np.ones(self.size), (places, places + self.counts.index(other) * self.size)), size
        )
        less = sparse.csr_matrix(
            (np.ones(self.size), (places, places + self.counts.index(one) * self.size)), size
        )
        return more - less


def _matrix(columns: Sequence[np.ndarray], values: Sequence[np.ndarray], width: int):
    """A sparse matrix of rows given by their columns and values."""
    from scipy import sparse

    starts = np.cumsum([0, *(len(row) for row in columns)])
    flat = np.concatenate([np.zeros(0, dtype=np.int64), *columns])
    return sparse.csr_matrix(
        (np.concatenate([np.zeros(0), *values]), flat, starts), shape=(len(columns), width)
    )


def _least(
    objective: np.ndarray, rows, low: np.ndarray, high: np.ndarray, most: np.ndarray
) -> np.ndarray | None:
    """Where the objective is least; None where the solver finds nothing."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    found = milp(c=objective, constraints=LinearConstraint(rows, low, high), bounds=Bounds(0, most))
    return found.x


def _chunks(places: np.ndarray) -> list[np.ndarray]:
    """A few at a time, from all over the list: neighbours compete for the same people."""
    number = -(-len(places) // AT_ONCE)
    return [places[start::number] for start in range(number)]
