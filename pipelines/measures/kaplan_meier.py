"""Time to an event in whole numbers of sessions, by group, with those still waiting."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from pipelines.intervals import Z

TOLERANCE = 1e-9
"""A share that reaches one half up to rounding has reached it."""


class Counts(NamedTuple):
    """By group (rows) and session 1, 2, 3 ... (columns)."""

    at_risk: np.ndarray
    events: np.ndarray
    ends: np.ndarray  # events and censored


def counted(times, events, groups, size: int) -> Counts:
    """At risk, events and ends at each session up to the largest time of all."""
    times, events = np.asarray(times, dtype=np.int64), np.asarray(events, dtype=bool)
    width = int(times.max(initial=0))
    cell = np.asarray(groups, dtype=np.int64) * width + times - 1
    ends = np.bincount(cell, minlength=size * width).reshape(size, width)
    happened = np.bincount(cell[events], minlength=size * width).reshape(size, width)
    return Counts(ends[:, ::-1].cumsum(axis=1)[:, ::-1], happened, ends)


def life_table(times, events, groups=None, size: int = 1) -> pd.DataFrame:
    """Kaplan-Meier with log-log limits (Greenwood), up to each group's largest time.

    `times` are whole numbers from 1. Columns: group, session, at_risk, events, censored,
    survival, low, high (of survival; missing while it is 1, and where it is 0).
    """
    groups = np.zeros(len(times), dtype=np.int64) if groups is None else groups
    counts = counted(times, events, groups, size)
    with np.errstate(divide="ignore", invalid="ignore"):
        survival = np.cumprod(
            np.where(counts.at_risk > 0, 1 - counts.events / counts.at_risk, 1), 1
        )
        remaining = counts.at_risk - counts.events
        steps = np.where(counts.events > 0, counts.events / (counts.at_risk * remaining), 0)
        spread = Z * np.sqrt(np.cumsum(steps, axis=1)) / np.log(survival)
        low, high = (survival ** np.exp(sign * spread) for sign in (-1, 1))
    between = (survival < 1) & (survival > 0)
    listed = counts.at_risk > 0
    group, session = np.nonzero(listed)
    return pd.DataFrame(
        {
            "group": group,
            "session": session + 1,
            "at_risk": counts.at_risk[listed],
            "events": counts.events[listed],
            "censored": (counts.ends - counts.events)[listed],
            "survival": survival[listed],
            "low": np.where(between, low, np.nan)[listed],
            "high": np.where(between, high, np.nan)[listed],
        }
    )


def medians(table: pd.DataFrame, size: int = 1) -> pd.DataFrame:
    """First session at which survival, its lower and its upper limit is at most one half.

    One row a group, columns median, low, high; missing where none is.
    """
    firsts = {
        name: table[table[column] <= 0.5 + TOLERANCE].groupby("group")["session"].min()
        for name, column in (("median", "survival"), ("low", "low"), ("high", "high"))
    }
    return pd.DataFrame(firsts).reindex(range(size)).astype(float)


def logrank(times, events, groups, size: int) -> tuple[float, int, float]:
    """Chi-square, degrees of freedom and p of no difference between the groups."""
    counts = counted(times, events, groups, size)
    at_risk, happened = counts.at_risk.sum(axis=0), counts.events.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(at_risk > 0, counts.at_risk / at_risk, 0)
        weight = np.where(at_risk > 1, happened * (at_risk - happened) / (at_risk - 1), 0)
    excess = (counts.events - share * happened).sum(axis=1)
    spread = np.diag((share * weight).sum(axis=1)) - (share * weight) @ share.T
    degrees = np.count_nonzero(counts.ends.sum(axis=1)) - 1
    chi_square = float(excess @ np.linalg.pinv(spread) @ excess)
    if degrees < 1 or not happened.any():
        return np.nan, max(degrees, 0), np.nan
    return chi_square, degrees, float(special.chdtrc(degrees, chi_square))
