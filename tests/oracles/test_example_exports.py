"""Four example exports, each alone in an empty store: counts and figures as two separate
implementations computed them (`exports/expected.json`). All together: counts add up."""

import json
import math
from functools import cache
from pathlib import Path

import pytest

from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.store.check import check_store
from tests.support.exports import accounted, empty_store, figures, take

EXPORTS = Path(__file__).parent / "exports"
FILES = (
    "practice_management.csv",
    "front_desk_spreadsheet.csv",
    "outcome_survey.csv",
    "edges.csv",
)
COUNTS = ("rows", "accepted", "quarantined", "skipped")


@cache
def expected(name: str) -> dict:
    return json.loads((EXPORTS / "expected.json").read_text(encoding="utf-8"))[name]


def imported(store: Store, name: str):
    return take(store, (EXPORTS / name).read_bytes(), name)


@pytest.mark.parametrize("name", FILES)
def test_every_count_and_figure_is_as_computed_elsewhere(name: str, tmp_path: Path):
    store = empty_store(tmp_path)
    report = imported(store, name).as_contract()
    assert {field: report[field] for field in COUNTS} == {
        field: expected(name)[field] for field in COUNTS
    }
    assert differences(figures(store), expected(name)["summary"]) == []


def test_all_together_add_up(tmp_path: Path):
    store = empty_store(tmp_path)
    reports = [imported(store, name) for name in FILES]
    assert all(accounted(report) for report in reports)
    alone = [expected(name)["summary"] for name in FILES]
    together = figures(store)
    for count in ("patients", "sessions", "visits", "episodes", "orphan_follow_ups", "no_baseline"):
        assert together["counts"][count] == sum(each["counts"][count] for each in alone), count
    assert together["period"] == [
        min(each["period"][0] for each in alone),
        max(each["period"][1] for each in alone),
    ]
    assert together["as_of"] == together["period"][1]
    assert together["pain"]["n"] == sum(each["pain"]["n"] for each in alone)
    assert (
        sum(row["episodes"] for row in together["condition_mix"])
        == (together["counts"]["episodes"])
    )
    assert all(finding.sound for finding in check_store(store))


def test_their_order_changes_no_figure(tmp_path: Path):
    one, other = Store(tmp_path / "one", Settings()), Store(tmp_path / "other", Settings())
    for name in FILES:
        imported(one, name)
    for name in reversed(FILES):
        imported(other, name)
    assert differences(figures(one), figures(other)) == []


def test_a_wrong_figure_would_be_seen():
    right = expected("edges.csv")["summary"]
    wrong = json.loads(json.dumps(right))
    wrong["pain"]["change_mean"] += 2e-6
    wrong["side_effects"]["types"]["soreness"]["n"] += 1
    wrong["side_effects"]["types"]["nausea"] = {"n": 1}
    assert len(differences(wrong, right)) == 3


def test_a_wrong_adjusted_difference_would_be_seen():
    right = expected("outcome_survey.csv")["summary"]
    wrong = json.loads(json.dumps(right))
    wrong["techniques"][1]["immediate_adjusted"]["difference"] += 2e-6
    wrong["techniques"][2]["lasting_adjusted"]["verdict"] = "differs"
    del wrong["techniques"][3]["lasting_adjusted"]
    assert len(differences(wrong, right)) == 3


def differences(found: object, right: object, path: str = "") -> list[str]:
    """Where figures differ by more than 1e-6; what was not computed elsewhere is left aside."""
    if isinstance(right, dict):
        keys = sorted({*right, *found} - {"filters", *_not_computed(found, right)})
        return [line for key in keys for line in _inside(found, right, key, path)]
    if isinstance(right, list):
        if not isinstance(found, list) or len(found) != len(right):
            return [f"{path}: another length"]
        pairs = enumerate(zip(found, right, strict=True))
        return [
            line for n, (one, other) in pairs for line in differences(one, other, f"{path}/{n}")
        ]
    if isinstance(right, float) and isinstance(found, int | float):
        return [] if math.isclose(found, right, abs_tol=1e-6) else [f"{path}: {found} for {right}"]
    return [] if found == right else [f"{path}: {found} for {right}"]


def _not_computed(found: dict, right: dict) -> set[str]:
    """Adjusted differences where there are few visits, and the words of a reason."""
    aside = {key for key in found if key.endswith("_adjusted") and key not in right}
    return aside | {"reason"} if right.get("verdict") else aside


def _inside(found: object, right: dict, key: str, path: str) -> list[str]:
    """A key that the other implementation leaves out must be null."""
    if key not in found:
        return [f"{path}/{key}: missing"]
    return differences(found[key], right.get(key), f"{path}/{key}")
