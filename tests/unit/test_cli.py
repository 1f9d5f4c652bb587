"""The `outcomes` command: what it prints, where, and with which exit status."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipelines.cli import app
from tests.support.exports import export, visit
from tests.support.hygiene import PROJECT

REPORT = [
    "file", "import_id", "encoding", "delimiter", "header_line", "date_order", "mapping", "rows",
    "accepted", "unchanged", "updated", "quarantined", "skipped", "repairs", "reasons",
    "dropped_columns", "refused", "vanished",
]  # fmt: skip
SUMMARY = [
    "filters", "as_of", "period", "counts", "pain", "immediate", "sessions_to_improvement",
    "side_effects", "condition_mix", "techniques",
]  # fmt: skip
COUNTS = [
    "patients", "sessions", "visits", "episodes", "no_baseline", "low_baseline",
    "not_yet_followed", "orphan_follow_ups",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an export of three visits, one of them wrong, and a store of its own."""
    monkeypatch.setenv("OUTCOMES_STORE", str(tmp_path / "store"))
    rows = [visit(1), visit(2, date="2025-02-03"), visit(3, pain_before="11")]
    (tmp_path / "may.csv").write_bytes(export(rows))
    (tmp_path / "page.csv").write_text("<!doctype html>")
    return tmp_path


def run(*args: object) -> Result:
    """The command in this process; an error that a user can mend comes back as `exception`."""
    return CliRunner().invoke(app, [str(arg) for arg in args])


def process(*args: object) -> subprocess.CompletedProcess:
    """The command as a process of its own."""
    command = [sys.executable, "-m", "pipelines", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=False)


def test_an_import_prints_the_contract_in_its_order(folder: Path):
    result = run("import", folder / "may.csv", folder / "page.csv", "--json")
    assert result.exit_code == 1
    good, refused = json.loads(result.stdout)
    assert list(good) == list(refused) == REPORT
    assert (good["rows"], good["accepted"], good["quarantined"]) == (3, 2, 1)
    assert good["reasons"] == {"pain_out_of_range": 1}
    assert (refused["import_id"], refused["rows"], good["refused"]) == (None, 0, None)
    assert "web page" in refused["refused"]


def test_a_summary_prints_the_contract_in_its_order(folder: Path):
    run("import", folder / "may.csv")
    found = json.loads(run("summary", "--json").stdout)
    assert list(found) == SUMMARY
    assert list(found["counts"]) == COUNTS
    assert (found["counts"]["visits"], found["filters"]) == (2, {})


def test_a_summary_of_nothing_is_zero_and_null_never_nan(folder: Path):
    result = run("summary", "--json")
    found = json.loads(result.stdout)
    assert set(found["counts"].values()) == {0}
    assert (found["as_of"], found["period"], found["pain"]["change_mean"]) == (None, None, None)
    assert (found["condition_mix"], found["techniques"]) == ([], [])
    assert "NaN" not in result.stdout


def test_filters_are_told_back_and_select(folder: Path):
    run("import", folder / "may.csv")
    result = run("summary", "--json", "--from", "2025-02-01", "--technique", "DDN")
    found = json.loads(result.stdout)
    assert found["filters"] == {"from": "2025-02-01", "technique": ["deep"]}
    assert (found["counts"]["visits"], found["period"]) == (1, ["2025-02-03", "2025-02-03"])


def test_a_summary_as_csv_has_a_row_for_each_figure(folder: Path):
    run("import", folder / "may.csv")
    rows = list(csv.DictReader(io.StringIO(run("summary", "--csv").stdout)))
    assert len(rows) > 20
    assert run("summary").exit_code == 0


def test_a_summary_for_people_cuts_off_no_name_and_no_number(folder: Path):
    run("import", folder / "may.csv")
    rows = list(csv.DictReader(io.StringIO(run("summary", "--csv").stdout)))
    said = run("summary").stdout
    assert "…" not in said
    assert all(row["figure"] in said and row["n"] in said for row in rows)


def test_dry_run_tells_and_writes_nothing(folder: Path):
    result = run("import", folder / "may.csv", "--dry-run")
    assert "2 would be accepted" in result.stdout
    assert "Nothing has been imported yet." in run("imports").stdout


def test_replace_lets_blank_cells_erase(folder: Path):
    run("import", folder / "may.csv")
    (folder / "blank.csv").write_bytes(export([visit(1, side_effects="")]))
    recorded = []
    for option in ((), ("--replace",)):
        run("import", folder / "blank.csv", *option)
        recorded.append(json.loads(run("summary", "--json").stdout)["side_effects"]["recorded"])
    assert recorded == [2, 1]


