"""Everything that is told of one comparison: at a glance, of one pair in detail, or all."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from pipelines.errors import OutcomesError
from pipelines.measures.comparison.depth import by_depth
from pipelines.measures.comparison.differences import Model, models_and_rows, responder_model
from pipelines.measures.comparison.frames import about, of_rows, stacked
from pipelines.measures.comparison.groups import DEPTH
from pipelines.measures.comparison.overlap import baseline_histogram
from pipelines.measures.comparison.pair import Pair, told
from pipelines.measures.comparison.rows import LASTING
from pipelines.measures.comparison.sensitivity import bounds_for_the_missing, responder_counts
from pipelines.measures.comparison.standing import Key, judged_together
from pipelines.measures.comparison.table import differences
from pipelines.measures.comparison.weighting import Estimate
from pipelines.selection import Clinic
from pipelines.settings import Settings


class Glance(NamedTuple):
    """What is shown at first; columns as in `frames`.

    differences: see `table` and `standing`. sensitivity: the same differences by other
    methods. overlap and missing: one row a pair (`overlap`, `bounds_for_the_missing`).
    histogram: pain before by group. A pair about which there is too little to say has no row
    in sensitivity, overlap and missing.
    """

    differences: pd.DataFrame
    sensitivity: pd.DataFrame
    overlap: pd.DataFrame
    missing: pd.DataFrame
    histogram: pd.DataFrame


class Detail(NamedTuple):
    """What is shown of one pair once it is opened: `balance`, and `for_whom`."""

    balance: pd.DataFrame
    levels: pd.DataFrame
    tests: pd.DataFrame


class Comparison(NamedTuple):
    """Both, the details of every pair about which something can be said under each other."""

    differences: pd.DataFrame
    sensitivity: pd.DataFrame
    overlap: pd.DataFrame
    missing: pd.DataFrame
    histogram: pd.DataFrame
    balance: pd.DataFrame
    levels: pd.DataFrame
    tests: pd.DataFrame


def at_a_glance(
    clinic: Clinic, settings: Settings, feature: str, reference: str | None = None
) -> Glance:
    """One feature (`groups.ASKABLE`) at both horizons, judged against all other methods."""
    return _glance(clinic, settings, feature, reference)[0]


def in_detail(
    clinic: Clinic,
    settings: Settings,
    feature: str,
    horizon: str,
    group: str,
    reference: str | None = None,
) -> Detail:
    """One pair: how alike its patients are, and for whom the difference is another one."""
    for model, rows in models_and_rows(clinic, feature, settings, reference, (horizon,)):
        groups = model.feature.groups
        pairs = [Pair(model, rows, place) for place in model.pairs() if groups[place] == group]
        if pairs:
            return _details(pairs)
    raise OutcomesError("No group that is compared here is called that.")


def compare(
    clinic: Clinic, settings: Settings, feature: str, reference: str | None = None
) -> Comparison:
    """Everything about one feature (`groups.ASKABLE`) at both horizons."""
    glance, pairs = _glance(clinic, settings, feature, reference)
    return Comparison(*glance, *_details(pairs))


def _glance(
    clinic: Clinic, settings: Settings, feature: str, reference: str | None
) -> tuple[Glance, list[Pair]]:
    tables, pairs, histograms = [], [], []
    for model, rows in models_and_rows(clinic, feature, settings, reference):
        table = differences(model, settings)
        pairs += told(model, rows, table)
        tables += [table, *_of_responders(model, settings)]
        histograms.append(_histogram(model))
    if feature == DEPTH:
        tables.append(by_depth(clinic, settings))
    ways = {pair.key: pair.ways() for pair in pairs}
    glance = Glance(
        differences=judged_together(stacked("differences", tables), ways, pairs),
        sensitivity=of_rows("sensitivity", [row for pair in pairs for row in _methods(pair, ways)]),
        overlap=of_rows("overlap", [pair.names | pair.overlap() for pair in pairs]),
        missing=of_rows("missing", _missing(pairs, settings)),
        histogram=stacked("histogram", histograms),
    )
    return glance, pairs


def _of_responders(model: Model, settings: Settings) -> list[pd.DataFrame]:
    """The same rows once more by responders, at the lasting horizon."""
    if model.horizon != LASTING:
        return []
    return [differences(responder_model(model, settings), settings)]


def _histogram(model: Model) -> pd.DataFrame:
    seen = baseline_histogram(model.cells, model.feature.groups)
    return about(seen, "histogram", feature=model.feature.name, horizon=model.horizon)


def _methods(pair: Pair, ways: Mapping[Key, Mapping[str, Estimate]]) -> list[dict]:
    return [{**pair.names, "method": name, **way._asdict()} for name, way in ways[pair.key].items()]


def _missing(pairs: list[Pair], settings: Settings) -> list[dict]:
    """Bounds for the missing, at the lasting horizon; episodes are counted once a model."""
    rows, counted = [], {}
    for pair in pairs:
        if pair.model.horizon == LASTING:
            name = pair.model.feature.name
            if name not in counted:
                counted[name] = responder_counts(pair.rows.every, settings)
            bounds = bounds_for_the_missing(counted[name], pair.group, pair.reference)
            rows.append(pair.names | bounds)
    return rows


def _details(pairs: list[Pair]) -> Detail:
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in Detail._fields}
    for pair in pairs:
        for name, frame in {"balance": pair.balance, **pair.for_whom()._asdict()}.items():
            parts[name].append(pair.named(frame, name))
    return Detail(**{name: stacked(name, frames) for name, frames in parts.items()})
