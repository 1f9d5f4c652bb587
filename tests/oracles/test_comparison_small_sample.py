"""Errors, degrees of freedom and the joint test for few patients, against their definitions.

Written out on one matrix row a session, with the whole hat matrix, and for two groups of
independent patients against the closed form.
"""

from typing import NamedTuple

import numpy as np
import pytest
from scipy import linalg, stats

from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.collapse import collapse
from pipelines.measures.comparison.fit import Design, design, fit_of
from pipelines.measures.comparison.for_whom import by_level
from pipelines.measures.comparison.propensity import pair_of
from pipelines.measures.comparison.rows import BEFORE, GROUP
from pipelines.measures.comparison.small_sample import careful
from pipelines.measures.comparison.wald import all_alike
from tests.support.comparisons import DEEP, ELECTRICAL, SUPERFICIAL, Truth, made_up

SETTING = Truth(patients=40, by_severity=1.0)


class OnRows(NamedTuple):
    """The design with a line a session, its outcome, and whose session it is."""

    x: np.ndarray
    y: np.ndarray
    patients: np.ndarray


def on_rows(cells: Cells) -> OnRows:
    """Every level of every factor but the first, and the constant; what is empty stays out."""
    rows = cells.of_row[cells.weight[cells.of_row] > 0]
    patients = cells.patients[cells.weight[cells.of_row] > 0]
    levels = [
        (cells.level(name)[rows][:, None] == np.arange(1, cells.levels[name])).astype(float)
        for name in cells.codes
    ]
    linear = [values[rows][:, None] for values in cells.linear.values()]
    x = np.hstack([np.ones((len(rows), 1)), *levels, *linear])
    return OnRows(x, cells.outcome[rows], patients)


class Written(NamedTuple):
    """By coefficient asked for: estimates, scores by patient, and what each patient weighs."""

    estimates: np.ndarray
    scores: np.ndarray
    weighs: list[np.ndarray]
    left: np.ndarray


def written_out(table: OnRows, columns: list[int]) -> Written:
    inverse = np.linalg.pinv(table.x.T @ table.x)
    left = np.eye(len(table.y)) - table.x @ inverse @ table.x.T
    beta = inverse @ table.x.T @ table.y
    residual = table.y - table.x @ beta
    scores, weighs = [], []
    for patient in np.unique(table.patients):
        own = table.patients == patient
        scale = linalg.fractional_matrix_power(left[np.ix_(own, own)], -0.5).real
        part = scale @ table.x[own] @ inverse[:, columns]
        scores.append(part.T @ residual[own])
        weighs.append(left[:, own] @ part)
    return Written(beta[columns], np.array(scores), weighs, left)


def column_of(cells: Cells, level: int) -> int:
    """The column of a level of the group, the first factor."""
    assert next(iter(cells.codes)) == GROUP
    return level


@pytest.mark.parametrize("seed", range(8))
def test_errors_and_degrees_of_freedom_are_those_of_the_definition(seed: int):
    cells = made_up(seed, SETTING).cells
    found = careful(design(cells, GROUP, SUPERFICIAL))
    for level in (DEEP, ELECTRICAL):
        expected = written_out(on_rows(cells), [column_of(cells, level)])
        weighs = np.hstack(expected.weighs)
        products = weighs.T @ weighs
        degrees = np.trace(products) ** 2 / (products**2).sum()
        error = np.sqrt((expected.scores**2).sum())
        assert found.estimates[level] == pytest.approx(expected.estimates[0], abs=1e-9)
        assert found.errors[level] == pytest.approx(error, rel=1e-8)
        assert found.degrees[level] == pytest.approx(degrees, rel=1e-8)
        half = stats.t.ppf(0.975, degrees) * error
        assert found.half_width[level] == pytest.approx(half, rel=1e-8)


