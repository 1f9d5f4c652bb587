"""The sample clinic looks like a real one: its rates, its skew, its confounding, its drop-out.

Every figure is taken from one clinic of 150,000 sessions by one seed, so that a
tolerance of about four standard errors never fails by chance.
"""

import numpy as np
import pandas as pd
import pytest

from pipelines.demo import blocks as blocks_module
from pipelines.demo import facts
from pipelines.demo.blocks import blocks
from pipelines.demo.opening_days import years_until
from pipelines.demo.patients import CONDITION_SHARES
from pipelines.demo.reactions import draw_reactions

SESSIONS = 150_000
DEEP, SUPERFICIAL, CHRONIC = 1, 0, 2


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return pd.concat(blocks(years_until(), SESSIONS, seed=5), ignore_index=True)


@pytest.fixture(scope="module")
def attended(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["status"] == facts.ATTENDED]


@pytest.fixture(scope="module")
def needled(attended: pd.DataFrame) -> pd.DataFrame:
    return attended[attended["technique"] != facts.MISSING]


@pytest.fixture(scope="module")
def episodes(attended: pd.DataFrame) -> pd.DataFrame:
    """Treated episodes that began at least 200 days before the end, as the clinic drew them."""
    visits = attended[attended["visit_type"] != facts.FOLLOW_UP]
    first, last = (visits.groupby(["patient", "episode"]).nth(place) for place in (0, -1))
    table = first.set_index(["patient", "episode"])[["condition", "stage", "technique", "day"]]
    both = visits.groupby(["patient", "episode"])["day"].agg(["size"])
    table = table.join(both).assign(
        baseline=first.set_index(["patient", "episode"])["before"],
        latest=last.set_index(["patient", "episode"])["before"],
    )
    return table[table["day"] < attended["day"].max() - 200]


def standard_error(share: float, count: int) -> float:
    return float(np.sqrt(share * (1 - share) / count))


def fitted(outcome: np.ndarray, *columns: np.ndarray) -> tuple[float, float]:
    """The first column's coefficient beside a constant, by least squares, and its error."""
    design = np.column_stack([*columns, np.ones(len(outcome))]).astype(float)
    solution, *_ = np.linalg.lstsq(design, outcome, rcond=None)
    residual = outcome - design @ solution
    variance = residual @ residual / (len(outcome) - design.shape[1])
    return float(solution[0]), float(np.sqrt(variance * np.linalg.inv(design.T @ design)[0, 0]))


def drawn_bits(values: pd.Series, place: int) -> pd.Series:
    return (values.to_numpy() >> place) & 1


def test_the_clinic_has_exactly_the_sessions_asked_for_and_a_tenth_of_missed_ones(rows, attended):
    assert len(attended) == SESSIONS
    assert 0.08 < (len(rows) - SESSIONS) / SESSIONS < 0.11
    assert set(rows["status"]) == set(range(len(facts.STATUSES)))


def test_a_missed_appointment_has_nothing_clinical(rows):
    missed = rows[rows["status"] != facts.ATTENDED]
    assert missed[["before", "after"]].isna().all(axis=None)
    assert (missed[["technique", "twitch", "effects", "depth_mm", "adjuncts"]] == -1).all(axis=None)


def test_a_missed_appointment_is_on_a_day_without_a_visit_of_the_same_course(rows):
    course_day = rows[["patient", "episode", "day"]]
    missed = (rows["status"] != facts.ATTENDED).to_numpy()
    visits = course_day[~missed].drop_duplicates()
    assert len(course_day[missed].drop_duplicates().merge(visits)) == 0


def test_conditions_are_skewed_as_they_are_given(attended):
    first = attended[attended["condition"] >= 0].groupby("patient")["condition"].first()
    shares = first.value_counts(normalize=True).sort_index()
    expected = np.diff(CONDITION_SHARES, prepend=0)
    assert len(facts.CONDITIONS) == 12
    assert CONDITION_SHARES[-1] == pytest.approx(1)
    for share, wanted in zip(shares, expected, strict=True):
        assert share == pytest.approx(wanted, abs=4.5 * standard_error(wanted, len(first)))
    assert shares.nlargest(3).sum() > 0.5


def test_low_back_pain_takes_some_six_visits_and_one_in_seven_or_so_comes_once(episodes):
    visits = episodes.loc[episodes["condition"] == 0, "size"]
    assert visits.mean() == pytest.approx(6.4, abs=0.5)
    assert (visits == 1).mean() == pytest.approx(0.14, abs=0.05)
    assert episodes["size"].between(1, 12).all()


def test_scores_and_conditions_are_missing_at_realistic_rates(attended, needled):
    assert 0.05 < attended["before"].isna().mean() < 0.12
    assert 0.05 < needled["after"].isna().mean() < 0.12
    assert 0.01 < (attended["condition"] == facts.MISSING).mean() < 0.03
    assert attended["before"].dropna().between(0, 10).all()


