"""What stands in each placeholder of a sentence. Every count has passed disclosure control."""

import math
from collections.abc import Mapping

import pandas as pd

from pipelines.claims.held import Blanks
from pipelines.claims.published import (
    Published,
    limits_of_difference,
    percent_in_words,
    points_in_words,
)
from pipelines.claims.reasons import counted
from pipelines.claims.tally import Tally
from pipelines.listing import listed
from pipelines.publish.disclosure import rounded, too_few
from pipelines.settings import Settings

AT_LEAST = 5
"""Tenths: a known share whose rest is too small to be told is "over 50%" or more."""


class Hidden(Exception):
    """Something that the sentence cannot do without must not leave; says what."""


Shown = Mapping[str, Published | None]
"""Each count of a sentence as it may leave; None where it must not."""


def filled_in(blanks: Blanks, shown: Shown, settings: Settings) -> dict[str, str]:
    """The text of every placeholder there is something for. Raises Hidden."""
    words = blanks.words
    values = _of_settings(settings) | {"known": _known(blanks.shares["known"], shown["known"])}
    if "" in shown:
        values |= _share(_needed(shown[""]), "")
    if "reference" in shown:
        values |= _against(_needed(shown[""]), _needed(shown["reference"]))
    if "events" in shown:
        values |= _per_10000(_needed(shown["events"]))
    if "difference" in words:
        values |= _adjusted(blanks, settings)
    if "marks" in words:
        values["by_session"] = _by_session(blanks, shown)
    if "missing" in shown:
        values |= {"missing": _missing(shown["missing"]), "worse": _part(shown["worse"])}
    return values | {name: str(words[name]) for name in ("median", "limits") if name in words}


def _of_settings(settings: Settings) -> dict[str, str]:
    points = settings.improved_points
    return {
        "lowest": f"{settings.lowest_baseline:g}",
        "responder": f"{settings.responder_percent:g}",
        "improved": f"{points:g} {'point' if points == 1 else 'points'}"
        f" and {settings.improved_percent:g}%",
        "low_hz": f"{settings.low_frequency_hz:g}",
        "high_hz": f"{settings.high_frequency_hz:g}",
    }


def _needed(found: Published | None) -> Published:
    if found is None:
        raise Hidden("one of its counts")
    return found


def _share(own: Published, suffix: str) -> dict[str, str]:
    return {
        f"n{suffix}": f"{own.n:,}" if own.n else "none",
        f"of{suffix}": f"{own.of:,}",
        f"percent{suffix}": percent_in_words(own.rate),
        f"low{suffix}": percent_in_words(own.low),
        f"high{suffix}": percent_in_words(own.high),
    }


def _against(own: Published, other: Published) -> dict[str, str]:
    below, above = limits_of_difference(own, other)
    return _share(other, "_reference") | {
        "difference": _points_of_percent(own.rate - other.rate),
        "difference_low": _points_of_percent(below),
        "difference_high": _points_of_percent(above),
    }


def _points_of_percent(difference: float) -> str:
    """Percentage points; one decimal under 1."""
    text = f"{100 * difference:.{0 if abs(difference) >= 0.0095 else 1}f}"
    return text.lstrip("-") if float(text) == 0 else text


def _per_10000(own: Published) -> dict[str, str]:
    """Limits per 10,000, made from the rounded counts."""
    return {
        "n": f"{own.n:,}",
        "of": f"{own.of:,}",
        "low": f"{10_000 * own.low:.1f}".removesuffix(".0"),
        "high": f"{10_000 * own.high:.1f}".removesuffix(".0"),
    }


def _known(tally: Tally, found: Published | None) -> str:
    """Such as "93%", "over 90%" or "all", of what stands after it."""
    if tally.of and tally.n == tally.of:
        return "all"
    if found is not None and found.rate < 1:
        return f"{percent_in_words(found.rate)}%"
    tenths = math.ceil(10 * tally.n / tally.of) - 1 if tally.of else 0
    if tenths >= AT_LEAST:
        return f"over {10 * tenths}%"
    raise Hidden("the share that is known")


def _missing(found: Published | None) -> str:
    if found is not None and not found.n:
        return "all had a second score"
    return f"{_part(found)} had no second score and count as not improved"


def _part(found: Published | None) -> str:
    """A count and its share; one that must not leave may be small, or give another away."""
    if found is None:
        return "a number that is not told"
    if not found.n:
        return "none"
    return f"{found.n:,} ({percent_in_words(found.rate)}%)"


def _adjusted(blanks: Blanks, settings: Settings) -> dict[str, str]:
    words = blanks.words
    if too_few([words["patients"], words["patients_reference"]], settings).any():
        raise Hidden("one of its groups")
    estimates = [name for name in words if name.startswith(("difference", "low", "high"))]
    counts = {name: f"{int(rounded(words[name])):,}" for name in ("of", "of_reference")}
    return counts | {name: points_in_words(words[name]) for name in estimates}


def _by_session(blanks: Blanks, shown: Shown) -> str:
    """The estimated shares improved by each number of sessions that enough were seen for."""
    eligible = _needed(shown[""])
    clauses = []
    for session, mark in blanks.words["marks"].iterrows():
        by, at = (shown[f"{kind}_{session}"] for kind in ("by", "at"))
        if by is None or at is None or not at.n:
            continue
        after = "had improved by" if not clauses else "by"
        clauses.append(f"{_estimate(mark, eligible)} {after} {counted(session, 'session')}")
    if not clauses:
        raise Hidden("each share improved by a number of sessions")
    return listed(clauses)


def _estimate(mark: pd.Series, eligible: Published) -> str:
    """The share from its estimated number of the rounded episodes, itself rounded."""
    share = int(rounded(round(mark["improved"] * eligible.of))) / eligible.of
    if pd.isna(mark["low"]):
        return f"{percent_in_words(share)}%"
    low, high = (percent_in_words(mark[name]) for name in ("low", "high"))
    return f"{percent_in_words(share)}% (95% CI {low}-{high}%)"