@pytest.mark.parametrize("seed", range(4))
def test_two_groups_of_independent_patients_have_the_closed_form(seed: int):
    """Welch's error with the degrees of freedom of Bell and McCaffrey (Imbens, Kolesar 2016)."""
    draw = np.random.default_rng(seed)
    n, m = draw.integers(4, 9), draw.integers(10, 20)
    group, outcome = np.repeat([0, 1], [n, m]), np.round(draw.normal(5, 2, n + m), 1)
    cells = collapse({GROUP: group}, {GROUP: ("a", "b")}, {}, outcome, np.arange(n + m))
    found = careful(design(cells, GROUP))
    parts = [outcome[group == side] for side in (0, 1)]
    error = np.sqrt(sum(part.var(ddof=1) / len(part) for part in parts))
    degrees = (n + m) ** 2 * (n - 1) * (m - 1) / (n**2 * (n - 1) + m**2 * (m - 1))
    assert found.errors[1] == pytest.approx(error)
    assert found.degrees[1] == pytest.approx(degrees)


def by_condition(seed: int) -> Design:
    return by_level(pair_of(made_up(seed, SETTING).cells, DEEP, SUPERFICIAL), "condition", DEEP)


@pytest.mark.parametrize("seed", range(5))
def test_the_joint_test_is_that_of_the_definition(seed: int):
    solved = by_condition(seed)
    fit, places = fit_of(solved), np.array([2, 3, 4])
    found = all_alike(solved, fit, places, smallest=10)
    table = on_rows(solved.cells)
    expected = written_out(table, list(places))
    contrast = np.array([[-1.0, 1, 0], [-1, 0, 1]])
    spread = contrast @ expected.scores.T @ expected.scores @ contrast.T
    apart = contrast @ expected.estimates
    degrees = degrees_written_out(table, expected, contrast, places)
    f = apart @ np.linalg.solve(spread, apart) * (degrees - 1) / (2 * degrees)
    assert found.f == pytest.approx(f, rel=1e-7)
    assert found.p == pytest.approx(stats.f.sf(f, 2, degrees - 1), rel=1e-6)


def degrees_written_out(
    table: OnRows, expected: Written, contrast: np.ndarray, places: np.ndarray
) -> float:
    """From the variance of each entry of the covariance, patient by patient."""
    inverse = np.linalg.pinv(table.x.T @ table.x)[np.ix_(places, places)]
    values, vectors = np.linalg.eigh(contrast @ inverse @ contrast.T)
    alone = (vectors / np.sqrt(values)).T @ contrast
    parts = [weighs @ alone.T for weighs in expected.weighs]
    total = 0.0
    for one in parts:
        for other in parts:
            product = one.T @ other
            total += np.trace(product) ** 2 + np.trace(product @ product)
    return len(contrast) * (len(contrast) + 1) / total


def test_with_very_many_patients_the_sandwich_stays_and_few_who_tell_still_count(monkeypatch):
    """Above the limit errors are those of the fit, and degrees leave the hat aside."""
    from pipelines.measures.comparison import small_sample

    cells = made_up(3, Truth(patients=300, by_severity=1.0)).cells
    solved = design(cells, GROUP, SUPERFICIAL)
    exact = careful(solved)
    monkeypatch.setattr(small_sample, "MOST_PATIENTS", 10)
    plain = careful(solved)
    assert plain.errors == pytest.approx(fit_of(solved).errors, nan_ok=True)
    assert plain.degrees[DEEP] == pytest.approx(exact.degrees[DEEP], rel=0.1)


def test_a_patient_alone_at_a_level_takes_all_of_it_and_is_no_obstacle():
    """Therapist 4 saw one patient once: nothing of that row is left, and nothing breaks."""
    cells = made_up(4, SETTING).cells
    rows = np.arange(len(cells.of_row))
    factors = {name: cells.level(name)[cells.of_row] for name in cells.codes}
    factors["therapist"] = np.where(rows == 5, 4, np.minimum(factors["therapist"], 3))
    again = collapse(
        factors,
        cells.names,
        {BEFORE: cells.linear[BEFORE][cells.of_row]},
        cells.outcome[cells.of_row],
        cells.patients,
    )
    found = careful(design(again, GROUP, SUPERFICIAL))
    assert np.isfinite(found.errors[[DEEP, ELECTRICAL]]).all()
    assert (found.degrees[[DEEP, ELECTRICAL]] > 1).all()