def test_side_effects_come_at_the_published_rates(needled):
    recorded = needled[needled["effects"] != facts.MISSING]
    assert len(recorded) / len(needled) == pytest.approx(0.93, abs=0.015)
    events = 0.0
    for place, rate in enumerate(facts.COMMON_REACTIONS.values()):
        found = drawn_bits(recorded["effects"], place).mean()
        events += found
        assert found == pytest.approx(rate, abs=6 * standard_error(rate, len(recorded)))
    assert 0.20 < events < 0.30


def test_a_serious_event_is_about_one_in_two_thousand_and_graded_so(needled):
    serious = needled["effects"].to_numpy() >= 1 << len(facts.COMMON_REACTIONS)
    expected = len(needled) / 2_000
    assert abs(serious.sum() - expected) < 4 * np.sqrt(expected)
    assert (needled["severity"].to_numpy() == 2).tolist() == serious.tolist()


def test_a_serious_event_is_recorded_even_where_nobody_asks():
    rng, many = np.random.default_rng(8), 100_000
    deep, neck, sensitive = np.full(many, DEEP), np.ones(many, dtype=int), np.ones(many)
    effects, severity = draw_reactions(rng, deep, neck, sensitive, recording=np.zeros(many))
    recorded = effects != facts.MISSING
    assert recorded.sum() > 20
    assert (effects[recorded] >= 1 << len(facts.COMMON_REACTIONS)).all()
    assert (severity[recorded] == 2).all()


def test_the_lung_is_hurt_only_where_the_needle_is_over_it():
    whole = pd.concat(blocks(years_until(), 400_000, seed=6))
    place = facts.REACTIONS.index("pneumothorax")
    hurt = whole[(whole["effects"] != facts.MISSING) & (drawn_bits(whole["effects"], place) == 1)]
    over_lung = [at for at, condition in enumerate(facts.CONDITIONS) if condition.over_lung]
    assert len(hurt) > 3
    assert set(hurt["condition"]) <= {*over_lung, facts.MISSING}


def test_harder_cases_get_deep_needling_more_often(episodes):
    deep, shallow = (episodes[episodes["technique"] == place] for place in (DEEP, SUPERFICIAL))
    assert deep["baseline"].mean() - shallow["baseline"].mean() > 0.4
    assert (deep["stage"] == CHRONIC).mean() - (shallow["stage"] == CHRONIC).mean() > 0.05


def test_technique_has_no_lasting_effect_though_the_raw_difference_says_so(episodes):
    known = episodes[(episodes["size"] > 1) & episodes["technique"].isin([DEEP, SUPERFICIAL])]
    known = known.dropna(subset=["baseline", "latest"])
    deep = (known["technique"] == DEEP).to_numpy()
    change = (known["latest"] - known["baseline"]).to_numpy()
    raw, raw_error = fitted(change, deep)
    baseline, stages = (
        known["baseline"].to_numpy(),
        pd.get_dummies(known["stage"]).to_numpy()[:, 1:],
    )
    conditions = pd.get_dummies(known["condition"]).to_numpy()[:, 1:]
    fair, fair_error = fitted(known["latest"].to_numpy(), deep, baseline, stages, conditions)
    assert raw < -4 * raw_error
    assert abs(fair) < 2 * fair_error


def following(needled: pd.DataFrame) -> pd.DataFrame:
    """Needling sessions with all three scores: before, after, and before the next visit."""
    same = needled.groupby(["patient", "episode"])["before"]
    return needled.assign(later=same.shift(-1)).dropna(subset=["before", "after", "later"])


def test_a_twitch_helps_at_once_but_not_later(needled):
    pairs = following(needled)
    first = pairs[pairs["visit_type"] == facts.EVALUATION]
    twitch, before = first["twitch"].to_numpy(), first["before"].to_numpy()
    technique, stage = (
        pd.get_dummies(first[name]).to_numpy()[:, 1:] for name in ("technique", "stage")
    )
    at_once, error = fitted(
        (first["before"] - first["after"]).to_numpy(), twitch, before, technique
    )
    later, later_error = fitted(first["later"].to_numpy(), twitch, before, technique, stage)
    assert at_once > 10 * error
    assert abs(later) < 2 * later_error


def test_part_of_the_drop_within_a_session_is_lost_before_the_next(needled):
    pairs = following(needled)
    within = (pairs["before"] - pairs["after"]).sum()
    carried = (pairs["before"] - pairs["later"]).sum()
    assert 0.1 < carried / within < 0.7


