"""The rows behind a figure give the figure back, say who is left out, and name nobody."""

import numpy as np
import pandas as pd
import pytest

from pipelines.definitions import DEFINITIONS, definition_of
from pipelines.definitions.reasons import REASONS
from pipelines.definitions.rows import has_rows, left_out_counts, rows_behind
from pipelines.definitions.rows.behind import BEHIND
from pipelines.errors import BadUsage
from pipelines.measures.kaplan_meier import life_table
from pipelines.selection import Clinic, Selection, select
from pipelines.settings import Settings
from pipelines.summary import summarise
from pipelines.tables import MIXED, SEPARATOR
from tests.support.clinics import clinic, random_sessions

SETTINGS = Settings(lowest_baseline=2.5, responder_percent=25, due_days=60)
CLINICS = [(seed, visits) for seed, visits in enumerate((0, 1, 5, 40, 120, 300))]
EVERYBODY = pytest.mark.parametrize(("seed", "visits"), CLINICS)
SHARES = {
    "pain": ("responders_30", "responders_50", "responders_2pt", "improved", "unchanged", "worse",
             "completeness", "responders_30_due"),
    "immediate": ("drop_1", "drop_2"),
    "side_effects": ("any", "patients_any", "serious"),
}  # fmt: skip
MEANS = {
    "pain": ("baseline_mean", "latest_mean", "change_mean"),
    "immediate": ("change_mean",),
}


def of_seed(seed: int, visits: int) -> Clinic:
    """A random clinic, every second one of them only in part."""
    part = Selection(therapist=("Ada", "Bo")) if seed % 2 else Selection()
    return select(clinic(random_sessions(seed + 70, visits), SETTINGS), part)


def told(rows: pd.DataFrame) -> tuple[int, int]:
    """How many count, of how many that are not left out."""
    return int(rows["counted"].sum()), int((rows["left_out"] == "").sum())


def mean(rows: pd.DataFrame) -> float | None:
    values = rows.loc[rows["left_out"] == "", "value"]
    return values.mean() if len(values) else None


@EVERYBODY
def test_shares_are_the_counted_of_those_not_left_out(seed, visits):
    care = of_seed(seed, visits)
    summary = summarise(care, SETTINGS)
    for section, names in SHARES.items():
        for name in names:
            figure, rows = summary[section][name], rows_behind(f"{section}.{name}", care, SETTINGS)
            assert told(rows) == (figure["n"], figure["of"]), name
            assert not (rows["counted"] & (rows["left_out"] != "")).any()


@EVERYBODY
def test_means_and_the_median_are_those_of_the_values(seed, visits):
    care = of_seed(seed, visits)
    summary = summarise(care, SETTINGS)
    for section, names in MEANS.items():
        for name in names:
            rows = rows_behind(f"{section}.{name}", care, SETTINGS)
            assert mean(rows) == pytest.approx(summary[section][name], abs=1e-9)
            assert told(rows) == (summary[section]["n"],) * 2
    rows = rows_behind("pain.change_median", care, SETTINGS)
    half = rows["value"].median() if rows["value"].notna().any() else None
    assert half == pytest.approx(summary["pain"]["change_median"], abs=1e-9)


@EVERYBODY
def test_counts_are_the_counted(seed, visits):
    care = of_seed(seed, visits)
    summary = summarise(care, SETTINGS)
    for name, number in summary["counts"].items():
        assert told(rows_behind(f"counts.{name}", care, SETTINGS))[0] == number, name
    counted = {
        "pain.n": summary["pain"]["n"],
        "pain.eligible": summary["pain"]["eligible"],
        "immediate.n": summary["immediate"]["n"],
        "side_effects.treatment_sessions": summary["side_effects"]["treatment_sessions"],
        "side_effects.recorded": summary["side_effects"]["recorded"],
        "sessions_to_improvement.n": summary["sessions_to_improvement"]["n"],
        "sessions_to_improvement.events": summary["sessions_to_improvement"]["events"],
    }
    for name, number in counted.items():
        assert told(rows_behind(name, care, SETTINGS))[0] == number, name


@EVERYBODY
def test_the_bounds_are_those_of_the_rows_without_a_later_score(seed, visits):
    care = of_seed(seed, visits)
    rows = rows_behind("pain.responders_30_bounds", care, SETTINGS)
    n, of = told(rows)
    missing = int((rows["latest"].isna() & (rows["left_out"] == "")).sum())
    bounds = [n / of, (n + missing) / of] if of else None
    assert bounds == summarise(care, SETTINGS)["pain"]["responders_30_bounds"]


@EVERYBODY
def test_times_to_improvement_make_the_curve(seed, visits):
    care = of_seed(seed, visits)
    rows = rows_behind("sessions_to_improvement.by_session", care, SETTINGS)
    rows = rows[rows["left_out"] == ""]
    table = life_table(rows["value"].to_numpy().astype(int), rows["counted"].to_numpy())
    curve = summarise(care, SETTINGS)["sessions_to_improvement"]["by_session"]
    assert [row["improved"] for row in curve] == pytest.approx(list(1 - table["survival"]))
    assert [row["at_risk"] for row in curve] == list(table["at_risk"])


