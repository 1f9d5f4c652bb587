"""Which part of the clinic's data a figure is about; applied in one place."""

from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import pandas as pd

from pipelines.visits import is_among


@dataclass(frozen=True)
class Clinic:
    """One consistent version of the data: visits and the episodes formed from all of them.

    `as_of` is the date of the newest visit in the store, whatever is selected,
    and None in an empty store. Frames are those of `tables.VISIT` and `tables.EPISODE`.
    `history` is every visit, whatever is selected: a selected episode counts whole, with
    its visits outside the selection too. None means that `visits` are all.
    """

    visits: pd.DataFrame
    episodes: pd.DataFrame
    as_of: date | None
    history: pd.DataFrame | None = None


@dataclass(frozen=True)
class Selection:
    """Period, both ends included, and the names that are selected; empty means all."""

    start: date | None = None
    end: date | None = None
    clinic: tuple[str, ...] = ()
    therapist: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    technique: tuple[str, ...] = ()
    chronicity: tuple[str, ...] = ()


PERIOD = "period"
NAMED = tuple(field.name for field in fields(Selection) if field.name not in ("start", "end"))


def select(clinic: Clinic, selection: Selection) -> Clinic:
    """Episodes by their own facts and first visit, visits by theirs; as-of stays."""
    return Clinic(
        visits=_selected(clinic.visits, "session_date", selection),
        episodes=_selected(clinic.episodes, "first_date", selection),
        as_of=clinic.as_of,
        history=clinic.visits if clinic.history is None else clinic.history,
    )


def chosen(frame: pd.DataFrame, day: str, selection: Selection) -> np.ndarray:
    """Whether each row of visits or episodes is in the selection; `day` is its date's column."""
    parts = list(by_filter(frame, day, selection).values())
    return np.logical_and.reduce(parts) if parts else np.ones(len(frame), dtype=bool)


def by_filter(frame: pd.DataFrame, day: str, selection: Selection) -> dict[str, np.ndarray]:
    """The same by each filter in use alone: its name, or "period"."""
    kept = {
        name: is_among(frame[name], wanted)
        for name in NAMED
        if (wanted := getattr(selection, name))
    }
    bounds = (("ge", selection.start), ("le", selection.end))
    ends = [getattr(frame[day], test)(pd.Timestamp(bound)) for test, bound in bounds if bound]
    return ({PERIOD: np.logical_and.reduce(ends)} if ends else {}) | kept


def _selected(frame: pd.DataFrame, day: str, selection: Selection) -> pd.DataFrame:
    if selection == Selection():
        return frame
    return frame.take(np.flatnonzero(chosen(frame, day, selection)))
