"""Proof that a secret stays open: a clinic that fits everything published and has more of it.

Whoever has read all releases can only say what holds in every clinic that fits them. One that
fits and has enough of a secret shows that it cannot be narrowed down; that the true clinic
fits as well shows the other end of the range. Linear programming (HiGHS) looks for clinics,
and each is held against every secret.
"""

from collections.abc import Sequence

import numpy as np

from pipelines.publish.atoms import Atoms
from pipelines.publish.cube import PARENT
from pipelines.publish.groups import Group
from pipelines.publish.knowledge import MARGIN, SHORTEST, Knowledge, Secret

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
        self.fewest = np.array([secret.fewest for secret in secrets], dtype=float)
        self.targets = np.array([secret.target for secret in secrets], dtype=float)

    def still_closed(self) -> np.ndarray:
        """Places of the secrets that no clinic seen so far shows to be open."""
        long_enough = self.highest - self.lowest >= SHORTEST + MARGIN / 2
        return np.flatnonzero((self.highest < self.fewest) | ~long_enough)

    def look(self, known: Knowledge, atoms: Atoms) -> list[Secret]:
        """Looks for a clinic for each closed secret; those for which none was found."""
        closed = self.still_closed()
        if not len(closed):
            return []
        problem = _Problem(known, atoms)
        forms = problem.forms(self.secrets)
        for some in _chunks(closed):
            still = np.intersect1d(some, self.still_closed())
            if len(still):
                self._see(forms, problem.clinic_with(forms[still], self.targets[still]))
        for direction in (-1, 1):
            for place in self.still_closed():
                if place in self.still_closed():
                    objective = direction * forms[[place]].toarray()[0]
                    self._see(forms, problem.clinic(objective))
        return [self.secrets[place] for place in self.still_closed()]

    def _see(self, forms, clinic: np.ndarray | None) -> None:
        if clinic is not None:
            values = forms @ clinic
            self.highest = np.maximum(self.highest, values)
            self.lowest = np.minimum(self.lowest, values)


class _Problem:
    """Every clinic that fits: one variable an atom and step of the family's chain of counts.

    A step is what belongs to one count and not to the next: a count is the sum of the steps
    from its own on, so that no count can be larger than what it is a part of.
    """

    def __init__(self, known: Knowledge, atoms: Atoms) -> None:
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
        self.rows = _matrix(rows, self.width)
        self.low, self.high = np.array(low), np.array(high)

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
        return _matrix([self._sum(secret) for secret in secrets], self.width)

    def _sum(self, secret: Secret) -> np.ndarray:
        if not secret.rest:
            return self._columns(secret.group, secret.count)
        return self._columns(secret.group, PARENT[secret.count], secret.count)

    def _columns(self, group: Group, count: str, until: str | None = None) -> np.ndarray:
        """The variables that make up a count of a group, or a count less a later one."""
        if group not in self.members:
            self.members[group] = np.flatnonzero(self.atoms.inside(group))
        last = self.counts.index(until) if until else len(self.counts)
        steps = np.arange(self.counts.index(count), last) * self.size
        return (self.members[group][None, :] + steps[:, None]).ravel()


def _matrix(columns: Sequence[np.ndarray], width: int):
    """A sparse matrix of rows of ones, each given by its columns."""
    from scipy import sparse

    starts = np.cumsum([0, *(len(row) for row in columns)])
    flat = np.concatenate([np.zeros(0, dtype=np.int64), *columns])
    return sparse.csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(columns), width))


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
