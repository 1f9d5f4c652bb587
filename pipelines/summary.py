"""Every figure of a selection as one plain object: the contract of `outcomes summary --json`."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipelines.measures.comparison import adjusted_differences
from pipelines.measures.condition_mix import condition_mix
from pipelines.measures.counts import counts
from pipelines.measures.immediate import immediate_change, immediate_drops
from pipelines.measures.lasting_pain import lasting_change
from pipelines.measures.responders import completeness, due_responders, outcome_shares, responders
from pipelines.measures.serious_events import serious_rate
from pipelines.measures.sessions_to_improvement import improvement_curve, improvement_median
from pipelines.measures.side_effects import any_side_effect, patients_with_any, side_effect_types
from pipelines.measures.techniques import technique_effects, techniques
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.summary_rows import summary_rows
from pipelines.tables import MIXED

__all__ = ["summarise", "summary_rows"]


def summarise(clinic: Clinic, settings: Settings, filters: dict | None = None) -> dict[str, Any]:
    """Every figure of the selected clinic in plain Python types; missing is None."""
    return {
        "filters": filters or {},
        "as_of": clinic.as_of.isoformat() if clinic.as_of else None,
        "period": _period(clinic.visits["session_date"]),
        "counts": counts(clinic, settings),
        "pain": _pain(clinic, settings),
        "immediate": _immediate(clinic),
        "sessions_to_improvement": _sessions_to_improvement(clinic),
        "side_effects": _side_effects(clinic),
        "condition_mix": _condition_mix(clinic),
        "techniques": _techniques(clinic, settings),
    }


def _period(dates: pd.Series) -> list[str] | None:
    if dates.empty:
        return None
    return [f"{day:%Y-%m-%d}" for day in (dates.min(), dates.max())]


def _pain(clinic: Clinic, settings: Settings) -> dict[str, Any]:
    change = _only(lasting_change(clinic))
    shares = {row["measure"]: row for row in _rows(responders(clinic, settings))}
    shares |= {row["outcome"]: row for row in _rows(outcome_shares(clinic, settings))}
    due = _only(due_responders(clinic, settings))
    return {
        **_picked(change, "n", "baseline_mean", "latest_mean", "change_mean"),
        "change_ci": _interval(change),
        "change_median": _plain(change["change_median"]),
        "eligible": _plain(shares["responders_30"]["of"]),
        **{name: _rate(row) for name, row in shares.items()},
        "completeness": _rate(_only(completeness(clinic, settings))),
        "responders_30_due": _rate(due),
        "responders_30_bounds": _interval(due, "lowest", "highest"),
    }


def _immediate(clinic: Clinic) -> dict[str, Any]:
    change = _only(immediate_change(clinic))
    drops = {f"drop_{row['points']}": _session_rate(row) for row in _rows(immediate_drops(clinic))}
    return {**_mean(change), **drops}


def _sessions_to_improvement(clinic: Clinic) -> dict[str, Any]:
    median = _only(improvement_median(clinic))
    return {
        **_picked(median, "n", "events"),
        "median": _whole(median["median"]),
        "median_ci": [_whole(median["low"]), _whole(median["high"])] if median["n"] else None,
        "by_session": [
            {**_picked(row, "session", "at_risk", "events", "improved"), "ci": _interval(row)}
            for row in _rows(improvement_curve(clinic))
        ],
    }


def _side_effects(clinic: Clinic) -> dict[str, Any]:
    every, serious = _only(any_side_effect(clinic)), _only(serious_rate(clinic))
    return {
        "treatment_sessions": _plain(every["treatment_sessions"]),
        "recorded": _plain(every["of"]),
        "any": _session_rate(every),
        "types": {
            row["side_effect"]: _session_rate(row) for row in _rows(side_effect_types(clinic))
        },
        "patients_any": _rate(_only(patients_with_any(clinic))),
        "serious": {
            **_picked(serious, "n", "of", "rate_per_10000"),
            "ci_per_10000": _interval(serious),
        },
    }


def _condition_mix(clinic: Clinic) -> list[dict[str, Any]]:
    return [
        {
            "condition": row["condition"],
            "episodes": _plain(row["n"]),
            **_picked(row, "patients", "share"),
            "ci": _interval(row),
        }
        for row in _rows(condition_mix(clinic))
    ]


def _techniques(clinic: Clinic, settings: Settings) -> list[dict[str, Any]]:
    effects = {(row["horizon"], row["technique"]): row for row in _rows(technique_effects(clinic))}
    fair = {
        (row["horizon"], row["group"]): row for row in _rows(adjusted_differences(clinic, settings))
    }
    return [_technique(row, effects, fair) for row in _rows(techniques(clinic, settings))]


def _technique(
    row: Mapping[str, Any], effects: Mapping[tuple, Mapping], fair: Mapping[tuple, Mapping]
) -> dict[str, Any]:
    name = row["technique"]
    at_once, lasting = effects.get(("immediate", name)), effects[("lasting", name)]
    share = {"n": row["responders"], "of": row["eligible"]} | _picked(row, "rate", "low", "high")
    return {
        **_picked(row, "technique", "sessions", "episodes"),
        "responders_30": _rate(share),
        "immediate": None if name == MIXED else _mean(at_once),
        "immediate_raw": None if name == MIXED else _difference(at_once),
        "immediate_adjusted": _adjusted(fair.get(("immediate", name))),
        "lasting": _mean(lasting),
        "lasting_raw": _difference(lasting),
        "lasting_adjusted": _adjusted(fair.get(("lasting", name))),
    }


def _rate(row: Mapping[str, Any]) -> dict[str, Any]:
    """R of the contract."""
    return {**_picked(row, "n", "of", "rate"), "ci": _interval(row)}


def _session_rate(row: Mapping[str, Any]) -> dict[str, Any]:
    """R of the contract, whose interval of a session rate is by Rao and Scott."""
    return _rate(row) | {"ci": _interval(row, "rao_scott_low", "rao_scott_high")}


def _mean(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**_picked(row, "n", "change_mean"), "change_ci": _interval(row)}


def _difference(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """D of the contract, raw; None for the reference and where a side has no rows."""
    if pd.isna(row["difference"]):
        return None
    return {
        "difference": _plain(row["difference"]),
        "ci": _interval(row, "difference_low", "difference_high"),
        "p": _plain(row["p"]),
        "p_holm": None,
        "reference": row["reference"],
        "verdict": None,
        "reason": None,
    }


def _adjusted(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """D of the contract, adjusted; None for the reference."""
    if row is None:
        return None
    return {
        "difference": _plain(row["difference"]),
        "ci": _interval(row),
        **_picked(row, "p", "p_holm", "reference", "verdict", "reason"),
    }


def _only(frame: pd.DataFrame) -> dict[str, Any]:
    """The one row of a figure without groups."""
    (row,) = _rows(frame)
    return row


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.to_dict("records")


def _picked(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: _plain(row[name]) for name in names}


def _interval(row: Mapping[str, Any], low: str = "low", high: str = "high") -> list | None:
    if pd.isna(row[low]) or pd.isna(row[high]):
        return None
    return [_plain(row[low]), _plain(row[high])]


def _plain(value: Any) -> Any:
    """A plain Python value; missing is None."""
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def _whole(value: float) -> int | None:
    return None if pd.isna(value) else int(value)
