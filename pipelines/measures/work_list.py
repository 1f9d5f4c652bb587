"""What to record or to ask: the gaps that make figures unsure, each where it can be found."""

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
DUE_SOON = "due_soon"
"""No gap yet: the episodes that will be due within SOON_DAYS and have no later score so far."""
SOON_DAYS = 14
LISTED = ["patient_id", "clinic", "therapist", "condition"]
FOUND = ["source_file", "source_line"]


class Task(NamedTuple):
    """Rows that could have the gap, and which of them have it."""

    name: str
    frame: pd.DataFrame
    day: str
    could: np.ndarray
    has: np.ndarray


def work_list(
    clinic: Clinic, settings: Settings, tasks: Sequence[str] = (*TASKS, DUE_SOON)
) -> pd.DataFrame:
    """Each episode or session with one of these gaps, newest first; due soon, soonest first.

    Columns: task, date, due_date, days_overdue, last_visit, patient_id, clinic, therapist,
    condition, source_file, source_line (where the export has the visit of that date).
    Episodes stand with the date of their first visit; side effects not recorded is about
    treatment sessions. A score is due `due_days` after the first visit; `days_overdue` are
    the days since, below 0 those that are left, missing where no score is due.
    """
    parts = [_listed(clinic, settings, _task(clinic, settings, name)) for name in tasks]
    return pd.concat(parts, ignore_index=True)


def work_counts(
    clinic: Clinic, settings: Settings, by: Sequence[str] = ("therapist",)
) -> pd.DataFrame:
    """How many gaps of each kind, of how many, by therapist or month or both.

    Columns: *by, task, n, of, rate. `of` are all episodes, those due, all episodes, and
    all treatment sessions, in the order of TASKS.
    """
    parts = []
    for task in (_task(clinic, settings, name) for name in TASKS):
        frame = task.frame[columns_for(by, task.day)][task.could]
        groups = grouped(frame, by)
        n, of = groups.count(task.has[task.could]), np.bincount(groups.codes, minlength=groups.size)
        with np.errstate(invalid="ignore"):
            figures = {"task": task.name, "n": n, "of": of, "rate": n / of}
        parts.append(groups.named(pd.DataFrame(figures)))
    return pd.concat(parts, ignore_index=True)


def _task(clinic: Clinic, settings: Settings, name: str) -> Task:
    """One kind of gap: which rows could have it, and which have."""
    if name == "side_effects_not_recorded":
        treated = is_treatment(clinic.visits).to_numpy(dtype=bool)
        unrecorded = treated & ~told_effects(clinic.visits).recorded
        return Task(name, clinic.visits, "session_date", treated, unrecorded)
    could, has = _EPISODES[name](clinic, settings)
    return Task(name, clinic.episodes, "first_date", could, has)


def _no_baseline(clinic: Clinic, settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    return _every(clinic), ~eligibility.has_baseline(clinic.episodes)


def _due(clinic: Clinic, settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    due = eligibility.due(clinic, settings)
    return due, due & ~eligibility.followed(clinic.episodes)


def _unspecified(clinic: Clinic, settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    condition = clinic.episodes["condition"]
    blank = (condition == UNSPECIFIED) | condition.isna()
    return _every(clinic), blank.to_numpy(dtype=bool)


def _due_soon(clinic: Clinic, settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    waiting = eligibility.not_yet_followed(clinic.episodes)
    if clinic.as_of is None:
        return waiting, waiting
    left = settings.due_days - eligibility.days_before(clinic, clinic.episodes["first_date"])
    return waiting, waiting & (left > 0) & (left <= SOON_DAYS)


def _every(clinic: Clinic) -> np.ndarray:
    return np.ones(len(clinic.episodes), dtype=bool)


_EPISODES = {
    "no_baseline": _no_baseline,
    "due_not_followed": _due,
    "unspecified_condition": _unspecified,
    DUE_SOON: _due_soon,
}


def _listed(clinic: Clinic, settings: Settings, task: Task) -> pd.DataFrame:
    """The rows with the gap, in the order in which they are worked through."""
    rows = task.frame[task.has]
    is_episode = task.day == "first_date"
    origin = _first_visits(clinic, rows) if is_episode else rows
    listed = pd.DataFrame({"task": task.name, "date": rows[task.day].array})
    listed = listed.assign(
        **_when_due(clinic, settings, task, rows),
        last_visit=rows["last_date"].array if is_episode else rows[task.day].array,
        **{name: rows[name].array for name in LISTED},
        **{name: origin[name].array for name in FOUND},
    )
    soonest_first = task.name == DUE_SOON
    return listed.sort_values("date", ascending=soonest_first, kind="stable", ignore_index=True)


def _when_due(
    clinic: Clinic, settings: Settings, task: Task, rows: pd.DataFrame
) -> dict[str, pd.Series | np.ndarray]:
    """The day on which a score is due and the days since, where the gap is a missing score."""
    if task.name not in ("due_not_followed", DUE_SOON) or clinic.as_of is None:
        none = np.full(len(rows), np.datetime64("NaT", "s"))
        return {"due_date": none, "days_overdue": np.full(len(rows), np.nan)}
    due = rows["first_date"] + np.timedelta64(settings.due_days, "D")
    age = eligibility.days_before(clinic, rows["first_date"])
    return {"due_date": due.to_numpy(), "days_overdue": (age - settings.due_days).astype(float)}


def _first_visits(clinic: Clinic, episodes: pd.DataFrame) -> pd.DataFrame:
    """Where the exports have the first visit of each of these episodes."""
    visits = clinic.visits if clinic.history is None else clinic.history
    ids = visits["episode_id"].to_numpy()
    # From the last visit to the first: the last assignment holds.
    first = np.zeros(max(ids.max(initial=0), 0) + 2, dtype=np.int64)
    first[ids[::-1]] = np.arange(len(ids))[::-1]
    return visits[FOUND].take(first[episodes["episode_id"].to_numpy()])
