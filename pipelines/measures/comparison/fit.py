"""Least squares on factors and linear covariates, with patients as clusters.

The same estimates and sandwich standard errors as a fit on one matrix row a session
(statsmodels: `cov_type="cluster"`, `use_t=True`), from sums over cells. N counts rows and
K is the rank, so that a design with columns that say the same twice is no obstacle.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from pipelines.intervals import small_sample_factor, t_quantile, two_sided
from pipelines.measures.comparison.cells import Cells

NO_RANK = 1e-10
"""Share of the largest possible eigenvalue of unit-length columns that counts as none."""
NO_PART = 1e-6
"""Part in a direction that the data cannot see, up to which a coefficient is estimable."""


class Fit(NamedTuple):
    """One coefficient a wanted column; NaN where it cannot be estimated.

    `scores` holds a line a patient: what the patient adds to each estimate's error. Its
    cross-product times `factor` is the covariance of the estimates.
    """

    estimates: np.ndarray
    scores: np.ndarray
    factor: float
    n: int
    clusters: int
    rank: int

    @property
    def covariance(self) -> np.ndarray:
        return self.factor * (self.scores.T @ self.scores)

    @property
    def errors(self) -> np.ndarray:
        """Standard errors; NaN with one patient."""
        spread = np.sqrt(self.factor * np.einsum("ij,ij->j", self.scores, self.scores))
        return np.where(np.isnan(self.estimates), np.nan, spread)

    @property
    def half_width(self) -> np.ndarray:
        """Half of the 95% interval, by the t quantile with C-1 degrees of freedom."""
        return t_quantile(self.clusters - 1) * self.errors

    @property
    def p(self) -> np.ndarray:
        """p of no difference, two-sided."""
        return two_sided(self.estimates, self.errors, self.clusters - 1)


class Solved(NamedTuple):
    """The inverse of the normal matrix on all columns, and what the data cannot see.

    `root` times its transpose is the inverse.
    """

    inverse: np.ndarray
    root: np.ndarray
    unseen: np.ndarray
    rank: int


@dataclass(frozen=True)
class Design:
    """A solved fit, with all that its standard errors need.

    `asked` are the wanted columns, `estimable` which of them the data can tell, and
    `residual` what the fit leaves of each cell's outcome.
    """

    cells: Cells
    columns: "Columns"
    solved: Solved
    asked: np.ndarray
    estimable: np.ndarray
    coefficients: np.ndarray
    residual: np.ndarray

    @cached_property
    def shares(self) -> dict[int, np.ndarray]:
        """What a point more of outcome in a row of each cell adds to each that is estimable."""
        lines = {place: self.solved.inverse[self.asked[place]] for place in self.places}
        return {place: predictor(self.cells, self.columns, line) for place, line in lines.items()}

    @property
    def places(self) -> list[int]:
        """The places of the estimable among the wanted."""
        return np.flatnonzero(self.estimable).tolist()


def least_squares(cells: Cells, wanted: str, reference: int = 0) -> Fit:
    """The coefficients of one factor against its reference level, or of one linear covariate.

    Adjusted for every other factor and linear covariate of the cells.
    """
    return fit_of(design(cells, wanted, reference))


def design(cells: Cells, wanted: str, reference: int = 0) -> Design:
    """The solved fit that `least_squares` sums up."""
    cells = centred(cells)
    columns = Columns(cells)
    matrix = normal_matrix(cells, columns, cells.weight)
    solved = solve(matrix, columns.kept(matrix.diagonal(), {wanted: reference}))
    coefficients = solved.inverse @ cross_product(cells, columns, cells.weight * cells.outcome)
    asked = columns.of(wanted)
    estimable = (matrix.diagonal()[asked] > 0) & (solved.inverse[asked, asked] > 0)
    estimable &= (solved.unseen[asked] < NO_PART) & (cells.rows > solved.rank)
    residual = cells.outcome - predictor(cells, columns, coefficients)
    return Design(cells, columns, solved, asked, estimable, coefficients, residual)


def fit_of(solved: Design) -> Fit:
    """Estimates, and each patient's part in their errors."""
    cells, size = solved.cells, len(solved.asked)
    scores = np.zeros((cells.patient_count, size), order="F")
    for place, share in solved.shares.items():
        scores[:, place] = cells.patient_sums(share * solved.residual)
    clusters, rank = cells.clusters, solved.solved.rank
    return Fit(
        estimates=np.where(solved.estimable, solved.coefficients[solved.asked], np.nan),
        scores=scores,
        factor=small_sample_factor(clusters, cells.rows, rank),
        n=cells.rows,
        clusters=clusters,
        rank=rank,
    )


