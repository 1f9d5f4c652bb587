"""Rows with something among the rows that could have it, and the patients behind each."""

from dataclasses import dataclass

import numpy as np

from pipelines.intervals import Limits, cells_of, rate_of_cells, square_and_add, wilson


@dataclass(frozen=True)
class Tally:
    """A share, its 95% interval, and how many patients stand behind each part of it.

    `largest` is the most rows that one patient has; `design_effect` how many rows weigh
    as one independent row (1 where a row is an episode, whose interval is plain Wilson).
    """

    n: int
    of: int
    patients: int
    patients_with: int
    patients_without: int
    largest: int
    rate: float
    low: float
    high: float
    design_effect: float = 1.0
    sessions: bool = False


def of_sessions(hit: np.ndarray, chosen: np.ndarray, patients: np.ndarray) -> Tally:
    """The share of the chosen sessions, clustered by patient; zero has the exact bound."""
    rate = rate_of_cells(hit[chosen], cells_of(patients[chosen])).iloc[0]
    effect = float(rate["design_effect"])
    return _tally(hit, chosen, patients, (rate["low"], rate["high"]), effect, sessions=True)


def of_episodes(hit: np.ndarray, chosen: np.ndarray, patients: np.ndarray) -> Tally:
    """The share of the chosen episodes; Wilson."""
    low, high = wilson(np.count_nonzero(hit & chosen), np.count_nonzero(chosen))
    return _tally(hit, chosen, patients, (low, high), 1.0, sessions=False)


def _tally(
    hit: np.ndarray,
    chosen: np.ndarray,
    patients: np.ndarray,
    limits: tuple[float, float],
    design_effect: float,
    sessions: bool,
) -> Tally:
    behind, own = patients[chosen], hit[chosen].astype(bool)
    n, of = int(own.sum()), len(own)
    return Tally(
        n=n,
        of=of,
        patients=len(np.unique(behind)),
        patients_with=len(np.unique(behind[own])),
        patients_without=len(np.unique(behind[~own])),
        largest=int(np.bincount(behind).max(initial=0)) if of else 0,
        rate=n / of if of else float("nan"),
        low=float(limits[0]),
        high=float(limits[1]),
        design_effect=design_effect,
        sessions=sessions,
    )


def difference(first: Tally, second: Tally) -> tuple[float, float, float]:
    """First share less the second, with a 95% interval: Newcombe's square-and-add (1998).

    The limits put together are the clustered ones (Zou and Donner 2008). Patients with rows
    in both are taken for two: as a patient's rows resemble each other, that errs on the
    side of too wide.
    """
    limits = square_and_add(
        first.rate, Limits(first.low, first.high), second.rate, Limits(second.low, second.high)
    )
    return float(first.rate - second.rate), float(limits.low), float(limits.high)
