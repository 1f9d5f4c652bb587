"""The rules for one figure: how few patients are too few, who holds too much of it, rounding.

A number that leaves the clinic has passed here. Cell size: Centers for Medicare & Medicaid
Services (fewer than 11 are not shown). Dominance: no patient holds more than a quarter.
"""

from dataclasses import dataclass

import numpy as np

from pipelines.intervals import wilson
from pipelines.settings import Settings

SUPPRESSED = "suppressed"
"""What stands in the place of a hidden value."""
BASE = 5
"""Counts are rounded to the nearest multiple of this."""
LARGEST_SHARE = 0.25
"""No patient holds more than this share of the visits behind a figure."""
FEWEST = 5
"""The cell size is never below this, whatever the settings say."""


@dataclass(frozen=True)
class Counted:
    """A count among its denominator, with the patients behind each part.

    `patients_rest` are those behind `of - n`; `largest_share` is the share of the figure's
    visits that the patient with most of them holds.
    """

    n: int
    of: int
    patients_n: int
    patients_of: int
    patients_rest: int
    largest_share: float = 0.0


@dataclass(frozen=True)
class PublishedRate:
    """Rounded counts, and the share and its 95% interval (Wilson) made from them alone."""

    n: int
    of: int
    rate: float | None
    ci: tuple[float, float] | None


def cell_size(settings: Settings) -> int:
    """The fewest patients behind a published figure."""
    return max(settings.cell_size, FEWEST)


def too_few(patients, settings: Settings) -> np.ndarray:
    """Whether somebody stands behind a figure, but fewer than the cell size."""
    patients = np.asarray(patients)
    return (patients > 0) & (patients < cell_size(settings))


def dominated(largest_share) -> np.ndarray:
    """Whether one patient holds more than a quarter of a figure's visits."""
    return np.asarray(largest_share) > LARGEST_SHARE + 1e-9


def rounded(count) -> np.ndarray:
    """Counts to the nearest multiple of 5; whole numbers never lie half-way."""
    return (np.asarray(count, dtype=np.int64) + BASE // 2) // BASE * BASE


def rate_of_rounded(n: int, of: int) -> PublishedRate:
    """The share and interval of counts that are rounded already; of nothing there is none."""
    n = min(n, of)
    if of == 0:
        return PublishedRate(n, of, None, None)
    low, high = wilson(n, of)
    return PublishedRate(n, of, n / of, (float(low), float(high)))


def may_be_published(counted: Counted, settings: Settings) -> bool:
    """Whether every part stands for nobody or for enough patients, and none for one above all."""
    parts = (counted.patients_n, counted.patients_of, counted.patients_rest)
    return not (too_few(parts, settings).any() or dominated(counted.largest_share))


def published_rate(counted: Counted, settings: Settings) -> PublishedRate | str:
    """The rate as it may leave the clinic, or SUPPRESSED."""
    if not may_be_published(counted, settings):
        return SUPPRESSED
    return rate_of_rounded(int(rounded(counted.n)), int(rounded(counted.of)))
