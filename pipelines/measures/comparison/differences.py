"""The adjusted difference of each group against the reference, with its verdict."""

from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.measures.comparison import verdict as words
from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.fit import Fit, least_squares
from pipelines.measures.comparison.groups import TECHNIQUE, Feature, features
from pipelines.measures.comparison.rows import BEFORE, GROUP, HORIZONS, IMMEDIATE, cells_of
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.tables import MIXED

COLUMNS = [
    *("horizon", "group", "reference", "n", "patients", "difference", "low", "high"),
    *("p", "p_holm", "verdict", "reason"),
]


def adjusted_differences(clinic: Clinic, settings: Settings) -> pd.DataFrame:
    """Each technique against the commonest at both horizons, adjusted as defined.

    Columns: horizon, group, reference, n, patients, difference, low, high, p, p_holm,
    verdict, reason. Points of pain after (immediate) or at the latest visit (lasting);
    negative is less pain than after the reference, which has no row of its own. A
    difference is missing where it cannot be estimated.
    """
    parts = [
        pain_differences(cells_of(clinic, horizon, feature, settings), horizon, feature, settings)
        for feature in features(clinic, TECHNIQUE, settings)
        for horizon in HORIZONS
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def pain_differences(
    cells: Cells, horizon: str, feature: Feature, settings: Settings
) -> pd.DataFrame:
    """The frame of `adjusted_differences` for one horizon of one feature."""
    fit = least_squares(cells, GROUP, feature.reference)
    about = words.sides(cells, len(feature.groups))
    table = estimates(fit, feature).assign(n=about.rows, patients=about.patients)
    table.insert(0, "horizon", horizon)
    shown = compared(feature, horizon)
    table["p_holm"] = words.holm(table["p"].where(shown))
    table["reason"] = [
        reason(about, group, fit, horizon, feature, settings)
        for group in range(len(feature.groups))
    ]
    table["verdict"] = verdicts(table)
    return table.loc[shown, COLUMNS].reset_index(drop=True)


def estimates(fit: Fit, feature: Feature) -> pd.DataFrame:
    """group, reference, difference, low, high, p; one row a group."""
    return pd.DataFrame(
        {
            "group": feature.groups,
            "reference": feature.reference_name,
            "difference": fit.estimates,
            "low": fit.estimates - fit.half_width,
            "high": fit.estimates + fit.half_width,
            "p": fit.p,
        }
    )


def compared(feature: Feature, horizon: str) -> np.ndarray:
    """Which groups have a difference: not the reference, and no session is mixed."""
    names = np.array(feature.groups)
    shown = np.arange(len(names)) != feature.reference
    return shown & ((names != MIXED) | (horizon != IMMEDIATE))


def reason(
    about: words.Sides, group: int, fit: Fit, horizon: str, feature: Feature, settings: Settings
) -> str | None:
    """Why the difference of one group says too little; None where it says something."""
    if group == feature.reference:
        return None
    few = words.why_too_few(
        about, group, feature.reference, feature.groups, settings.fewest_patients
    )
    if few is None and np.isnan(fit.estimates[group]):
        return words.why_not_estimable(feature.groups[group], horizon, fit.n, fit.rank)
    return few


def verdicts(table: pd.DataFrame) -> np.ndarray:
    """Too few to say where there is a reason for it, else by Holm's corrected p."""
    differs = np.where(table["p_holm"] < words.SIGNIFICANT, words.DIFFERS, words.NO_DIFFERENCE)
    return np.where(table["reason"].notna(), words.TOO_FEW, differs)


def raw_fit(cells: Cells, feature: Feature) -> Fit:
    """The same rows, change in the outcome since before on the group alone."""
    change = cells.outcome - cells.linear[BEFORE]
    alone = {GROUP: cells.codes[GROUP]}
    return least_squares(
        replace(cells, codes=alone, linear={}, outcome=change), GROUP, feature.reference
    )
