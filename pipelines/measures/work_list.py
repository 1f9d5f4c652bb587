"""What to record or to ask: the gaps that make figures unsure."""

from collections.abc import Sequence

import pandas as pd

from pipelines.selection import Clinic
from pipelines.settings import Settings

TASKS = ("no_baseline", "due_not_followed", "unspecified_condition", "side_effects_not_recorded")


def work_list(clinic: Clinic, settings: Settings) -> pd.DataFrame:
    """Each episode or session with a gap, newest first.

    Columns: task (one of TASKS), date, patient_id, clinic, therapist, condition.
    """
    raise NotImplementedError


def work_counts(
    clinic: Clinic, settings: Settings, by: Sequence[str] = ("therapist",)
) -> pd.DataFrame:
    """How many gaps of each kind, of how many, by therapist or month or both.

    Columns: *by, task, n, of, rate.
    """
    raise NotImplementedError
