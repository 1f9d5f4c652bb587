"""Nothing hidden follows from what was published: two attackers, on a few made-up clinics.

The long form over 300 clinics is a study (`make studies`).
"""

import pytest

from pipelines.publish import making
from pipelines.publish.contributions import contributions
from pipelines.publish.cube import COUNTS, PATIENTS, cells
from pipelines.publish.disclosure import SUPPRESSED, published_rate
from pipelines.publish.primary import hidden_for_itself
from pipelines.publish.rates import counted_figure
from pipelines.publish.release import Release
from pipelines.settings import Settings
from tests.support.attacker import Attacker
from tests.support.clinics import clinic, random_sessions
from tests.support.published import (
    LAST_DAYS,
    random_clinic,
    releases_of,
    secrets,
    seen_until,
    subtractions,
)

SMALL = 90
"""Patients at most in a clinic of the short form."""


def narrowed(seed: int) -> dict:
    """The secrets of a clinic's releases that the attacker narrows down."""
    return attacked(releases_of(random_clinic(seed, SMALL), days=LAST_DAYS[1:]))


def attacked(made: list[Release]) -> dict:
    attacker = Attacker([release.contract for release in made])
    hidden = set(attacker.hidden())
    kept = list(secrets(made, lambda number: number in hidden))
    assert len(kept) > 100
    return attacker.narrowed(kept)


@pytest.mark.parametrize("seed", [3, 4])
def test_no_hidden_number_of_few_patients_is_narrowed_down(seed):
    assert narrowed(seed) == {}


def test_nor_by_a_correction_that_a_few_patients_made_necessary():
    whole = random_clinic(8, SMALL)
    number = whole["patient_id"].astype(str).str[1:].astype(int)
    made = releases_of(whole[(number % 9 != 0).to_numpy()], days=LAST_DAYS[1:2])
    then = seen_until(whole, LAST_DAYS[1])
    made.append(making.make(then, Settings(), made, "2026-01b", {"store_version": 2}, recount=True))
    assert made[-1].facts["recounted"] == made[0].facts["half_years"]
    assert attacked(made) == {}


def test_without_complementary_suppression_the_attacker_breaks_in(monkeypatch):
    monkeypatch.setattr(making, "hidden_besides", lambda new, primary, earlier, settings: primary)
    assert len(narrowed(3)) > 10


def test_answers_to_public_questions_subtracted_leave_no_small_group():
    (made,) = releases_of(random_clinic(5, SMALL), days=LAST_DAYS[2:])
    compared = list(subtractions(made))
    assert len(compared) > 30
    for number, inner, difference, patients in compared:
        if patients < 11:
            assert difference + 4 >= 11, (number, inner)


@pytest.mark.parametrize("seed", range(6))
def test_counts_add_up_over_every_dimension_and_patients_do_not_exceed_them(seed):
    every = contributions(clinic(random_sessions(seed)), Settings())
    table = cells(every)
    for dimension in table.index.names:
        others = [name for name in table.index.names if name != dimension]
        flat = table.reset_index()
        alone = (flat[others] == "all").all(axis=1)
        years = (
            flat[dimension].str.len() == 4 if dimension == "period" else flat[dimension] != "all"
        )
        parts = flat[alone & years & (flat[dimension] != "all")]
        whole = flat[alone & (flat[dimension] == "all")].iloc[0]
        for count in COUNTS:
            total = parts[count].sum()
            assert total >= whole[count] if count == PATIENTS else total == whole[count]


@pytest.mark.parametrize("seed", range(6))
def test_no_number_of_1_to_10_patients_is_shown_in_any_cell(seed):
    table = cells(contributions(clinic(random_sessions(seed, 400)), Settings()))
    hidden = hidden_for_itself(table, Settings())
    for count in COUNTS:
        shown = table[~hidden[count]]
        assert not shown[f"behind_{count}"].between(1, 10).any()
    for count, of in (("responders_30", "eligible"), ("any_side_effect", "recorded")):
        shown = table[~hidden[count] & ~hidden[of]]
        assert not shown[f"rest_{count}"].between(1, 10).any()
    both = table[~hidden["eligible"] & ~hidden["episodes"]]
    assert not both["rest_eligible"].between(1, 10).any()


def test_a_figure_of_the_clinic_knows_the_patients_behind_each_part():
    every = contributions(clinic(random_sessions(1, 400)), Settings())
    for name in ("improved", "drop_1", "side_effect.soreness", "completeness"):
        counted = counted_figure(every, name)
        assert counted.patients_n <= counted.n <= counted.of
        assert counted.patients_rest <= counted.of - counted.n
        shown = published_rate(counted, Settings())
        assert shown == SUPPRESSED or shown.n % 5 == 0
