"""What a comparison says where the truth is known, over 1,000 clinics each and more."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.measures.comparison.bootstrap import wild_cluster_bootstrap
from pipelines.measures.comparison.differences import Model, raw, responder_model
from pipelines.measures.comparison.for_whom import VARIES, for_whom
from pipelines.measures.comparison.frames import stacked
from pipelines.measures.comparison.pair import Pair
from pipelines.measures.comparison.propensity import pair_of, propensity
from pipelines.measures.comparison.rows import Rows
from pipelines.measures.comparison.sensitivity import within_patients
from pipelines.measures.comparison.standing import judged_together
from pipelines.measures.comparison.table import differences
from pipelines.measures.comparison.verdict import DIFFERS, TOO_FEW
from pipelines.measures.comparison.weighting import overlap_difference
from pipelines.settings import Settings
from tests.support.comparisons import (
    DEEP,
    SUPERFICIAL,
    Truth,
    made_up,
    made_up_twice,
    strength_of_hidden,
)

TITLE = "Comparisons where the truth is known"
ABOUT = """
Clinics are made up in which it is known what a technique does. Each row is one truth, over
as many clinics as it says. "Covers" is the share of 95% intervals of the immediate difference
between deep and superficial that hold the truth, and should lie between 93% and 97%.
"Differs" is the share of clinics in which any technique is said to differ, and should be at
most 5% where none does.

- **summary** is the interval and the verdict of `outcomes summary`, whose definition is fixed:
  the clustered sandwich, and Holm's correction at each horizon on its own.
- **page** is what the page and `outcomes compare` show: errors and degrees of freedom that hold
  with few patients, and "differs" only where Holm's correction over all techniques at both
  horizons, and responders beside them, allows it. A side below 30 patients is "too few to say".
- **A hidden cause** adds a point to pain and is commoner among those given deep, and nobody
  records it. How strong it is, is known: its two risk ratios, to the technique and to pain,
  have a bounding factor, whose E-value is that of the cause. The panel says so where the
  E-value it prints for the interval is no more than that: a cause like the one that is there
  would be enough to explain the difference.