@EVERYBODY
def test_each_kind_of_side_effect_stands_in_its_rows(seed, visits):
    care = of_seed(seed, visits)
    rows = rows_behind("side_effects.types", care, SETTINGS)
    kept = rows[rows["left_out"] == ""]
    sets = [set(text.split(SEPARATOR)) for text in kept["side_effects"]]
    for name, rate in summarise(care, SETTINGS)["side_effects"]["types"].items():
        assert (sum(name in one for one in sets), len(kept)) == (rate["n"], rate["of"])


@EVERYBODY
def test_conditions_are_those_of_the_rows(seed, visits):
    care = of_seed(seed, visits)
    rows = rows_behind("condition_mix", care, SETTINGS)
    by_condition = rows.groupby("condition", observed=True)["patient"]
    for row in summarise(care, SETTINGS)["condition_mix"]:
        patients = by_condition.get_group(row["condition"])
        assert (len(patients), patients.nunique()) == (row["episodes"], row["patients"])


@EVERYBODY
def test_techniques_are_those_of_the_rows(seed, visits):
    care = of_seed(seed, visits)
    names = ("sessions", "episodes", "responders_30", "immediate", "lasting", "lasting_raw")
    behind = {name: rows_behind(f"techniques.{name}", care, SETTINGS) for name in names}
    for row in summarise(care, SETTINGS)["techniques"]:
        own = {
            name: rows[(rows["technique"] == row["technique"]).to_numpy(dtype=bool)]
            for name, rows in behind.items()
        }
        assert told(own["episodes"])[0] == row["episodes"]
        responders = row["responders_30"]
        assert told(own["responders_30"]) == (responders["n"], responders["of"])
        assert mean(own["lasting"]) == pytest.approx(row["lasting"]["change_mean"], abs=1e-9)
        if row["technique"] != MIXED:
            assert told(own["sessions"])[0] == row["sessions"]
            at_once = row["immediate"]["change_mean"]
            assert mean(own["immediate"]) == pytest.approx(at_once, abs=1e-9)


def test_differences_of_the_rows_are_the_raw_ones():
    care = of_seed(4, 300)
    for horizon in ("immediate", "lasting"):
        rows = rows_behind(f"techniques.{horizon}_raw", care, SETTINGS)
        means = rows.groupby("technique", observed=True)["value"].mean()
        found = [
            row[f"{horizon}_raw"] | {"group": row["technique"]}
            for row in summarise(care, SETTINGS)["techniques"]
            if row[f"{horizon}_raw"]
        ]
        assert len(found) > 1
        for one in found:
            difference = means[one["group"]] - means[one["reference"]]
            assert difference == pytest.approx(one["difference"], abs=1e-9)


def test_rows_of_an_adjusted_difference_are_those_of_its_groups():
    care = of_seed(4, 300)
    for horizon in ("immediate", "lasting"):
        adjusted, own = (
            rows_behind(f"techniques.{horizon}{kind}", care, SETTINGS) for kind in ("_adjusted", "")
        )
        assert told(adjusted) == told(own)
        assert set(adjusted) >= {"technique", "condition", "chronicity", "therapist", "value"}


@pytest.mark.parametrize("name", BEHIND)
def test_each_list_says_whom_it_leaves_out_as_its_definition_does(name):
    care = of_seed(4, 300)
    counts = left_out_counts(name, care, SETTINGS)
    assert set(counts) == set(definition_of(name).left_out)
    rows = rows_behind(name, care, SETTINGS)
    for reason, number in counts.items():
        words = REASONS[reason].words.split("{")[0].strip()
        assert rows["left_out"].str.contains(words, regex=False).sum() == number


@pytest.mark.parametrize("name", ["pain.change_mean", "side_effects.any", "counts.patients"])
def test_a_patient_has_one_short_name_in_every_list_that_is_no_code_of_the_store(name):
    care = of_seed(4, 300)
    hashed = care.visits["patient_id"].astype("str")
    listed = set(rows_behind(name, care, SETTINGS)["patient"])
    everybody = set(rows_behind("counts.visits", care, SETTINGS)["patient"])
    assert len(everybody) == hashed.nunique()
    assert listed <= everybody
    assert all(len(one) == 10 for one in listed)
    assert not any(one in code or code in one for one in listed for code in set(hashed))


def test_what_is_no_figure_of_rows_says_so():
    care = of_seed(2, 5)
    assert not has_rows("activity")
    assert left_out_counts("activity", care, SETTINGS) == {}
    with pytest.raises(BadUsage, match="no count, share or mean"):
        rows_behind("activity", care, SETTINGS)


@pytest.mark.parametrize("name", BEHIND)
def test_each_list_belongs_to_a_figure_and_is_whole(name):
    rows = rows_behind(name, of_seed(4, 300), SETTINGS)
    assert name in DEFINITIONS
    assert list(rows.columns)[-2:] == ["counted", "left_out"]
    assert rows["left_out"].notna().all()
    assert rows["counted"].dtype == np.dtype(bool)
