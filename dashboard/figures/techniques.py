"""The figures of the Techniques page, with the words that stand beside each."""

from dataclasses import dataclass

import pandas as pd

from dashboard import names, theme
from dashboard.comparison_words import alike, verdicts
from dashboard.comparison_words.groups import label
from dashboard.comparison_words.whom import tested
from dashboard.phrases import sentence, several
from pipelines import tables
from pipelines.measures.comparison import at_a_glance, in_detail
from pipelines.measures.comparison.depth import EACH_STEP
from pipelines.measures.comparison.groups import (
    ELECTRICAL_WITH,
    TECHNIQUE,
    features,
)
from pipelines.measures.comparison.rows import LASTING
from pipelines.measures.comparison.verdict import ROWS_IN_WORDS, TOO_FEW, VERDICTS
from pipelines.selection import Clinic
from pipelines.settings import Settings


@dataclass(frozen=True)
class Sides:
    """The groups of a feature that can be the reference, and which is it if none is chosen."""

    groups: tuple[str, ...]
    usual: str


@dataclass(frozen=True)
class Glance:
    """What is shown at first. Frames as `at_a_glance` gives them, with words.

    differences: one row a horizon, outcome and group, the interval being the careful one and
    the verdict the one that stands; + label, row, role, few, said. by_depth: the straight
    line of depth. histogram: + label, role.
    """

    reference: str
    differences: pd.DataFrame
    by_depth: pd.DataFrame
    sensitivity: pd.DataFrame
    overlap: pd.DataFrame
    missing: pd.DataFrame
    histogram: pd.DataFrame


@dataclass(frozen=True)
class Detail:
    """One pair looked at closer: balance (+ label), levels (+ label) and tests (+ said)."""

    balance: pd.DataFrame
    levels: pd.DataFrame
    tests: pd.DataFrame


def sides(part: Clinic, settings: Settings, feature: str) -> Sides:
    """Every group but mixed, and the usual reference; none where nothing can be compared."""
    found = features(part, feature, settings)
    if not found:
        return Sides((), "")
    groups = tuple(group for group in found[0].groups if group != tables.MIXED)
    return Sides(groups, found[0].reference_name)


def glance(part: Clinic, settings: Settings, feature: str, reference: str) -> Glance:
    """Every difference against the reference with its verdict, and what stands beside it."""
    found = at_a_glance(part, settings, feature, reference)
    told = _told(found.differences, settings)
    line = told["group"] == EACH_STEP
    return Glance(
        reference=reference,
        differences=told[~line].reset_index(drop=True),
        by_depth=told[line].reset_index(drop=True),
        sensitivity=found.sensitivity,
        overlap=found.overlap,
        missing=found.missing,
        histogram=_painted(found.histogram, reference),
    )


def detail(
    part: Clinic, settings: Settings, feature: str, horizon: str, group: str, reference: str
) -> Detail:
    """One pair: how alike it is fact by fact, and whether the difference varies."""
    found = in_detail(part, settings, feature, horizon, group, reference)
    levels = found.levels.assign(label=[sentence(_level(*pair)) for pair in _pairs(found.levels)])
    tests = found.tests.assign(said=[tested(row) for row in found.tests.to_dict("records")])
    return Detail(_facts(found.balance), levels, tests)


def _pairs(levels: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(levels["modifier"], levels["level"], strict=True))


def of_pair(frame: pd.DataFrame, horizon: str, group: str) -> pd.DataFrame:
    """The rows of one pair at one horizon."""
    chosen = (frame["horizon"] == horizon) & (frame["group"] == group)
    return frame[chosen].reset_index(drop=True)


def _told(frame: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The verdict that stands, the careful interval, and every row's own words."""
    careful = frame.assign(
        verdict=[_standing(text) for text in frame["standing"]],
        low=frame["careful_low"].fillna(frame["low"]),
        high=frame["careful_high"].fillna(frame["high"]),
        p=frame["careful_p"].fillna(frame["p"]),
        p_holm=frame["careful_p_holm"].fillna(frame["p_holm"]),
    )
    rows = careful.to_dict("records")
    return careful.assign(
        label=[label(row["feature"], row["group"]) for row in rows],
        row=[_row(row) for row in rows],
        role=[role(row["feature"], row["group"]) for row in rows],
        few=[verdicts.why(row) if row["verdict"] == TOO_FEW else None for row in rows],
        said=[verdicts.told(row, settings.responder_percent) for row in rows],
    )


def _standing(text: str) -> str:
    """The verdict within a standing such as "differs, but not by every method"."""
    return next(verdict for verdict in VERDICTS if text.startswith(verdict))


def _row(row: dict) -> str:
    """What stands beside a row of the plot: the group, its patients, and its rows."""
    noun = ROWS_IN_WORDS[row["horizon"]].rstrip("s")
    lines = (several(int(row["patients"]), "patient"), several(int(row["n"]), noun))
    return "\n".join([label(row["feature"], row["group"]), *lines])


def role(feature: str, group: str, is_reference: bool = False) -> str:
    """A technique's own colour on every page; of other features the group's and the reference's."""
    if feature == TECHNIQUE:
        return theme.technique_role(group)
    if feature == ELECTRICAL_WITH and group != tables.MIXED:
        return theme.technique_role("deep" if group.startswith("deep") else "electrical")
    if group == tables.MIXED:
        return theme.technique_role(tables.MIXED)
    return theme.REFERENCE if is_reference else theme.ACCENT


def _painted(histogram: pd.DataFrame, reference: str) -> pd.DataFrame:
    is_reference = histogram["group"] == reference
    pairs = zip(histogram["feature"], histogram["group"], is_reference, strict=True)
    return histogram.assign(
        is_reference=is_reference,
        label=[label(*pair) for pair in zip(histogram["feature"], histogram["group"], strict=True)],
        role=[role(*each) for each in pairs],
    )


def _facts(balance: pd.DataFrame) -> pd.DataFrame:
    """The facts of a balance in words, those farthest apart first."""
    rows = balance.to_dict("records")
    told = balance.assign(
        label=[
            alike.covariate(row["covariate"], row["level"], _level(row["covariate"], row["level"]))
            for row in rows
        ],
        before=balance["standardised_before"].abs(),
        after=balance["standardised_after"].abs(),
    )
    return told.sort_values("before", ascending=False, kind="stable", ignore_index=True)


def _level(kind: str, level: str | None) -> str:
    if kind not in ("condition", "chronicity") or not theme.known(level):
        return str(level)
    return names.name(kind, level)


def pain(differences: pd.DataFrame) -> pd.DataFrame:
    """The differences in pain, without those in responders."""
    return differences[differences["outcome"] == "pain"].reset_index(drop=True)


def comparable(differences: pd.DataFrame) -> list[tuple[str, str]]:
    """The pairs that can be looked at closer: horizon and group, lasting first."""
    found = pain(differences)
    known = found[found["verdict"] != TOO_FEW]
    order = known["horizon"].map(lambda name: name != LASTING)
    chosen = known.assign(order=order).sort_values("order", kind="stable")
    return list(zip(chosen["horizon"], chosen["group"], strict=True))
