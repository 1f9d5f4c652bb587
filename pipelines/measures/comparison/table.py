"""The differences of one model: raw, adjusted, and with errors that hold with few patients."""

import numpy as np
import pandas as pd

from pipelines.measures.comparison import verdict as words
from pipelines.measures.comparison.bootstrap import (
    NO_BOOTSTRAP,
    Bootstrap,
    wild_cluster_bootstrap,
)
from pipelines.measures.comparison.differences import Model, judged, raw_fit, sides_of
from pipelines.measures.comparison.fit import design, fit_of
from pipelines.measures.comparison.frames import ADJUSTED, BOOTSTRAP, CAREFUL, COLUMNS, RAW
from pipelines.measures.comparison.rows import GROUP
from pipelines.measures.comparison.small_sample import Careful, careful
from pipelines.settings import Settings

FEW_PATIENTS = 40
"""Patients in a group, or in the reference, below which the bootstrap stands beside."""


def differences(model: Model, settings: Settings) -> pd.DataFrame:
    """One row a group that has rows, the reference aside; not yet judged by other methods.

    Columns: feature, horizon, group, reference, outcome, n, patients, reference_n,
    reference_patients, raw, raw_low, raw_high, raw_p; difference, low, high, p (adjusted),
    p_holm, verdict, reason (those of the summary); careful_low, careful_high, careful_p (the
    same difference, see `small_sample`), careful_p_holm (missing until all differences of the
    question are known); bootstrap_low, bootstrap_high, bootstrap_p (where a side has fewer
    than 40 patients); standing, other, e_value, e_value_interval (missing until judged).

    Without a condition or a baseline in common no difference is shown, only the reason.
    """
    feature, about = model.feature, sides_of(model)
    solved = design(model.cells, GROUP, feature.reference)
    fit, groups = fit_of(solved), model.pairs()
    table = judged(model, fit, about, settings)
    drawn = [_bootstrap(model, about, group) for group in groups]
    apart = [not words.overlapping(about, group, feature.reference) for group in groups]
    figures = {
        **{name: table[name].to_numpy() for name in ADJUSTED},
        **_raw(model),
        **_careful(careful(solved, fit), groups),
        **dict(zip(BOOTSTRAP, np.array(drawn).reshape(-1, 3).T, strict=True)),
    }
    columns = {
        **{name: np.where(apart, np.nan, values) for name, values in figures.items()},
        **{name: table[name] for name in ("group", "reference", "n", "patients")},
        **{name: table[name] for name in ("horizon", "verdict", "reason")},
        "feature": feature.name,
        "outcome": model.outcome,
        "reference_n": about.rows[feature.reference],
        "reference_patients": about.patients[feature.reference],
    }
    shown = pd.DataFrame(columns, columns=COLUMNS["differences"], index=table.index)
    return shown[shown["n"] > 0].reset_index(drop=True)


def _raw(model: Model) -> dict[str, np.ndarray]:
    fit, groups = raw_fit(model), model.pairs()
    half = fit.half_width
    figures = (fit.estimates, fit.estimates - half, fit.estimates + half, fit.p)
    return {name: values[groups] for name, values in zip(RAW, figures, strict=True)}


def _careful(found: Careful, groups: list[int]) -> dict[str, np.ndarray]:
    half = found.half_width
    figures = (found.estimates - half, found.estimates + half, found.p)
    return {name: values[groups] for name, values in zip(CAREFUL[:3], figures, strict=True)}


def _bootstrap(model: Model, about: words.Sides, group: int) -> Bootstrap:
    sizes = about.patients[[group, model.feature.reference]]
    if sizes.min() >= FEW_PATIENTS or not sizes.min():
        return NO_BOOTSTRAP
    return wild_cluster_bootstrap(model.cells, group, model.feature.reference)
