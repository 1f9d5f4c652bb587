"""The differences of one model: raw, adjusted, and with errors that hold with few patients."""

import numpy as np
import pandas as pd

from pipelines.measures.comparison import verdict as words
from pipelines.measures.comparison.bootstrap import NO_BOOTSTRAP, wild_cluster_bootstrap
from pipelines.measures.comparison.differences import Model, judged, raw, sides_of
from pipelines.measures.comparison.fit import Fit, design, fit_of
from pipelines.measures.comparison.frames import COLUMNS, FIGURES
from pipelines.measures.comparison.rows import GROUP
from pipelines.measures.comparison.small_sample import careful
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
    fit = fit_of(solved)
    table = judged(model, fit, about, settings).drop(columns="horizon")
    crude = raw(model)[["difference", "low", "high", "p"]]
    crude.columns = ["raw", "raw_low", "raw_high", "raw_p"]
    drawn = pd.DataFrame([_bootstrap(model, about, group) for group in model.pairs()])
    sound = careful(solved, fit)
    interval = _careful(fit, sound.half_width, sound.p).iloc[model.pairs()].reset_index(drop=True)
    table = pd.concat([table, crude, drawn.add_prefix("bootstrap_"), interval], axis=1).assign(
        feature=feature.name,
        horizon=model.horizon,
        outcome=model.outcome,
        reference_n=about.rows[feature.reference],
        reference_patients=about.patients[feature.reference],
    )
    apart = [not words.overlapping(about, group, feature.reference) for group in model.pairs()]
    table = table.reindex(columns=COLUMNS["differences"])
    table[["standing", "other"]] = table[["standing", "other"]].astype(object)
    table.loc[apart, FIGURES] = np.nan
    return table[table["n"] > 0].reset_index(drop=True)


def _careful(fit: Fit, half: np.ndarray, p: np.ndarray) -> pd.DataFrame:
    low, high = fit.estimates - half, fit.estimates + half
    return pd.DataFrame({"careful_low": low, "careful_high": high, "careful_p": p})


def _bootstrap(model: Model, about: words.Sides, group: int) -> dict[str, float]:
    sizes = about.patients[[group, model.feature.reference]]
    if sizes.min() >= FEW_PATIENTS or not sizes.min():
        return NO_BOOTSTRAP._asdict()
    return wild_cluster_bootstrap(model.cells, group, model.feature.reference)._asdict()
