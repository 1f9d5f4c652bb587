"""Least squares on factors and linear covariates, with patients as clusters.

The same estimates and sandwich standard errors as a fit on one matrix row a session
(statsmodels: `cov_type="cluster"`, `use_t=True`), from sums over cells. N counts rows and
K is the rank, so that a design with columns that say the same twice is no obstacle.
"""

from typing import NamedTuple

import numpy as np

from pipelines.intervals import small_sample_factor, t_quantile, two_sided
from pipelines.measures.comparison.cells import Cells, Rows

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
    """The inverse of the normal matrix on all columns, and what the data cannot see."""

    inverse: np.ndarray
    unseen: np.ndarray
    rank: int


def least_squares(rows: Rows, wanted: str, reference: int = 0) -> Fit:
    """The coefficients of one factor against its reference level, or of one linear covariate.

    Adjusted for every other factor and linear covariate of the rows.
    """
    columns = Columns(rows.cells, list(rows.linear))
    linear = {name: centred(values) for name, values in rows.linear.items()}
    outcome = centred(rows.outcome)
    weights = rows.cells.total()
    matrix = normal_matrix(rows.cells, columns, weights, linear)
    kept = columns.kept(matrix.diagonal(), {wanted: reference})
    solved = solve(matrix, kept)
    right = cross_product(rows.cells, columns, outcome, linear)
    return _fitted(rows, columns, linear, outcome, solved, solved.inverse @ right, wanted)


class Columns:
    """Where each term stands among the columns: the constant, the factors, the covariates."""

    def __init__(self, cells: Cells, linear: list[str]) -> None:
        ends = np.cumsum([1, *(cells.levels[name] for name in cells.codes)])
        self.factors = {
            name: slice(int(start), int(end))
            for name, start, end in zip(cells.codes, ends[:-1], ends[1:], strict=True)
        }
        self.linear = {name: int(ends[-1]) + place for place, name in enumerate(linear)}
        self.size = int(ends[-1]) + len(linear)

    def of(self, name: str) -> np.ndarray:
        """The columns of one factor, or the one of a linear covariate."""
        place = self.factors.get(name, self.linear.get(name))
        return np.atleast_1d(np.arange(self.size)[place])

    def kept(self, counts: np.ndarray, references: dict[str, int]) -> np.ndarray:
        """Which columns stay: of each factor all but its reference, else its commonest level."""
        kept = np.ones(self.size, dtype=bool)
        for name, place in self.factors.items():
            dropped = references.get(name, int(counts[place].argmax()))
            kept[place.start + dropped] = False
        return kept

    def in_cells(self, cells: Cells, coefficients: np.ndarray) -> np.ndarray:
        """The constant and the factors' part of a linear predictor, by cell."""
        parts = [coefficients[self.factors[name]][codes] for name, codes in cells.codes.items()]
        return sum(parts, np.full(cells.size, coefficients[0]))


def centred(values: np.ndarray) -> np.ndarray:
    """Values about the whole number next to their mean: whole and half points stay exact."""
    return values - np.rint(values.mean()) if len(values) else values


def normal_matrix(
    cells: Cells,
    columns: Columns,
    weights: np.ndarray,
    linear: dict[str, np.ndarray],
    row_weights: np.ndarray | None = None,
) -> np.ndarray:
    """Cross-products of all columns. `weights` are sums of row weights (else rows) by cell."""
    matrix = np.zeros((columns.size, columns.size))
    places = list(columns.factors.items())
    matrix[0, 0] = weights.sum()
    for number, (name, place) in enumerate(places):
        codes, levels = cells.codes[name], cells.levels[name]
        count = np.bincount(codes, weights, minlength=levels)
        matrix[0, place] = count
        matrix[place, place] = np.diag(count)
        for other, other_place in places[number + 1 :]:
            width = cells.levels[other]
            pair = np.bincount(codes * width + cells.codes[other], weights, levels * width)
            matrix[place, other_place] = pair.reshape(levels, width)
    for name, column in columns.linear.items():
        weighted = linear[name] if row_weights is None else linear[name] * row_weights
        matrix[:, column] = cross_product(cells, columns, weighted, linear)
    return np.triu(matrix) + np.triu(matrix, 1).T


def cross_product(
    cells: Cells, columns: Columns, values: np.ndarray, linear: dict[str, np.ndarray]
) -> np.ndarray:
    """The sum of each column times these values of the rows."""
    total, by_cell = np.zeros(columns.size), cells.total(values)
    total[0] = by_cell.sum()
    for name, place in columns.factors.items():
        total[place] = np.bincount(cells.codes[name], by_cell, minlength=cells.levels[name])
    for name, column in columns.linear.items():
        total[column] = linear[name] @ values
    return total


def solve(matrix: np.ndarray, kept: np.ndarray) -> Solved:
    """The inverse over the kept columns, in the directions that the data can see."""
    part = matrix[np.ix_(kept, kept)]
    length = np.sqrt(part.diagonal())
    length = np.where(length > 0, length, 1.0)
    values, vectors = np.linalg.eigh(part / np.outer(length, length))
    seen = values > NO_RANK * len(values)
    inverse, unseen = np.zeros_like(matrix), np.zeros(len(matrix))
    scaled = vectors[:, seen] / np.sqrt(values[seen]) / length[:, None]
    inverse[np.ix_(kept, kept)] = scaled @ scaled.T
    unseen[kept] = np.linalg.norm(vectors[:, ~seen], axis=1)
    return Solved(inverse, unseen, int(seen.sum()))


def _fitted(
    rows: Rows,
    columns: Columns,
    linear: dict[str, np.ndarray],
    outcome: np.ndarray,
    solved: Solved,
    coefficients: np.ndarray,
    wanted: str,
) -> Fit:
    residual = outcome - predictor(rows.cells, columns, coefficients, linear)
    asked = columns.of(wanted)
    estimable = solved.inverse[asked, asked] > 0
    estimable &= (solved.unseen[asked] < NO_PART) & (len(rows) > solved.rank)
    patients = int(rows.patients.max(initial=0)) + 1
    scores = np.zeros((patients, len(asked)))
    for place in np.flatnonzero(estimable):
        share = predictor(rows.cells, columns, solved.inverse[asked[place]], linear)
        scores[:, place] = np.bincount(rows.patients, share * residual, patients)
    clusters = int(np.count_nonzero(np.bincount(rows.patients)))
    estimates = np.where(estimable, coefficients[asked], np.nan)
    factor = small_sample_factor(clusters, len(rows), solved.rank)
    return Fit(estimates, scores, factor, len(rows), clusters, solved.rank)


def predictor(
    cells: Cells, columns: Columns, coefficients: np.ndarray, linear: dict[str, np.ndarray]
) -> np.ndarray:
    """The linear predictor of each row."""
    value = columns.in_cells(cells, coefficients)[cells.of_row]
    for name, column in columns.linear.items():
        if coefficients[column] != 0:
            value += coefficients[column] * linear[name]
    return value