class Columns:
    """Where each term stands among the columns: the constant, the factors, the covariates."""

    def __init__(self, cells: Cells) -> None:
        ends = np.cumsum([1, *(cells.levels[name] for name in cells.codes)])
        self.factors = {
            name: slice(int(start), int(end))
            for name, start, end in zip(cells.codes, ends[:-1], ends[1:], strict=True)
        }
        self.linear = {name: int(ends[-1]) + place for place, name in enumerate(cells.linear)}
        self.size = int(ends[-1]) + len(cells.linear)

    def of(self, name: str) -> np.ndarray:
        """The columns of one factor, or the one of a linear covariate."""
        place = self.factors[name] if name in self.factors else self.linear[name]
        return np.atleast_1d(np.arange(self.size)[place])

    def kept(self, counts: np.ndarray, references: Mapping[str, int]) -> np.ndarray:
        """Which columns stay: of each factor all but its reference, else its commonest level."""
        kept = np.ones(self.size, dtype=bool)
        for name, place in self.factors.items():
            dropped = references.get(name, int(counts[place].argmax()))
            kept[place.start + dropped] = False
        return kept


def centred(cells: Cells) -> Cells:
    """Outcome and covariates about the whole number next to their mean.

    The coefficients but the constant stay; whole and half points stay exact.
    """
    linear = {name: _centred(values, cells.weight) for name, values in cells.linear.items()}
    return cells.valued(linear=linear, outcome=_centred(cells.outcome, cells.weight))


def _centred(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    return values - np.rint(np.einsum("i,i", values, weight) / max(weight.sum(), 1))


def normal_matrix(cells: Cells, columns: Columns, weight: np.ndarray) -> np.ndarray:
    """Weighted cross-products of all columns."""
    matrix = np.zeros((columns.size, columns.size))
    combined, places = cells.by_combination(weight), list(columns.factors.items())
    matrix[0, 0] = combined.sum()
    for number, (name, place) in enumerate(places):
        count = np.bincount(cells.codes[name], combined, minlength=cells.levels[name])
        matrix[0, place] = count
        matrix[place, place] = np.diag(count)
        for other, other_place in places[number + 1 :]:
            matrix[place, other_place] = _contingency(cells, name, other, combined)
    for name, column in columns.linear.items():
        matrix[:, column] = cross_product(cells, columns, weight * cells.linear[name])
    return np.triu(matrix) + np.triu(matrix, 1).T


def _contingency(cells: Cells, name: str, other: str, combined: np.ndarray) -> np.ndarray:
    height, width = cells.levels[name], cells.levels[other]
    pair = cells.codes[name] * width + cells.codes[other]
    return np.bincount(pair, combined, minlength=height * width).reshape(height, width)


def cross_product(cells: Cells, columns: Columns, values: np.ndarray) -> np.ndarray:
    """The sum over cells of each column times these values."""
    total, combined = np.zeros(columns.size), cells.by_combination(values)
    total[0] = combined.sum()
    for name, place in columns.factors.items():
        total[place] = np.bincount(cells.codes[name], combined, minlength=cells.levels[name])
    for name, column in columns.linear.items():
        # Not BLAS: its threads cost more than they save on one sum, on a busy server most of all.
        total[column] = np.einsum("i,i", cells.linear[name], values)
    return total


def predictor(cells: Cells, columns: Columns, coefficients: np.ndarray) -> np.ndarray:
    """The linear predictor of each cell."""
    combined = np.full(cells.combinations, coefficients[0])
    for name, codes in cells.codes.items():
        combined += coefficients[columns.factors[name]][codes]
    value = combined[cells.combination]
    for name, values in cells.linear.items():
        value += coefficients[columns.linear[name]] * values
    return value


def solve(matrix: np.ndarray, kept: np.ndarray) -> Solved:
    """The inverse over the kept columns, in the directions that the data can see."""
    part = matrix[np.ix_(kept, kept)]
    length = np.sqrt(part.diagonal())
    length = np.where(length > 0, length, 1.0)
    values, vectors = np.linalg.eigh(part / np.outer(length, length))
    seen = values > NO_RANK * len(values)
    root, unseen = np.zeros((len(matrix), int(seen.sum()))), np.zeros(len(matrix))
    root[kept] = vectors[:, seen] / np.sqrt(values[seen]) / length[:, None]
    unseen[kept] = np.linalg.norm(vectors[:, ~seen], axis=1)
    return Solved(root @ root.T, root, unseen, root.shape[1])
