"""The funnel against statsmodels, scipy and plain loops: chances, limits, spread, likeness.

Known answers to the printed digits; expected numbers as statsmodels' logistic regression on
one row an episode; limits as exact convolutions of each case's own chance.
"""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pipelines.measures.therapists.cases import Cases, eligible_cases
from pipelines.measures.therapists.expected import COVARIATES, expected_chances
from pipelines.measures.therapists.funnel import TOO_FEW, funnel_of
from pipelines.measures.therapists.limits import (
    EXACT_UP_TO,
    TAILS,
    count_quantile,
    interpolated_limit,
    own_limits,
)
from pipelines.measures.therapists.spread import between_therapists, design_effects, winsorised
from pipelines.settings import Settings
from tests.support.clinics import clinic, random_sessions
from tests.support.therapists import Practice, made_up

QUANTILES = (0.001, 0.025, 0.975, 0.999)


@pytest.mark.parametrize(
    ("episodes", "limits"),
    [
        (20, [0.1367, 0.2558, 0.6942, 0.8133]),
        (50, [0.2728, 0.3507, 0.6293, 0.7072]),
        (100, [0.3412, 0.3968, 0.5932, 0.6488]),
        (400, [0.4215, 0.4498, 0.5477, 0.5760]),
    ],
)
def test_the_known_funnel(episodes, limits):
    found = [float(interpolated_limit(0.5, episodes, p)) for p in QUANTILES]
    assert np.round(found, 4).tolist() == limits


@pytest.mark.parametrize("quantile", QUANTILES)
def test_limits_are_those_of_the_binomial_distribution(quantile):
    rate, episodes = np.meshgrid([0.02, 0.31, 0.5, 0.77, 0.99], [1, 2, 7, 40, 333, 20_000])
    count = stats.binom.ppf(quantile, episodes, rate)
    above = stats.binom.cdf(count, episodes, rate)
    below = stats.binom.cdf(count - 1, episodes, rate)
    expected = np.clip((count - (above - quantile) / (above - below)) / episodes, 0, 1)
    assert (count_quantile(rate, episodes, quantile) == count).all()
    np.testing.assert_allclose(interpolated_limit(rate, episodes, quantile), expected, atol=1e-10)


def design(cases: Cases) -> np.ndarray:
    """A matrix row an episode: constant, baseline, and a column for each further level."""
    table = pd.DataFrame({"condition": cases.condition, "chronicity": cases.chronicity})
    dummies = pd.get_dummies(table.astype("category"), drop_first=True, dtype=float)
    return np.column_stack([np.ones(len(table)), cases.baseline, dummies])


@pytest.mark.parametrize("seed", range(12))
def test_expected_responders_are_those_of_statsmodels(seed):
    from statsmodels.api import Logit

    cases = made_up(seed, Practice(therapists=(3, 6)))
    fitted = Logit(cases.responded.astype(float), design(cases)).fit(
        disp=False, method="newton", tol=1e-14, maxiter=100
    )
    found = expected_chances(cases)
    assert found.adjusted_for == COVARIATES
    np.testing.assert_allclose(found.chance, fitted.predict(), atol=1e-8)
    table = funnel_of(cases, 10).table
    expected = pd.Series(fitted.predict()).groupby(cases.therapist).sum()
    observed = pd.Series(cases.responded).groupby(cases.therapist).sum()
    np.testing.assert_allclose(table["expected"], expected, atol=1e-7)
    np.testing.assert_allclose(
        table["standardised"], observed / expected * cases.responded.mean(), atol=1e-8
    )


@pytest.mark.parametrize("seed", range(20))
def test_expected_responders_of_any_clinic_add_up_to_those_there_were(seed):
    cases = eligible_cases(clinic(random_sessions(seed, 300)), Settings())
    chance = expected_chances(cases).chance
    assert chance.sum() == pytest.approx(cases.responded.sum(), abs=1e-8)
    assert ((chance > 0) & (chance < 1)).all()


