"""How often "What changed" is wrong where nothing changed, and how soon it tells what did."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from pipelines.measures.what_changed import RULES, what_changed
from pipelines.selection import Selection
from pipelines.settings import Settings
from tests.support.clinics import clinic, frame

TITLE = "What changed: false sentences, and how soon a true one comes"
ABOUT = """
Made-up clinics of about 60 sessions a month are looked at on the last day of each month, over
the last 12 months beside the 12 before, as the Overview does by itself. A sentence counts once,
when it first appears, and again when it comes back after it was gone. In the first rows nothing
changes: every sentence is false. In the others something changes once, and stays; "told" is the
share of clinics in which the rule that is meant tells it within so many months.
"""
CLINICS = 200
FIRST_LOOK, LOOKS = 24, 12
START = pd.Timestamp("2023-01-01")
CONDITIONS = ("neck pain", "low back pain", "shoulder pain", "headache", "whiplash", "tendinitis")
SHARES = (0.3, 0.3, 0.15, 0.1, 0.08, 0.07)
SETTINGS = Settings()


@dataclass(frozen=True)
class Truth:
    """A clinic's chances; `changed` are those from the first look on."""

    episodes_a_month: float = 15.0
    responds: float = 0.6
    side_effect: float = 0.15
    followed: float = 0.85
    recorded: float = 0.9
    patients_differ: float = 6.0
    changed: tuple[tuple[str, float], ...] = ()

    def in_month(self, month: int) -> "Truth":
        return replace(self, **dict(self.changed)) if month >= FIRST_LOOK else self


SHIFTS = {
    "responders 15 points lower": ("responders", (("responds", 0.45),)),
    "side effects doubled": ("side_effects_by_month", (("side_effect", 0.30),)),
    "follow-up 20 points lower": ("completeness", (("followed", 0.65),)),
    "recording 20 points lower": ("recording", (("recorded", 0.70),)),
}


def run(seed: int) -> Iterator[dict]:
    """False sentences a year by rule, then each shift."""
    quiet = [_sentences(seed + place, Truth()) for place in range(CLINICS)]
    for rule in RULES:
        yield _row("nothing changed", rule, sum(_appear(looks, rule) for looks in quiet) / CLINICS)
    yield _row("nothing changed", "all together", sum(map(_all, quiet)) / CLINICS)
    small = Truth(episodes_a_month=4.0)
    few = [_sentences(seed + place, small) for place in range(CLINICS)]
    yield _row("nothing changed, a quarter as many", "all together", sum(map(_all, few)) / CLINICS)
    for name, (rule, changed) in SHIFTS.items():
        truth = Truth(changed=changed)
        found = [_sentences(seed + place, truth) for place in range(CLINICS)]
        yield _row(name, rule, None) | _how_soon(found, rule)


def _row(what: str, rule: str, false: float | None) -> dict:
    told = {f"told in {months} months": "" for months in (3, 6, 12)}
    shown = "" if false is None else f"{false:.2f}"
    return {"clinic": what, "rule": rule.replace("_", " "), "false a year": shown} | told


def _how_soon(found: list[list[set]], rule: str) -> dict:
    first = [
        next((n for n, look in enumerate(looks, 1) if any(r == rule for r, _ in look)), np.inf)
        for looks in found
    ]
    return {f"told in {m} months": f"{np.mean(np.array(first) <= m):.0%}" for m in (3, 6, 12)}


def _appear(looks: list[set], rule: str) -> int:
    """How often a sentence of the rule is there that was not there at the look before."""
    told = [{one for one in look if one[0] == rule} for look in looks]
    return sum(len(now - before) for before, now in zip([set(), *told], told, strict=False))


def _all(looks: list[set]) -> int:
    return sum(_appear(looks, rule) for rule in RULES)


def _sentences(seed: int, truth: Truth) -> list[set]:
    """For each look the rules that signal, with what they are about."""
    sessions = made_up(seed, truth)
    looks = []
    for month in range(FIRST_LOOK, FIRST_LOOK + LOOKS):
        last = START + pd.DateOffset(months=month + 1) - pd.Timedelta(days=1)
        known = sessions[sessions["session_date"] <= last]
        first = last - pd.DateOffset(years=1) + pd.Timedelta(days=1)
        chosen = Selection(start=_day(first), end=_day(last))
        table = what_changed(clinic(known), chosen, SETTINGS)
        about = table["month"].fillna(pd.NaT).astype(str) + table["subject"].fillna("").astype(str)
        looks.append(set(zip(table["rule"], about, strict=True)))
    return looks


def _day(moment: pd.Timestamp) -> date:
    return moment.date()


def made_up(seed: int, truth: Truth) -> pd.DataFrame:
    """Sessions of three years: patients with a first visit and, mostly, three more."""
    draw = np.random.default_rng(seed)
    records = []
    for month in range(FIRST_LOOK + LOOKS):
        for _ in range(draw.poisson(truth.episodes_a_month)):
            records += _episode(draw, truth, month, f"P{len(records)}")
    return frame(records)


def _episode(draw: np.random.Generator, truth: Truth, month: int, patient: str) -> list[dict]:
    day = START + pd.DateOffset(months=month) + pd.Timedelta(days=int(draw.integers(0, 28)))
    now = truth.in_month(month)
    visits = 1 + (int(draw.integers(2, 6)) if draw.random() < now.followed else 0)
    lasting = 3.0 if draw.random() < now.responds else 0.0
    own = draw.beta(*(truth.patients_differ * np.array([now.side_effect, 1 - now.side_effect])))
    condition = str(draw.choice(CONDITIONS, p=SHARES))
    return [
        {
            "patient_id": patient,
            "session_date": str((day + pd.Timedelta(days=7 * number)).date()),
            "condition": condition,
            "technique": "deep",
            "pain_before": 7.0 - (lasting if number else 0.0),
            "pain_after": 5.0,
            "side_effects": _effects(draw, now, own),
        }
        for number in range(visits)
    ]


def _effects(draw: np.random.Generator, now: Truth, own: float) -> str | None:
    if draw.random() > now.recorded:
        return None
    return "soreness" if draw.random() < own else "none"
