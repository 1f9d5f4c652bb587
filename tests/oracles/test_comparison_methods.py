"""Propensity, overlap weights, interaction test and bootstrap against independent computations."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pipelines.measures.comparison import wald
from pipelines.measures.comparison.bootstrap import wild_cluster_bootstrap
from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.collapse import collapse
from pipelines.measures.comparison.fit import fit_of, least_squares
from pipelines.measures.comparison.for_whom import by_level, pooled
from pipelines.measures.comparison.propensity import pair_of, propensity
from pipelines.measures.comparison.rows import BEFORE, GROUP
from pipelines.measures.comparison.sensitivity import within_patients
from pipelines.measures.comparison.weighting import overlap_difference
from tests.support.comparisons import DEEP, SUPERFICIAL, Truth, made_up

CONFOUNDED = Truth(patients=80, effect=-0.4, by_severity=1.0)
FACTORS = ("condition", "chronicity", "therapist", "session_number")


def on_rows(cells: Cells) -> pd.DataFrame:
    """One line a session of the pair."""
    table = pd.DataFrame({name: cells.level(name)[cells.of_row] for name in (GROUP, *FACTORS)})
    table = table.assign(
        before=cells.linear[BEFORE][cells.of_row],
        after=cells.outcome[cells.of_row],
        patient=cells.patients,
    )
    return table[table[GROUP].isin((SUPERFICIAL, DEEP))].reset_index(drop=True)


def covariates(table: pd.DataFrame) -> pd.DataFrame:
    dummies = pd.get_dummies(table[list(FACTORS)].astype(str), drop_first=True, dtype=float)
    return dummies.assign(before=table["before"], one=1.0)


@pytest.mark.parametrize("seed", range(10))
def test_propensities_are_those_of_a_logistic_model_on_rows(seed: int):
    import statsmodels.api as sm

    cells = made_up(seed, CONFOUNDED).cells
    table = on_rows(cells)
    model = sm.GLM((table[GROUP] == DEEP).astype(float), covariates(table), sm.families.Binomial())
    expected = model.fit(tol=1e-14, maxiter=100).fittedvalues
    fitted = propensity(cells, DEEP, SUPERFICIAL)
    chosen = (fitted.cells.weight > 0)[cells.of_row]
    assert fitted.chance[cells.of_row][chosen] == pytest.approx(expected.to_numpy(), abs=1e-8)


@pytest.mark.parametrize("seed", range(4))
def test_an_overlap_weighted_difference_and_its_error_are_those_of_the_estimating_equations(
    seed: int,
):
    """Scores and their slopes written out on rows, the slopes by numerical differences."""
    cells = made_up(seed, CONFOUNDED).cells
    found = overlap_difference(propensity(cells, DEEP, SUPERFICIAL), cells.outcome)
    table = on_rows(cells)
    x, z = covariates(table).to_numpy(), (table[GROUP] == DEEP).to_numpy(dtype=float)
    y, patients = table["after"].to_numpy(), table["patient"].to_numpy()

    def scores(parameters: np.ndarray) -> np.ndarray:
        chance = 1 / (1 + np.exp(-x @ parameters[2:]))
        group = z * (1 - chance) * (y - parameters[0])
        other = (1 - z) * chance * (y - parameters[1])
        return np.column_stack([group, other, x * (z - chance)[:, None]])

    answer = solved(scores, np.concatenate([[y.mean(), y.mean()], np.zeros(x.shape[1])]))
    assert found.difference == pytest.approx(answer[0] - answer[1], abs=1e-7)
    inverse = np.linalg.inv(slopes(scores, answer))
    each = pd.DataFrame(scores(answer)).groupby(patients).sum().to_numpy() @ inverse.T
    count = len(each)
    error = np.sqrt(count / (count - 1) * ((each[:, 0] - each[:, 1]) ** 2).sum())
    half = stats.t.ppf(0.975, count - 1) * error
    assert found.high - found.difference == pytest.approx(half, rel=1e-5)
    assert (found.n, found.patients) == (len(table), count)


def solved(scores, start: np.ndarray) -> np.ndarray:
    for _ in range(50):
        start = start - np.linalg.solve(slopes(scores, start), scores(start).sum(axis=0))
    return start


def slopes(scores, at: np.ndarray, step: float = 1e-6) -> np.ndarray:
    columns = []
    for place in range(len(at)):
        moved = [at + sign * step * (np.arange(len(at)) == place) for sign in (1, -1)]
        columns.append((scores(moved[0]).sum(axis=0) - scores(moved[1]).sum(axis=0)) / (2 * step))
    return np.array(columns).T


@pytest.mark.parametrize("seed", range(6))
def test_with_very_many_patients_the_interaction_test_is_a_clustered_wald_test(
    seed: int, monkeypatch
):
    import statsmodels.api as sm

    cells = made_up(seed, CONFOUNDED).cells
    solved = by_level(pair_of(cells, DEEP, SUPERFICIAL), "condition", DEEP)
    fit = fit_of(solved)
    table = on_rows(cells)
    names = [f"deep_{level}" for level in (1, 2, 3)]
    crossed = {
        name: ((table[GROUP] == DEEP) & (table["condition"] == level)).astype(float)
        for level, name in enumerate(names, start=1)
    }
    x = pd.concat([pd.DataFrame(crossed), covariates(table)], axis=1)
    model = sm.OLS(table["after"], x).fit(
        cov_type="cluster", cov_kwds={"groups": table["patient"]}, use_t=True
    )
    assert fit.estimates[2:] == pytest.approx(model.params[names].to_numpy(), abs=1e-8)
    assert fit.errors[2:] == pytest.approx(model.bse[names].to_numpy(), abs=1e-8)
    theirs = model.wald_test("deep_1 = deep_2, deep_2 = deep_3", use_f=False, scalar=True)
    monkeypatch.setattr(wald, "MOST_PATIENTS", 10)
    found = wald.all_alike(solved, fit, np.array([2, 3, 4]), smallest=15)
    expected = float(theirs.statistic) * (28 - 1) / (2 * 28)
    assert found.f == pytest.approx(expected)
    assert found.p == pytest.approx(stats.f.sf(expected, 2, 28 - 1))


def test_pooling_is_the_closed_form_written_out():
    differences, variances = np.array([-1.0, 0.2, 0.4, 3.0]), np.array([0.04, 0.09, 0.01, 1.0])
    weight = 1 / variances
    fixed = (weight * differences).sum() / weight.sum()
    q = (weight * (differences - fixed) ** 2).sum()
    between = (q - 3) / (weight.sum() - (weight**2).sum() / weight.sum())
    mean = (differences / (variances + between)).sum() / (1 / (variances + between)).sum()
    drawn, _ = pooled(differences, variances)
    expected = (differences / variances + mean / between) / (1 / variances + 1 / between)
    assert drawn == pytest.approx(expected)


def test_levels_that_differ_by_luck_alone_become_one():
    drawn, error = pooled(np.array([0.1, 0.2, 0.15]), np.array([0.5, 0.5, 0.5]))
    assert drawn == pytest.approx(0.15)
    assert error == pytest.approx(np.sqrt(0.5 / 3))


def test_a_contrast_within_patients_written_out():
    cells = made_up(3, CONFOUNDED).cells
    table = on_rows(cells).assign(change=lambda rows: rows["after"] - rows["before"])
    means = table.pivot_table(index="patient", columns=GROUP, values="change").dropna()
    contrast = means[DEEP] - means[SUPERFICIAL]
    found = within_patients(pair_of(cells, DEEP, SUPERFICIAL), DEEP, SUPERFICIAL)
    expected = stats.ttest_1samp(contrast, 0)
    assert found.n == found.patients == len(contrast)
    assert found.difference == pytest.approx(contrast.mean())
    assert found.p == pytest.approx(expected.pvalue)
    assert [found.low, found.high] == pytest.approx(list(expected.confidence_interval()))


def test_the_bootstrap_is_the_test_refitted_draw_by_draw():
    """The same signs, every draw fitted anew on rows with the value tested imposed."""
    cells, draws = made_up(5, Truth(a_group=8)).cells.compact(), 60
    found = wild_cluster_bootstrap(cells, DEEP, SUPERFICIAL, seed=4, draws=draws)
    table = on_rows(cells)
    x = covariates(table).assign(deep=(table[GROUP] == DEEP).astype(float))
    signs = np.random.default_rng(4).choice((-1.0, 1.0), (draws, cells.patient_count))
    for value, expected in ((0.0, found.p), (found.low, 0.05), (found.high, 0.05)):
        p = p_draw_by_draw(table, x, value, signs)
        assert p == pytest.approx(expected, abs=1e-9 if value == 0 else 2 / draws)


def p_draw_by_draw(table: pd.DataFrame, x: pd.DataFrame, value: float, signs: np.ndarray) -> float:
    y, patients = table["after"].to_numpy(), table["patient"].to_numpy()
    rest, deep = x.drop(columns="deep").to_numpy(), x["deep"].to_numpy()
    held = y - value * deep
    fitted = rest @ np.linalg.lstsq(rest, held, rcond=None)[0]
    observed = abs(t_of(x, y, patients, value))
    drawn = [
        abs(t_of(x, fitted + value * deep + (held - fitted) * sign[patients], patients, value))
        for sign in signs
    ]
    return float(np.mean(np.array(drawn) >= observed - 1e-9))


def t_of(x: pd.DataFrame, y: np.ndarray, patients: np.ndarray, value: float) -> float:
    inverse = np.linalg.pinv(x.to_numpy())
    coefficients = inverse @ y
    place = list(x).index("deep")
    score = inverse[place] * (y - x.to_numpy() @ coefficients)
    sums = np.bincount(patients, score)
    return (coefficients[place] - value) / np.sqrt((sums**2).sum())


def test_cells_give_what_rows_give():
    """However the rows are gathered: pain with three decimals makes every row a cell."""
    cells = made_up(2, CONFOUNDED).cells
    rows = np.arange(len(cells.of_row))
    apart = collapse(
        factors={name: cells.level(name)[cells.of_row] for name in cells.codes} | {"row": rows},
        names=dict(cells.names) | {"row": tuple(map(str, rows))},
        linear={BEFORE: cells.linear[BEFORE][cells.of_row]},
        outcome=cells.outcome[cells.of_row],
        patients=cells.patients,
    ).without("row")
    assert len(apart.weight) == len(rows) > len(cells.weight)
    one, other = (least_squares(each, GROUP) for each in (cells, apart))
    assert one.estimates == pytest.approx(other.estimates, abs=1e-11, nan_ok=True)
    assert one.errors == pytest.approx(other.errors, abs=1e-11, nan_ok=True)
