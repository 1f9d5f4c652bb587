"""Every field of the summary against a slow second implementation, on clinics at random."""

import math

import pytest

from pipelines.settings import Settings
from pipelines.summary import summarise
from tests.oracles.plain_summary import plain_summary, plain_visits
from tests.support.clinics import clinic, random_sessions

VISITS = (1, 2, 3, 5, 8, 20, 40, 80, 120, 200)


@pytest.mark.parametrize("seed", range(40))
def test_every_field_is_the_same_on_a_random_clinic(seed: int):
    sessions = random_sessions(seed, VISITS[seed % len(VISITS)])
    whole = clinic(sessions)
    expected = plain_summary(plain_visits(sessions), whole.as_of)
    assert differences(with_reasons_said(summarise(whole, Settings())), expected) == []


def with_reasons_said(summary: dict) -> dict:
    """Only whether there is a reason counts here, not its words."""
    for row in summary["techniques"]:
        for figures in (row["immediate_adjusted"], row["lasting_adjusted"]):
            if figures and figures["reason"]:
                figures["reason"] = "said"
    return summary


def test_a_difference_would_be_seen():
    found = differences({"a": [1.0, None]}, {"a": [1.0 + 2e-9, 0]})
    assert found == ["/a/0: 1.0 for 1.000000002", "/a/1: None for 0"]


def differences(found, expected, path="") -> list[str]:
    """Where two plain objects differ, numbers by more than 1e-9."""
    if isinstance(expected, dict) and isinstance(found, dict) and found.keys() == expected.keys():
        parts = [differences(found[key], expected[key], f"{path}/{key}") for key in expected]
    elif isinstance(expected, list) and isinstance(found, list) and len(found) == len(expected):
        pairs = enumerate(zip(found, expected, strict=True))
        parts = [differences(one, other, f"{path}/{place}") for place, (one, other) in pairs]
    else:
        same = (
            _number(found)
            and _number(expected)
            and math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)
        )
        return [] if same or found == expected else [f"{path}: {found} for {expected}"]
    return [line for part in parts for line in part]


def _number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
