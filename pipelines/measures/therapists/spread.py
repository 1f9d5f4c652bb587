"""How much more therapists, and episodes of one patient, differ than chance alone allows.

Spiegelhalter 2005: the mean square of z over therapists, its extremes drawn in, is
compared with what chance leaves it; only above that do the limits widen, by a variance
between therapists that is added to that of chance.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.measures.therapists.cases import Cases

DRAWN_IN = 0.1
"""Share of therapists at each end whose z is drawn in to the next one's, at least one."""
FEWEST = 3
"""With fewer therapists nothing can be drawn in."""


class Between(NamedTuple):
    """phi, the bound that chance leaves it, and the variance between therapists of the rate.

    `variance` is 0 where phi is not above its bound.
    """

    phi: float
    bound: float
    variance: float


def between_therapists(z: np.ndarray, error: np.ndarray) -> Between:
    """From each therapist's z and the standard error of their standardised rate."""
    size = len(z)
    if size < FEWEST:
        return Between(np.nan, np.nan, 0.0)
    phi, bound = float((winsorised(z) ** 2).mean()), 1 + 2 * np.sqrt(2 / size)
    if phi <= bound:
        return Between(phi, bound, 0.0)
    weight = 1 / error**2
    added = (size * phi - (size - 1)) / (weight.sum() - (weight**2).sum() / weight.sum())
    return Between(phi, bound, max(0.0, float(added)))


def winsorised(z: np.ndarray) -> np.ndarray:
    """The values with a tenth at each end, at least one, set to the next one inwards."""
    ends = max(1, round(DRAWN_IN * len(z)))
    ordered = np.sort(z)
    return np.clip(z, ordered[ends], ordered[-1 - ends])


def design_effects(cases: Cases, chance: np.ndarray) -> np.ndarray:
    """By how much episodes of one patient widen each therapist's spread; at least 1.

    The correlation within patients is that of the whole clinic, since one therapist has too
    few patients with two episodes to know it by. 1 where nobody came for two.
    """
    spread = np.sqrt(chance * (1 - chance))
    known = cases.therapist >= 0
    place, pairs = pd.factorize(
        cases.patient[known].astype(np.int64) * len(cases.therapists) + cases.therapist[known]
    )
    therapist = pairs % max(len(cases.therapists), 1)
    own = _without_own_mean(cases, cases.responded - chance)[known]
    together = _pairs(own, place, len(pairs))
    possible = _pairs(spread[known], place, len(pairs))
    if possible.sum() <= 0:
        return np.ones(len(cases.therapists))
    alike = np.clip(together.sum() / possible.sum(), 0, 1)
    most = np.bincount(therapist, possible, minlength=len(cases.therapists))
    variance = cases.by_therapist(spread**2)
    return 1 + alike * np.divide(most, variance, out=np.zeros_like(most), where=variance > 0)


def _without_own_mean(cases: Cases, rest: np.ndarray) -> np.ndarray:
    """What is left when a therapist's own difference is taken off, so that it is no likeness."""
    mean = cases.by_therapist(rest) / np.maximum(cases.by_therapist(), 1)
    return rest - np.where(cases.therapist >= 0, mean[cases.therapist], 0)


def _pairs(values: np.ndarray, group: np.ndarray, size: int) -> np.ndarray:
    """The sum over pairs of two different rows of a group of their products, twice."""
    total = np.bincount(group, values, minlength=size)
    return total**2 - np.bincount(group, values**2, minlength=size)
