"""Which months are closed and which half-years a release may be about."""

from datetime import date

import pandas as pd
import pytest

from pipelines.publish.periods import (
    closed_until,
    days_of_half_year,
    half_years,
    is_followed,
)
from pipelines.settings import Settings


@pytest.mark.parametrize(
    ("newest", "closed"),
    [
        ("2026-10-14", "2026-09-30"),
        ("2026-10-31", "2026-10-31"),
        ("2026-10-29", "2026-10-31"),
        ("2026-10-28", "2026-09-30"),
        ("2026-01-02", "2025-12-31"),
        ("2024-02-27", "2024-02-29"),
    ],
)
def test_a_month_is_closed_by_a_visit_of_a_later_one_or_of_its_last_three_days(newest, closed):
    assert closed_until(date.fromisoformat(newest)) == date.fromisoformat(closed)


def test_days_belong_to_half_years():
    days = pd.Series(pd.to_datetime(["2025-01-01", "2025-06-30", "2025-07-01", "1999-12-31"]))
    assert list(half_years(days)) == ["2025-H1", "2025-H1", "2025-H2", "1999-H2"]


def test_a_half_year_has_a_first_and_a_last_day():
    assert days_of_half_year("2025-H1") == (date(2025, 1, 1), date(2025, 6, 30))
    assert days_of_half_year("2025-H2") == (date(2025, 7, 1), date(2025, 12, 31))


@pytest.mark.parametrize(("closed", "ready"), [("2025-07-30", True), ("2025-06-30", False)])
def test_a_half_year_is_ready_when_all_its_episodes_were_due(closed, ready):
    assert is_followed("2025-H1", date.fromisoformat(closed), Settings()) is ready
