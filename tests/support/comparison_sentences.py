"""Every sentence that the Techniques page can say, over a grid of made-up results."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pandas as pd

from dashboard.comparison_words import alike, always, methods, takeaway, verdicts, whom
from dashboard.comparison_words.groups import SUBJECTS
from pipelines import tables
from pipelines.evidence import load_evidence
from pipelines.measures.comparison import verdict
from pipelines.measures.comparison.for_whom import MODIFIERS, NO_SIGN, VARIES
from pipelines.measures.comparison.for_whom import TOO_FEW as NOT_TESTED
from pipelines.measures.comparison.groups import (
    DEPTH,
    ELECTRICAL_WITH,
    STIMULATION,
    TECHNIQUE,
    TWITCH,
    depth_bands,
)
from pipelines.measures.comparison.rows import HORIZONS, LASTING
from pipelines.selection import Selection
from pipelines.settings import Settings

GROUPS = {
    TECHNIQUE: ("superficial", "deep", "electrical", tables.MIXED),
    TWITCH: ("without a twitch", "with a twitch", tables.MIXED),
    STIMULATION: ("low frequency", "high frequency", "between low and high", tables.MIXED),
    DEPTH: depth_bands(Settings()),
    ELECTRICAL_WITH: ("deep without either", ELECTRICAL_WITH, tables.MIXED),
    **{
        name: (f"without {name.replace('_', ' ')}", f"with {name.replace('_', ' ')}", tables.MIXED)
        for name in tables.ADJUNCTS
    },
}
OUTCOMES = {"pain": HORIZONS, "responders_30": (LASTING,)}
SPANS = (
    (-0.52, -0.94, -0.11),
    (0.3, 0.22, 0.38),
    (-1.0, -1.62, -0.35),
    (0.032, 0.011, 0.054),
    (-0.003, -0.005, -0.001),
    (0.1, -0.62, 0.82),
    (-0.02, -0.04, 0.0),
    (1.0, 0.96, 1.04),
)
"""A difference with its limits: clear or not, small or large, either way."""
COUNTS = (0, 1, 2, 12, 1204)
DISPUTES = (None, "overlap weights", "within patients, missing as unchanged", "bootstrap")


def sentences() -> set[str]:
    """Every whole sentence."""
    return {text for part in PARTS for text in part() if text}


def headings() -> set[str]:
    """Every title of a page or a picture, which ends without a full stop."""
    return {text for text in _headings() if text}


def row(feature: str, group: str, reference: str, horizon: str, outcome: str, **told) -> dict:
    """One row of differences."""
    few = {"n": 12, "patients": 2, "reference_n": 40, "reference_patients": 31}
    nothing = dict.fromkeys(("difference", "low", "high", "raw", "raw_low", "raw_high"), np.nan)
    about = {"feature": feature, "group": group, "reference": reference, "horizon": horizon}
    said = {"outcome": outcome, "other": None, "reason": None, "verdict": verdict.NO_DIFFERENCE}
    figures = {"e_value": np.nan, "e_value_interval": np.nan}
    return {**about, **said, **few, **nothing, **figures, **told}


def pairs() -> Iterator[tuple[str, str, str]]:
    """Every feature with every group against every other."""
    for feature, groups in GROUPS.items():
        for group, reference in product(groups, groups):
            if group != reference and reference != tables.MIXED:
                yield feature, group, reference


def rows() -> Iterator[dict]:
    """Every pair at every horizon and outcome, with every verdict."""
    for pair in pairs():
        for outcome, horizons in OUTCOMES.items():
            for horizon in horizons:
                yield from _verdicts(pair, horizon, outcome)


def _verdicts(pair: tuple[str, str, str], horizon: str, outcome: str) -> Iterator[dict]:
    for (middle, low, high), other in product(SPANS, DISPUTES):
        clear = low * high > 0
        said = verdict.DIFFERS if clear else verdict.NO_DIFFERENCE
        shown = {"difference": middle, "low": low, "high": high}
        before = {"raw": 2 * middle, "raw_low": 2 * middle - 0.3, "raw_high": 2 * middle + 0.3}
        strength = {"e_value": 1 + 2 * abs(middle), "e_value_interval": 1.2 if clear else 1.0}
        yield row(*pair, horizon, outcome, verdict=said, other=other, **shown, **before, **strength)
        if clear:
            yield row(*pair, horizon, outcome, other=other, **shown, **before)
    for reason in _reasons(pair):
        yield row(*pair, horizon, outcome, verdict=verdict.TOO_FEW, reason=reason)


def _reasons(pair: tuple[str, str, str]) -> Iterator[str]:
    """Why too few, as the measure says it."""
    _, group, reference = pair
    given = [verdict.given(name) for name in (group, reference)]
    for count in COUNTS:
        patients = "1 patient" if count == 1 else f"{count:,} patients"
        yield (
            f"{patients} {given[0]} and 31 patients {given[1]} could be compared; each side needs "
            "at least 30."
        )
    yield f"No condition was treated both {given[0]} and {given[1]}."
    yield f"Pain before the treatment does not overlap: 1 to 3 {given[0]} and 5 to 9 {given[1]}."
    yield verdict.why_not_estimable(group, LASTING, 40, 12)
    yield verdict.why_not_estimable(group, LASTING, 12, 14)


def _of_rows() -> Iterator[str]:
    for each in rows():
        yield verdicts.told(each)
        yield verdicts.raw_beside(each)
        if each["outcome"] == "pain":
            yield methods.unrecorded(each)
    for pair in pairs():
        for n in COUNTS:
            sizes = {"n": n, "reference_n": 2 * n, "reference_patients": n}
            yield always.against(row(*pair, LASTING, "pain", **sizes))


def _answers() -> Iterator[str]:
    for feature, _, reference, frame in _frames():
        yield takeaway.answer(feature, reference, frame).doubt
    for feature in SUBJECTS:
        yield takeaway.nothing(feature).doubt


def _headings() -> Iterator[str]:
    for feature, _, reference, frame in _frames():
        yield takeaway.answer(feature, reference, frame).heading
        for horizon in HORIZONS:
            chosen = frame[frame["horizon"] == horizon].to_dict("records")
            if chosen:
                yield takeaway.title(chosen)
    for feature in SUBJECTS:
        yield takeaway.nothing(feature).heading
    for each in _commons():
        yield alike.title(each)
    for each, ways in _ways():
        yield methods.title(each, ways)
    for tests in product((VARIES, NO_SIGN, NOT_TESTED), repeat=len(MODIFIERS)):
        found = zip(MODIFIERS, tests, strict=True)
        yield whom.title([{"modifier": name, "verdict": said} for name, said in found])


def _frames() -> Iterator[tuple[str, str, str, pd.DataFrame]]:
    """Differences of one feature: each group with each kind of verdict, at one or both horizons."""
    kinds = [list(_few_verdicts())] * 2
    for feature, groups in GROUPS.items():
        reference, *others = groups[:-1]
        for first, second in product(*kinds):
            frame = _frame(feature, others, reference, (first, second))
            yield feature, others[0], reference, frame
            yield feature, others[0], reference, frame[frame["horizon"] != LASTING]


def _few_verdicts() -> Iterator[dict]:
    clear = {"difference": -0.5, "low": -0.9, "high": -0.1}
    unclear = {"difference": 0.1, "low": -0.6, "high": 0.8}
    for other in (None, "overlap weights"):
        yield {"verdict": verdict.DIFFERS, "other": other, **clear}
        yield {"verdict": verdict.NO_DIFFERENCE, "other": other, **unclear}
    yield {"verdict": verdict.TOO_FEW, "reason": "2 patients could be compared."}


def _frame(feature: str, groups: list[str], reference: str, told: tuple) -> pd.DataFrame:
    """The first group has the first verdict, every other the second; then the other way about."""
    return pd.DataFrame(
        [
            row(feature, group, reference, horizon, "pain", **told[(place + turn) % 2])
            for turn, horizon in enumerate(HORIZONS)
            for place, group in enumerate(groups)
        ]
    )


def _questions() -> Iterator[str]:
    parts = (
        Selection(),
        Selection(condition=("Neck pain",)),
        Selection(condition=("TMJ pain", "Runner's knee", "IT band syndrome")),
        Selection(chronicity=("chronic",), clinic=("Harbour",)),
        Selection(therapist=("Ada Amber", "Bo Birch"), technique=("deep",)),
    )
    for feature, groups in GROUPS.items():
        for reference, part in product(groups[:-1], parts):
            yield takeaway.question(feature, reference, part, "Last year (1 Jan to 31 Dec 2025)")


def _commons() -> Iterator[dict]:
    shares, effective = (0.0, 0.31, 0.6, 0.92, 1.0, np.nan), (np.nan, 0.6, 1, 88.4)
    for common, own, left in product(shares, effective, COUNTS):
        yield {
            "group": "superficial",
            "reference": "deep",
            "baseline_in_common": common,
            "conditions_in_common": common,
            "effective_n": own,
            "reference_effective_n": own,
            "left_out": left,
            "n": 421,
            "reference_n": 838,
        }


def _likeness() -> Iterator[str]:
    for each, horizon in product(_commons(), HORIZONS):
        yield alike.baselines(each)
        yield alike.rests_on(each, horizon)
    for before, after in product(([0.3, -0.2], [0.05, 0.0], [np.nan, np.nan]), (0.0, np.nan)):
        yield alike.balance(
            pd.DataFrame(
                {
                    "label": ["Pain before", "Chronicity: chronic"],
                    "standardised_before": before,
                    "standardised_after": after,
                }
            )
        )
    yield from (alike.drawn(facts, 12) for facts in (3, 13, 40))


def _ways() -> Iterator[tuple[dict, pd.DataFrame]]:
    for other, number in product(DISPUTES, (0, 1, 4)):
        names = list(methods.METHODS)[1 : 1 + number]
        ways = pd.DataFrame({"method": names, "difference": [0.2] * number})
        if number or other is None:
            yield row(TECHNIQUE, "superficial", "deep", LASTING, "pain", other=other), ways


def _methods() -> Iterator[str]:
    yield from (methods.agreement(*each) for each in _ways())
    for own, other in product(COUNTS, COUNTS):
        for difference in (-0.12, 0.2, np.nan):
            found = {"difference": difference, "lowest": -0.41, "highest": 0.38}
            sides = {"group": "superficial", "reference": "deep"}
            counts = {"missing": own, "reference_missing": other}
            yield methods.missing({**found, **sides, **counts}, TECHNIQUE, 30)


def _patients() -> Iterator[str]:
    for name, said, levels in product(MODIFIERS, (VARIES, NO_SIGN, NOT_TESTED), (1, 2, 7)):
        p = np.nan if said == NOT_TESTED else 0.02
        yield whom.tested({"modifier": name, "verdict": said, "levels": levels, "p_holm": p})
    yield whom.drawn()
    yield whom.NOBODY


def _standing() -> Iterator[str]:
    yield from always.CANNOT_TELL
    yield from (always.allowed_for(horizon) for horizon in HORIZONS)
    yield from (always.mixed(Settings()), always.NOTHING_PUBLISHED, always.STUDIES_DIFFER)
    for horizon, said in product(HORIZONS, verdict.VERDICTS):
        for middle, low, high in SPANS:
            reason = verdict.fewer_patients(1, 30) if said == verdict.TOO_FEW else None
            shown = {"verdict": said, "difference": middle, "low": low, "high": high}
            yield always.by_depth({"horizon": horizon, "reason": reason, **shown})


def published() -> set[str]:
    """Every published finding, in the words of its source."""
    return {always.published(finding) for finding in load_evidence().findings.values()}


PARTS = (_of_rows, _answers, _questions, _likeness, _methods, _patients, _standing)
