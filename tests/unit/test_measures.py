"""What holds for every measure: columns as written, groups that add up, empty clinics."""

import importlib
import pkgutil
import re
import warnings
from inspect import signature

import numpy as np
import pandas as pd
import pytest

from pipelines import measures
from pipelines.selection import Clinic
from pipelines.settings import Settings
from tests.support.clinics import clinic, frame, random_sessions


def every_measure() -> dict[str, object]:
    """Each public function that takes a clinic and gives a frame, by name."""
    found = {}
    for part in pkgutil.iter_modules(measures.__path__):
        module = importlib.import_module(f"pipelines.measures.{part.name}")
        for name, thing in vars(module).items():
            own = getattr(thing, "__module__", "") == module.__name__ and callable(thing)
            if own and not name.startswith("_") and not isinstance(thing, type):
                given = signature(thing)
                takes = list(given.parameters)[:1] == ["clinic"]
                if takes and given.return_annotation is pd.DataFrame:
                    found[name] = thing
    return found


MEASURES = every_measure()
SPECIAL = {
    "compare_groups",
    "change_since",
    "pain_by_group",  # several measures side by side, by one column: tests/spec/test_pain.py
    "treatment_sessions",
    "what_changed",
}
GROUPED = sorted(
    name
    for name, measure in MEASURES.items()
    if "by" in signature(measure).parameters and name not in SPECIAL
)
PLAIN = sorted(MEASURES.keys() - SPECIAL)


def call(name: str, care: Clinic, **options) -> pd.DataFrame:
    measure = MEASURES[name]
    given = [Settings()] if "settings" in signature(measure).parameters else []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return measure(care, *given, **options)


def documented_columns(name: str) -> list[str]:
    """The names after "Columns:" in the docstring, up to the sentence's end."""
    text = re.sub(r"\([^()]*\)", "", MEASURES[name].__doc__).replace("<of>", "condition")
    listed = re.search(r"[Cc]olumns:\s(.*?)(?:\.\s|; in|; the)", text, re.DOTALL)[1]
    names = re.split(r"[,;]\s*", listed.replace("*by, ", ""))
    return [part.strip() for part in names if part.strip()]


def test_all_measures_are_found():
    assert len(MEASURES) > 30
    assert {"lasting_change", "any_side_effect", "condition_mix"} <= set(GROUPED)


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("visits", [0, 1, 200])
def test_columns_are_those_of_the_docstring(name: str, visits: int):
    care = clinic(random_sessions(4, visits) if visits else frame([]))
    options = {"by": ()} if name in GROUPED else {}
    assert set(call(name, care, **options)) == set(documented_columns(name))


@pytest.mark.parametrize("name", GROUPED)
def test_a_group_has_the_figures_of_its_own_rows(name: str):
    """What is computed for all groups at once equals what is computed for each alone."""
    care = clinic(random_sessions(11, 400))
    together = call(name, care, by=("chronicity",))
    for level in ("acute", "chronic"):
        alone = Clinic(
            care.visits[(care.visits["chronicity"] == level).to_numpy(dtype=bool)],
            care.episodes[(care.episodes["chronicity"] == level).to_numpy(dtype=bool)],
            care.as_of,
            history=care.visits,
        )
        rows = together[(together["chronicity"] == level).to_numpy(dtype=bool)]
        rows = rows.drop(columns="chronicity").reset_index(drop=True)
        expected = call(name, alone, by=())
        keys = [column for column in ("side_effect", "condition") if column in rows]
        if keys:
            rows = rows[rows[keys[0]].isin(expected[keys[0]])].reset_index(drop=True)
        pd.testing.assert_frame_equal(rows, expected, check_dtype=False, check_categorical=False)


@pytest.mark.parametrize("name", GROUPED)
@pytest.mark.parametrize("by", [("therapist",), ("month",), ("condition", "chronicity")])
def test_grouping_keeps_the_groups_names_first_and_loses_nobody(name: str, by: tuple[str, ...]):
    care = clinic(random_sessions(12, 300))
    found = call(name, care, by=by)
    assert list(found)[: len(by)] == list(by)
    whole = call(name, care, by=())
    for count in {"n", "missing", "no_baseline", "treatment_sessions"} & set(found):
        if name not in ("condition_mix", "patients_with_any"):
            assert found[count].sum() == whole[count].sum()


def test_groups_without_a_name_come_last():
    care = clinic(random_sessions(12, 300))
    names = call("lasting_change", care, by=("therapist",))["therapist"]
    assert names.isna().tolist() == [False] * 4 + [True]


def test_months_are_first_days_in_order():
    months = call("lasting_change", clinic(random_sessions(12, 300)), by=("month",))["month"]
    assert (months.dt.day == 1).all()
    assert months.is_monotonic_increasing


def test_many_thin_groups_are_grouped_like_few():
    """More combinations than rows take another way through the code."""
    care = clinic(random_sessions(12, 300))
    by = ("patient_id", "condition", "chronicity", "therapist", "technique", "month")
    found = call("lasting_change", care, by=by)
    assert found["n"].sum() == call("lasting_change", care, by=())["n"].sum()
    keys = care.episodes.assign(month=care.episodes["first_date"].dt.to_period("M"))
    sizes = keys.groupby(list(by), observed=True, dropna=False).size()
    assert len(found) == len(sizes)


@pytest.mark.parametrize("name", PLAIN)
def test_figures_lie_inside_their_interval(name: str):
    found = call(name, clinic(random_sessions(13, 400)))
    for figure, low, high in (
        ("rate", "low", "high"),
        ("change_mean", "low", "high"),
        ("improved", "low", "high"),
        ("improved", "improved_low", "improved_high"),
        ("retention", "low", "high"),
        ("share", "low", "high"),
        ("value", "low", "high"),
        ("rate_per_10000", "low", "high"),
    ):
        if {figure, low, high} <= set(found) and not (figure == "rate" and "share" in found):
            known = found[[figure, low, high]].dropna().astype(float)
            assert (known[low] <= known[figure] + 1e-12).all()
            assert (known[figure] <= known[high] + 1e-12).all()
            assert np.isfinite(known).all(axis=None)
