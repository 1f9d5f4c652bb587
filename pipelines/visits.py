"""The order of visits, and which of them are treatment sessions."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from pipelines.tables import TECHNIQUES

NEEDLED = tuple(name for name in TECHNIQUES if name != "none")
SECONDS_OF_A_DAY = 86_400


def is_treatment(visits: pd.DataFrame) -> pd.Series:
    """Whether each visit is a treatment session.

    An evaluation or a treatment is one, and so is a discharge with a known technique
    other than `none`. A visit without a type counts as a treatment.
    """
    kind, technique = visits["visit_type"], visits["technique"]
    attended = is_among(kind, ("evaluation", "treatment"), missing=True)
    ending = is_among(kind, ("discharge",)) & is_among(technique, NEEDLED)
    return pd.Series(attended | ending, index=visits.index)


def order_by_patient(visits: pd.DataFrame) -> np.ndarray:
    """Positions of the visits by patient, then date, time (none last), then as they stand.

    They stand in the order in which they first came, by import and line: a corrected export
    of one visit does not move it behind the others of its day.
    """
    patient = visits["patient_id"].cat.codes.to_numpy().astype(np.int64)
    moment = _moments(visits)
    span = int(moment.max(initial=0)) + 1
    return np.argsort(patient * span + moment, kind="stable")


def places_by_day(visits: pd.DataFrame, chosen: np.ndarray) -> np.ndarray:
    """The place of each chosen visit among all, in order of date, time, import and line.

    Few are chosen: only visits of the same moment as one of them are put in order.
    """
    moment, days = _moments(visits), days_of(visits["session_date"])
    earlier = np.searchsorted(np.sort(moment), moment[chosen])
    tied = np.flatnonzero(np.isin(days, days[chosen]))
    tied = tied[np.isin(moment[tied], moment[chosen])]
    tied = tied[np.lexsort((_origin(visits.take(tied)), moment[tied]))]
    among = np.empty(len(visits), dtype=np.int64)
    among[tied] = np.arange(len(tied)) - np.searchsorted(moment[tied], moment[tied])
    return earlier + among[chosen]


def days_of(dates: pd.Series) -> np.ndarray:
    """Days since 1970 as whole numbers."""
    return dates.to_numpy().astype("datetime64[D]").astype(np.int64)


def is_among(column: pd.Series, names: Collection[str], missing: bool = False) -> np.ndarray:
    """Whether each value is one of `names`; `missing` is the answer where there is none.

    Each category is looked at once, so that it costs one look-up a row.
    """
    lookup = np.append(column.cat.categories.isin(list(names)), missing)
    return lookup[column.cat.codes.to_numpy()]


def codes_among(column: pd.Series, names: tuple[str, ...]) -> np.ndarray:
    """The place of each value among `names`; -1 where it is missing or another one."""
    places = {name: place for place, name in enumerate(names)}
    lookup = [places.get(category, -1) for category in column.cat.categories]
    return np.array([*lookup, -1], dtype=np.int64)[column.cat.codes.to_numpy()]


def _moments(visits: pd.DataFrame) -> np.ndarray:
    days = days_of(visits["session_date"])
    time = visits["session_time"].to_numpy(dtype=float)
    seconds = np.where(np.isnan(time), SECONDS_OF_A_DAY, time).astype(np.int64)
    first = days.min() if len(days) else 0
    return (days - first) * (SECONDS_OF_A_DAY + 1) + seconds


def _origin(visits: pd.DataFrame) -> np.ndarray:
    """A whole number that grows with import, then line: import ids sort in time."""
    line = visits["source_line"].to_numpy().astype(np.int64)
    names = visits["import_id"].cat.categories.to_numpy(dtype=str)
    rank = np.append(np.argsort(np.argsort(names)), -1)
    imported = rank[visits["import_id"].cat.codes.to_numpy()]
    return imported * (int(line.max(initial=0)) + 1) + line
