"""Errors and p values that can be trusted with few patients, or few that tell.

The sandwich of `fit` is too small where some patients weigh much in a difference, and the
number of patients then overstates what is known. Bell and McCaffrey (Surv Methodol 2002)
correct both: each patient's residuals are scaled up by what the fit took of them (CR2), and
Satterthwaite's degrees of freedom say how well the error is known. Pustejovsky and Tipton
(J Bus Econ Stat 2018) carry it over to fits with many factors, by generalised inverses.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipelines.intervals import t_quantile, two_sided
from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.fit import Columns, Design, Fit, fit_of

MOST_PATIENTS = 5_000
"""Patients up to which each one's residuals are scaled: with more, hardly one weighs much."""
NO_LEFT = 1e-8
"""Part of a patient's residuals left by the fit that counts as none."""


class Careful(NamedTuple):
    """One entry a wanted column: the estimate, its standard error and degrees of freedom."""

    estimates: np.ndarray
    errors: np.ndarray
    degrees: np.ndarray

    @property
    def half_width(self) -> np.ndarray:
        """Half of the 95% interval."""
        return t_quantile(self.degrees) * self.errors

    @property
    def p(self) -> np.ndarray:
        """p of no difference, two-sided."""
        return two_sided(self.estimates, self.errors, self.degrees)


class _Parts(NamedTuple):
    """Sums over patients, one entry a wanted column."""

    squares: np.ndarray  # of the scores
    trace: np.ndarray
    trace_of_square: np.ndarray


def careful(solved: Design, fit: Fit | None = None) -> Careful:
    """Errors and degrees of freedom of a fit; NaN where a column cannot be estimated.

    With more than 5,000 patients the sandwich stays as it is, and Satterthwaite's degrees
    of freedom leave out what the fit took of each patient (they are then as many patients as
    carry the difference).
    """
    fit = fit or fit_of(solved)
    if fit.clusters <= 1 or np.isnan(fit.factor):
        nothing = np.full(len(solved.asked), np.nan)
        return Careful(fit.estimates, nothing, nothing)
    few = fit.clusters <= MOST_PATIENTS
    parts = _scaled(solved) if few else _plain(solved, fit.scores)
    factor = 1.0 if few else fit.factor
    with np.errstate(divide="ignore", invalid="ignore"):
        degrees = np.minimum(parts.trace**2 / parts.trace_of_square, fit.clusters - 1)
        errors = np.sqrt(factor * parts.squares)
    known = ~np.isnan(fit.estimates)
    return Careful(fit.estimates, *(np.where(known, one, np.nan) for one in (errors, degrees)))


def _plain(solved: Design, scores: np.ndarray) -> _Parts:
    """Without scaling: what each patient weighs in each difference is all that counts."""
    parts = _Parts(*np.zeros((3, len(solved.asked))))
    for place, share in solved.shares.items():
        weighs, own = solved.cells.patient_sums(share**2), scores[:, place]
        parts.squares[place] = np.einsum("i,i", own, own)
        parts.trace[place] = weighs.sum()
        parts.trace_of_square[place] = np.einsum("i,i", weighs, weighs)
    return parts


def _scaled(solved: Design) -> _Parts:
    places = solved.places
    size, rank = len(solved.asked), solved.solved.rank
    squares, trace, fourth = np.zeros(size), np.zeros(size), np.zeros(size)
    taken = np.zeros((size, rank, rank))
    for part in scaled_patients(solved, places):
        own = np.einsum("pjj->pj", part.own)
        seen = np.einsum("pjr,pjr->pj", part.through, part.through)
        squares[places] += (part.scores**2).sum(axis=0)
        trace[places] += (own - seen).sum(axis=0)
        fourth[places] += (own**2 - 2 * own * seen).sum(axis=0)
        taken[places] += np.einsum("pjr,pjs->jrs", part.through, part.through)
    return _Parts(squares, trace, fourth + (taken**2).sum(axis=(1, 2)))


class ScaledPatients(NamedTuple):
    """Some patients, one line each, and the wanted coefficients at some places.

    `scores` is what the patient adds to each one's error. Were all rows independent, with
    variance 1, the products of scores of patients i and k would be expected to be `own` of i
    where they are the same, less through[i] times through[k] transposed.
    """

    scores: np.ndarray
    own: np.ndarray
    through: np.ndarray


def scaled_patients(solved: Design, places: Sequence[int]) -> Iterator[ScaledPatients]:
    """Every patient with a row, those with equally many rows together."""
    if len(places) == 0:
        return
    root = _root_of_cells(solved.cells, solved.columns, solved.solved.root)
    share = np.stack([solved.shares[place] for place in places], axis=1)
    for rows in patients_of_one_size(solved.cells):
        weighed = _rescaled(root[rows], share[rows])
        yield ScaledPatients(
            scores=np.einsum("pnj,pn->pj", weighed, solved.residual[rows]),
            own=weighed.transpose(0, 2, 1) @ weighed,
            through=weighed.transpose(0, 2, 1) @ root[rows],
        )


def _rescaled(z: np.ndarray, share: np.ndarray) -> np.ndarray:
    """The shares of patients with equally many rows, times (I - H) to the power -1/2."""
    left = np.eye(z.shape[1]) - z @ z.transpose(0, 2, 1)
    values, vectors = np.linalg.eigh(left)
    scale = np.where(values > NO_LEFT, 1 / np.sqrt(np.maximum(values, NO_LEFT)), 0.0)
    return vectors @ (scale[:, :, None] * (vectors.transpose(0, 2, 1) @ share))


def _root_of_cells(cells: Cells, columns: Columns, root: np.ndarray) -> np.ndarray:
    """Each cell's line of the design times the root of the inverse: its product is the hat."""
    combined = np.tile(root[0], (cells.combinations, 1))
    for name, codes in cells.codes.items():
        combined += root[columns.factors[name]][codes]
    lines = combined[cells.combination]
    for name, values in cells.linear.items():
        lines += values[:, None] * root[columns.linear[name]]
    return lines


def patients_of_one_size(cells: Cells) -> Iterator[np.ndarray]:
    """The cells of each patient's rows that count, a line a patient, by number of rows."""
    counted = cells.weight[cells.of_row] > 0
    rows = cells.of_row[counted]
    size = np.bincount(cells.patients[counted], minlength=cells.patient_count)
    first = np.cumsum(size) - size
    for n in np.unique(size[size > 0]):
        yield rows[first[size == n][:, None] + np.arange(n)]
