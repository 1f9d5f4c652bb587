"""The difference of each group against the reference, raw and adjusted, with its verdict."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipelines import thresholds
from pipelines.measures.comparison import verdict as words
from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.fit import Fit, least_squares
from pipelines.measures.comparison.groups import TECHNIQUE, Feature, features
from pipelines.measures.comparison.rows import BEFORE, GROUP, HORIZONS, IMMEDIATE, Rows, rows_of
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.tables import MIXED

PAIN, RESPONDERS = "pain", "responders_30"
COLUMNS = [
    *("horizon", "group", "reference", "n", "patients", "difference", "low", "high"),
    *("p", "p_holm", "verdict", "reason"),
]


@dataclass(frozen=True)
class Model:
    """One feature at one horizon, with one outcome: everything that a difference is made of."""

    feature: Feature
    horizon: str
    outcome: str
    cells: Cells

    def pairs(self) -> list[int]:
        """The groups with a row, the reference aside; no session is mixed."""
        names = np.array(self.feature.groups)
        shown = np.arange(len(names)) != self.feature.reference
        shown &= (names != MIXED) | (self.horizon != IMMEDIATE)
        return [int(group) for group in np.flatnonzero(shown)]


def adjusted_differences(clinic: Clinic, settings: Settings) -> pd.DataFrame:
    """Each technique against the commonest at both horizons, adjusted as defined.

    Columns: horizon, group, reference, n, patients, difference, low, high, p, p_holm,
    verdict, reason. Points of pain after (immediate) or at the latest visit (lasting);
    negative is less pain than after the reference, which has no row of its own. A
    difference is missing where it cannot be estimated.
    """
    found = [adjusted(model, settings) for model in pain_models(clinic, TECHNIQUE, settings)]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=COLUMNS)


def pain_models(clinic: Clinic, name: str, settings: Settings) -> list[Model]:
    """The models of pain of one feature, at both horizons."""
    return [model for model, _ in models_and_rows(clinic, name, settings)]


def models_and_rows(
    clinic: Clinic,
    name: str,
    settings: Settings,
    reference: str | None = None,
    horizons: Sequence[str] = HORIZONS,
) -> list[tuple[Model, Rows]]:
    """Each model of pain of one feature, and the rows that other methods look at."""
    found = []
    for feature in features(clinic, name, settings, reference):
        for horizon in horizons:
            rows = rows_of(clinic, horizon, feature, settings)
            found.append((Model(feature, horizon, PAIN, rows.model), rows))
    return found


def responder_model(model: Model, settings: Settings) -> Model:
    """The same for responders at 30%: 1 or 0, where the baseline is high enough."""
    before, score = model.cells.linear[BEFORE], model.cells.outcome
    met = thresholds.fell_by_percent(before, score, settings.responder_percent)
    chosen = model.cells.only(thresholds.at_least(before, settings.lowest_baseline))
    return replace(model, outcome=RESPONDERS, cells=replace(chosen, outcome=met.astype(float)))


def adjusted(model: Model, settings: Settings) -> pd.DataFrame:
    """The frame of `adjusted_differences` for one model.

    For responders the difference is one of shares, and positive is more of them.
    """
    fit = least_squares(model.cells, GROUP, model.feature.reference)
    return judged(model, fit, sides_of(model), settings)


def judged(model: Model, fit: Fit, about: words.Sides, settings: Settings) -> pd.DataFrame:
    """The same from a fit and its sides."""
    table = estimates(fit, model.feature).assign(
        horizon=model.horizon, n=about.rows, patients=about.patients
    )
    table["reason"] = pd.Series(reasons(model, about, fit, settings), dtype=object)
    table = table.iloc[model.pairs()].reset_index(drop=True)
    table["p_holm"] = words.holm(table["p"].to_numpy())
    table["verdict"] = verdicts(table)
    return table[COLUMNS]


def raw(model: Model) -> pd.DataFrame:
    """The same rows, the change since before (or responders) on the group alone.

    Columns: group, reference, difference, low, high, p; one row a group.
    """
    return estimates(raw_fit(model), model.feature).iloc[model.pairs()].reset_index(drop=True)


def raw_fit(model: Model) -> Fit:
    """The clustered fit on groups alone."""
    cells = model.cells
    change = cells.outcome - (cells.linear[BEFORE] if model.outcome == PAIN else 0)
    alone = cells.valued(codes={GROUP: cells.codes[GROUP]}, linear={}, outcome=change)
    return least_squares(alone, GROUP, model.feature.reference)


def sides_of(model: Model) -> words.Sides:
    """What each group consists of."""
    return words.sides(model.cells, len(model.feature.groups))


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


def reasons(model: Model, about: words.Sides, fit: Fit, settings: Settings) -> list[str | None]:
    """Why the difference of each group says too little; None where it says something."""
    feature = model.feature
    few = [
        words.why_too_few(about, group, feature.reference, feature.groups, settings.fewest_patients)
        for group in range(len(feature.groups))
    ]
    return [
        words.why_not_estimable(name, model.horizon, fit.n, fit.rank)
        if why is None and np.isnan(estimate)
        else why
        for name, why, estimate in zip(feature.groups, few, fit.estimates, strict=True)
    ]


def verdicts(table: pd.DataFrame) -> np.ndarray:
    """Too few to say where there is a reason for it, else by Holm's corrected p."""
    differs = np.where(table["p_holm"] < words.SIGNIFICANT, words.DIFFERS, words.NO_DIFFERENCE)
    return np.where(table["reason"].notna(), words.TOO_FEW, differs)
