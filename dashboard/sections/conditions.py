"""Conditions: the mix with its outcome, by month, by chronicity and by region."""

import pandas as pd

from dashboard import phrases
from dashboard.charts import condition_mix as chart
from dashboard.figures.conditions import Conditions
from dashboard.request import Request
from dashboard.shown import Chart, Need

NOBODY = "No episode of care begins in this selection."


def mix(found: Conditions, asked: Request) -> Chart | Need:
    """All conditions, most first, with the outcome beside each."""
    return _mix(found.mix, "condition_mix", "Conditions and their outcome", "condition", asked)


def by_chronicity(found: Conditions, asked: Request) -> Chart | Need:
    """Chronicity at the first visit."""
    return _mix(
        found.by_chronicity,
        "mix_by_chronicity",
        "By chronicity at the first visit",
        "chronicity",
        asked,
    )


def by_region(found: Conditions, asked: Request) -> Chart | Need:
    """Body region of the first visit."""
    return _mix(found.by_region, "mix_by_region", "By body region", "region", asked)


def _mix(frame: pd.DataFrame, name: str, title: str, what: str, asked: Request) -> Chart | Need:
    settings = asked.settings
    if not len(frame) or not frame["n"].sum():
        return Need(name, title, NOBODY)
    return Chart(
        name=name,
        title=title,
        shows=f"New episodes; of those followed up, at least {settings.responder_percent:g}% "
        "less pain, "
        "with 95% interval",
        chart=chart.mix_and_outcome(frame, settings.responder_percent, what),
        frame=frame,
    )


def by_month(found: Conditions, asked: Request) -> Chart | Need:
    """New episodes of each condition in each month."""
    if not len(found.by_month):
        return Need("mix_by_month", "By month", NOBODY)
    return Chart(
        name="mix_by_month",
        title="New episodes by month",
        shows="Stronger colour is more; months are those of the first visit",
        chart=chart.by_month(found.by_month),
        frame=found.by_month,
    )


def work(found: Conditions) -> str:
    """What a clinic can mend: episodes without a condition that the vocabulary knows."""
    return phrases.unnamed(found.mix)


def without(found: Conditions, condition: str) -> bool:
    """Whether any episode has no condition in this way: unspecified, or unmapped."""
    return bool((found.mix["condition"].astype(str) == condition).any())
