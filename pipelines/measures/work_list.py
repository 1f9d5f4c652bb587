"""What to record or to ask: the gaps that make figures unsure."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.measures import eligibility
from pipelines.measures.grouping import columns_for, grouped
from pipelines.measures.told_effects import told_effects
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.tables import UNSPECIFIED
from pipelines.visits import is_treatment

TASKS = ("no_baseline", "due_not_followed", "unspecified_condition", "side_effects_not_recorded")
LISTED = ["patient_id", "clinic", "therapist", "condition"]


class Task(NamedTuple):
    """Rows that could have the gap, and which of them have it."""

    name: str
    frame: pd.DataFrame
    day: str
    could: np.ndarray
    has: np.ndarray


def work_list(clinic: Clinic, settings: Settings) -> pd.DataFrame:
    """Each episode or session with a gap, newest first.

    Columns: task (one of TASKS), date, patient_id, clinic, therapist, condition. Episodes
    stand with the date of their first visit; side effects not recorded is about treatment
    sessions.
    """
    parts = [
        task.frame[task.has][[task.day, *LISTED]]
        .rename(columns={task.day: "date"})
        .assign(task=task.name)
        for task in _tasks(clinic, settings)
    ]
    together = pd.concat(parts, ignore_index=True)[["task", "date", *LISTED]]
    return together.sort_values("date", ascending=False, kind="stable", ignore_index=True)


def work_counts(
    clinic: Clinic, settings: Settings, by: Sequence[str] = ("therapist",)
) -> pd.DataFrame:
    """How many gaps of each kind, of how many, by therapist or month or both.

    Columns: *by, task, n, of, rate. `of` are all episodes, those due, all episodes, and
    all treatment sessions, in the order of TASKS.
    """
    parts = []
    for task in _tasks(clinic, settings):
        frame = task.frame[columns_for(by, task.day)][task.could]
        groups = grouped(frame, by)
        n, of = groups.count(task.has[task.could]), np.bincount(groups.codes, minlength=groups.size)
        with np.errstate(invalid="ignore"):
            figures = {"task": task.name, "n": n, "of": of, "rate": n / of}
        parts.append(groups.named(pd.DataFrame(figures)))
    return pd.concat(parts, ignore_index=True)


def _tasks(clinic: Clinic, settings: Settings) -> list[Task]:
    episodes, visits = clinic.episodes, clinic.visits
    every = np.ones(len(episodes), dtype=bool)
    due, treated = eligibility.due(clinic, settings), is_treatment(visits).to_numpy(dtype=bool)
    unspecified = (episodes["condition"] == UNSPECIFIED) | episodes["condition"].isna()
    unrecorded = treated & ~told_effects(visits).recorded
    gaps = (
        (episodes, "first_date", every, ~eligibility.has_baseline(episodes)),
        (episodes, "first_date", due, due & ~eligibility.followed(episodes)),
        (episodes, "first_date", every, unspecified.to_numpy(dtype=bool)),
        (visits, "session_date", treated, unrecorded),
    )
    return [Task(name, *gap) for name, gap in zip(TASKS, gaps, strict=True)]
