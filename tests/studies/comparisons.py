"""What a comparison says where the truth is known, over 1,000 clinics each and more."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy import stats

from pipelines.measures.comparison.bootstrap import wild_cluster_bootstrap
from pipelines.measures.comparison.differences import Model, adjusted, raw
from pipelines.measures.comparison.for_whom import VARIES, for_whom
from pipelines.measures.comparison.propensity import pair_of, propensity
from pipelines.measures.comparison.sensitivity import (
    disagreeing,
    other_ways,
    outcome_spread,
    unmeasured_cause,
    within_patients,
)
from pipelines.measures.comparison.verdict import DIFFERS, TOO_FEW
from pipelines.measures.comparison.weighting import overlap_difference
from pipelines.settings import Settings
from tests.support.comparisons import DEEP, SUPERFICIAL, Truth, made_up

TITLE = "Comparisons where the truth is known"
ABOUT = """
Clinics are made up in which it is known what a technique does. Each row is one truth, over
as many clinics as it says. "Covers" is the share of 95% intervals that hold the truth, and
should lie between 93% and 97%; "differs" is the share of clinics in which any technique is
said to differ, and should be at most 5% where none does.
"""
CLINICS = 1_000
MORE_CLINICS = 4_000
CLINICS_OF_BOOTSTRAP = 400
METHODS = ("adjusted", "raw", "overlap weights", "within patients")
SETTINGS = Settings()


class Interval(NamedTuple):
    """Limits of one figure of one clinic."""

    low: float
    high: float


def run(seed: int) -> Iterator[dict]:
    """One row a truth and method."""
    severe = Truth(by_severity=1.2, patients=300)
    yield from _indication(seed, severe)
    yield _power(seed, Truth(by_severity=1.2, patients=300, effect=-0.7), -0.7)
    yield _power(seed, Truth(by_severity=1.2, patients=100, effect=-0.3), -0.3)
    yield _hidden(seed, Truth(by_severity=1.2, patients=300, hidden=1.0))
    for patients in (5, 10, 20, 40):
        yield _small(seed, Truth(a_group=patients))
    for patients in (10, 20, 30):
        yield _bootstrap(seed, Truth(a_group=patients))
    yield _told(seed, Truth(a_group=40))
    yield _for_whom(seed, Truth(patients=500, in_neck=-0.8), "0.8 points more in neck pain")
    yield _for_whom(seed, Truth(patients=500, effect=-0.5), "the same for everybody")
    yield _for_whom(seed, Truth(patients=90), "nothing, few patients")


def _indication(seed: int, truth: Truth) -> Iterator[dict]:
    """Harder cases are given deep more often, and no technique does anything."""
    limits: dict[str, list[Interval]] = {name: [] for name in METHODS}
    differs = 0
    for place in range(MORE_CLINICS):
        model = made_up(seed + place, truth)
        table = adjusted(model, SETTINGS)
        differs += (table["verdict"] == DIFFERS).any()
        found = (_deep(table), _deep(raw(model)), _weighted(model), _within(model))
        for name, interval in zip(METHODS, found, strict=True):
            limits[name].append(interval)
    for name, intervals in limits.items():
        share = differs / MORE_CLINICS if name == METHODS[0] else None
        truly = "harder cases given deep; no difference"
        yield _row(truly, name, MORE_CLINICS, _covered(intervals, 0), share)


def _power(seed: int, truth: Truth, effect: float) -> dict:
    """How often a true difference is found, beside what the standard errors let expect."""
    rows = [adjusted(made_up(seed + place, truth), SETTINGS).iloc[0] for place in range(CLINICS)]
    found = np.mean([row["p"] < 0.05 for row in rows])
    error = np.mean([(row["high"] - row["low"]) / 2 for row in rows]) / stats.norm.ppf(0.975)
    expected = stats.norm.cdf(abs(effect) / error - stats.norm.ppf(0.975))
    name = f"deep leaves {-effect:g} points less, {truth.patients} patients"
    covers = _covered(map(_limits, rows), effect)
    return _row(name, "adjusted", CLINICS, covers, found, f"found {expected:.1%} by theory")


def _hidden(seed: int, truth: Truth) -> dict:
    """A cause that nobody records: what the panel says where the adjusted figure is wrong."""
    warned, strengths, wrong = 0, [], 0
    for place in range(CLINICS):
        model = made_up(seed + place, truth)
        row = adjusted(model, SETTINGS).iloc[0]
        if row["verdict"] != DIFFERS:
            continue
        wrong += 1
        fitted = propensity(model.cells, DEEP, SUPERFICIAL)
        ways = other_ways(model.cells, fitted, model.horizon, DEEP, SUPERFICIAL, {})
        warned += bool(disagreeing(row["difference"], True, ways))
        spread = outcome_spread(model.cells, DEEP, SUPERFICIAL)
        needed = unmeasured_cause(row["difference"], row["low"], row["high"], spread)
        strengths.append(needed.interval)
    note = (
        f"of these {warned / wrong:.0%} are told as not by every method;"
        f" median E-value of the interval {np.median(strengths):.2f}"
    )
    return _row(
        "a hidden cause of 1 point; no difference", "adjusted", CLINICS, None, wrong / CLINICS, note
    )


def _small(seed: int, truth: Truth) -> dict:
    tables = [adjusted(made_up(seed + place, truth), SETTINGS) for place in range(CLINICS)]
    few = np.mean([table.iloc[0]["verdict"] == TOO_FEW for table in tables])
    differs = np.mean([(table["verdict"] == DIFFERS).any() for table in tables])
    covers = _covered((_deep(table) for table in tables), 0)
    name = f"{truth.a_group} patients a group"
    return _row(name, "adjusted", CLINICS, covers, differs, f"too few to say {few:.0%}")


def _told(seed: int, truth: Truth) -> dict:
    """How often a page would say `differs` without a "but": the bootstrap has to agree."""
    limits, told = [], 0
    for place in range(CLINICS):
        model = made_up(seed + place, truth)
        found = wild_cluster_bootstrap(model.cells, DEEP, SUPERFICIAL)
        limits.append(Interval(found.low, found.high))
        told += adjusted(model, SETTINGS).iloc[0]["verdict"] == DIFFERS and found.p < 0.05
    name = f"{truth.a_group} patients a group"
    return _row(name, "adjusted and bootstrap", CLINICS, _covered(limits, 0), told / CLINICS)


def _bootstrap(seed: int, truth: Truth) -> dict:
    limits = []
    for place in range(CLINICS_OF_BOOTSTRAP):
        cells = made_up(seed + place, truth).cells
        found = wild_cluster_bootstrap(cells, DEEP, SUPERFICIAL)
        limits.append(Interval(found.low, found.high))
    name = f"{truth.a_group} patients a group"
    return _row(name, "bootstrap", CLINICS_OF_BOOTSTRAP, _covered(limits, 0))


def _for_whom(seed: int, truth: Truth, name: str) -> dict:
    shown, condition = 0, 0
    for place in range(CLINICS):
        cells = made_up(seed + place, truth).cells
        tests = for_whom(cells, DEEP, SUPERFICIAL).tests.set_index("modifier")
        shown += (tests["verdict"] == VARIES).any()
        condition += tests.loc["condition", "verdict"] == VARIES
    note = f"by condition {condition / CLINICS:.1%}"
    return _row(f"for whom: {name}", "interaction", CLINICS, None, shown / CLINICS, note)


def _weighted(model: Model) -> Interval:
    found = overlap_difference(propensity(model.cells, DEEP, SUPERFICIAL), model.cells.outcome)
    return Interval(found.low, found.high)


def _within(model: Model) -> Interval:
    pair = pair_of(model.cells, DEEP, SUPERFICIAL)
    found = within_patients(pair, DEEP, SUPERFICIAL)
    return Interval(found.low, found.high)


def _deep(table) -> Interval:
    return _limits(table.iloc[0])


def _limits(row) -> Interval:
    return Interval(row["low"], row["high"])


def _covered(limits, truth: float) -> float:
    return float(np.mean([each.low <= truth <= each.high for each in limits]))


def _row(
    truth: str,
    method: str,
    clinics: int,
    covers: float | None,
    differs: float | None = None,
    note: str = "",
) -> dict:
    shares = {"covers": covers, "differs": differs}
    shown = {name: "" if share is None else f"{share:.1%}" for name, share in shares.items()}
    return {"truth": truth, "method": method, "clinics": clinics, **shown, "note": note}