"""
CLINICS = 1_000
MORE_CLINICS = 2_000
CLINICS_OF_BOOTSTRAP = 400
METHODS = ("summary", "page", "raw", "overlap weights", "within patients")
SETTINGS = Settings()
NONE = "harder cases given deep; no difference"
HIDDEN = Truth(by_severity=1.2, patients=300, hidden=1.0)


class Interval(NamedTuple):
    """Limits of one figure of one clinic."""

    low: float
    high: float


def run(seed: int) -> Iterator[dict]:
    """One row a truth and method."""
    yield from _indication(seed, Truth(by_severity=1.2, patients=300))
    yield from _power(seed, Truth(by_severity=1.2, patients=300, effect=-0.7))
    yield from _power(seed, Truth(by_severity=1.2, patients=100, effect=-0.3))
    yield _hidden(seed, HIDDEN)
    for patients in (5, 10, 20, 40):
        yield from _small(seed, Truth(a_group=patients))
    for patients in (10, 20, 30):
        yield _bootstrap(seed, Truth(a_group=patients))
    yield _for_whom(seed, Truth(patients=500, in_neck=-0.8), "0.8 points more in neck pain")
    yield _for_whom(seed, Truth(patients=500, effect=-0.5), "the same for everybody")
    yield _for_whom(seed, Truth(patients=90), "nothing, few patients")


def shown(models: Sequence[Model]) -> pd.DataFrame:
    """What a page shows of one question, no other method speaking against it."""
    tables = [differences(model, SETTINGS) for model in (*models, *_of_responders(models))]
    return judged_together(stacked("differences", tables), {}, [])


def _of_responders(models: Sequence[Model]) -> list[Model]:
    return [responder_model(model, SETTINGS) for model in models[1:]]


def _indication(seed: int, truth: Truth) -> Iterator[dict]:
    """Harder cases are given deep more often, and no technique does anything."""
    limits: dict[str, list[Interval]] = {name: [] for name in METHODS}
    at_once, summary, page = 0, 0, 0
    for place in range(MORE_CLINICS):
        models = made_up_twice(seed + place, truth)
        table = shown(models)
        at_once += (table.loc[table["horizon"] == "immediate", "verdict"] == DIFFERS).any()
        summary += (table["verdict"] == DIFFERS).any()
        page += (table["standing"] == DIFFERS).any()
        row, model = table.iloc[0], models[0]
        others = (_limits(raw(model).iloc[0]), _weighted(model), _within(model))
        for name, interval in zip(METHODS, (_limits(row), _careful(row), *others), strict=True):
            limits[name].append(interval)
    notes = {
        "summary": f"at either horizon; immediate alone {at_once / MORE_CLINICS:.1%}",
        "page": "both horizons and responders together",
    }
    shares = {"summary": summary / MORE_CLINICS, "page": page / MORE_CLINICS}
    for name, intervals in limits.items():
        covers, note = _covered(intervals, 0), notes.get(name, "")
        yield _row(NONE, name, MORE_CLINICS, covers, shares.get(name), note)


def _power(seed: int, truth: Truth) -> Iterator[dict]:
    """How often a true difference is found, beside what the standard errors let expect."""
    tables = [shown(made_up_twice(seed + place, truth)) for place in range(CLINICS)]
    rows = [table.iloc[0] for table in tables]
    error = np.mean([row["high"] - row["low"] for row in rows]) / 2 / stats.norm.ppf(0.975)
    name = f"deep leaves {-truth.effect:g} points less, {truth.patients} patients"
    found = np.mean([row["p"] < 0.05 for row in rows])
    told = np.mean([row["standing"] == DIFFERS for row in rows])
    several = np.mean([(table["outcome"] == "pain").sum() for table in tables])
    theory = [_power_by_theory(truth.effect, error, 0.05 / tests) for tests in (1, several)]
    covers = [
        _covered((limits(row) for row in rows), truth.effect) for limits in (_limits, _careful)
    ]
    yield _row(
        name, "summary", CLINICS, covers[0], found, f"p below .05; by theory {theory[0]:.1%}"
    )
    note = f"by theory {theory[1]:.1%}, the p being multiplied by {several:g}"
    yield _row(name, "page", CLINICS, covers[1], told, note)


def _power_by_theory(effect: float, error: float, level: float) -> float:
    return float(stats.norm.cdf(abs(effect) / error - stats.norm.ppf(1 - level / 2)))


def _hidden(seed: int, truth: Truth) -> dict:
    """A cause that nobody records: what the panel says where the adjusted figure is wrong."""
    warned, strengths = 0, []
    for place in range(CLINICS):
        model = made_up(seed + place, truth)
        pair = Pair(model, Rows(model.cells), DEEP)
        found = judged_together(
            stacked("differences", [differences(model, SETTINGS)]), {pair.key: pair.ways()}, [pair]
        ).iloc[0]
        if found["standing"].startswith(DIFFERS):
            warned += found["other"] is not None
            strengths.append(found["e_value_interval"])
    wrong, known = len(strengths), _e_value_of(*strength_of_hidden(truth))
    said = np.mean([strength <= known for strength in strengths])
    note = (
        f"its E-value is {known:.2f}: the panel says so in {said:.0%} of these (median"
        f" {np.median(strengths):.2f}), and names a method that disagrees in {warned / wrong:.0%}"
    )
    name = f"a hidden cause of {truth.hidden:g} point; no difference"
    return _row(name, "page", CLINICS, None, wrong / CLINICS, note)


def _e_value_of(to_group: float, to_outcome: float) -> float:
    """The E-value of the bounding factor of two risk ratios (Ding and VanderWeele 2016)."""
    factor = to_group * to_outcome / (to_group + to_outcome - 1)
    return factor + np.sqrt(factor * (factor - 1))


def _small(seed: int, truth: Truth) -> Iterator[dict]:
    tables = [shown(made_up_twice(seed + place, truth)) for place in range(CLINICS)]
    few = np.mean([table.iloc[0]["verdict"] == TOO_FEW for table in tables])
    name, note = f"{truth.a_group} patients a group", f"too few to say {few:.0%}"
    for method, limits, told in (
        ("summary", _limits, "verdict"),
        ("page", _careful, "standing"),
    ):
        covers = _covered((limits(table.iloc[0]) for table in tables), 0)
        differs = np.mean([(table[told] == DIFFERS).any() for table in tables])
        yield _row(name, method, CLINICS, covers, differs, note)


def _bootstrap(seed: int, truth: Truth) -> dict:
    limits = []
    for place in range(CLINICS_OF_BOOTSTRAP):
        cells = made_up(seed + place, truth).cells
        found = wild_cluster_bootstrap(cells, DEEP, SUPERFICIAL)
        limits.append(Interval(found.low, found.high))
    name = f"{truth.a_group} patients a group"
    return _row(name, "bootstrap", CLINICS_OF_BOOTSTRAP, _covered(limits, 0))


def _for_whom(seed: int, truth: Truth, name: str) -> dict:
    shown_, condition = 0, 0
    for place in range(CLINICS):
        cells = made_up(seed + place, truth).cells
        tests = for_whom(cells, DEEP, SUPERFICIAL).tests.set_index("modifier")
        shown_ += (tests["verdict"] == VARIES).any()
        condition += tests.loc["condition", "verdict"] == VARIES
    note = f"by any of three; by condition {condition / CLINICS:.1%}"
    return _row(f"for whom: {name}", "interaction", CLINICS, None, shown_ / CLINICS, note)


def _weighted(model: Model) -> Interval:
    found = overlap_difference(propensity(model.cells, DEEP, SUPERFICIAL), model.cells.outcome)
    return Interval(found.low, found.high)


def _within(model: Model) -> Interval:
    pair = pair_of(model.cells, DEEP, SUPERFICIAL)
    found = within_patients(pair, DEEP, SUPERFICIAL)
    return Interval(found.low, found.high)


def _limits(row) -> Interval:
    return Interval(row["low"], row["high"])


def _careful(row) -> Interval:
    return Interval(row["careful_low"], row["careful_high"])


def _covered(limits, truth: float) -> float:
    """Of those that there are: without an interval nothing is said."""
    known = [each for each in limits if not np.isnan(each.low)]
    return float(np.mean([each.low <= truth <= each.high for each in known]))


def _row(
    truth: str,
    method: str,
    clinics: int,
    covers: float | None,
    differs: float | None = None,
    note: str = "",
) -> dict:
    shares = {"covers": covers, "differs": differs}
    shown_ = {name: "" if share is None else f"{share:.1%}" for name, share in shares.items()}
    return {"truth": truth, "method": method, "clinics": clinics, **shown_, "note": note}
