"""Everything that is told of one comparison, from one set of models."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.measures.comparison import verdict as words
from pipelines.measures.comparison.bootstrap import (
    FEW_PATIENTS,
    NO_BOOTSTRAP,
    wild_cluster_bootstrap,
)
from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.depth import by_depth
from pipelines.measures.comparison.differences import (
    Model,
    adjusted,
    pain_models,
    raw,
    responder_model,
    sides_of,
)
from pipelines.measures.comparison.for_whom import for_whom
from pipelines.measures.comparison.groups import DEPTH
from pipelines.measures.comparison.overlap import balance, baseline_histogram, overlap
from pipelines.measures.comparison.propensity import propensity
from pipelines.measures.comparison.rows import LASTING
from pipelines.measures.comparison.sensitivity import (
    bounds_for_the_missing,
    disagreeing,
    other_ways,
    outcome_spread,
    unmeasured_cause,
    wider_cells,
)
from pipelines.selection import Clinic
from pipelines.settings import Settings

BOOTSTRAP = "bootstrap"
BUT_NOT_BY_EVERY = "{}, but not by every method"
KEYS = ["feature", "horizon", "group", "reference"]


class Comparison(NamedTuple):
    """Frames with the columns feature, horizon, group and reference first, where they apply.

    differences: see `differences`. sensitivity: method, difference, low, high, p, n,
    patients. overlap and missing: one row a pair (`overlap`, `bounds_for_the_missing`).
    balance: one row a covariate or level. histogram: pain before by group. levels and
    tests: `for_whom`. A pair about which there is too little to say has no row in them.
    """

    differences: pd.DataFrame
    sensitivity: pd.DataFrame
    overlap: pd.DataFrame
    missing: pd.DataFrame
    balance: pd.DataFrame
    histogram: pd.DataFrame
    levels: pd.DataFrame
    tests: pd.DataFrame


def compare(clinic: Clinic, settings: Settings, feature: str) -> Comparison:
    """One feature (technique, twitch_response, stimulation, adjunct, depth) at both horizons."""
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in Comparison._fields}
    for model in pain_models(clinic, feature, settings):
        table = differences(model, settings)
        told = _told(model, table)
        wider = wider_cells(clinic, model.horizon, model.feature, settings) if told else {}
        for group in told:
            _add_pair(parts, clinic, model, group, table, wider, settings)
        parts["differences"].append(table)
        if model.horizon == LASTING:
            parts["differences"].append(differences(responder_model(model, settings), settings))
        seen = baseline_histogram(model.cells, model.feature.groups)
        parts["histogram"].append(_named(seen, model, None))
    if feature == DEPTH:
        slopes = by_depth(clinic, settings).reindex(columns=COLUMNS)
        parts["differences"].append(slopes.astype(dict.fromkeys(COUNTS, "Int64")))
    return Comparison(**{name: _stacked(frames) for name, frames in parts.items()})


def differences(model: Model, settings: Settings) -> pd.DataFrame:
    """One row a group that has rows, the reference aside.

    Columns: feature, horizon, group, reference, outcome, n, patients, reference_n,
    reference_patients, raw, raw_low, raw_high, raw_p, difference, low, high, p (adjusted),
    p_holm, verdict, reason, bootstrap_low, bootstrap_high, bootstrap_p (where a side has
    fewer than 100 patients), standing (the verdict, and whether other methods agree), other
    (the methods that do not), e_value, e_value_interval.

    Without a condition or a baseline in common no difference is shown, only the reason.
    """
    feature, about = model.feature, sides_of(model)
    table = adjusted(model, settings).drop(columns="horizon")
    crude = raw(model)[["difference", "low", "high", "p"]]
    crude.columns = ["raw", "raw_low", "raw_high", "raw_p"]
    drawn = pd.DataFrame([_bootstrap(model, about, group) for group in model.pairs()])
    drawn = drawn.add_prefix("bootstrap_")
    table = pd.concat([table, crude, drawn], axis=1).assign(
        feature=feature.name,
        horizon=model.horizon,
        outcome=model.outcome,
        reference_n=about.rows[feature.reference],
        reference_patients=about.patients[feature.reference],
        standing=table["verdict"],
        other=None,
        e_value=np.nan,
        e_value_interval=np.nan,
    )
    apart = [not _overlapping(about, group, feature.reference) for group in model.pairs()]
    table.loc[apart, FIGURES] = np.nan
    return table.loc[table["n"] > 0, COLUMNS].reset_index(drop=True)


FIGURES = [
    *("raw", "raw_low", "raw_high", "raw_p", "difference", "low", "high", "p", "p_holm"),
    *("bootstrap_low", "bootstrap_high", "bootstrap_p"),
]
COLUMNS = [
    *KEYS,
    *("outcome", "n", "patients", "reference_n", "reference_patients"),
    *FIGURES[:9],
    *("verdict", "reason"),
    *FIGURES[9:],
    *("standing", "other", "e_value", "e_value_interval"),
]
COUNTS = ["n", "patients", "reference_n", "reference_patients"]


def _overlapping(about: words.Sides, group: int, reference: int) -> bool:
    return words.shares_a_condition(about, group, reference) and words.baselines_meet(
        about, group, reference
    )


def _bootstrap(model: Model, about: words.Sides, group: int) -> dict[str, float]:
    sizes = about.patients[[group, model.feature.reference]]
    if sizes.min() >= FEW_PATIENTS or not sizes.min():
        return NO_BOOTSTRAP._asdict()
    return wild_cluster_bootstrap(model.cells, group, model.feature.reference)._asdict()


def _told(model: Model, table: pd.DataFrame) -> list[int]:
    """The groups about which something can be said."""
    known = set(table.loc[table["verdict"] != words.TOO_FEW, "group"])
    return [group for group in model.pairs() if model.feature.groups[group] in known]


def _add_pair(
    parts: dict[str, list[pd.DataFrame]],
    clinic: Clinic,
    model: Model,
    group: int,
    table: pd.DataFrame,
    wider: dict[str, Cells],
    settings: Settings,
) -> None:
    """What is told of one pair beside its difference; the difference gets its standing."""
    cells, reference = model.cells, model.feature.reference
    fitted = propensity(cells, group, reference)
    ways = other_ways(cells, fitted, model.horizon, group, reference, wider)
    row = table.index[table["group"] == model.feature.groups[group]][0]
    _judge(table, row, ways, outcome_spread(cells, group, reference))
    methods = pd.DataFrame([{"method": name, **way._asdict()} for name, way in ways.items()])
    alike = balance(cells, fitted, group, reference)
    found = {
        "sensitivity": methods,
        "overlap": pd.DataFrame([overlap(cells, fitted, group, reference, alike)]),
        "balance": alike,
        **for_whom(cells, group, reference)._asdict(),
    }
    if model.horizon == LASTING:
        bounds = bounds_for_the_missing(clinic, model.feature, group, settings)
        found["missing"] = pd.DataFrame([bounds])
    for name, frame in found.items():
        parts[name].append(_named(frame, model, group))


def _judge(table: pd.DataFrame, row: int, ways: dict, spread: float) -> None:
    """Sets standing, other, and the E-values of one row."""
    difference, low, high = table.loc[row, ["difference", "low", "high"]]
    differs = table.loc[row, "verdict"] == words.DIFFERS
    other = disagreeing(difference, differs, ways)
    if differs and table.loc[row, "bootstrap_p"] >= words.SIGNIFICANT:
        other.append(BOOTSTRAP)
    if other:
        table.loc[row, "standing"] = BUT_NOT_BY_EVERY.format(table.loc[row, "verdict"])
        table.loc[row, "other"] = ", ".join(other)
    needed = unmeasured_cause(difference, low, high, spread)
    table.loc[row, ["e_value", "e_value_interval"]] = [needed.figure, needed.interval]


def _named(frame: pd.DataFrame, model: Model, group: int | None) -> pd.DataFrame:
    """A frame with what it is about before it."""
    about = {"feature": model.feature.name, "horizon": model.horizon}
    if group is not None:
        about["group"] = model.feature.groups[group]
        about["reference"] = model.feature.reference_name
    named = frame.assign(**about)
    return named[[*about, *(name for name in frame if name not in about)]]


def _stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
