"""Clinics of therapists made up by seed, with a truth that is known, as eligible episodes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from pipelines.measures.therapists.cases import Cases

SMALLEST, LARGEST = 8, 250
"""Eligible episodes of a therapist, evenly spread by ratio."""
CONDITIONS = np.array([0.0, 0.5, -0.6, 0.2, -0.3])
"""Log odds that a condition adds."""
CHRONICITIES = np.array([0.0, 0.6, 0.1, -0.7])
"""Not recorded, acute, subacute, chronic."""


@dataclass(frozen=True)
class Practice:
    """What is so in a made-up clinic.

    `mix` is how far therapists' cases lie apart (1: as far as in the demo's worst), `differs`
    how many percentage points the first therapist's share lies above what the cases let
    expect, `of` how many episodes that one has, `between` the standard deviation of
    therapists' own log odds, `again` the share of episodes that are a patient's second or
    later, and `alike` the standard deviation of a patient's own log odds.
    """

    therapists: tuple[int, int] = (3, 12)
    mix: float = 1.0
    differs: float = 0.0
    of: int | None = None
    between: float = 0.0
    again: float = 0.0
    alike: float = 0.0


def made_up(seed: int, practice: Practice) -> Cases:
    """The eligible episodes of one clinic."""
    draw = np.random.default_rng(seed)
    count = int(draw.integers(practice.therapists[0], practice.therapists[1] + 1))
    sizes = np.rint(np.exp(draw.uniform(np.log(SMALLEST), np.log(LARGEST), count))).astype(int)
    if practice.of:
        sizes[0] = practice.of
    therapist = np.repeat(np.arange(count), sizes)
    hard = practice.mix * draw.normal(0, 1, count)
    baseline, condition, chronicity = _cases(draw, therapist, hard)
    patient = _patients(draw, therapist, practice.again)
    odds = 0.3 - 0.35 * (baseline - 5.5) + CONDITIONS[condition] + CHRONICITIES[chronicity]
    odds += draw.normal(0, practice.between, count)[therapist] if practice.between else 0
    odds += draw.normal(0, practice.alike, patient.max() + 1)[patient] if practice.alike else 0
    chance = special.expit(odds)
    chance = chance + np.where(therapist == 0, practice.differs, 0)
    return Cases(
        therapist=therapist,
        patient=patient,
        responded=draw.random(len(therapist)) < chance,
        baseline=baseline,
        condition=condition,
        chronicity=chronicity,
        therapists=pd.Index([f"T{number}" for number in range(count)]),
    )


def _cases(
    draw: np.random.Generator, therapist: np.ndarray, hard: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Baseline, condition and chronicity: harder where the therapist gets the hard cases."""
    own, size = hard[therapist], len(therapist)
    baseline = np.clip(np.rint(5.5 + 0.9 * own + draw.normal(0, 1.5, size)), 3, 10)
    lean = np.argsort(CONDITIONS)
    place = np.rint(np.clip(2 - 0.8 * own + draw.normal(0, 1.2, size), 0, 4)).astype(int)
    stage = np.rint(np.clip(2.2 + 0.5 * own + draw.normal(0, 0.9, size), 1, 3)).astype(int)
    return baseline, lean[place], np.where(draw.random(size) < 0.1, 0, stage)


def _patients(draw: np.random.Generator, therapist: np.ndarray, again: float) -> np.ndarray:
    """A patient's further episodes follow each other, with the same therapist."""
    first = draw.random(len(therapist)) >= again
    first[np.flatnonzero(np.diff(therapist, prepend=-1))] = True
    return np.cumsum(first) - 1
