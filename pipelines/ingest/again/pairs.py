"""Rows of a file and known visits of one patient on one day: which belong together."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.ingest.again.facts import IDENTITY, Facts, places

MOST = 10_000
"""Pairs of one patient on one day beyond which nothing is told apart."""
NONE, MATCHED, LONE, UNCLEAR = 0, 1, 2, 3
"""A row meets no visit; agrees with one; meets one alone that differs; could be several."""


@dataclass(frozen=True)
class Pairing:
    """For each incoming row what it meets, and which known visit that is (-1 for none).

    `fitted`: some visit of the day fits the row, taken by another row or not.
    """

    kind: np.ndarray
    visit: np.ndarray
    fitted: np.ndarray


def pair(rows: np.ndarray, visits: np.ndarray, facts: Facts) -> Pairing:
    """Pairs one to one within each patient and day, whose codes `rows` and `visits` are.

    By equal times first, then by equal content, then where only one fits; by order only where
    the visits to choose from, or the rows, are all the same.
    """
    found = Pairing(
        np.full(len(rows), NONE), np.full(len(rows), -1), np.zeros(len(rows), dtype=bool)
    )
    crowded = _crowded(rows, visits)
    met = np.isin(rows, visits)
    found.kind[met & crowded] = UNCLEAR
    pairs = _all_pairs(rows, visits, ~crowded, facts)
    fits = pairs["fits"].to_numpy()
    found.fitted[pairs.loc[fits, "row"]] = True
    for chosen in ("same_time", "equal", "agrees", "fits"):
        pairs, fits = _take_mutual(pairs, pairs[chosen].to_numpy() & fits, found)
    pairs = _take_in_order(pairs, fits, found, facts)
    _note_the_rest(pairs, found)
    return found


def _crowded(rows: np.ndarray, visits: np.ndarray) -> np.ndarray:
    """Rows of a patient and day with more pairs than can be looked through."""
    names, place, here = np.unique(rows, return_inverse=True, return_counts=True)
    at = np.searchsorted(names, visits)
    at = at[(at < len(names)) & (names[np.minimum(at, len(names) - 1)] == visits)]
    there = np.bincount(at, minlength=len(names))
    return (here * there > MOST)[place]


def _all_pairs(
    rows: np.ndarray, visits: np.ndarray, chosen: np.ndarray, facts: Facts
) -> pd.DataFrame:
    """Every row beside every visit of its patient and day, and how they agree."""
    one = pd.DataFrame({"day": rows[chosen], "row": np.flatnonzero(chosen)})
    other = pd.DataFrame({"day": visits, "visit": np.arange(len(visits))})
    pairs = one.merge(other, on="day")
    row, visit = pairs["row"].to_numpy(), pairs["visit"].to_numpy()
    differ = facts.differ(row, visit)
    fits = ~differ[:, places(IDENTITY)].any(axis=1)
    time = places(("session_time",))[0]
    return pairs.assign(
        fits=fits,
        agrees=fits & ~differ.any(axis=1),
        equal=fits & facts.equal(row, visit),
        same_time=fits & (facts.incoming[row, time] == facts.known[visit, time]),
    )


def _take_mutual(
    pairs: pd.DataFrame, possible: np.ndarray, found: Pairing
) -> tuple[pd.DataFrame, np.ndarray]:
    """Pairs of which each side has no other choice are made; returns what is left."""
    choices = pairs[possible]
    alone = ~choices["row"].duplicated(keep=False) & ~choices["visit"].duplicated(keep=False)
    return _make(pairs, choices[alone], found)


def _make(
    pairs: pd.DataFrame, made: pd.DataFrame, found: Pairing
) -> tuple[pd.DataFrame, np.ndarray]:
    found.kind[made["row"]] = MATCHED
    found.visit[made["row"]] = made["visit"]
    left = ~pairs["row"].isin(made["row"]) & ~pairs["visit"].isin(made["visit"])
    pairs = pairs[left]
    return pairs, pairs["fits"].to_numpy()


def _take_in_order(
    pairs: pd.DataFrame, fits: np.ndarray, found: Pairing, facts: Facts
) -> pd.DataFrame:
    """Where all rows of a day, or all visits, say the same, any pairing is the same."""
    made = []
    for _, day in pairs[fits].groupby("day", sort=False):
        rows, visits = day["row"].unique(), day["visit"].unique()
        complete = len(day) == len(rows) * len(visits)
        fewer = len(visits) - len(rows)
        any_visit = fewer >= 0 and _all_equal(facts.known[visits])
        if complete and (any_visit or (fewer <= 0 and _all_equal(facts.incoming[rows]))):
            number = min(len(rows), len(visits))
            made.append(pd.DataFrame({"row": rows[:number], "visit": visits[:number]}))
    return _make(pairs, pd.concat(made), found)[0] if made else pairs


def _all_equal(values: np.ndarray) -> bool:
    return bool(((values == values[0]) | (np.isnan(values) & np.isnan(values[0]))).all())


def _note_the_rest(pairs: pd.DataFrame, found: Pairing) -> None:
    """Rows that fit a visit still are unclear; two that differ, left alone together, are told."""
    found.kind[pairs.loc[pairs["fits"], "row"].unique()] = UNCLEAR
    rest = pairs[found.kind[pairs["row"]] == NONE]
    lone = ~rest["row"].duplicated(keep=False) & ~rest["visit"].duplicated(keep=False)
    found.kind[rest.loc[lone, "row"]] = LONE
    found.visit[rest.loc[lone, "row"]] = rest.loc[lone, "visit"]
