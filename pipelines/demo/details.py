"""Depth, needles, minutes and stimulation, each as its technique has them."""

import numpy as np
import pandas as pd

from pipelines.demo.draws import bits
from pipelines.demo.facts import ADJUNCTS, CONDITIONS, MISSING

DEPTH = np.array([condition.depth_mm for condition in CONDITIONS])
TOO_DEEP = 0.01
"""Share of superficial sessions written with a depth above 10 mm, as happens."""
FREQUENCIES = np.array([2, 4, 10, 50, 80, 100, 20])
FREQUENCY_SHARES = np.array([0.30, 0.16, 0.08, 0.08, 0.20, 0.14, 0.04])
ADJUNCT_SHARES = np.array(list(ADJUNCTS.values()))
SUPERFICIAL, DEEP, ELECTRICAL = range(3)
MUSCLE_SETS = 16
"""Four starting points in the condition's list, and one to four muscles from there."""


def draw_details(rng: np.random.Generator, visits: pd.DataFrame) -> pd.DataFrame:
    """The visits with depth_mm, needle_count, dwell_minutes, stimulation_hz, muscles and adjuncts.

    All are MISSING where nothing was needled. Stimulation is the same through
    an episode; muscles are 16 x condition + 4 x start + count - 1.
    """
    technique = visits["technique"].to_numpy()
    needled, electrical = technique != MISSING, technique == ELECTRICAL
    muscles = _muscle_counts(rng, len(visits))
    start = visits["episode"].to_numpy() % 4
    known = {
        "depth_mm": _depths(rng, technique, visits["condition"].to_numpy()),
        "needle_count": muscles + rng.integers(0, 3, len(visits)) + 2 * electrical,
        "dwell_minutes": _minutes(rng, technique),
        "muscles": visits["condition"] * MUSCLE_SETS + 4 * start + muscles - 1,
        "adjuncts": bits(rng, np.tile(ADJUNCT_SHARES, (len(visits), 1))),
    }
    columns = {name: np.where(needled, values, MISSING) for name, values in known.items()}
    columns["stimulation_hz"] = np.where(electrical, _frequencies(rng, visits["episode"]), MISSING)
    return visits.assign(**columns)


def _muscle_counts(rng: np.random.Generator, count: int) -> np.ndarray:
    return 1 + np.searchsorted([0.28, 0.62, 0.88], rng.random(count))


def _depths(rng: np.random.Generator, technique: np.ndarray, condition: np.ndarray) -> np.ndarray:
    shallow = rng.integers(3, 11, len(technique))
    shallow += 5 * (rng.random(len(technique)) < TOO_DEEP)
    deep = np.maximum(DEPTH[condition] * (0.75 + 0.5 * rng.random(len(technique))), 12)
    return np.where(technique == SUPERFICIAL, shallow, np.rint(deep).astype(np.int64))


def _minutes(rng: np.random.Generator, technique: np.ndarray) -> np.ndarray:
    least, most = np.array([3, 1, 10])[technique], np.array([13, 9, 31])[technique]
    return least + (rng.random(len(technique)) * (most - least)).astype(np.int64)


def _frequencies(rng: np.random.Generator, episode: pd.Series) -> np.ndarray:
    number = episode.to_numpy()
    drawn = rng.random(number.max() + 1 if len(number) else 0)
    place = np.searchsorted(np.cumsum(FREQUENCY_SHARES), drawn, side="right")
    return FREQUENCIES[np.minimum(place, len(FREQUENCIES) - 1)][number]
