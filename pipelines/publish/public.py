"""`outcomes summary --public`: the summary's contract, filled from the newest release alone.

What a release does not carry, or hides, is the string "suppressed".
"""

from collections.abc import Mapping
from typing import Any

from pipelines.intervals import zero_event_bound
from pipelines.publish.cube import ALL, TABLES
from pipelines.publish.disclosure import SUPPRESSED, rate_of_rounded
from pipelines.publish.figures import SERIOUS, SIDE_EFFECT
from pipelines.publish.periods import days_of_half_year
from pipelines.publish.rates import rate_object
from pipelines.publish.release import Release
from pipelines.tables import MIXED, SIDE_EFFECTS
from pipelines.visits import NEEDLED

HIDDEN_RATE = dict.fromkeys(("n", "of", "rate", "ci"), SUPPRESSED)
HIDDEN_MEAN = dict.fromkeys(("n", "change_mean", "change_ci"), SUPPRESSED)
HIDDEN_DIFFERENCE = dict.fromkeys(
    ("difference", "ci", "p", "p_holm", "reference", "verdict", "reason"), SUPPRESSED
)
WHOLE_CLINIC = ("responders_2pt", "improved", "unchanged", "worse", "completeness",
                "responders_30_due")  # fmt: skip


def public_summary(release: Release, asked: Mapping[str, str]) -> dict[str, Any]:
    """The summary of one row of a release; `asked` names its dimensions (see `asked_of`)."""
    row = release.row(**asked)
    return {
        "filters": dict(asked),
        "as_of": release.facts["as_of"],
        "period": _period(release, asked),
        "counts": _counts(row),
        "pain": _pain(release, row, asked),
        "immediate": HIDDEN_MEAN
        | {f"drop_{points}": _figure(release, f"drop_{points}", asked) for points in (1, 2)},
        "sessions_to_improvement": dict.fromkeys(("n", "events", "median", "median_ci"), SUPPRESSED)
        | {"by_session": []},
        "side_effects": _side_effects(release, row, asked),
        "condition_mix": _condition_mix(release, asked),
        "techniques": _techniques(release, asked),
        "release": release.name,
    }


def _period(release: Release, asked: Mapping[str, str]) -> list[str]:
    """First and last day of the row, as far as the release goes."""
    halves = [
        half
        for half in release.facts["half_years"]
        if half.startswith(asked.get("year", asked.get("half_year", "")))
    ]
    first, last = days_of_half_year(halves[0])[0], days_of_half_year(halves[-1])[1]
    return [first.isoformat(), last.isoformat()]


def _counts(row: Mapping[str, Any]) -> dict[str, Any]:
    others = ("no_baseline", "low_baseline", "not_yet_followed", "orphan_follow_ups")
    return {
        "patients": row["patients"],
        "sessions": row["sessions"],
        "visits": SUPPRESSED,
        "episodes": row["episodes"],
        **dict.fromkeys(others, SUPPRESSED),
    }


def _pain(release: Release, row: Mapping[str, Any], asked: Mapping[str, str]) -> dict[str, Any]:
    means = ("n", "baseline_mean", "latest_mean", "change_mean", "change_ci", "change_median")
    shares = {name: _figure(release, name, asked) for name in WHOLE_CLINIC}
    return {
        **dict.fromkeys(means, SUPPRESSED),
        "eligible": row["eligible"],
        "responders_30": _share(row, "responders_30", "eligible"),
        "responders_50": _share(row, "responders_50", "eligible"),
        **shares,
        "responders_30_bounds": SUPPRESSED,
    }


def _side_effects(
    release: Release, row: Mapping[str, Any], asked: Mapping[str, str]
) -> dict[str, Any]:
    types = {name: _figure(release, f"{SIDE_EFFECT}{name}", asked) for name in SIDE_EFFECTS}
    return {
        "treatment_sessions": row["sessions"],
        "recorded": row["recorded"],
        "any": _share(row, "any_side_effect", "recorded"),
        "types": {name: rate for name, rate in types.items() if rate["n"] != 0},
        "patients_any": HIDDEN_RATE,
        "serious": _serious(_figure(release, SERIOUS, asked)),
    }


