"""What changed: each rule signals what it is for, and nothing else."""

from datetime import date

import pandas as pd
import pytest

from pipelines.measures.what_changed import what_changed
from pipelines.selection import Selection
from pipelines.settings import Settings
from tests.studies.what_changed import FIRST_LOOK, Truth, made_up
from tests.support.clinics import clinic

NEWEST_YEAR = Selection(start=date(2025, 1, 1), end=date(2025, 12, 31))
MUCH = {
    "responders": (("responds", 0.2),),
    "completeness": (("followed", 0.4),),
    "recording": (("recorded", 0.4),),
}


def rules(changed: tuple = (), sessions: pd.DataFrame | None = None) -> list[str]:
    """The rules that signal in the third year, against the second."""
    assert FIRST_LOOK == 24, "what is planted must begin with the year that is looked at"
    made = made_up(7, Truth(changed=changed)) if sessions is None else sessions
    return what_changed(clinic(made), NEWEST_YEAR, Settings())["rule"].tolist()


def test_nothing_is_said_where_nothing_changed():
    assert rules() == []


@pytest.mark.parametrize("rule", MUCH)
def test_a_large_change_is_told_by_its_rule_alone(rule):
    assert rules(MUCH[rule]) == [rule]


def test_a_signal_of_the_control_chart_is_told_while_it_is_new():
    sessions = made_up(7, Truth())
    november = sessions["session_date"].dt.to_period("M") == "2025-11"
    sessions["side_effects"] = sessions["side_effects"].mask(november, "soreness")
    assert rules(sessions=sessions) == ["side_effects_by_month"]
    march = sessions["session_date"].dt.to_period("M") == "2025-03"
    sessions = made_up(7, Truth())
    sessions["side_effects"] = sessions["side_effects"].mask(march, "soreness")
    assert rules(sessions=sessions) == []


def test_a_share_that_moved_names_its_condition_and_both_counts():
    sessions = made_up(7, Truth())
    late = sessions["session_date"] >= "2025-01-01"
    turned = sessions["patient_id"].cat.codes % 2 == 0
    sessions["condition"] = sessions["condition"].mask(late & turned, "headache")
    found = what_changed(clinic(sessions), NEWEST_YEAR, Settings())
    assert found["rule"].tolist() == ["condition_share"]
    row = found.iloc[0]
    assert row["subject"] == "headache"
    assert row["rate"] == pytest.approx(row["n"] / row["of"])
    assert row["rate"] > 0.4 > 0.2 > row["then_rate"]


@pytest.mark.parametrize(("late", "told"), [(4, True), (1, False)])
def test_more_serious_events_than_chance_lets_expect_are_told(late: int, told: bool):
    sessions = made_up(7, Truth()).sort_values("session_date", ignore_index=True)
    recorded = sessions.index[sessions["side_effects"].notna()]
    early = recorded[[100, 900]]
    newest = recorded[sessions.loc[recorded, "session_date"] <= "2025-12-31"][-late:]
    effects = sessions["side_effects"].cat.add_categories("infection")
    effects.loc[[*early, *newest]] = "infection"
    found = rules(sessions=sessions.assign(side_effects=effects))
    assert ("serious_events" in found) == told


def test_few_episodes_are_not_compared():
    sessions = made_up(7, Truth(changed=MUCH["responders"]))
    few = sessions[sessions["patient_id"].cat.codes % 40 == 0]
    assert rules(sessions=few) == []


def test_without_a_span_before_only_the_charts_speak():
    sessions = clinic(made_up(7, Truth(changed=MUCH["responders"])))
    assert what_changed(sessions, Selection(), Settings()).empty


def test_a_selection_without_a_visit_says_nothing():
    later = Selection(start=date(2030, 1, 1), end=date(2030, 12, 31))
    assert what_changed(clinic(made_up(7, Truth())), later, Settings()).empty
