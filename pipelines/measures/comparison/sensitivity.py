"""The same difference got in other ways: where these disagree, no one of them is to be trusted."""

from typing import NamedTuple

import numpy as np

from pipelines import thresholds
from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.fit import design, fit_of
from pipelines.measures.comparison.groups import TECHNIQUE
from pipelines.measures.comparison.propensity import Propensity, pair_of
from pipelines.measures.comparison.rows import BEFORE, COURSE, GROUP, MISSING, NOT_DUE, Rows
from pipelines.measures.comparison.small_sample import careful
from pipelines.measures.comparison.verdict import SIGNIFICANT
from pipelines.measures.comparison.weighting import (
    NO_ESTIMATE,
    Estimate,
    interval,
    overlap_difference,
)
from pipelines.settings import Settings

STANDARD_TO_RISK_RATIO = 0.91
"""From a standardised difference to the logarithm of a risk ratio (Chinn, Stat Med 2000)."""
OVERLAP, WITHIN, NO_THERAPIST = "overlap weights", "within patients", "without therapist"
WITH_TECHNIQUE, UNCHANGED = "within technique", "missing as unchanged"


class Strength(NamedTuple):
    """How strong an unmeasured cause would have to be: for the figure, and for its interval."""

    figure: float
    interval: float


def other_ways(
    rows: Rows, fitted: Propensity | None, group: int, reference: int
) -> dict[str, Estimate]:
    """One pair on its own, by each method; points, negative is less pain.

    `overlap weights`; `without therapist`; `within patients` (sessions of patients who had
    both); `within technique` (technique as one more thing adjusted for, where something else
    is compared); `missing as unchanged` (episodes that are due but not followed count as if
    pain had stayed as it was).
    """
    pair = pair_of(rows.model, group, reference)
    found = {
        OVERLAP: overlap_difference(fitted, pair.outcome),
        NO_THERAPIST: one_of(pair.without("therapist"), group, reference),
    }
    if COURSE in rows.every.codes:
        found[UNCHANGED] = one_of(pair_of(rows.as_unchanged, group, reference), group, reference)
    else:
        found[WITHIN] = within_patients(pair, group, reference)
    if TECHNIQUE in rows.every.codes:
        wider = pair_of(rows.with_technique, group, reference)
        found[WITH_TECHNIQUE] = one_of(wider, group, reference)
    return found


def one_of(cells: Cells, group: int, reference: int) -> Estimate:
    """The adjusted difference of one group, with errors that hold with few patients too."""
    solved = design(cells, GROUP, reference)
    fit = fit_of(solved)
    if np.isnan(fit.estimates[group]):
        return NO_ESTIMATE
    found = careful(solved, fit)
    difference, half = float(fit.estimates[group]), float(found.half_width[group])
    p, low, high = float(found.p[group]), difference - half, difference + half
    return Estimate(difference, low, high, p, fit.n, fit.clusters)


def within_patients(pair: Cells, group: int, reference: int) -> Estimate:
    """Mean over patients who had both of their change under the one less that under the other.

    Change is pain after less pain before, so that negative is less pain; t interval over
    patients. The patient is the same, the sessions need not be alike.
    """
    change, code = pair.outcome - pair.linear[BEFORE], pair.level(GROUP)
    means, both = [], np.ones(pair.patient_count, dtype=bool)
    for side in (group, reference):
        own = (code == side).astype(float)
        n = pair.patient_sums(own)
        both &= n > 0
        means.append(pair.patient_sums(own * change) / np.maximum(n, 1))
    contrast = (means[0] - means[1])[both]
    if len(contrast) == 0:
        return NO_ESTIMATE
    spread = contrast.std(ddof=1) / np.sqrt(len(contrast)) if len(contrast) > 1 else np.nan
    return interval(float(contrast.mean()), float(spread), len(contrast), len(contrast))