def _serious(rate: Mapping[str, Any]) -> dict[str, Any]:
    """The rate of serious events; with none, its exact upper limit from the rounded sessions."""
    if rate["n"] != 0 or not rate["of"]:
        n, of = rate["n"], rate["of"]
        return {"n": n, "of": of, "rate_per_10000": SUPPRESSED, "ci_per_10000": SUPPRESSED}
    highest = round(10_000 * float(zero_event_bound(rate["of"])), 4)
    return {"n": 0, "of": rate["of"], "rate_per_10000": 0.0, "ci_per_10000": [0.0, highest]}


def _condition_mix(release: Release, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row a condition that a table has beside what is asked; most episodes first."""
    mix = []
    for row in _beside(release, asked, "condition"):
        share = _share({"n": row["episodes"], "of": row["total"]["episodes"]}, "n", "of")
        mix.append(
            {
                "condition": row["condition"],
                "episodes": row["episodes"],
                "patients": row["patients"],
                "share": share["rate"],
                "ci": share["ci"],
            }
        )
    return sorted(mix, key=lambda one: (-_number(one["episodes"]), one["condition"]))


def _techniques(release: Release, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row a technique that a table has beside what is asked; most sessions first."""
    rows = {row["technique"]: row for row in _beside(release, asked, "technique")}
    order = sorted(
        (name for name in NEEDLED if name in rows),
        key=lambda name: -_number(rows[name]["sessions"]),
    )
    return [_technique(rows[name]) for name in (*order, MIXED) if name in rows]


def _technique(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "technique": row["technique"],
        "sessions": row["sessions"],
        "episodes": row["episodes"],
        "responders_30": _share(row, "responders_30", "eligible"),
        "immediate": None if row["technique"] == MIXED else HIDDEN_MEAN,
        "immediate_raw": None if row["technique"] == MIXED else HIDDEN_DIFFERENCE,
        "immediate_adjusted": None if row["technique"] == MIXED else HIDDEN_DIFFERENCE,
        "lasting": HIDDEN_MEAN,
        "lasting_raw": HIDDEN_DIFFERENCE,
        "lasting_adjusted": HIDDEN_DIFFERENCE,
    }


def _beside(release: Release, asked: Mapping[str, str], dimension: str) -> list[dict[str, Any]]:
    """The rows of a dimension within what is asked, each with its total; [] where no table has."""
    if dimension in asked:
        total = release.row(**{name: v for name, v in asked.items() if name != dimension})
        row = release.row(**asked)
        return [] if total is None or row is None else [row | {"total": total}]
    wanted = {*asked, dimension}
    table = next((one for one in release.tables if set(one["dimensions"]) == wanted), None)
    if table is None or wanted not in [set(dimensions) for dimensions in TABLES]:
        return []
    inside = [row for row in table["rows"] if all(row[name] == v for name, v in asked.items())]
    total = next(row for row in inside if row[dimension] == ALL)
    return [row | {"total": total} for row in inside if row[dimension] != ALL]


def _share(row: Mapping[str, Any], n: str, of: str) -> dict[str, Any]:
    """R of the contract, from rounded counts; hidden with either of its parts."""
    if SUPPRESSED in (row[n], row[of]):
        return {"n": row[n], "of": row[of], "rate": SUPPRESSED, "ci": SUPPRESSED}
    return rate_object(rate_of_rounded(row[n], row[of]))


def _figure(release: Release, name: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """A figure of the whole clinic; it is not published for any part of it."""
    found = None if asked else release.figure(name)
    return {key: found[key] for key in HIDDEN_RATE} if found else HIDDEN_RATE


def _number(count: Any) -> int:
    """A count to sort by; a hidden one comes last."""
    return -1 if count == SUPPRESSED else count
