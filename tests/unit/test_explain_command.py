"""`outcomes explain` and `outcomes settings`: what a figure is, from which rows, under what."""

import csv
import io
import json
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipelines import settings as settings_module
from pipelines.cli import app
from pipelines.definitions import DEFINITIONS
from pipelines.errors import BadUsage, OutcomesError
from pipelines.known_settings import KNOWN
from pipelines.places import SETTINGS
from tests.support.exports import export, visit


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a store of two followed episodes, one of them of a therapist =Bo."""
    monkeypatch.setenv("OUTCOMES_STORE", str(tmp_path / "store"))
    rows = [
        visit(1, patient_id="P1", pain_before="8", therapist="=Bo"),
        visit(2, patient_id="P1", date="2025-02-03", pain_before="4", therapist="=Bo"),
        visit(3, patient_id="P2", pain_before="6"),
        visit(4, patient_id="P2", date="2025-02-03", pain_before="6"),
        visit(5, patient_id="P3", pain_before="2"),
    ]
    (tmp_path / "may.csv").write_bytes(export(rows))
    run("import", tmp_path / "may.csv")
    return tmp_path


def run(*args: object) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


def test_without_a_figure_all_are_listed(folder):
    listed = json.loads(run("explain", "--json").stdout)["figures"]
    assert [one["figure"] for one in listed] == list(DEFINITIONS)
    assert "pain.responders_30" in run("explain").stdout


def test_a_figure_is_told_with_the_numbers_of_the_selection(folder):
    told = run("explain", "pain.responders_30").stdout
    assert "At least 30% less pain (pain.responders_30)" in told
    assert "1 below 3 at the first visit, 1 not yet followed up" in told
    assert "least fall that is a response: 30%" in told
    assert "Selected: all data." in told
    assert "responders_30: 0.5 (0.095 to 0.905), n 1 of 2" in told


def test_filters_are_those_of_the_summary(folder):
    told = json.loads(run("explain", "pain.change_mean", "--therapist", "=Bo", "--json").stdout)
    assert told["filters"] == {"therapist": ["=Bo"]}
    assert [(row["figure"], row["n"], row["value"]) for row in told["numbers"]] == [
        ("change_mean", 1, 4.0)
    ]
    assert told["settings"] == {"episode_gap_days": 90}
    assert told["left_out_counts"] == {"no_baseline": 0, "not_yet_followed": 0}


def test_rows_are_written_as_a_file_in_which_nothing_runs(folder):
    done = run("explain", "pain.responders_30", "--rows", folder / "rows.csv")
    assert done.exit_code == 0
    text = (folder / "rows.csv").read_text(encoding="utf-8-sig")
    rows = sorted(csv.DictReader(io.StringIO(text)), key=lambda row: -float(row["baseline"]))
    assert [(row["baseline"], row["counted"], row["left_out"]) for row in rows] == [
        ("8.0", "True", ""),
        ("6.0", "False", ""),
        ("2.0", "False", "not yet followed up; below 3 at the first visit"),
    ]
    assert rows[0]["therapist"] == "'=Bo"
    assert "P1" not in text
    assert "3 rows" in done.stderr


def test_a_list_of_single_rows_is_not_to_be_had_of_everything(folder):
    result = run("explain", "trajectory", "--rows", folder / "rows.csv")
    assert isinstance(result.exception, BadUsage)
    assert not (folder / "rows.csv").exists()


def test_a_place_that_cannot_be_written_is_told(folder):
    result = run("explain", "pain.n", "--rows", folder / "no" / "rows.csv")
    assert isinstance(result.exception, OutcomesError)
    assert "cannot be written" in str(result.exception)


def test_an_empty_store_is_explained_too(tmp_path):
    told = run("explain", "pain.completeness", "--store", tmp_path / "empty").stdout
    assert "0 without a score at the first visit" in told
    assert "completeness: not known, n 0 of 0" in told


def test_settings_are_listed_with_range_and_default(folder):
    told = json.loads(run("settings", "--json").stdout)
    by_name = {row["setting"]: row for row in told["listed"]}
    assert list(by_name) == [*KNOWN, "time_zone"]
    one = by_name["responder_percent"]
    assert (one["value"], one["default"], one["lowest"], one["highest"]) == (30.0, 30.0, 1, 100)
    assert told["settings"] == tomllib.loads(SETTINGS.read_text("utf-8"))
    assert told["changes"] == []
    assert len(run("settings", "--csv").stdout.splitlines()) == len(by_name) + 1


def test_a_change_of_settings_is_told_with_its_day_and_values(folder, monkeypatch):
    changed = folder / "settings.toml"
    changed.write_text("responder_percent = 25.0\ndue_days = 31\n", encoding="utf-8")
    loaded = settings_module.load_settings(changed)
    monkeypatch.setattr(settings_module, "load_settings", lambda: loaded)
    run("summary")
    told = run("settings").stdout.splitlines()[-1]
    assert told.startswith("Settings changed on ")
    assert "least fall that is a response 30% → 25%" in told
    assert "due for a second score 30 days → 31 days; figures before and after" in told
    (change,) = json.loads(run("settings", "--json").stdout)["changes"]
    assert change["changed"]["due_days"] == {"before": 30, "after": 31}