def test_pain_falls_most_at_first_by_itself_and_by_regression_to_the_mean(attended):
    means = attended[attended["visit_type"] != facts.FOLLOW_UP].groupby("number")["before"].mean()
    falls = -np.diff(means.to_numpy())
    assert falls[0] > 0.5
    assert falls[0] > 2 * falls[3]


def test_who_is_well_and_who_is_no_better_leave_earlier(attended):
    visits = attended[attended["visit_type"] != facts.FOLLOW_UP]
    visits = visits[visits["day"] < visits["day"].max() - 60]
    by_episode = visits.groupby(["patient", "episode"])
    first = by_episode["before"].transform("first")
    leaves = by_episode["day"].shift(-1).isna()
    kept_on = (visits["number"].between(1, 10)) & visits["before"].notna() & first.notna()
    well, no_better = (visits["before"] <= 2), (visits["before"] >= first) & (first > 2)
    between = ~well & ~no_better & (visits["before"] > 0.4 * first)
    rates = [leaves[kept_on & group].mean() for group in (well, no_better, between)]
    assert rates[0] > 1.5 * rates[2]
    assert rates[1] > 1.3 * rates[2]


def test_the_clinic_is_open_on_weekdays_grows_and_has_its_seasons(attended):
    days = pd.to_datetime(attended["day"], unit="D")
    assert days.max() == pd.Timestamp("2026-11-20")
    assert days.min() >= pd.Timestamp("2023-11-21")
    assert days.dt.day_of_week.max() == 4
    assert not ((days.dt.month == 12) & (days.dt.day >= 25)).any()
    assert attended["minute"].between(8 * 60, 17 * 60 + 30).all()
    month = days.dt.to_period("M").value_counts()
    assert month["2026-01"] > 1.15 * month["2025-12"]
    assert month["2026-08"] < 0.85 * month["2026-05"]
    assert (days.dt.year == 2026).sum() > 1.2 * (days.dt.year == 2024).sum()


def test_therapists_begin_and_leave_and_see_different_cases(attended):
    days = pd.to_datetime(attended["day"], unit="D")
    by_therapist = days.groupby(attended["therapist"])
    assert 6 <= by_therapist.ngroups <= 10
    late = [place for place, person in enumerate(facts.STAFF) if person.begins > 0]
    assert (by_therapist.min()[late] > pd.Timestamp("2024-06-01")).all()
    gone = [place for place, person in enumerate(facts.STAFF) if person.ends < 1]
    assert (by_therapist.max()[gone] < pd.Timestamp("2026-02-01")).all()
    mix = pd.crosstab(attended["therapist"], attended["condition"] == 0, normalize="index")[True]
    assert mix.max() > 1.5 * mix.min()


def test_depth_and_stimulation_fit_the_technique(needled):
    shallow = needled.loc[needled["technique"] == SUPERFICIAL, "depth_mm"]
    assert (shallow > 10).mean() < 0.01
    assert needled.loc[needled["technique"] != SUPERFICIAL, "depth_mm"].min() > 10
    stimulated = needled["stimulation_hz"] > 0
    assert (stimulated == (needled["technique"] == 2)).all()
    assert needled["needle_count"].min() >= 1
    assert needled["dwell_minutes"].between(1, 30).all()


def test_some_come_back_for_the_same_and_some_for_another_condition(attended):
    known = attended[attended["condition"] != facts.MISSING]
    conditions = known.groupby("patient")["condition"].nunique()
    courses = known.groupby("patient")["episode"].nunique()
    assert 0.05 < (conditions > 1).mean() < 0.2
    assert 0.05 < (courses > conditions).mean() < 0.2


def test_people_are_of_all_ages_and_few_carry_a_contraindication(attended):
    people = attended.groupby("patient")[["age", "sex", "contraindications"]].first()
    assert people["age"].between(15, 93).all()
    assert (people["sex"] == 0).mean() == pytest.approx(0.6, abs=0.02)
    assert 0.005 < (people["contraindications"] > 0).mean() < 0.02


def test_a_visit_comes_once_a_day_in_a_course_and_in_order(attended):
    ordered = attended.sort_values(["patient", "episode", "day"])
    gap = ordered.groupby(["patient", "episode"])["day"].diff().dropna()
    assert gap.min() >= 1


def test_a_block_is_the_same_however_many_follow():
    small, large = (next(blocks(years_until(), size, seed=3)) for size in (1_000, 10_000_000))
    pd.testing.assert_frame_equal(small, large.iloc[: len(small)])
    assert len(large) < 100_000


def test_blocks_hold_other_patients_each(monkeypatch):
    monkeypatch.setattr(blocks_module, "PATIENTS", 100)
    drawn = [set(block["patient"]) for block in blocks(years_until(), 2_000, seed=3)]
    assert len(drawn) >= 3
    assert sum(map(len, drawn)) == len(set.union(*drawn))
