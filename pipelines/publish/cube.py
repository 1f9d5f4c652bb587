"""The fixed tables of a release: every cell with its counts, and the patients behind each.

A cell is a period, a condition, a technique and a chronicity, each one value or "all". The
same cell may stand in several tables, as a total of one and a row of another: it is counted,
judged and hidden once.
"""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd

from pipelines.publish.contributions import (
    EPISODE_COUNTS,
    SESSION_COUNTS,
    VISITS,
    Contributions,
)
from pipelines.publish.periods import year_of

ALL = "all"
PERIOD = "period"
CELL = [PERIOD, "condition", "technique", "chronicity"]
TABLES = (
    (),
    ("year",),
    ("half_year",),
    ("condition",),
    ("technique",),
    ("chronicity",),
    ("year", "condition"),
    ("year", "technique"),
    ("year", "chronicity"),
    ("condition", "technique"),
    ("condition", "chronicity"),
)
"""Each set of dimensions that is published. A year and its halves are one dimension."""
PATIENTS = "patients"
PARENT = {
    "eligible": "episodes",
    "responders_30": "eligible",
    "responders_50": "eligible",
    "recorded": "sessions",
    "any_side_effect": "recorded",
}
"""What each count is a part of."""
RATES = {
    "responders_30": "eligible",
    "responders_50": "eligible",
    "any_side_effect": "recorded",
}
"""The shares that are published, each with its denominator."""
COUNTS = (PATIENTS, *EPISODE_COUNTS, *SESSION_COUNTS)
BEHIND, REST, SHARE = "behind_", "rest_", "share_"
"""Patients behind a count, patients behind its complement, the largest patient's share."""


def parents_of(count: str) -> list[str]:
    """Every count that this one is a part of."""
    return [PARENT[count], *parents_of(PARENT[count])] if count in PARENT else []


def table_name(dimensions: Sequence[str]) -> str:
    """What a table is called: its dimensions, or "clinic" for the one row of everything."""
    return "_by_".join(dimensions) or "clinic"


def cells(contributions: Contributions) -> pd.DataFrame:
    """One row a cell (index CELL), in order of TABLES and values: all cells of all tables.

    For each of COUNTS its number, for each `behind_`, `share_`, and for each with a parent
    `rest_`. A cell between values that occur, but not together, is all 0.
    """
    named = {name for dimensions in TABLES for name in dimensions}
    values = {name: values_of(contributions, name) for name in named}
    blocks = [_of_scheme(contributions, dimensions, values) for dimensions in TABLES]
    table = pd.concat(blocks)
    return table[~table.index.duplicated()]


def _of_scheme(
    contributions: Contributions, dimensions: Sequence[str], values: Mapping[str, list[str]]
) -> pd.DataFrame:
    """The cells that have a value in each of these dimensions, and "all" in the others."""
    sessions = tallied(contributions.sessions, dimensions, SESSION_COUNTS, True)
    episodes = tallied(contributions.episodes, dimensions, EPISODE_COUNTS, False)
    index = _every_cell([values[name] for name in dimensions], dimensions)
    counted = pd.concat([sessions.reindex(index), episodes.reindex(index)], axis=1)
    return counted.fillna(0)


def _every_cell(values: Sequence[list[str]], dimensions: Sequence[str]) -> pd.MultiIndex:
    """Each value that occurs with each, whether they occur together or not."""
    rows = [_cell(dict(zip(dimensions, chosen, strict=True))) for chosen in product(*values)]
    return pd.MultiIndex.from_tuples(rows, names=CELL)


def _cell(named: dict[str, str]) -> tuple[str, ...]:
    period = named.get("year") or named.get("half_year") or ALL
    return (period, *(named.get(name, ALL) for name in CELL[1:]))


def values_of(contributions: Contributions, dimension: str) -> list[str]:
    """The values of a dimension that occur, in order."""
    name = "half_year" if dimension == "year" else dimension
    parts = (contributions.episodes, contributions.sessions)
    found = {value for part in parts for value in part[name].unique()}
    return sorted({year_of(half) for half in found} if dimension == "year" else found)


def keys_of(rows: pd.DataFrame, dimensions: Sequence[str]) -> dict[str, pd.Series]:
    """The value of each row in each of the dimensions."""
    return {name: _column(rows, name) for name in dimensions} | {"": rows["patient"]}


def cell_index(keys: dict[str, pd.Series]) -> pd.MultiIndex:
    """The cell of each row."""
    rows = len(keys[""])
    every = pd.Series([ALL] * rows, dtype="str")
    period = keys.get("year", keys.get("half_year", every))
    others = [keys.get(name, every) for name in CELL[1:]]
    return pd.MultiIndex.from_arrays([one.to_numpy() for one in (period, *others)], names=CELL)


def _column(rows: pd.DataFrame, dimension: str) -> pd.Series:
    if dimension == "year":
        return rows["half_year"].astype("str").str[:4]
    return rows[dimension]


def tallied(
    rows: pd.DataFrame, dimensions: Sequence[str], counts: Sequence[str], patients: bool
) -> pd.DataFrame:
    """Counts and the patients behind each, by cell; `patients`: how many there are at all."""
    keys = {name: _column(rows, name) for name in dimensions}
    by_patient = (
        rows[[VISITS, *counts]]
        .groupby([*keys.values(), rows["patient"]], sort=True, observed=True)
        .sum()
    )
    by_patient.index.names = [*dimensions, "patient"]
    code, names = _cell_codes(by_patient.index, dimensions)
    size, found = len(names), {}
    visits = by_patient[VISITS].to_numpy()
    if patients:
        found |= {
            PATIENTS: _distinct(code, visits, size),
            BEHIND + PATIENTS: _distinct(code, visits, size),
        }
        found |= {SHARE + PATIENTS: _largest_share(code, visits, size)}
    for name in counts:
        n = by_patient[name].to_numpy()
        weight = n if name in SESSION_COUNTS else np.where(n > 0, visits, 0)
        found |= {name: np.bincount(code, n, minlength=size).astype(np.int64)}
        found |= {BEHIND + name: _distinct(code, n, size)}
        found |= {SHARE + name: _largest_share(code, weight, size)}
        if name in PARENT:
            found |= {REST + name: _distinct(code, by_patient[PARENT[name]].to_numpy() - n, size)}
    return pd.DataFrame(found, index=names)


def _cell_codes(index: pd.Index, dimensions: Sequence[str]) -> tuple[np.ndarray, pd.MultiIndex]:
    if not dimensions:
        return np.zeros(len(index), dtype=np.int64), pd.MultiIndex.from_tuples(
            [_cell({})], names=CELL
        )
    values = index.droplevel("patient")
    code, names = pd.factorize(values)
    tuples = [name if isinstance(name, tuple) else (name,) for name in names]
    rows = [_cell(dict(zip(dimensions, chosen, strict=True))) for chosen in tuples]
    return code, pd.MultiIndex.from_tuples(rows, names=CELL)


def _distinct(code: np.ndarray, count: np.ndarray, size: int) -> np.ndarray:
    return np.bincount(code[count > 0], minlength=size)


def _largest_share(code: np.ndarray, weight: np.ndarray, size: int) -> np.ndarray:
    """The largest part of one patient in the sum of each cell; 0 where there is nothing."""
    total = np.bincount(code, weight, minlength=size)
    largest = np.zeros(size)
    np.maximum.at(largest, code, weight)
    with np.errstate(invalid="ignore"):
        return np.where(total > 0, largest / np.where(total > 0, total, 1), 0.0)
