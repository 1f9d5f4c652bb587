"""What may be said of an adjusted difference: Holm's correction, the verdict and its reason.

A difference is never called an effect. Where the data cannot tell, the reason says why.
"""

from typing import NamedTuple

import numpy as np

from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.rows import BEFORE, GROUP, HORIZONS
from pipelines.tables import MIXED

TOO_FEW, DIFFERS, NO_DIFFERENCE = "too few to say", "differs", "no clear difference"
VERDICTS = (TOO_FEW, DIFFERS, NO_DIFFERENCE)
SIGNIFICANT = 0.05
ROWS_IN_WORDS = dict(zip(HORIZONS, ("sessions", "episodes"), strict=True))


class Sides(NamedTuple):
    """What each group of a model's rows consists of, one entry a group."""

    rows: np.ndarray
    patients: np.ndarray
    conditions: np.ndarray  # a line a group, a column a condition: whether it occurs
    lowest: np.ndarray
    highest: np.ndarray


def holm(p: np.ndarray) -> np.ndarray:
    """Holm's step-down correction over all p values that are not NaN (Holm 1979)."""
    p = np.asarray(p, dtype=float)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    corrected = np.full(len(p), np.nan)
    steps = p[order] * np.arange(len(order), 0, -1)
    corrected[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return corrected


def sides(cells: Cells, groups: int) -> Sides:
    """Rows, patients, conditions and range of pain before of each group."""
    points = cells.points
    group = points.level(GROUP)
    conditions = np.zeros((groups, points.levels["condition"]), dtype=bool)
    conditions[group, points.level("condition")] = True
    own = [points.linear[BEFORE][group == number] for number in range(groups)]
    return Sides(
        rows=points.counts(GROUP),
        patients=cells.patients_by(cells.level(GROUP), groups),
        conditions=conditions,
        lowest=np.array([values.min(initial=np.inf) for values in own]),
        highest=np.array([values.max(initial=-np.inf) for values in own]),
    )


def why_too_few(
    about: Sides, group: int, reference: int, names: tuple[str, ...], fewest: int
) -> str | None:
    """The first reason, in words, why the two cannot be compared; None if they can."""
    pair = [group, reference]
    if about.patients[pair].min() < fewest:
        counts = [f"{_patients(about.patients[one])} {given(names[one])}" for one in pair]
        return f"{' and '.join(counts)} could be compared; each side needs at least {fewest}."
    if not shares_a_condition(about, group, reference):
        return f"No condition was treated both {given(names[group])} and {given(names[reference])}."
    if not baselines_meet(about, group, reference):
        ranges = [
            f"{about.lowest[one]:g} to {about.highest[one]:g} {given(names[one])}" for one in pair
        ]
        return f"Pain before the treatment does not overlap: {' and '.join(ranges)}."
    return None


def overlapping(about: Sides, group: int, reference: int) -> bool:
    """Whether the two can be compared at all."""
    return shares_a_condition(about, group, reference) and baselines_meet(about, group, reference)


def shares_a_condition(about: Sides, group: int, reference: int) -> bool:
    """Whether any condition was treated on both sides."""
    return bool((about.conditions[group] & about.conditions[reference]).any())


def baselines_meet(about: Sides, group: int, reference: int) -> bool:
    """Whether the ranges of pain before have a point in common."""
    pair = [group, reference]
    return bool(about.lowest[pair].max() <= about.highest[pair].min())


def why_not_estimable(name: str, horizon: str, n: int, rank: int) -> str:
    """Why there is no figure although there are patients enough."""
    if n <= rank:
        return (
            f"There are no more {ROWS_IN_WORDS[horizon]} ({n}) than facts to adjust for ({rank})."
        )
    return (
        f"{name[0].upper()}{name[1:]} cannot be told apart from the facts adjusted for"
        " (such as who treated): they always go together."
    )


def fewer_patients(patients: int, fewest: int) -> str:
    """Why nothing is said about so few."""
    return f"{_patients(patients)} could be compared; at least {fewest} are needed."


def given(name: str) -> str:
    """A group as it stands after patients or treated: with superficial, without exercise."""
    if name == MIXED:
        return "with some of each"
    return name if name.startswith(("with ", "without ")) else f"with {name}"


def _patients(count: int) -> str:
    return "1 patient" if count == 1 else f"{count:,} patients"
