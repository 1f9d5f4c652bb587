"""What changed: rules that hold a selection against the same span before, and its newest months.

Each rule that compares two shares takes Newcombe's interval of their difference (1998) at a
level so strict that the rules together rarely signal where nothing changed; how rarely, and
how soon a true change is told, stands in docs/studies/what_changed.md.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.special import bdtrc

from pipelines.intervals import difference_of_rates
from pipelines.measures.condition_mix import condition_mix
from pipelines.measures.headline import span_before
from pipelines.measures.responders import completeness, responders
from pipelines.measures.sessions import treatment_sessions
from pipelines.measures.side_effects import any_side_effect, recording_rate
from pipelines.measures.side_effects_by_month import p_chart, side_effects_by_month
from pipelines.measures.told_effects import COLUMNS as TELLING
from pipelines.measures.told_effects import told_effects
from pipelines.selection import Clinic, Selection, select
from pipelines.settings import Settings

CHANCE = {
    "serious_events": 0.005,
    "responders": 0.02,
    "completeness": 0.005,
    "recording": 0.005,
    "condition_share": 0.01,
}
"""Of a rule to signal in one look, where nothing changed; a shift in responders is the hardest
to see, so it is given most."""
FEWEST_SERIOUS = 2
NEWEST_MONTHS = 3
"""A signal that is older is no news."""
RULES = (
    "serious_events",
    "side_effects_by_month",
    "responders",
    "completeness",
    "recording",
    "condition_share",
)
NUMBERS = ("n", "of")
COLUMNS = ("rule", "subject", "month", "n", "of", "rate", "then_n", "then_of", "then_rate")


def what_changed(clinic: Clinic, selection: Selection, settings: Settings) -> pd.DataFrame:
    """Every rule that signals, in the order of RULES.

    `clinic` is the whole clinic, not selected yet. Columns: rule, subject (the condition, or
    the words of a chart's signal), month (of a chart's signal), n, of, rate, and then_n,
    then_of, then_rate of the span before. No share is compared with fewer than
    `fewest_episodes` behind it in either span.
    """
    part, before = select(clinic, selection), span_before(selection)
    known = select(clinic, replace(selection, start=None))
    found = [*_serious(known), *_side_effects(part)]
    if before is not None:
        found += _against(part, select(clinic, before), settings)
    return pd.DataFrame(found, columns=list(COLUMNS))


def _serious(known: Clinic) -> Iterator[dict]:
    """More serious events in the newest months than their share of the sessions lets expect.

    Exact: among all serious events so far, those of the newest months are binomial where
    nothing changed. The gaps of a g-chart cannot tell it: their lower limit is mostly 0.
    """
    sessions = treatment_sessions(known, (), "session_date", *TELLING)
    told = told_effects(sessions)
    new = _is_new(sessions["session_date"], known)
    n, all_of_them = int(told.serious[new].sum()), int(told.serious.sum())
    of, recorded = int(told.recorded[new].sum()), int(told.recorded.sum())
    if n >= FEWEST_SERIOUS and bdtrc(n - 1, all_of_them, of / recorded) < CHANCE["serious_events"]:
        counts = {"n": n, "of": of, "then_n": all_of_them - n, "then_of": recorded - of}
        yield {"rule": "serious_events", "subject": ""} | counts


def _side_effects(part: Clinic) -> Iterator[dict]:
    """The newest signal of the control chart that does not rest on few patients alone.

    Sessions of one patient resemble each other, so that a chart of sessions signals too often:
    a month counts where it signals on the effective numbers of sessions too.
    """
    months = side_effects_by_month(part)
    months = months[(months["signal"] != "") & (_effective_signal(part) != "").to_numpy()]
    for row in months[_is_new(months["month"], part)].tail(1).itertuples():
        told = {"rule": "side_effects_by_month", "subject": row.signal, "month": row.month}
        yield told | {"n": row.n, "of": row.of, "rate": row.rate, "then_rate": row.centre}


def _effective_signal(part: Clinic) -> pd.Series:
    """The chart's signals where sessions count by Rao and Scott's effective numbers (1992)."""
    months = any_side_effect(part, by=("month",))
    months = months[months["of"] > 0].reset_index(drop=True)
    effect = any_side_effect(part)["design_effect"].iloc[0] if len(months) else 1.0
    counts = {name: months[name] / effect for name in NUMBERS}
    return p_chart(months.assign(**counts))["signal"]


def _is_new(days: pd.Series, part: Clinic) -> np.ndarray:
    """In the newest months of the selection, the one that is under way among them."""
    newest = part.visits["session_date"].max()
    return (days > newest - pd.DateOffset(months=NEWEST_MONTHS)).to_numpy()


def _against(part: Clinic, before: Clinic, settings: Settings) -> Iterator[dict]:
    fewest = settings.fewest_episodes
    for rule, share, falls_only in (
        ("responders", lambda clinic: responders(clinic, settings).iloc[0], False),
        ("completeness", lambda clinic: completeness(clinic, settings).iloc[0], True),
        ("recording", lambda clinic: recording_rate(clinic).iloc[0], True),
    ):
        now, then = share(part), share(before)
        fell = now["rate"] < then["rate"]
        if (fell or not falls_only) and _differs(now, then, CHANCE[rule], fewest):
            yield _compared(rule, "", now, then)
    yield from _shares(condition_mix(part), condition_mix(before), fewest)


def _shares(now: pd.DataFrame, then: pd.DataFrame, fewest: int) -> Iterator[dict]:
    """The condition whose share moved most surely; all conditions share one chance."""
    both = now.merge(then, on="condition", how="outer", suffixes=("", "_then"))
    both[["n", "n_then"]] = both[["n", "n_then"]].fillna(0)
    for name in ("of", "of_then"):
        both[name] = both[name].fillna(both[name].max())
    chance = CHANCE["condition_share"] / max(len(both), 1)
    for row in both.sort_values("n", ascending=False).itertuples():
        one = {"n": row.n, "of": row.of, "rate": row.n / row.of}
        other = {"n": row.n_then, "of": row.of_then, "rate": row.n_then / row.of_then}
        if _differs(one, other, chance, fewest):
            yield _compared("condition_share", row.condition, one, other)
            return


def _differs(now, then, chance: float, fewest: int) -> bool:
    """Whether the interval of the difference, at 1 - chance, leaves out 0.

    Sessions count by their effective numbers, since those of one patient resemble each other.
    """
    if not min(now["of"], then["of"]) >= fewest:
        return False
    counts = [
        share[name] / share.get("design_effect", 1.0) for share in (now, then) for name in NUMBERS
    ]
    low, high = difference_of_rates(*counts, 1 - chance)
    return bool(low > 0 or high < 0)


def _compared(rule: str, subject: str, now, then) -> dict:
    parts = {name: now[name] for name in ("n", "of", "rate")}
    return {"rule": rule, "subject": subject} | parts | {f"then_{k}": then[k] for k in parts}
