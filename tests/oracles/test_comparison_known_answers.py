"""Comparisons whose answer is published or known beforehand, to the digits printed."""

from dataclasses import replace

import numpy as np
import pytest

from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.collapse import collapse
from pipelines.measures.comparison.differences import adjusted, raw
from pipelines.measures.comparison.fit import fit_of, least_squares
from pipelines.measures.comparison.for_whom import by_level
from pipelines.measures.comparison.propensity import propensity
from pipelines.measures.comparison.rows import BEFORE, GROUP
from pipelines.measures.comparison.sensitivity import e_value
from pipelines.measures.comparison.verdict import holm
from pipelines.measures.comparison.weighting import overlap_difference
from pipelines.settings import Settings
from tests.support.comparisons import Truth, made_up

STONES = {("small", "open"): (81, 87), ("large", "open"): (192, 263)} | {
    ("small", "keyhole"): (234, 270),
    ("large", "keyhole"): (55, 80),
}
"""Stones removed, of patients: Charig, BMJ 1986."""
KEYHOLE, OPEN = 0, 1


@pytest.fixture
def stones() -> Cells:
    rows = [
        (size == "large", way == "open", place < n)
        for (size, way), (n, of) in STONES.items()
        for place in range(of)
    ]
    size, way, removed = (np.array(column).astype(np.int64) for column in zip(*rows, strict=True))
    return collapse(
        factors={GROUP: way, "condition": size},
        names={GROUP: ("keyhole", "open"), "condition": ("small", "large")},
        linear={},
        outcome=removed.astype(float),
        patients=np.arange(len(rows)),
    )


def test_kidney_stones_crude(stones: Cells):
    fit = least_squares(stones.without("condition"), GROUP, KEYHOLE)
    assert round(fit.estimates[OPEN], 4) == -0.0457


def test_kidney_stones_standardised_to_both_groups_together(stones: Cells):
    """The sign turns once stones of one size are compared with each other."""
    fit = fit_of(by_level(stones, "condition", OPEN))
    share = stones.counts("condition") / stones.rows
    assert round(float(fit.estimates[1:] @ share), 4) == 0.0537


def test_kidney_stones_weighted_to_their_overlap(stones: Cells):
    found = overlap_difference(propensity(stones, OPEN, KEYHOLE), stones.outcome)
    assert round(found.difference, 4) == 0.0538


def test_shoulder_acupuncture_from_its_means():
    """Vickers and Altman, BMJ 2001: 17.3 at follow-up, 10.8 in change, 12.7 by ANCOVA."""
    way = np.repeat([0, 1], 2)
    apart = np.tile([-1.0, 1.0], 2)
    before = np.array([53.9, 60.4])[way] + apart
    cells = collapse(
        factors={GROUP: way},
        names={GROUP: ("placebo", "acupuncture")},
        linear={BEFORE: before},
        outcome=np.array([62.3, 79.6])[way] + 0.71 * apart,
        patients=np.arange(4),
    )
    at_follow_up = least_squares(replace(cells, linear={}), GROUP)
    change = replace(cells, linear={}, outcome=cells.outcome - cells.linear[BEFORE])
    assert round(at_follow_up.estimates[1], 1) == 17.3
    assert round(least_squares(change, GROUP).estimates[1], 1) == 10.8
    assert round(least_squares(cells, GROUP).estimates[1], 1) == 12.7


def test_an_e_value_of_a_risk_ratio_of_3_9_is_7_26():
    """VanderWeele and Ding, Ann Intern Med 2017: infant death and formula feeding."""
    assert round(e_value(np.log(3.9) / 0.91), 2) == 7.26
    assert round(e_value(np.log(1.8) / 0.91), 1) == 3.0
    assert e_value(0) == 1


def test_holm_is_that_of_statsmodels():
    from statsmodels.stats.multitest import multipletests

    draw = np.random.default_rng(1)
    for size in range(1, 8):
        p = draw.random(size) ** 3
        assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])
    assert holm([0.01, np.nan, 0.04]).tolist()[::2] == [0.02, 0.04]


def test_harder_cases_given_deep_more_often_bend_the_raw_difference_alone():
    """No true effect: the adjusted interval covers 0 in 182 to 198 of 200 clinics."""
    truth, settings = Truth(patients=300, by_severity=1.2), Settings()
    covered, raw_covered, differs = 0, 0, 0
    for seed in range(200):
        model = made_up(seed, truth)
        fair = adjusted(model, settings)
        differs += (fair["verdict"] == "differs").any()
        covered += covers(fair.iloc[0])
        raw_covered += covers(raw(model).iloc[0])
    assert 182 <= covered <= 198
    assert raw_covered < 170
    assert differs <= 18


def covers(row) -> bool:
    return row["low"] <= 0 <= row["high"]
