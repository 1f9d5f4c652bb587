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
from pipelines.measures.headline import Spans, both_spans
from pipelines.measures.sessions import treated
from pipelines.measures.side_effects import any_side_effect, recording_rate
from pipelines.measures.side_effects_by_month import p_chart
from pipelines.measures.told_effects import told_effects
from pipelines.selection import Clinic, Selection, chosen
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
FALLS = ("completeness", "recording")
"""Rules that tell a fall alone: a rise is no bad news."""
NUMBERS = ("n", "of")
COLUMNS = ("rule", "subject", "month", "n", "of", "rate", "then_n", "then_of", "then_rate")


def what_changed(
    clinic: Clinic,
    selection: Selection,
    settings: Settings,
    spans: Spans | None = None,
    months: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every rule that signals, in the order of RULES.

    `clinic` is the whole clinic, not selected yet; `spans` is what `both_spans` gives of the
    same and `months` its side effects by month, where they are there already. Columns: rule,
    subject (the condition, or the words of a chart's signal), month (of a chart's signal), n,
    of, rate, and then_n, then_of, then_rate of the span before. No share is compared with
    fewer than `fewest_episodes` behind it in either span.
    """
    spans = spans or both_spans(clinic, selection, settings)
    months = any_side_effect(spans.part, ("month",)) if months is None else months
    found = [*_serious(clinic, selection), *_side_effects(spans.part, months)]
    if spans.before is not None:
        found += _against(spans, settings)
    return pd.DataFrame(found, columns=list(COLUMNS))


def _serious(clinic: Clinic, selection: Selection) -> Iterator[dict]:
    """More serious events in the newest months than their share of the sessions lets expect.

    Exact: among all serious events so far, those of the newest months are binomial where
    nothing changed. The gaps of a g-chart cannot tell it: their lower limit is mostly 0.
    """
    visits = clinic.visits
    known = chosen(visits, "session_date", replace(selection, start=None))
    told, new = (
        told_effects(visits),
        known & _is_new(visits["session_date"], visits["session_date"][known]),
    )
    sessions = treated(visits)
    n, all_of_them = (np.count_nonzero(span & sessions & told.serious) for span in (new, known))
    of, recorded = (np.count_nonzero(span & sessions & told.recorded) for span in (new, known))
    if n >= FEWEST_SERIOUS and bdtrc(n - 1, all_of_them, of / recorded) < CHANCE["serious_events"]:
        counts = {"n": n, "of": of, "then_n": all_of_them - n, "then_of": recorded - of}
        yield {"rule": "serious_events", "subject": ""} | counts


def _side_effects(part: Clinic, months: pd.DataFrame) -> Iterator[dict]:
    """The newest signal of the control chart that does not rest on few patients alone.

    Sessions of one patient resemble each other, so that a chart of sessions signals too often:
    a month counts where it signals on the effective numbers of sessions too (Rao and Scott).
    """
    months = months[months["of"] > 0].reset_index(drop=True)
    chart = p_chart(months)
    signals = (chart["signal"] != "") & _is_new(chart["month"], part.visits["session_date"])
    if signals.any():
        effect = any_side_effect(part)["design_effect"].iloc[0]
        effective = months.assign(**{name: months[name] / effect for name in NUMBERS})
        signals &= p_chart(effective)["signal"] != ""
    for row in chart[signals].tail(1).itertuples():
        told = {"rule": "side_effects_by_month", "subject": row.signal, "month": row.month}
        yield told | {"n": row.n, "of": row.of, "rate": row.rate, "then_rate": row.centre}


def _is_new(days: pd.Series, visits: pd.Series) -> np.ndarray:
    """In the newest months up to the last of these visits, the one under way among them."""
    return (days > visits.max() - pd.DateOffset(months=NEWEST_MONTHS)).to_numpy()


def _against(spans: Spans, settings: Settings) -> Iterator[dict]:
    part, before, fewest = spans.part, spans.before, settings.fewest_episodes
    for rule, now, then in (
        ("responders", *_cards(spans, "responders_30")),
        ("completeness", *_cards(spans, "completeness")),
        ("recording", *(recording_rate(clinic).iloc[0] for clinic in (part, before))),
    ):
        fell = now["rate"] < then["rate"]
        if (fell or rule not in FALLS) and _differs(now, then, CHANCE[rule], fewest):
            yield _compared(rule, "", now, then)
    yield from _shares(condition_mix(part), condition_mix(before), fewest)


def _cards(spans: Spans, figure: str) -> list[pd.Series]:
    """A share of the cards in both spans."""
    tables = (spans.figures, spans.previous)
    return [table.set_index("figure").loc[figure].rename({"value": "rate"}) for table in tables]


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
