"""Releases: what is frozen stays and is made again; what is hidden; what the public is told."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.errors import BadUsage, OutcomesError
from pipelines.publish import releases
from pipelines.publish.asking import asked_of
from pipelines.publish.cube import TABLES
from pipelines.publish.disclosure import SUPPRESSED
from pipelines.publish.public import public_summary
from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.summary import summary_rows
from tests.support.exports import empty_store, export, take, visit

CONTRACT = ["table", "dimensions", "rows"]
COUNTS = [
    "patients", "episodes", "eligible", "responders_30", "responders_50", "sessions", "recorded",
    "any_side_effect",
]  # fmt: skip


def course(patient: int, first: str, condition: str = "Neck pain", after: str = "3") -> list[dict]:
    """An evaluation, and a visit two weeks later."""
    start = date.fromisoformat(first)
    later = (start + timedelta(days=14)).isoformat()
    facts = {"patient_id": f"P{patient}", "condition": condition}
    return [
        visit(10 * patient, date=start.isoformat(), **facts),
        visit(10 * patient + 1, date=later, pain_before=after, **facts),
    ]


def clinic_of(patients: int, first: str, **facts: str) -> list[dict]:
    start = date.fromisoformat(first)
    days = [(start + timedelta(days=number % 40)).isoformat() for number in range(patients)]
    return [row for number, day in enumerate(days) for row in course(number, day, **facts)]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """40 patients with neck pain and 4 with headache in early 2025; newest visit in November."""
    made = empty_store(tmp_path)
    rows = clinic_of(40, "2025-01-06")
    for number in range(100, 104):
        rows += course(number, "2025-02-03", condition="Headache")
    take(made, export([*rows, visit(9_000, patient_id="P0", date="2025-11-20")]))
    return made


def later_imports(store: Store, number: int) -> None:
    """More visits, one import after the other, in months that are closed and in open ones."""
    for turn in range(number):
        rows = course(500 + turn, f"2025-0{1 + turn % 6}-10")
        take(store, export(rows), name=f"more_{turn}.csv")


def test_a_release_holds_whole_half_years_and_names_them(store):
    made = releases.make_release(store)
    facts = made.contract
    assert (facts["release"], facts["made"], facts["previous"]) == ("2025-11a", "2025-11-20", None)
    assert facts["period"] == ["2025-01-01", "2025-06-30"]
    assert facts["followed_to"] == "2025-10-31"
    assert facts["incomplete_years"] == ["2025"]
    assert facts["settings"]["cell_size"] == 11


def test_every_fixed_table_is_there_with_its_totals(store):
    made = releases.make_release(store).contract["tables"]
    assert [tuple(table["dimensions"]) for table in made] == list(TABLES)
    for table in made:
        assert list(table) == CONTRACT
        first = table["rows"][0]
        assert list(first) == [*table["dimensions"], *COUNTS, "rate", "ci"]
        assert all(first[name] == "all" for name in table["dimensions"])
        assert first["episodes"] == made[0]["rows"][0]["episodes"]


def test_four_patients_are_hidden_and_so_is_what_would_give_them_away(store):
    made = releases.make_release(store)
    headache, neck = made.row(condition="Headache"), made.row(condition="Neck pain")
    assert {headache[name] for name in COUNTS[:5]} == {SUPPRESSED}
    assert SUPPRESSED in (neck["episodes"], made.row()["episodes"])


def test_every_shown_count_is_a_multiple_of_5_and_rates_are_made_of_them(store):
    for table in releases.make_release(store).contract["tables"]:
        for row in table["rows"]:
            shown = [row[name] for name in COUNTS if row[name] != SUPPRESSED]
            assert all(number % 5 == 0 for number in shown)
            parts = (row["responders_30"], row["eligible"])
            if SUPPRESSED in parts:
                assert (row["rate"], row["ci"]) == (SUPPRESSED, SUPPRESSED)
            elif row["eligible"]:
                assert row["rate"] == pytest.approx(parts[0] / parts[1], abs=1e-6)


def test_a_release_is_made_again_after_ten_imports_and_an_undo(store):
    made = releases.make_release(store)
    went_out = releases.published_bytes(store, made.name)
    later_imports(store, 10)
    store.undo(store.imports()["import_id"].iloc[0])
    store.undo(store.imports()["import_id"].iloc[-1])
    assert releases.read(store, made.name).as_bytes() == went_out
    assert releases.is_made_again(store, made.name)


def test_a_copied_store_gives_the_same_bytes_elsewhere(store, tmp_path):
    shutil.copytree(store.folder, tmp_path / "elsewhere")
    elsewhere = Store(tmp_path / "elsewhere", Settings())
    here, there = releases.make_release(store), releases.make_release(elsewhere)
    assert here.as_bytes() == there.as_bytes()


def test_where_nothing_has_changed_no_release_is_made(store):
    first = releases.make_release(store)
    assert releases.make_release(store).name == first.name
    assert releases.names(store) == [first.name]


def test_what_is_out_stays_until_it_is_counted_anew(store):
    first = releases.make_release(store)
    take(store, export(clinic_of(40, "2025-03-03", condition="Shoulder pain")[0:60]), "late.csv")
    assert releases.make_release(store).name == first.name
    second = releases.make_release(store, recount=True)
    facts = second.contract
    assert (facts["release"], facts["previous"]) == ("2025-11b", "2025-11a")
    assert facts["recounted"] == ["2025-H1"]
    assert "condition" in [one["table"] for one in facts["changed"]]


def test_a_new_half_year_comes_with_the_next_release_and_the_old_one_is_as_it_was(store):
    first = releases.make_release(store)
    rows = [
        row
        for number, row in enumerate(clinic_of(45, "2025-08-04"))
        for row in [row | {"Visit ID": f"N{number}", "Patient ID": "N" + row["Patient ID"]}]
    ]
    take(store, export([*rows, visit(9_001, patient_id="P0", date="2026-02-10")]), "next.csv")
    second = releases.make_release(store)
    assert second.contract["half_years"] == ["2025-H1", "2025-H2"]
    assert second.row(half_year="2025-H1") == first.row(half_year="2025-H1")


def test_changed_settings_need_a_recount(store):
    releases.make_release(store)
    changed = Store(store.folder, Settings(responder_percent=40))
    with pytest.raises(OutcomesError, match="--recount"):
        releases.make_release(changed)


def test_two_at_once_one_is_told_to_wait(store):
    folder = store.folder / releases.FOLDER
    folder.mkdir()
    with FileLock(folder / "making.lock"), pytest.raises(OutcomesError, match="being made"):
        releases.make_release(store)
    assert releases.make_release(store).name == "2025-11a"


def test_nothing_to_publish_is_said(tmp_path):
    made = empty_store(tmp_path)
    with pytest.raises(OutcomesError, match="import an export first"):
        releases.make_release(made)
    take(made, export(clinic_of(40, "2025-09-01")))
    with pytest.raises(OutcomesError, match="No half-year can be published yet"):
        releases.make_release(made)
    with pytest.raises(OutcomesError, match="outcomes release --make"):
        releases.newest(made)


def test_no_therapist_clinic_or_code_of_a_patient_leaves(store):
    text = releases.make_release(store).as_bytes().decode()
    codes = list(store.current()["patient_id"].cat.categories)
    assert "Ada" not in text
    assert not any(code in text for code in codes)


def test_the_frozen_clinic_is_the_one_of_then(store):
    made = releases.make_release(store)
    before, settings = releases.frozen_clinic(store, made.name)
    later_imports(store, 2)
    after, _ = releases.frozen_clinic(store, made.name)
    assert settings == Settings()
    assert len(before.visits) == len(after.visits) == 88
    assert before.visits["session_date"].max().date() <= date(2025, 6, 30)


def test_the_public_summary_says_what_the_release_says(store):
    made = releases.make_release(store)
    told = public_summary(made, {})
    row = made.row()
    assert told["counts"]["patients"] == row["patients"]
    assert told["pain"]["responders_30"]["of"] == row["eligible"]
    assert (told["period"], told["release"]) == (made.facts["period"], made.name)
    assert [one["condition"] for one in told["condition_mix"]] == ["Headache", "Neck pain"]
    assert told["techniques"][0]["technique"] == "deep"
    assert len(summary_rows({k: v for k, v in told.items() if k != "release"})) > 20
    json.dumps(told, allow_nan=False)


def asked(store, start=None, end=None, **names):
    made = releases.make_release(store)
    days = [date.fromisoformat(day) if day else None for day in (start, end)]
    return asked_of(made, *days, {name: (text,) for name, text in names.items()})


def test_the_public_may_ask_for_what_a_table_has(store):
    assert asked(store, condition="neck pain") == {"condition": "Neck pain"}
    assert asked(store, technique="DDN") == {"technique": "deep"}
    assert asked(store, "2025-01-01", "2025-06-30") == {"half_year": "2025-H1"}
    wanted = {"year": "2025", "condition": "Headache"}
    assert asked(store, "2025-01-01", "2025-12-31", condition="headache") == wanted


@pytest.mark.parametrize(
    ("days", "names"),
    [
        ((None, None), {"therapist": "Ada"}),
        ((None, None), {"clinic": "North"}),
        (("2025-01-02", "2025-06-30"), {}),
        (("2025-01-01", None), {}),
        ((None, None), {"technique": "deep", "chronicity": "unknown"}),
        (("2025-01-01", "2025-06-30"), {"condition": "Neck pain"}),
    ],
)
def test_anything_else_is_refused_with_what_is_allowed(store, days, names):
    with pytest.raises(BadUsage, match=r"can be asked by year, half-year.*2025-H1"):
        asked(store, *days, **names)


def test_several_values_and_unknown_ones_are_refused(store):
    made = releases.make_release(store)
    with pytest.raises(BadUsage, match="not several"):
        asked_of(made, None, None, {"condition": ("Neck pain", "Headache")})
    with pytest.raises(BadUsage, match="It has: Headache, Neck pain"):
        asked_of(made, None, None, {"condition": ("Tennis elbow",)})


def test_the_command_makes_lists_shows_and_checks(store, monkeypatch):
    monkeypatch.setenv("OUTCOMES_STORE", str(store.folder))

    def run(*args):
        return CliRunner().invoke(app, list(args))

    assert "2025-11a: 2025-01-01 to 2025-06-30" in run("release", "--make").stdout
    assert "2025-11a" in run("release").stdout
    assert json.loads(run("release", "2025-11a").stdout)["release"] == "2025-11a"
    assert run("release", "--check").exit_code == 0
    assert json.loads(run("summary", "--public", "--json").stdout)["release"] == "2025-11a"
    assert run("summary", "--public", "--therapist", "Ada").exit_code != 0
    (store.folder / "releases" / "2025-11a" / "release.json").write_bytes(b"{}")
    assert run("release", "--check").exit_code == 1
