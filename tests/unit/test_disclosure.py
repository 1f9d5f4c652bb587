"""The rules for one figure: too few patients in any part, one patient above all, rounding."""

import pytest
from statsmodels.stats.proportion import proportion_confint

from pipelines.publish.disclosure import (
    SUPPRESSED,
    Counted,
    cell_size,
    dominated,
    published_rate,
    rounded,
    too_few,
)
from pipelines.settings import Settings

DEFAULT = Settings()


def figure(n=40, of=100, patients_n=30, patients_of=70, patients_rest=50, share=0.1):
    return Counted(n, of, patients_n, patients_of, patients_rest, share)


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (12, 10), (13, 15), (158, 160)]
)
def test_counts_are_rounded_to_the_nearest_5(count, shown):
    assert rounded(count) == shown


def test_a_rate_and_its_interval_come_from_the_rounded_counts():
    shown = published_rate(figure(n=81, of=263), DEFAULT)
    assert (shown.n, shown.of) == (80, 265)
    assert shown.rate == pytest.approx(80 / 265)
    assert shown.ci == pytest.approx(proportion_confint(80, 265, method="wilson"))


@pytest.mark.parametrize("part", ["patients_n", "patients_of", "patients_rest"])
@pytest.mark.parametrize(("patients", "hidden"), [(0, False), (1, True), (10, True), (11, False)])
def test_fewer_than_11_patients_in_any_part_hide_a_rate(part, patients, hidden):
    shown = published_rate(figure(**{part: patients}), DEFAULT)
    assert (shown == SUPPRESSED) is hidden


def test_many_sessions_of_few_patients_are_few():
    assert published_rate(figure(n=60, patients_n=6), DEFAULT) == SUPPRESSED


@pytest.mark.parametrize(("share", "hidden"), [(0.25, False), (0.2501, True), (1.0, True)])
def test_one_patient_with_more_than_a_quarter_of_the_visits_hides_a_figure(share, hidden):
    assert bool(dominated(share)) is hidden
    assert (published_rate(figure(share=share), DEFAULT) == SUPPRESSED) is hidden


def test_nobody_is_shown_and_a_share_of_nothing_is_none():
    shown = published_rate(Counted(0, 0, 0, 0, 0), DEFAULT)
    assert (shown.n, shown.of, shown.rate, shown.ci) == (0, 0, None, None)


def test_the_cell_size_is_a_setting_and_never_below_5():
    assert cell_size(Settings(cell_size=20)) == 20
    assert cell_size(Settings(cell_size=2)) == 5
    assert too_few([0, 4, 5], Settings(cell_size=2)).tolist() == [False, True, False]
