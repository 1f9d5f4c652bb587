"""Which part of the clinic's data a figure is about; applied in one place."""

from dataclasses import dataclass, fields
from datetime import date

import pandas as pd


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


NAMED = tuple(field.name for field in fields(Selection) if field.name not in ("start", "end"))


def select(clinic: Clinic, selection: Selection) -> Clinic:
    """Episodes by their own facts and first visit, visits by theirs; as-of stays."""
    return Clinic(
        visits=_selected(clinic.visits, "session_date", selection),
        episodes=_selected(clinic.episodes, "first_date", selection),
        as_of=clinic.as_of,
        history=clinic.visits if clinic.history is None else clinic.history,
    )


def _selected(frame: pd.DataFrame, day: str, selection: Selection) -> pd.DataFrame:
    if selection == Selection():
        return frame
    kept = pd.Series(True, index=frame.index)
    if selection.start:
        kept &= frame[day] >= pd.Timestamp(selection.start)
    if selection.end:
        kept &= frame[day] <= pd.Timestamp(selection.end)
    for name in NAMED:
        wanted = getattr(selection, name)
        if wanted:
            kept &= frame[name].isin(wanted)
    return frame[kept]
