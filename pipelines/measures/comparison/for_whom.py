"""Whether the difference is another one for some patients than for others.

Every level's own difference is drawn towards the mean of all (empirical Bayes), so that a
cell of 12 patients does not shout; and one test asks whether they differ at all.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.intervals import t_quantile
from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.fit import Design, Fit, design, fit_of
from pipelines.measures.comparison.propensity import pair_of
from pipelines.measures.comparison.rows import BEFORE, GROUP
from pipelines.measures.comparison.small_sample import Careful, careful
from pipelines.measures.comparison.verdict import SIGNIFICANT, holm
from pipelines.measures.comparison.wald import all_alike

BANDS = ("below 4", "4 to under 7", "7 and over")
BAND_EDGES = (4.0, 7.0)
BAND = "baseline"
MODIFIERS = ("condition", "chronicity", BAND)
FEWEST_A_LEVEL = 10
"""Patients on each side of a level from which it takes part in the test."""
VARIES, NO_SIGN, TOO_FEW = "differs between them", "no sign that it differs", "too few to say"


class ForWhom(NamedTuple):
    """Both frames are described at `for_whom`."""

    levels: pd.DataFrame
    tests: pd.DataFrame


def for_whom(cells: Cells, group: int, reference: int) -> ForWhom:
    """The adjusted difference at each level of condition, chronicity and baseline band.

    levels: modifier, level, patients, reference_patients, difference, low, high (that of the
    level alone), pooled, pooled_low, pooled_high (drawn towards the mean of the modifier).
    tests: modifier, levels (in the test), f, p, p_holm (over the modifiers), verdict.
    """
    pair = with_band(pair_of(cells, group, reference))
    parts, tests = [], []
    for name in MODIFIERS:
        solved = by_level(pair, name, group)
        fit = fit_of(solved)
        table = _levels(pair, name, careful(solved, fit), group, reference)
        parts.append(table)
        tests.append({"modifier": name, **_tested(solved, fit, table)})
    table = pd.DataFrame(tests)
    table["p_holm"] = holm(table["p"].to_numpy())
    differs = np.where(table["p_holm"] < SIGNIFICANT, VARIES, NO_SIGN)
    table["verdict"] = np.where(table["p"].isna(), TOO_FEW, differs)
    shown = pd.concat(parts, ignore_index=True)
    return ForWhom(shown[shown["patients"] + shown["reference_patients"] > 0], table)


def with_band(cells: Cells) -> Cells:
    """The cells with the band of pain before as one more factor."""
    band = np.searchsorted(BAND_EDGES, cells.linear[BEFORE], side="right")
    return cells.crossed(BAND, band, BANDS)


def by_level(pair: Cells, modifier: str, group: int) -> Design:
    """One fit with a difference of its own for each level of one factor; level 0 is the reference.

    The bands of pain before come into it only where they are asked about.
    """
    if modifier != BAND:
        pair = pair.without(BAND)
    level, levels = pair.codes[modifier], pair.levels[modifier]
    crossed = np.where(pair.codes[GROUP] == group, level + 1, 0)
    return design(
        replace(
            pair,
            codes={**pair.codes, GROUP: crossed},
            levels={**pair.levels, GROUP: levels + 1},
        ),
        GROUP,
    )


def _tested(solved: Design, fit: Fit, table: pd.DataFrame) -> dict[str, float | int]:
    """The test over the levels that have patients enough on both sides."""
    tested = _in_test(table)
    places = 1 + np.flatnonzero(tested)
    found = all_alike(solved, fit, places, _smallest(table[tested]))
    return {"levels": len(places), **found._asdict()}


def pooled(differences: np.ndarray, variances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each difference drawn towards the weighted mean, and its standard error.

    Normal differences with known variances around a normal mean; the variance between them
    by DerSimonian and Laird (1986), the standard error with the mean being estimated.
    """
    weight = 1 / variances
    mean = (weight * differences).sum() / weight.sum()
    excess = (weight * (differences - mean) ** 2).sum() - (len(differences) - 1)
    scale = weight.sum() - (weight**2).sum() / weight.sum()
    between = max(0.0, excess / scale) if scale > 0 else 0.0
    weight = 1 / (variances + between)
    mean = (weight * differences).sum() / weight.sum()
    drawn = variances / (variances + between)
    error = np.sqrt(drawn * between + drawn**2 / weight.sum())
    return drawn * mean + (1 - drawn) * differences, error


def _levels(pair: Cells, modifier: str, found: Careful, group: int, reference: int) -> pd.DataFrame:
    counts = [_patients(pair, modifier, side) for side in (group, reference)]
    table = pd.DataFrame(
        {
            "modifier": modifier,
            "level": pair.names[modifier],
            "patients": counts[0],
            "reference_patients": counts[1],
            "difference": found.estimates[1:],
            "low": (found.estimates - found.half_width)[1:],
            "high": (found.estimates + found.half_width)[1:],
        }
    )
    variances = _steady(found.errors[1:] ** 2, counts)
    known = np.isfinite(variances) & (variances > 0) & table["difference"].notna().to_numpy()
    middle, half = np.full(len(table), np.nan), np.full(len(table), np.nan)
    if known.any():
        middle[known], errors = pooled(table["difference"].to_numpy()[known], variances[known])
        half[known] = t_quantile(pair.clusters - 1) * errors
    return table.assign(pooled=middle, pooled_low=middle - half, pooled_high=middle + half)


def _steady(variances: np.ndarray, counts: list[np.ndarray]) -> np.ndarray:
    """Variances of levels, none smaller than its number of patients lets expect.

    The variance of a few patients is itself a guess, and one too small by luck would let
    the level keep all of its difference.
    """
    size = np.zeros(len(variances))
    some = (counts[0] > 0) & (counts[1] > 0) & np.isfinite(variances)
    size[some] = 1 / (1 / counts[0][some] + 1 / counts[1][some])
    if not some.any():
        return variances
    one = (variances[some] * size[some] ** 2).sum() / size[some].sum()
    expected = np.divide(one, size, out=np.full(len(size), np.nan), where=size > 0)
    return np.maximum(variances, expected)


def _patients(pair: Cells, modifier: str, side: int) -> np.ndarray:
    """Patients of one side at each level."""
    level = np.where(pair.level(GROUP) == side, pair.level(modifier), -1)
    return pair.patients_by(level, pair.levels[modifier])


def _in_test(table: pd.DataFrame) -> np.ndarray:
    enough = table[["patients", "reference_patients"]].min(axis=1) >= FEWEST_A_LEVEL
    return (enough & table["difference"].notna()).to_numpy()


def _smallest(table: pd.DataFrame) -> int:
    return int(table[["patients", "reference_patients"]].to_numpy().min(initial=2**31))
