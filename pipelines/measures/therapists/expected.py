"""How likely each episode was to respond, from what was known at its first visit.

Logistic regression on baseline (linear), condition and chronicity (factors, not recorded
a level of its own), by Newton's method on the cells of episodes that are alike.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from pipelines.measures.therapists.cases import Cases
from pipelines.thresholds import thousandths

COVARIATES = ("baseline", "condition", "chronicity")
FEWER = (COVARIATES, COVARIATES[:2], COVARIATES[:1], ())
"""What is adjusted for, and what instead where a fit parts responders from others."""
STEPS = 50
EXACT = 1e-12
"""Part of an episode by which a column may be out of balance."""
PARTED = 20.0
"""Log odds beyond which nothing but a complete parting takes a chance."""


class Expected(NamedTuple):
    """The chance of each episode to respond, and what it was adjusted for."""

    chance: np.ndarray
    adjusted_for: tuple[str, ...]


class Cells(NamedTuple):
    """Episodes alike in all that is known: the cell of each, and of each cell its facts."""

    of_episode: np.ndarray
    episodes: np.ndarray
    responded: np.ndarray
    columns: np.ndarray


def expected_chances(cases: Cases) -> Expected:
    """By the fullest of the models that has a fit; with none, the clinic's rate for all.

    The chances of all episodes add up to the number that responded. A level in which all or
    none responded has no estimate of its own: such levels are taken as one.
    """
    for covariates in FEWER:
        cells = _cells(cases, covariates)
        chance = _fitted(cells)
        if chance is not None:
            return Expected(chance[cells.of_episode], covariates)
    return Expected(np.full(len(cases.responded), cases.rate), ())


def _cells(cases: Cases, covariates: tuple[str, ...]) -> Cells:
    facts = {name: getattr(cases, name) for name in covariates}
    codes = {name: _code(name, values, cases.responded) for name, values in facts.items()}
    together = np.zeros(len(cases.responded), dtype=np.int64)
    for code in codes.values():
        together = together * (int(code.max(initial=0)) + 1) + code
    of_episode, cells = pd.factorize(together)
    first = np.zeros(len(cells), dtype=np.int64)
    first[of_episode[::-1]] = np.arange(len(of_episode))[::-1]
    columns = [np.ones((len(cells), 1))]
    for name, code in codes.items():
        columns.append(
            _centred(facts[name][first]) if name == "baseline" else _dummies(code, first)
        )
    return Cells(
        of_episode,
        np.bincount(of_episode, minlength=len(cells)),
        np.bincount(of_episode, cases.responded, minlength=len(cells)),
        np.hstack(columns),
    )


def _code(name: str, values: np.ndarray, responded: np.ndarray) -> np.ndarray:
    if name == "baseline":
        return thousandths(values).astype(np.int64)
    return _together(values, responded)


def _together(level: np.ndarray, responded: np.ndarray) -> np.ndarray:
    """Levels in which all or none responded as one; joined to the commonest if that is so too."""
    count = np.bincount(level)
    hits = np.bincount(level, responded, minlength=len(count))
    alone = (count > 0) & ((hits == 0) | (hits == count))
    if not alone.any() or alone[count > 0].all():
        return np.where(alone[level], 0, level) if alone.any() else level
    part, whole = hits[alone].sum(), count[alone].sum()
    commonest = int(np.where(alone, 0, count).argmax())
    return np.where(alone[level], len(count) if 0 < part < whole else commonest, level)


def _centred(values: np.ndarray) -> np.ndarray:
    return (values - (values.mean() if len(values) else 0))[:, None]


def _dummies(code: np.ndarray, first: np.ndarray) -> np.ndarray:
    """A column for each level but the commonest."""
    commonest = np.bincount(code).argmax() if len(code) else 0
    levels = [level for level in np.unique(code) if level != commonest]
    return (code[first][:, None] == np.array(levels, dtype=np.int64)[None, :]).astype(float)


def _fitted(cells: Cells) -> np.ndarray | None:
    """The chance in each cell; None where the covariates part responders from the others."""
    rows, hits = cells.episodes.sum(), cells.responded.sum()
    if not 0 < hits < rows:
        return None
    coefficients = np.zeros(cells.columns.shape[1])
    coefficients[0] = special.logit(hits / rows)
    for _ in range(STEPS):
        odds = cells.columns @ coefficients
        if np.abs(odds).max() > PARTED:
            return None
        chance = special.expit(odds)
        imbalance = cells.columns.T @ (cells.responded - cells.episodes * chance)
        if np.abs(imbalance).max() < EXACT * rows:
            return chance
        weight = cells.episodes * chance * (1 - chance)
        information = cells.columns.T @ (cells.columns * weight[:, None])
        # The least step that balances all columns, also where two say the same.
        coefficients = coefficients + np.linalg.pinv(information, hermitian=True) @ imbalance
    return None