def distribution(chances: np.ndarray) -> np.ndarray:
    """How likely each number of responders is, every case by its own chance, one by one."""
    likely = np.ones(1)
    for chance in chances:
        likely = np.convolve(likely, [1 - chance, chance])
    return likely


@pytest.mark.parametrize("seed", range(6))
def test_own_limits_leave_outside_what_they_say_of_just_these_cases(seed):
    """Each case by its own chance, worked out one by one."""
    cases = made_up(seed, Practice(therapists=(8, 8), mix=1.5))
    funnel, chance = funnel_of(cases, 10), expected_chances(cases).chance
    table = funnel.table[funnel.table["verdict"] != TOO_FEW]
    for place, row in table.iterrows():
        likely = distribution(chance[cases.therapist == place])
        in_episodes = row["expected"] / funnel.rate
        for level, tail in (("998", 0.001), ("95", 0.025)):
            low, high = (row[f"{end}_{level}"] * in_episodes for end in ("low", "high"))
            low, high = round(low), round(high)
            assert likely[:low].sum() < tail <= likely[: low + 1].sum()
            # A share is drawn at most at 100%, where hard cases' limit would lie beyond it.
            assert likely[high + 1 :].sum() <= tail or row[f"high_{level}"] == 1
            assert likely[high:].sum() > tail


def test_many_cases_have_the_limits_of_like_ones_with_their_mean_and_variance():
    chance = np.random.default_rng(2).beta(2, 3, EXACT_UP_TO + 1)
    up_to = distribution(chance).cumsum()
    found = own_limits(chance)
    for name, tail in TAILS.items():
        assert abs(found[name] - np.searchsorted(up_to, tail)) <= 1


def test_the_variance_between_therapists_is_dersimonian_and_lairds():
    draw = np.random.default_rng(5)
    z, error = draw.normal(0, 3, 20), draw.uniform(0.02, 0.15, 20)
    inner = sorted(z)[2:-2]
    drawn = [min(max(value, inner[0]), inner[-1]) for value in z]
    phi = sum(value**2 for value in drawn) / 20
    weights = [1 / e**2 for e in error]
    scale = sum(weights) - sum(w**2 for w in weights) / sum(weights)
    found = between_therapists(z, error)
    assert found.phi == pytest.approx(phi)
    assert found.bound == pytest.approx(1 + 2 * (2 / 20) ** 0.5)
    assert found.variance == pytest.approx((20 * phi - 19) / scale)


@pytest.mark.parametrize(
    ("z", "drawn"),
    [([5, 0, 1], [1, 1, 1]), ([-9, 1, 2, 30], [1, 1, 2, 2]), (range(-10, 11), None)],
)
def test_the_extremes_are_drawn_in(z, drawn):
    found = winsorised(np.array(z, dtype=float))
    assert found.tolist() == (drawn or [-8, -8, *range(-8, 9), 8, 8])


def test_episodes_of_one_patient_widen_a_therapists_limits_by_their_likeness():
    cases = made_up(3, Practice(therapists=(4, 4), again=0.5, alike=2.0))
    chance = expected_chances(cases).chance
    rest = pd.Series(cases.responded - chance)
    rest = rest - rest.groupby(cases.therapist).transform("mean")
    spread = np.sqrt(chance * (1 - chance))
    alike = possible = 0.0
    own = np.zeros(4)
    for patient in np.unique(cases.patient):
        rows = np.flatnonzero(cases.patient == patient)
        for one in rows:
            for other in rows[rows != one]:
                alike += rest[one] * rest[other]
                possible += spread[one] * spread[other]
                own[cases.therapist[one]] += spread[one] * spread[other]
    variance = np.bincount(cases.therapist, spread**2)
    expected = 1 + max(0, alike / possible) * own / variance
    assert alike > 0
    np.testing.assert_allclose(design_effects(cases, chance), expected)
    np.testing.assert_allclose(funnel_of(cases, 10).table["design_effect"], expected)
