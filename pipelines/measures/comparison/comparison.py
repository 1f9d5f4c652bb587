"""Everything that is told of one comparison: at a glance, of one pair in detail, or all."""

from typing import NamedTuple

import pandas as pd

from pipelines.errors import OutcomesError
from pipelines.measures.comparison.depth import by_depth
from pipelines.measures.comparison.differences import Model, models_and_rows, responder_model
from pipelines.measures.comparison.frames import about, stacked
from pipelines.measures.comparison.groups import DEPTH
from pipelines.measures.comparison.overlap import baseline_histogram
from pipelines.measures.comparison.pair import Pair, told
from pipelines.measures.comparison.rows import LASTING
from pipelines.measures.comparison.standing import judged_together
from pipelines.measures.comparison.table import differences
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
        sensitivity=stacked("sensitivity", [_methods(pair, ways[pair.key]) for pair in pairs]),
        overlap=stacked("overlap", [pair.named(pair.overlap(), "overlap") for pair in pairs]),
        missing=stacked(
            "missing", [pair.named(pair.missing(settings), "missing") for pair in pairs]
        ),
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


def _methods(pair: Pair, ways: dict) -> pd.DataFrame:
    rows = [{"method": name, **way._asdict()} for name, way in ways.items()]
    return pair.named(pd.DataFrame(rows), "sensitivity")


def _details(pairs: list[Pair]) -> Detail:
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in Detail._fields}
    for pair in pairs:
        for name, frame in {"balance": pair.balance, **pair.for_whom()._asdict()}.items():
            parts[name].append(pair.named(frame, name))
    return Detail(**{name: stacked(name, frames) for name, frames in parts.items()})
