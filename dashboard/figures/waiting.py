"""The figures of the page on sessions to improvement."""

from dataclasses import dataclass

import pandas as pd

from dashboard import names
from pipelines.measures.counts import counts
from pipelines.measures.sessions_to_improvement import (
    compare_groups,
    improved_by,
    improvement_curve,
    improvement_median,
)
from pipelines.measures.what_happened import what_happened
from pipelines.selection import Clinic
from pipelines.settings import Settings

GROUPS = ("first_technique", "chronicity", "condition")
"""What is known at the first session: the only ways in which waiting times are compared."""


@dataclass(frozen=True)
class Waiting:
    """Sessions to improvement: what happens if people carry on, and what did happen."""

    counts: dict[str, int]
    median: pd.Series
    curve: pd.DataFrame
    improved_by: pd.DataFrame
    happened: pd.DataFrame
    groups: dict[str, pd.DataFrame]
    tests: dict[str, pd.Series]


def waiting(part: Clinic, settings: Settings) -> Waiting:
    """Every frame of the page on sessions to improvement."""
    return Waiting(
        counts=counts(part, settings),
        median=improvement_median(part).iloc[0],
        curve=improvement_curve(part),
        improved_by=improved_by(part),
        happened=what_happened(part, settings),
        groups={by: names.labelled(improvement_curve(part, (by,)), by) for by in GROUPS},
        tests={by: compare_groups(part, by).iloc[0] for by in GROUPS},
    )
