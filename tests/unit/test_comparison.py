"""Comparisons at their edges: balance, overlap, verdicts in words, frames that fit together."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.comparison_contract import comparison_contract
from pipelines.measures.comparison import FEATURES, compare
from pipelines.measures.comparison import verdict as words
from pipelines.measures.comparison.bootstrap import wild_cluster_bootstrap
from pipelines.measures.comparison.differences import adjusted
from pipelines.measures.comparison.for_whom import for_whom
from pipelines.measures.comparison.overlap import balance, baseline_histogram, overlap
from pipelines.measures.comparison.propensity import pair_of, propensity
from pipelines.measures.comparison.rows import BEFORE, Rows
from pipelines.measures.comparison.sensitivity import disagreeing, other_ways
from pipelines.measures.comparison.table import differences
from pipelines.measures.comparison.weighting import NO_ESTIMATE, Estimate, overlap_difference
from pipelines.settings import Settings
from tests.support.clinics import clinic, random_sessions
from tests.support.comparisons import DEEP, ELECTRICAL, SUPERFICIAL, Truth, made_up

SETTINGS = Settings()
CONFOUNDED = Truth(patients=120, effect=-0.4, by_severity=1.5)


@pytest.fixture
def whole():
    """A clinic where every feature was recorded, with low thresholds so that all is told."""
    sessions, draw = random_sessions(11, 700), np.random.default_rng(11)
    size = len(sessions)
    return clinic(
        sessions.assign(
            twitch_response=pd.array(draw.choice([True, False, None], size), dtype="boolean"),
            stimulation_hz=draw.choice([2.0, 30.0, 80.0, np.nan], size),
            depth_mm=draw.choice([8.0, 15.0, 25.0, 45.0, np.nan], size),
            adjuncts=pd.Series(draw.choice(["exercise", "mobilization", ""], size)).astype(
                "category"
            ),
        )
    )


def overlapping(cells, fitted) -> dict:
    """Deep against superficial."""
    return overlap(cells, fitted, DEEP, SUPERFICIAL, balance(cells, fitted, DEEP, SUPERFICIAL))


@pytest.mark.parametrize("seed", range(12))
def test_weighted_covariates_are_exactly_alike(seed: int):
    cells = made_up(seed, CONFOUNDED).cells
    for group in (DEEP, ELECTRICAL):
        table = balance(cells, propensity(cells, group, SUPERFICIAL), group, SUPERFICIAL)
        assert table["standardised_after"].abs().max() < 1e-8
        assert table["standardised_before"].abs().max() > 0.1


@pytest.mark.parametrize("seed", range(6))
def test_effective_numbers_are_no_more_than_the_rows(seed: int):
    cells = made_up(seed, CONFOUNDED).cells
    fitted = propensity(cells, DEEP, SUPERFICIAL)
    found = overlapping(cells, fitted)
    assert 0 < found["effective_n"] < found["n"]
    assert 0 < found["reference_effective_n"] < found["reference_n"]
    assert 0 < found["baseline_in_common"] < 1
    assert found["left_out"] == 0


def test_two_sides_alike_have_all_in_common():
    cells = made_up(1, CONFOUNDED).cells
    found = overlap(cells, None, DEEP, DEEP, balance(cells, None, DEEP, DEEP))
    assert found["baseline_in_common"] == found["conditions_in_common"] == 1


def test_rows_without_a_counterpart_are_left_out_of_weighting():
    """Deep alone was given in one condition: its rows say nothing about the difference."""
    cells = made_up(4, CONFOUNDED).cells
    group, condition = cells.level("group"), cells.level("condition")
    some = cells.only((condition != 1) | (group == DEEP))
    fitted = propensity(some, DEEP, SUPERFICIAL)
    alone = int(some.weight[(condition == 1) & (group == DEEP)].sum())
    found = overlapping(some, fitted)
    assert found["left_out"] == alone > 0
    without = some.only(condition != 1)
    expected = overlap_difference(propensity(without, DEEP, SUPERFICIAL), cells.outcome)
    assert overlap_difference(fitted, cells.outcome) == pytest.approx(expected)


def test_groups_that_share_nothing_have_no_weights():
    cells = made_up(4, CONFOUNDED).cells
    group, condition = cells.level("group"), cells.level("condition")
    apart = cells.only((condition == 1) == (group == DEEP))
    assert propensity(apart, DEEP, SUPERFICIAL) is None
    assert overlap_difference(None, cells.outcome) == NO_ESTIMATE
    assert balance(apart, None, DEEP, SUPERFICIAL)["standardised_after"].isna().all()


def test_groups_parted_by_pain_before_have_no_weights():
    """No finite logistic model: every row of deep had more pain than any of the others."""
    cells = made_up(4, CONFOUNDED).cells
    apart = cells.only((cells.linear[BEFORE] > 5) == (cells.level("group") == DEEP))
    fitted = propensity(apart, DEEP, SUPERFICIAL)
    assert fitted is None or overlapping(apart, fitted)["effective_n"] < 30


def test_without_a_condition_in_common_no_difference_is_shown():
    model = made_up(4, Truth(patients=300))
    group, condition = model.cells.level("group"), model.cells.level("condition")
    apart = model.cells.only((condition == 1) == (group == DEEP))
    row = differences(replace(model, cells=apart), SETTINGS).iloc[0]
    assert row["group"] == "deep"
    assert row["reason"] == "No condition was treated both with deep and with superficial."
    assert row[["raw", "difference", "low", "p", "p_holm"]].isna().all()


def test_without_a_baseline_in_common_no_difference_is_shown():
    model = made_up(4, Truth(patients=300))
    apart = model.cells.only(
        (model.cells.linear[BEFORE] > 4) == (model.cells.level("group") == DEEP)
    )
    row = differences(replace(model, cells=apart), SETTINGS).iloc[0]
    assert row["reason"].startswith("Pain before the treatment does not overlap: ")
    assert np.isnan(row["difference"])


@pytest.mark.parametrize(
    ("p_holm", "reason", "verdict"),
    [
        (0.049, None, "differs"),
        (0.05, None, "no clear difference"),
        (np.nan, None, "no clear difference"),
        (0.001, "a reason", "too few to say"),
    ],
)
def test_a_verdict(p_holm, reason, verdict):
    from pipelines.measures.comparison.differences import verdicts

    table = pd.DataFrame({"p_holm": [p_holm], "reason": pd.Series([reason], dtype=object)})
    assert verdicts(table).tolist() == [verdict]


def test_no_reason_names_a_cause_or_a_rank():
    """Every reason over a grid of groups, counts and ranges."""
    said = set()
    for names in (("superficial", "deep"), ("with exercise", "without exercise"), ("mixed", "x")):
        for patients in ((0, 1), (1, 40), (40, 40)):
            for meet in (True, False):
                for shared in (True, False):
                    about = words.Sides(
                        rows=np.array(patients),
                        patients=np.array(patients),
                        conditions=np.array([[True, False], [shared, True]]),
                        lowest=np.array([0.0, 2.0 if meet else 6.5]),
                        highest=np.array([5.0, 10.0]),
                    )
                    said.add(words.why_too_few(about, 0, 1, names, 30))
    said |= {words.why_not_estimable("deep", "lasting", n, 12) for n in (9, 50)}
    said.remove(None)
    assert len(said) > 10
    for sentence in said:
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert sentence.endswith(".")
        for word in ("cause", "because of", "effect", "best", "better", "worse", "with with"):
            assert word not in sentence
        assert "1 patients" not in sentence


@pytest.mark.parametrize("feature", FEATURES)
def test_every_feature_gives_plain_json_and_frames_that_fit(whole, feature: str):
    few = Settings(fewest_patients=2)
    found = compare(whole, few, feature)
    plain = comparison_contract(found, whole, feature, {})
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    table = found.differences
    assert len(table) > 0
    assert set(table["verdict"]) <= set(words.VERDICTS)
    assert (table["group"] != table["reference"]).all()
    groups = table[table["feature"] != "depth_mm"]
    pain = groups[(groups["outcome"] == "pain") & (groups["verdict"] != words.TOO_FEW)]
    keys = ["feature", "horizon", "group"]
    for frame in (found.sensitivity, found.overlap, found.balance, found.levels, found.tests):
        assert frame[keys].drop_duplicates().merge(pain[keys], on=keys).shape[0] == len(pain)
    assert (table["low"].dropna() <= table["difference"][table["low"].notna()]).all()
    shares = found.histogram.groupby(["feature", "horizon", "group"])["share"].sum()
    assert shares.to_numpy() == pytest.approx(1)


def test_an_empty_clinic_has_no_comparison():
    found = compare(clinic(random_sessions(1, 0)), SETTINGS, "technique")
    assert found.differences.empty
    for feature in FEATURES:
        assert compare(clinic(random_sessions(1, 0)), SETTINGS, feature).differences.empty


def test_other_methods_that_tell_another_story_are_named():
    same = Estimate(-0.9, -1.2, -0.6, 0.001, 100, 50)
    half = Estimate(-0.4, -0.9, 0.1, 0.1, 100, 50)
    turned = Estimate(0.2, 0.1, 0.3, 0.01, 100, 50)
    ways = {"a": same, "b": half, "c": turned, "d": NO_ESTIMATE}
    assert disagreeing(-1.0, True, ways) == ["b", "c"]
    assert disagreeing(-0.1, False, ways) == ["a", "c"]


def test_a_hidden_cause_that_bends_the_figure_sets_methods_against_each_other():
    """Nobody recorded it; the same patients under both techniques tell another story."""
    named = 0
    for seed in range(10):
        model = made_up(seed, Truth(patients=600, hidden=1.0))
        row = adjusted(model, SETTINGS).iloc[0]
        assert row["verdict"] == "differs"
        fitted = propensity(model.cells, DEEP, SUPERFICIAL)
        ways = other_ways(Rows(model.cells), fitted, DEEP, SUPERFICIAL)
        named += "within patients" in disagreeing(row["difference"], True, ways)
    assert named >= 8


def test_patients_few_in_a_level_are_drawn_towards_the_rest():
    """In a level of few patients the pooled difference is nearer the mean than its own."""
    nearer = []
    for seed in range(10):
        levels = for_whom(made_up(seed, Truth(patients=60)).cells, DEEP, SUPERFICIAL).levels
        own = levels[levels["modifier"] == "condition"].dropna()
        spread = own["difference"].max() - own["difference"].min()
        nearer.append(own["pooled"].max() - own["pooled"].min() < spread)
        assert (own["pooled_high"] - own["pooled_low"] > 0).all()
    assert all(nearer)


def test_a_difference_planted_in_one_condition_is_shown():
    shown = 0
    for seed in range(20):
        model = made_up(seed, Truth(patients=500, in_neck=-0.8))
        tests = for_whom(model.cells, DEEP, SUPERFICIAL).tests.set_index("modifier")
        shown += tests.loc["condition", "verdict"] == "differs between them"
    assert shown >= 18


def test_where_none_is_planted_none_is_shown():
    shown = 0
    for seed in range(100):
        model = made_up(seed, Truth(patients=150, effect=-0.5))
        tests = for_whom(model.cells, DEEP, SUPERFICIAL).tests
        shown += (tests["verdict"] == "differs between them").any()
    assert shown <= 10


def test_the_bootstrap_is_the_same_each_time_and_holds_the_estimate():
    model = made_up(3, Truth(a_group=30))
    one, again = (wild_cluster_bootstrap(model.cells, DEEP, SUPERFICIAL) for _ in range(2))
    fit = adjusted(model, SETTINGS).iloc[0]
    assert one == again
    assert one.low < fit["difference"] < one.high
    assert one.p == pytest.approx(fit["p"], abs=0.1)


def test_the_bootstrap_needs_two_patients_and_a_difference():
    cells = made_up(3, Truth(a_group=30)).cells
    nobody = cells.only(cells.level("group") == SUPERFICIAL)
    assert np.isnan(wild_cluster_bootstrap(nobody, DEEP, SUPERFICIAL)).all()


def test_a_histogram_counts_halves_upwards():
    care = clinic("""
        patient | date       | technique | before | after
        P1      | 2025-01-06 | deep      | 2.5    | 2
        P2      | 2025-01-06 | deep      | 2.4    | 2
        """)
    from pipelines.measures.comparison.differences import pain_models

    model = pain_models(care, "technique", SETTINGS)[0]
    table = baseline_histogram(model.cells, model.feature.groups)
    assert table[table["n"] > 0][["pain", "n"]].to_numpy().tolist() == [[2, 1], [3, 1]]


def test_a_pair_holds_only_its_two_groups():
    cells = made_up(3, CONFOUNDED).cells
    pair = pair_of(cells, DEEP, SUPERFICIAL)
    assert pair.rows == cells.counts("group")[[SUPERFICIAL, DEEP]].sum()
    assert pair.compact().rows == pair.rows
    assert pair.compact().clusters == pair.clusters


def test_the_command_prints_json_csv_and_a_table(tmp_path):
    export = tmp_path / "export.csv"
    store, run = str(tmp_path / "store"), CliRunner()
    assert run.invoke(app, ["demo", "--csv", str(export), "--sessions", "600"]).exit_code == 0
    assert run.invoke(app, ["import", str(export), "--store", store]).exit_code == 0
    printed = run.invoke(app, ["compare", "--json", "--store", store])
    assert json.loads(printed.stdout)["feature"] == "technique"
    lines = run.invoke(app, ["compare", "--feature", "depth", "--csv", "--store", store])
    assert lines.stdout.startswith("feature,horizon,group,reference,outcome,n,")
    wrong = run.invoke(app, ["compare", "--feature", "colour", "--store", store])
    assert wrong.exit_code == 2
