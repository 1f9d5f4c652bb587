"""Clustered fits, survival and incidence against statsmodels and scipy on random data."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pipelines import intervals
from pipelines.measures.sessions_to_improvement import compare_groups, improvement_curve
from pipelines.measures.what_happened import what_happened
from pipelines.settings import Settings
from tests.support.clinics import clinic, random_sessions

SEEDS = range(8)
Z = stats.norm.ppf(0.975)


def random_rows(seed: int):
    draw = np.random.default_rng(seed)
    rows = int(draw.integers(10, 200))
    groups, clusters = draw.integers(0, 4, rows), draw.integers(0, rows // 3 + 2, rows)
    values = draw.normal(groups, 2) + draw.normal(0, 1, rows // 3 + 2)[clusters]
    return values, clusters, groups


@pytest.mark.parametrize("seed", SEEDS)
def test_a_clustered_mean_is_least_squares_on_a_constant(seed: int):
    values, clusters, groups = random_rows(seed)
    found = intervals.clustered_mean(values, clusters, groups, 4)
    for group in range(4):
        rows = groups == group
        fit = clustered_fit(values[rows], np.ones((rows.sum(), 1)), clusters[rows])
        assert found.loc[group, "mean"] == pytest.approx(fit.params[0], abs=1e-9)
        assert found.loc[group, ["low", "high"]].tolist() == pytest.approx(fit.conf_int()[0])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_clustered_difference_is_least_squares_on_dummies(seed: int):
    values, clusters, groups = random_rows(seed)
    found = intervals.clustered_difference(values, clusters, groups, 4, reference=1)
    columns = np.column_stack([np.ones(len(groups)), *(groups == group for group in (0, 2, 3))])
    fit = clustered_fit(values, columns, clusters)
    for place, group in enumerate((0, 2, 3), start=1):
        row = found.loc[group]
        assert row["difference"] == pytest.approx(fit.params[place], abs=1e-9)
        assert row[["low", "high"]].tolist() == pytest.approx(fit.conf_int()[place].tolist())
        assert row["p"] == pytest.approx(fit.pvalues[place], abs=1e-9)
    assert found.loc[1, ["difference", "low", "high", "p"]].isna().all()


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
@pytest.mark.parametrize("seed", SEEDS)
def test_kaplan_meier_with_its_log_log_limits_is_that_of_scipy(seed: int):
    curve = improvement_curve(clinic(random_sessions(seed, 300)))
    times, events = as_times(curve)
    data = stats.CensoredData.right_censored(times, ~events)
    reference = stats.ecdf(data).sf
    assert 1 - curve["improved"].to_numpy() == pytest.approx(reference.evaluate(curve["session"]))
    with np.errstate(all="ignore"):
        limits = reference.confidence_interval(method="log-log")
    drawn = curve["low"].notna().to_numpy()
    for name, limit in (("high", limits.low), ("low", limits.high)):
        expected = limit.evaluate(curve["session"])[drawn]
        assert 1 - curve[name].to_numpy()[drawn] == pytest.approx(expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_log_rank_is_that_of_statsmodels(seed: int):
    from statsmodels.duration.survfunc import survdiff

    whole = clinic(random_sessions(seed, 300))
    known = whole.episodes[
        whole.episodes["sessions_to_event"].notna() & whole.episodes["chronicity"].notna()
    ]
    chi_square, p = survdiff(
        known["sessions_to_event"], known["improved"].astype(int), known["chronicity"].astype(str)
    )
    found = compare_groups(whole, "chronicity").iloc[0]
    assert found["chi_square"] == pytest.approx(chi_square)
    assert found["p"] == pytest.approx(p)
    assert found["n"] == len(known)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_happened_is_the_cumulative_incidence_of_statsmodels(seed: int):
    from statsmodels.duration.survfunc import CumIncidenceRight

    settings, whole = Settings(), clinic(random_sessions(seed, 300))
    eligible = whole.episodes[whole.episodes["sessions_to_event"].notna()]
    gone = eligible["last_date"] <= pd.Timestamp(whole.as_of) - pd.Timedelta(days=60)
    status = np.where(eligible["improved"].astype(bool), 1, np.where(gone, 2, 0))
    with np.errstate(all="ignore"):
        expected = CumIncidenceRight(eligible["sessions_to_event"].to_numpy(), status)
    found = what_happened(whole, settings).set_index("session").loc[expected.times.astype(int)]
    for name, share, error in zip(
        ("improved", "left"), expected.cinc, expected.cinc_se, strict=True
    ):
        assert found[name].to_numpy() == pytest.approx(share)
        for limit, sign in (("low", -1), ("high", 1)):
            drawn = found[f"{name}_{limit}"].notna().to_numpy()
            turn = sign * Z * error[drawn] / (share[drawn] * np.log(share[drawn]))
            expected_limit = share[drawn] ** np.exp(turn)
            assert drawn.any()
            assert found[f"{name}_{limit}"].to_numpy()[drawn] == pytest.approx(expected_limit)
    assert found[["improved", "left", "neither"]].sum(axis=1).to_numpy() == pytest.approx(1)


@pytest.mark.parametrize("seed", SEEDS)
def test_intervals_of_proportions_are_those_of_statsmodels(seed: int):
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    draw = np.random.default_rng(seed)
    of, other_of = (int(draw.integers(1, 500)) for _ in range(2))
    n, other_n = int(draw.integers(0, of + 1)), int(draw.integers(0, other_of + 1))
    for method, interval in (("wilson", intervals.wilson), ("beta", intervals.clopper_pearson)):
        expected = proportion_confint(n, of, method=method)
        assert [float(limit) for limit in interval(n, of)] == pytest.approx(expected, abs=1e-9)
    newcombe = confint_proportions_2indep(n, of, other_n, other_of, method="newcomb")
    found = intervals.difference_of_rates(n, of, other_n, other_of)
    assert [float(limit) for limit in found] == pytest.approx(newcombe, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_limits_of_session_rates_are_exact_ones_on_korn_and_graubards_size(seed: int):
    """Once in loops over patients, with the quantiles of scipy."""
    values, clusters, _ = random_rows(seed)
    events = values > 1
    found, rate, of = intervals.clustered_rate(events, clusters).iloc[0], events.mean(), len(events)
    patients = np.unique(clusters)
    squares = sum(
        (events[clusters == p].sum() - rate * (clusters == p).sum()) ** 2 for p in patients
    )
    variance = len(patients) / (len(patients) - 1) * squares / of**2
    effect = max(1.0, variance / (rate * (1 - rate) / of))
    freedom = stats.t.ppf(0.975, of - 1) / stats.t.ppf(0.975, len(patients) - 1)
    size = min(of, of / effect * freedom**2)
    low = stats.beta.ppf(0.025, rate * size, size - rate * size + 1)
    high = stats.beta.ppf(0.975, rate * size + 1, size - rate * size)
    assert 0 < rate < 1
    assert found[["low", "high"]].tolist() == pytest.approx([low, high], abs=1e-9)


def test_with_one_session_a_patient_session_rates_have_the_exact_limits():
    """No likeness to allow for, but the factor C/(C-1): Clopper-Pearson on one session less."""
    for n in range(1, 12):
        events = np.arange(12) < n
        found = intervals.clustered_rate(events, range(12)).iloc[0]
        exact = intervals.clopper_pearson(n * 11 / 12, 11)
        assert found[["low", "high"]].tolist() == pytest.approx([*map(float, exact)], abs=1e-9)


def test_the_bound_without_an_event_is_where_none_becomes_a_twentieth():
    bound = float(intervals.zero_event_bound(37))
    assert stats.binom.pmf(0, 37, bound) == pytest.approx(0.05)


def test_limits_between_rare_events_are_quantiles_of_the_geometric_distribution():
    from pipelines.measures.serious_events import geometric_quantile

    for mean in (0.3, 1, 7.5, 240):
        gaps = stats.geom(1 / (mean + 1), loc=-1)
        assert gaps.mean() == pytest.approx(mean)
        for share in (0.00135, 0.5, 0.99865):
            assert geometric_quantile(mean, share) == gaps.ppf(share)


def clustered_fit(values, columns, clusters):
    import statsmodels.api as sm

    groups = {"groups": clusters, "use_correction": True}
    return sm.OLS(values, columns).fit(cov_type="cluster", cov_kwds=groups, use_t=True)


def as_times(curve: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The times and events that a life table counts."""
    events = np.repeat(curve["session"], curve["events"])
    censored = np.repeat(curve["session"], curve["censored"])
    happened = np.repeat([True, False], [len(events), len(censored)])
    return np.concatenate([events, censored]).astype(float), happened
