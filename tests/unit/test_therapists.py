"""The funnel where a model has no fit, and its false alarms where it is known who differs."""

from dataclasses import replace

import numpy as np
import pytest

from pipelines.measures.therapists import case_mix, funnel_limits, therapist_funnel
from pipelines.measures.therapists.expected import COVARIATES, expected_chances
from pipelines.measures.therapists.funnel import ABOVE, BELOW, TOO_FEW, WITHIN, funnel_of
from pipelines.settings import Settings
from tests.studies import therapists as study
from tests.support.clinics import clinic, random_sessions
from tests.support.therapists import Practice, made_up

SETTINGS = Settings()
CASES = made_up(1, Practice(therapists=(5, 5)))


def test_a_condition_in_which_all_responded_leaves_the_others_fit_alone():
    """Such levels are taken as one, here with the commonest, so that nobody is sure to respond."""
    first = CASES.condition == 1
    found = expected_chances(replace(CASES, responded=CASES.responded | first))
    assert found.adjusted_for == COVARIATES
    assert found.chance[first].max() < 0.99
    assert found.chance.sum() == pytest.approx((CASES.responded | first).sum())


def test_two_such_conditions_of_both_kinds_are_one_level():
    first, second = CASES.condition == 1, CASES.condition == 2
    responded = (CASES.responded | first) & ~second
    chance = expected_chances(replace(CASES, responded=responded)).chance
    either = first | second
    assert chance[either].sum() == pytest.approx(first.sum())


def test_a_chronicity_never_recorded_is_no_obstacle():
    cases = replace(CASES, chronicity=np.zeros_like(CASES.chronicity))
    assert expected_chances(cases).adjusted_for == COVARIATES


def test_scores_that_part_responders_from_others_are_not_adjusted_for():
    """With nothing left to adjust for, all have the clinic's rate."""
    cases = replace(CASES, responded=CASES.baseline < 6)
    found = expected_chances(cases)
    assert found.adjusted_for == ()
    assert found.chance == pytest.approx(cases.rate)


@pytest.mark.parametrize("all_respond", [True, False])
def test_where_all_or_none_respond_nobody_stands_out(all_respond):
    funnel = funnel_of(replace(CASES, responded=np.full(len(CASES.baseline), all_respond)), 10)
    assert set(funnel.table["verdict"]) == {TOO_FEW}
    assert (funnel.table["standardised"] == funnel.rate).all()
    assert not funnel.table[["low_998", "high_998"]].isna().any(axis=None)


@pytest.mark.parametrize("visits", [0, 1, 5, 30])
def test_a_tiny_clinic_has_a_funnel_and_a_case_mix(visits):
    care = clinic(random_sessions(4, 30).head(visits))
    funnel = therapist_funnel(care, SETTINGS)
    assert set(funnel.table["verdict"]) <= {TOO_FEW}
    assert len(case_mix(care, SETTINGS)) <= 5
    assert len(case_mix(care, SETTINGS, ())) == 1


def test_a_clinic_without_an_eligible_episode_has_no_limits():
    assert funnel_limits(np.nan, 5).drop(columns="of").isna().all(axis=None)


def test_shifting_names_shifts_nothing_else():
    """A property: who is called what, and in which order, is no part of any figure."""
    order = np.array([3, 0, 4, 1, 2])
    renamed = replace(CASES, therapist=order[CASES.therapist])
    before, after = funnel_of(CASES, 10).table, funnel_of(renamed, 10).table
    moved = after.iloc[order].reset_index(drop=True)
    columns = [name for name in before if name not in ("therapist", "verdict")]
    np.testing.assert_allclose(moved[columns], before[columns])
    assert list(moved["verdict"]) == list(before["verdict"])


def test_hard_cases_widen_ones_own_limits_beyond_the_plain_funnel():
    """Of as many episodes, fewer responders are expected, and their share swings more."""
    table = funnel_of(made_up(8, Practice(therapists=(30, 30), mix=1.5)), 10).table
    told = table[table["verdict"] == WITHIN]
    hard = told["expected"] / told["of"]
    width = (told["high_95"] - told["low_95"]) * np.sqrt(told["of"])
    assert np.corrcoef(hard, width)[0, 1] < -0.5


def share(shown: str) -> float:
    return float(shown.rstrip("%")) / 100


def test_case_mix_alone_puts_at_most_1_in_200_outside():
    """The study in short: standardised with own limits holds, crude shares do not."""
    row = study.row(1, "only case mix", Practice(mix=1.5), clinics=60)
    assert row["therapists"] > 400
    assert share(row["outside"]) <= 0.005
    assert share(row["crude"]) > 0.1


def test_one_who_truly_differs_is_found():
    truth = Practice(therapists=(8, 8), differs=-0.25, of=120)
    tables = [funnel_of(made_up(seed, truth), 10).table for seed in range(20)]
    first = [table["verdict"].iloc[0] for table in tables]
    others = [set(table["verdict"].iloc[1:]) for table in tables]
    assert first.count(BELOW) >= 14
    assert ABOVE not in first
    assert sum(bool(found & {ABOVE, BELOW}) for found in others) <= 3
