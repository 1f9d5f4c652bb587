"""The cards' figures, and when a change against the span before is one."""

from datetime import date

import pandas as pd
import pytest

from pipelines.measures.headline import FIGURES, change_since, headline, span_before
from pipelines.measures.side_effects import any_side_effect
from pipelines.selection import Selection
from pipelines.settings import Settings
from pipelines.summary import summarise
from tests.support.clinics import clinic, frame, random_sessions


def test_the_figures_are_those_of_the_summary():
    care = clinic(random_sessions(2, 300))
    found, summary = headline(care, Settings()).set_index("figure"), summarise(care, Settings())
    rates = {
        "responders_30": summary["pain"]["responders_30"],
        "any_side_effect": summary["side_effects"]["any"],
        "completeness": summary["pain"]["completeness"],
    }
    for name, rate in rates.items():
        assert found.loc[name, "value"] == rate["rate"]
        assert found.loc[name, ["n", "of"]].tolist() == [rate["n"], rate["of"]]
    for name in ("responders_30", "completeness"):
        assert found.loc[name, ["low", "high"]].tolist() == rates[name]["ci"]
    # A session rate has the page's own limits: the contract keeps those of Rao and Scott.
    shown = any_side_effect(care).loc[0, ["low", "high"]]
    assert found.loc["any_side_effect", ["low", "high"]].tolist() == shown.tolist()
    assert found.loc["change_mean", "value"] == summary["pain"]["change_mean"]
    assert found.loc["change_mean", "n"] == summary["pain"]["n"]
    assert found.loc["median_sessions", "value"] == summary["sessions_to_improvement"]["median"]
    assert found.loc["median_sessions", "n"] == summary["sessions_to_improvement"]["events"]
    serious = summary["side_effects"]["serious"]
    assert found.loc["serious_per_10000", "value"] == serious["rate_per_10000"]


def test_the_span_before_has_as_many_days_and_ends_the_day_before():
    month = Selection(start=date(2025, 3, 1), end=date(2025, 3, 31), therapist=("Ada",))
    before = span_before(month)
    assert (before.start, before.end) == (date(2025, 1, 29), date(2025, 2, 28))
    assert before.therapist == ("Ada",)


@pytest.mark.parametrize(
    "selection", [Selection(), Selection(start=date(2025, 1, 1)), Selection(end=date(2025, 1, 1))]
)
def test_without_both_ends_there_is_no_span_before(selection: Selection):
    assert span_before(selection) is None
    care = clinic(random_sessions(2, 60))
    assert len(change_since(care, selection, Settings())) == 0


def two_months(first: int, second: int, patients: int = 40) -> pd.DataFrame:
    """One recorded session a patient in each month, so many of them with soreness."""
    return frame(
        [
            {
                "patient_id": f"P{month}-{patient}",
                "session_date": f"2025-0{month}-15",
                "side_effects": "soreness" if patient < hits else "none",
            }
            for month, hits in ((1, first), (2, second))
            for patient in range(patients)
        ]
    )


@pytest.mark.parametrize(
    ("first", "second", "patients", "verdict"),
    [
        (4, 36, 40, "higher"),
        (36, 4, 40, "lower"),
        (10, 14, 40, "no clear change"),
        (0, 9, 9, "too few to say"),
    ],
)
def test_a_change_is_one_when_the_intervals_do_not_overlap(first, second, patients, verdict):
    february = Selection(start=date(2025, 2, 1), end=date(2025, 2, 28))
    care = clinic(two_months(first, second, patients))
    found = change_since(care, february, Settings()).set_index("figure").loc["any_side_effect"]
    assert found["verdict"] == verdict
    assert found["change"] == pytest.approx((second - first) / patients)
    assert (found["n"], found["previous_n"]) == (second, first)


def test_a_median_that_was_not_reached_is_no_change():
    february = Selection(start=date(2025, 2, 1), end=date(2025, 2, 28))
    found = change_since(clinic(two_months(1, 1)), february, Settings())
    assert found["figure"].tolist() == list(FIGURES)
    assert found.set_index("figure").loc["median_sessions", "verdict"] == "too few to say"