def test_if_empty_imports_only_once(folder: Path):
    for _ in range(2):
        assert run("import", folder / "may.csv", "--if-empty").exit_code == 0
    assert len(json.loads(run("imports", "--json").stdout)) == 1


def test_imports_and_undo(folder: Path):
    run("import", folder / "may.csv")
    (entry,) = json.loads(run("imports", "--json").stdout)
    assert (entry["file"], entry["accepted"], entry["undone"]) == ("may.csv", 2, False)
    assert run("undo", entry["import_id"]).exit_code == 0
    assert "(undone)" in run("imports").stdout
    assert json.loads(run("summary", "--json").stdout)["counts"]["visits"] == 0


def test_quarantine_out_to_a_file_mended_and_imported_again(folder: Path):
    run("import", folder / "may.csv")
    listed = run("quarantine")
    assert "may.csv, line 4: Pain before: 11 is outside the scale" in listed.stdout
    assert "1 rows wait" in listed.stderr
    mend = folder / "mend.csv"
    assert run("quarantine", "--csv", mend).exit_code == 0
    mend.write_text(mend.read_text(encoding="utf-8-sig").replace(",11,", ",1,"), encoding="utf-8")
    assert run("import", mend).exit_code == 0
    assert run("quarantine").stdout == ""
    assert "Nothing waits to be mended." in run("quarantine", "--csv", mend).stderr


def test_check_tells_each_promise_and_fails_where_one_is_broken(folder: Path):
    run("import", folder / "may.csv")
    sound = run("check")
    assert (sound.exit_code, sound.stdout.count("sound: ")) == (0, 13)
    (folder / "store" / "patient-key").chmod(0o644)
    broken = run("check")
    assert broken.exit_code == 1
    assert "BROKEN: The key of the patients' codes" in broken.stdout
    assert "chmod 600" in broken.stdout


def test_the_same_seed_writes_the_same_demo_and_another_does_not(folder: Path):
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        result = run("demo", "--sessions", 120, "--seed", seed, "--csv", folder / f"{name}.csv")
        assert result.exit_code == 0
    one, again, other = ((folder / f"{n}.csv").read_bytes() for n in ("one", "again", "other"))
    assert one == again != other
    assert json.loads(run("import", folder / "one.csv", "--json").stdout)[0]["refused"] is None


@pytest.mark.parametrize(
    "args",
    [
        ("import",),
        ("import", "no-such-file.csv"),
        ("import", "may.csv", "--date-order", "ydm"),
        ("summary", "--from", "yesterday"),
        ("undo",),
        ("no-such-command",),
        ("summary", "--privately"),
    ],
)
def test_bad_usage_is_exit_status_2(args: tuple[str, ...], folder: Path, monkeypatch):
    monkeypatch.chdir(folder)
    assert run(*args).exit_code == 2


@pytest.mark.parametrize(
    ("args", "status", "sentence"),
    [
        (
            ("summary", "--technique", "electrcal"),
            2,
            "No technique is called 'electrcal'. Did you mean 'electrical'?\n",
        ),
        (
            ("undo", "000009-abcdef"),
            1,
            "Import 000009-abcdef cannot be undone: none has this id. `outcomes imports` lists"
            " them.\n",
        ),
    ],
)
def test_what_a_user_can_mend_is_one_sentence_on_standard_error(args, status, sentence, folder):
    found = process(*args, "--store", folder / "store")
    assert (found.returncode, found.stdout) == (status, "")
    assert found.stderr == sentence


def test_data_is_on_standard_output_and_nothing_else_is(folder: Path):
    store = ("--store", folder / "store")
    imported = process("import", folder / "may.csv", "--json", *store)
    assert (imported.returncode, imported.stderr) == (0, "")
    assert json.loads(imported.stdout)[0]["accepted"] == 2
    summary = process("summary", "--json", *store)
    assert (summary.returncode, summary.stderr) == (0, "")
    assert json.loads(summary.stdout)["counts"]["visits"] == 2


def test_a_spoiled_table_is_a_sentence_and_no_traceback(folder: Path):
    run("import", folder / "may.csv")
    for file in (folder / "store" / "visits").glob("*.parquet"):
        file.write_bytes(b"spoiled")
    found = process("summary", "--json", "--store", folder / "store")
    assert found.returncode == 1
    assert found.stderr == (
        "The store's table 'visits' cannot be read. Run `outcomes check`, and restore the store's"
        " folder from its backup.\n"
    )
