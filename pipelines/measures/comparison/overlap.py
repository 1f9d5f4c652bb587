"""Can two groups be compared at all: how alike their patients are, before and after weighting."""

import numpy as np
import pandas as pd

from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.propensity import Propensity, pair_of
from pipelines.measures.comparison.rows import BEFORE, GROUP
from pipelines.measures.comparison.weighting import overlap_weights

POINTS = 11
"""Whole points of pain, 0 to 10."""


def baseline_histogram(cells: Cells, groups: tuple[str, ...]) -> pd.DataFrame:
    """Rows of each group at each whole point of pain before (rounded half up).

    Columns: group, pain, n, of, share. Groups without a row are left out.
    """
    cells = cells.points
    place = cells.level(GROUP) * POINTS + whole_points(cells.linear[BEFORE])
    n = np.bincount(place, cells.weight, minlength=len(groups) * POINTS).astype(np.int64)
    of = np.repeat(n.reshape(-1, POINTS).sum(axis=1), POINTS)
    table = pd.DataFrame(
        {
            "group": np.repeat(np.array(groups, dtype=object), POINTS),
            "pain": np.tile(np.arange(POINTS), len(groups)),
            "n": n,
            "of": of,
        }
    )
    return table[of > 0].assign(share=table["n"] / table["of"]).reset_index(drop=True)


def whole_points(pain: np.ndarray) -> np.ndarray:
    """Pain to the nearest whole point, halves up."""
    return np.floor((np.rint(pain * 1000) + 500) / 1000).astype(np.int64)


def common_share(first: np.ndarray, second: np.ndarray) -> float:
    """What part two distributions have in common: 1 where alike, 0 where apart."""
    if not first.sum() or not second.sum():
        return np.nan
    return float(np.minimum(first / first.sum(), second / second.sum()).sum())


def overlap(
    cells: Cells, fitted: Propensity | None, group: int, reference: int, table: pd.DataFrame
) -> dict[str, float | int]:
    """One pair in figures; `table` is its `balance`.

    baseline_in_common and conditions_in_common (0 to 1), n and reference_n (rows),
    left_out (rows without a counterpart on the other side), effective_n and
    reference_effective_n after weighting (Kish), largest_before and largest_after
    (standardised difference of any covariate).
    """
    pair = pair_of(cells.points, group, reference)
    code = pair.level(GROUP)
    sides = [pair.only(code == side) for side in (group, reference)]
    points = whole_points(pair.linear[BEFORE])
    pain = [np.bincount(points, side.weight, minlength=POINTS) for side in sides]
    conditions = [side.counts("condition") for side in sides]
    return {
        "baseline_in_common": common_share(*pain),
        "conditions_in_common": common_share(*conditions),
        "n": sides[0].rows,
        "reference_n": sides[1].rows,
        "left_out": pair.rows - (fitted.cells.rows if fitted else 0),
        "effective_n": _effective(fitted, 1),
        "reference_effective_n": _effective(fitted, 0),
        "largest_before": _largest(table["standardised_before"]),
        "largest_after": _largest(table["standardised_after"]),
    }


def balance(cells: Cells, fitted: Propensity | None, group: int, reference: int) -> pd.DataFrame:
    """How far the two sides are apart in each covariate.

    Columns: covariate, level (missing for pain before and age), mean, reference_mean (a
    share for a level), standardised_before, standardised_after (weighted; missing where
    no weights can be had). A standardised difference is the difference in standard
    deviations of the unweighted sides, the mean of the two variances.
    """
    pair = pair_of(cells.points, group, reference)
    code = pair.level(GROUP)
    before = [
        pair.weight * (code == group),
        pair.weight * (code == reference),
    ]
    after = None
    if fitted is not None:
        weight = fitted.points.cells.weight * overlap_weights(fitted.points)
        after = [weight * (code == side) for side in (group, reference)]
    rows = [row for name in cells.linear for row in _linear(pair, name, before, after)]
    before = [pair.by_combination(one) for one in before]
    after = [pair.by_combination(one) for one in after] if after else None
    rows += [row for name in cells.codes for row in _factor(pair, name, before, after)]
    return pd.DataFrame(rows)


def _linear(pair: Cells, name: str, before: list, after: list | None) -> list[dict]:
    values = pair.linear[name]
    means = [_mean(values, weight) for weight in before]
    spread = [_mean((values - m) ** 2, w) for m, w in zip(means, before, strict=True)]
    weighted = [_mean(values, weight) for weight in after] if after else [np.nan, np.nan]
    return [_row(name, None, means, np.array(spread), weighted)]


def _factor(pair: Cells, name: str, before: list, after: list | None) -> list[dict]:
    if name == GROUP:
        return []
    shares = [_shares(pair, name, weight) for weight in before]
    weighted = [_shares(pair, name, w) for w in after] if after else [shares[0] * np.nan] * 2
    occurs = np.flatnonzero(np.nan_to_num(shares[0]) + np.nan_to_num(shares[1]) > 0)
    return [
        _row(
            name,
            pair.names[name][level],
            [share[level] for share in shares],
            np.array([share[level] * (1 - share[level]) for share in shares]),
            [share[level] for share in weighted],
        )
        for level in occurs
    ]


def _row(covariate: str, level: str | None, means, variances: np.ndarray, weighted) -> dict:
    return {
        "covariate": covariate,
        "level": level,
        "mean": means[0],
        "reference_mean": means[1],
        "standardised_before": _standardised(means[0] - means[1], variances),
        "standardised_after": _standardised(weighted[0] - weighted[1], variances),
    }


def _standardised(difference: float, variances: np.ndarray) -> float:
    spread = np.sqrt(variances.mean())
    if spread > 0:
        return float(difference / spread)
    return 0.0 if difference == 0 else np.nan


def _mean(values: np.ndarray, weight: np.ndarray) -> float:
    total = weight.sum()
    return float(np.einsum("i,i", values, weight) / total) if total > 0 else np.nan


def _shares(pair: Cells, name: str, weight: np.ndarray) -> np.ndarray:
    count = np.bincount(pair.codes[name], weight, minlength=pair.levels[name])
    with np.errstate(invalid="ignore"):
        return count / weight.sum()


def _effective(fitted: Propensity | None, side: int) -> float:
    """Kish's effective number of rows of one side under the weights."""
    if fitted is None:
        return np.nan
    rows = fitted.points.cells.weight * (fitted.points.in_group == side)
    weight = overlap_weights(fitted.points)
    squares = (rows * weight**2).sum()
    return float((rows * weight).sum() ** 2 / squares) if squares > 0 else 0.0


def _largest(values: pd.Series) -> float:
    return float(values.abs().max()) if values.notna().any() else np.nan