class ResponderCounts(NamedTuple):
    """Due episodes with a baseline high enough, one entry a group."""

    of: np.ndarray
    followed: np.ndarray
    responders: np.ndarray


def responder_counts(every: Cells, settings: Settings) -> ResponderCounts:
    """All due, those of them that are followed, and of these the responders at 30%."""
    before, course = every.linear[BEFORE], every.level(COURSE)
    due = (course != NOT_DUE) & thresholds.at_least(before, settings.lowest_baseline)
    known = due & (course != MISSING)
    met = known & thresholds.fell_by_percent(before, every.outcome, settings.responder_percent)
    group, size = every.level(GROUP), every.levels[GROUP]
    return ResponderCounts(
        *(np.bincount(group, every.weight * part, size).astype(int) for part in (due, known, met))
    )


def bounds_for_the_missing(
    counts: ResponderCounts, group: int, reference: int
) -> dict[str, float | int]:
    """What the difference in responders at 30% could be, whatever became of the missing.

    Unadjusted, among due episodes with a baseline high enough. lowest: all missing of the
    group failed and all of the reference succeeded; highest: the other way about. Keys:
    followed, missing, reference_followed, reference_missing, difference, lowest, highest.
    """
    sides = [group, reference]
    of, seen, hits = (part[sides].tolist() for part in counts)
    missing = [all_ - some for all_, some in zip(of, seen, strict=True)]
    return {
        "followed": seen[0],
        "missing": missing[0],
        "reference_followed": seen[1],
        "reference_missing": missing[1],
        "difference": _share(hits[0], seen[0]) - _share(hits[1], seen[1]),
        "lowest": _share(hits[0], of[0]) - _share(hits[1] + missing[1], of[1]),
        "highest": _share(hits[0] + missing[0], of[0]) - _share(hits[1], of[1]),
    }


def unmeasured_cause(difference: float, low: float, high: float, spread: float) -> Strength:
    """E-values of a difference (VanderWeele and Ding, Ann Intern Med 2017).

    A cause that was not recorded would have to be tied to both the group and the outcome by
    a risk ratio of at least this to explain the figure, or to move its interval to 0. The
    difference is taken in standard deviations (`spread`) of the outcome. 1 is none at all.
    """
    if np.isnan(difference) or not spread > 0:
        return Strength(np.nan, np.nan)
    nearest = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
    return Strength(e_value(abs(difference) / spread), e_value(nearest / spread))


def e_value(standardised: float) -> float:
    """The E-value of a difference in standard deviations, 0 or more."""
    ratio = np.exp(STANDARD_TO_RISK_RATIO * standardised)
    return float(ratio + np.sqrt(ratio * (ratio - 1)))


def outcome_spread(cells: Cells, group: int, reference: int) -> float:
    """Standard deviation of the outcome within the two groups together."""
    squares, rows = 0.0, 0
    for side in (group, reference):
        weight = cells.weight * (cells.level(GROUP) == side)
        n = weight.sum()
        mean = (weight * cells.outcome).sum() / n if n else 0.0
        squares, rows = squares + (weight * (cells.outcome - mean) ** 2).sum(), rows + n
    return float(np.sqrt(squares / (rows - 2))) if rows > 2 else np.nan


def disagreeing(
    difference: float, differs: bool, others: dict[str, Estimate], family: int = 1
) -> list[str]:
    """The methods that tell another story than the adjusted difference.

    Where that differs: another sign, or less than half of it. Where it does not: a p below
    .05 although it is multiplied by the number of differences asked about together
    (`family`), as those of the adjusted ones are corrected too.
    """
    known = {name: found for name, found in others.items() if not np.isnan(found.difference)}
    if differs:
        return [name for name, found in known.items() if found.difference / difference < 0.5]
    return [name for name, found in known.items() if found.p * family < SIGNIFICANT]


def _share(n: int, of: int) -> float:
    return n / of if of else np.nan
