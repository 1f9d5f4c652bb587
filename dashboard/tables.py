"""A tidy frame as a person reads it: words for columns, and the numbers' own formats."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import names

WORDS = {
    "label": "Group",
    "n": "n",
    "of": "of",
    "rate": "Share",
    "share": "Share",
    "per_100": "Per 100",
    "recording_rate": "Recorded",
    "treatment_sessions": "Treatment sessions",
    "how_asked": "How it was asked",
    "counted": "What was counted",
    "source": "Source",
    "low": "95% from",
    "high": "95% to",
    "rate_low": "95% from ",
    "rate_high": "95% to ",
    "change_mean": "Mean fall",
    "difference": "Difference",
    "mean": "Mean pain",
    "at_risk": "At risk",
    "percent_change": "Fell by at least %",
    "session": "Session",
    "session_number": "Session",
    "month": "Month",
    "session_date": "Date",
    "date": "Date",
    "patient_id": "Patient",
    "when": "Visit",
    "pain": "Pain",
    "side_effect": "Side effect",
    "side_effects": "Side effects",
    "side_effect_severity": "Severity",
    "visit_type": "Visit",
    "body_region": "Region",
    "chronicity": "Chronicity",
    "responders": "Responders",
    "eligible": "Eligible",
    "improved": "Improved",
    "left": "Left without improvement",
    "neither": "Neither yet",
    "condition_term": "Term as written",
    "patients": "Patients",
    "crude_rate": "As counted",
    "standardised_rate": "Standardised",
    "limit_95_low": "95% limit, lower",
    "limit_95_high": "95% limit, upper",
    "limit_998_low": "99.8% limit, lower",
    "limit_998_high": "99.8% limit, upper",
    "baseline": "Mean first score",
    "chronic_rate": "Chronic",
    "age": "Mean age",
    "main_conditions": "Main conditions",
    "scored_rate": "With a first score",
    "followed_rate": "Followed up of the due",
}
SHARES = ("rate", "share", "centre", "lower", "upper")
SHARE_ENDINGS = ("_rate", "_low", "_high")
SHARES_TOO = ("low", "high", "improved", "left", "neither")
"""Shares only in a frame that has shares; elsewhere points of the scale."""
HIDDEN = ("role", "row", "figure")


def show(frame: pd.DataFrame, what: str, height: int | str = "auto") -> None:
    """The frame as a table that scrolls by itself."""
    frame = _readable(frame)
    st.dataframe(
        frame,
        hide_index=True,
        height=height,
        column_config={name: _config(name, frame) for name in frame},
        alt=what,
    )


def _readable(frame: pd.DataFrame) -> pd.DataFrame:
    """Terms in words, without columns that only serve the drawing or say the same twice."""
    hidden = [name for name in frame if name in HIDDEN]
    if "label" in frame:
        hidden += [name for name in (*names.LISTS, "therapist") if name in frame]
    frame = frame.drop(columns=hidden)
    return frame[["label", *[c for c in frame if c != "label"]]] if "label" in frame else frame


def _config(name: str, frame: pd.DataFrame) -> Any:
    words = WORDS.get(name, name.replace("_", " ").capitalize())
    column = st.column_config
    if pd.api.types.is_datetime64_any_dtype(frame[name]):
        return column.DateColumn(words, format="MMM YYYY" if name == "month" else "D MMM YYYY")
    if is_share(name, frame):
        return column.NumberColumn(words, format="percent")
    if pd.api.types.is_float_dtype(frame[name]):
        return column.NumberColumn(words, format="%.2f")
    return column.Column(words)


def is_share(name: str, frame: pd.DataFrame) -> bool:
    """Whether a column holds fractions that are shown in per cent."""
    if not pd.api.types.is_float_dtype(frame[name]):
        return False
    has_shares = any(column in frame for column in ("rate", "share", "neither", "at_risk"))
    return name in SHARES or name.endswith(SHARE_ENDINGS) or (has_shares and name in SHARES_TOO)
