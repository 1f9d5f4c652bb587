"""How alike the patients of two groups are, and how many the comparison rests on."""

import pandas as pd

from dashboard import theme
from dashboard.phrases import Row, further, sentence, several
from pipelines.measures.comparison.rows import AGE, AGE_MISSING, BEFORE, NOT_RECORDED
from pipelines.measures.comparison.verdict import ROWS_IN_WORDS

NOTABLE = 0.1
"""A standardised difference from which groups count as unlike (Austin, Stat Med 2009)."""

NAMED = ("condition", "chronicity")
"""Facts whose levels say by themselves what they are."""
IN_COMMON = ("baseline", "conditions")
COVARIATES = {BEFORE: "Pain before", AGE: "Age"}


def covariate(name: str, level: str | None, called: str | None = None) -> str:
    """A row of the balance: "Pain before", "Neck pain", "Session 2", "Therapist: Ada"."""
    if name in COVARIATES:
        return COVARIATES[name]
    if name == AGE_MISSING:
        return f"Age not recorded: {level}"
    words = called or str(level)
    unnamed = level == NOT_RECORDED or name not in (*NAMED, "session_number")
    if unnamed:
        return f"{name.replace('_', ' ').capitalize()}: {words}"
    return f"Session {words}" if name == "session_number" else sentence(words)


def baselines(row: Row) -> str:
    """How far pain before and conditions of the two sides lie on each other."""
    pain, conditions = (_common(row[f"{name}_in_common"]) for name in IN_COMMON)
    return (
        f"Pain before is spread alike for {pain} of the two groups, conditions for {conditions} "
        "(100% would be the same mix)."
    )


def _common(share: float) -> str:
    return theme.percent(share) if theme.known(share) else "an unknown part"


def balance(table: pd.DataFrame) -> str:
    """How unlike the two sides are before and after weighting, by the row farthest apart."""
    before = table["standardised_before"].abs()
    apart = int((before >= NOTABLE).sum())
    if not before.notna().any():
        return "Nothing was recorded by which the groups could be told apart."
    farthest = table.loc[before.idxmax(), "label"]
    most = theme.number(before.max(), 2)
    start = (
        f"They are unlike in {several(apart, 'fact')} of {len(table)}"
        if apart
        else f"They are alike in all {len(table)} facts recorded"
    )
    tail = _after(table["standardised_after"].abs())
    return (
        f"{start}; farthest apart is {farthest[:1].lower()}{farthest[1:]}, by {most} standard "
        f"deviations; {tail}."
    )


def _after(apart: pd.Series) -> str:
    """How unlike they stay after weighting."""
    if not apart.notna().any():
        return "no weighting could make them alike"
    if apart.max() < NOTABLE:
        return "after weighting they are alike in all of them"
    return f"after weighting the farthest is {theme.number(apart.max(), 2)} apart"


def rests_on(row: Row, horizon: str) -> str:
    """How many rows carry the weighted comparison, and how many have no counterpart."""
    noun = ROWS_IN_WORDS[horizon].rstrip("s")
    if not theme.known(row["effective_n"]):
        return (
            f"No two {noun}s were alike enough to be weighted, so the difference rests on the "
            "straight lines of the model alone."
        )
    own, other = (round(row[name]) for name in ("effective_n", "reference_effective_n"))
    left = int(row["left_out"])
    verb = "has" if left == 1 else "have"
    tail = (
        f"; {several(left, noun)} {verb} no counterpart on the other side"
        if left
        else f"; every {noun} has a counterpart on the other side"
    )
    return (
        f"Weighted to be alike, they count as much as {several(own, noun)} of "
        f"{theme.count(row['n'])} against {theme.count(other)} of "
        f"{theme.count(row['reference_n'])}{tail}."
    )


LITTLE, MUCH = 0.5, 0.75
"""Shares in common below which baselines hardly overlap, and from which they mostly do."""


def title(row: Row) -> str:
    """Whether the two groups start from alike pain."""
    common = row["baseline_in_common"]
    if not theme.known(common) or common < LITTLE:
        return "The two groups start from unlike pain"
    return (
        f"The two groups start from {'much the same' if common >= MUCH else 'partly the same'} pain"
    )


def drawn(facts: int, most: int) -> str:
    """What the picture leaves to its table."""
    return further(facts - most, "fact") if facts > most else ""
