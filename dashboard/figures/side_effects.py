"""The figures of the side-effects page that hold no single visit."""

from dataclasses import dataclass

import pandas as pd

from dashboard import names
from pipelines.measures.event_rate import event_rate
from pipelines.measures.recorded_sessions import recorded_sessions
from pipelines.measures.serious_events import serious_rate, sessions_between_serious_events
from pipelines.measures.side_effects import (
    any_side_effect,
    patients_with_any,
    recording_rate,
    side_effect_types,
)
from pipelines.measures.side_effects_by_month import side_effects_by_month
from pipelines.selection import Clinic


@dataclass(frozen=True)
class SideEffects:
    """Per recorded session, and how often they are recorded at all."""

    any: pd.Series
    events: pd.Series
    patients: pd.Series
    types: pd.DataFrame
    months: pd.DataFrame
    recording: pd.DataFrame
    recorded: pd.Series
    serious: pd.Series
    between_serious: pd.DataFrame


def side_effects(part: Clinic) -> SideEffects:
    """Every frame of the side-effects page that holds no single visit."""
    sessions = recorded_sessions(part)
    return SideEffects(
        any=any_side_effect(part, sessions=sessions).iloc[0],
        events=event_rate(part).iloc[0],
        patients=patients_with_any(part, sessions=sessions).iloc[0],
        types=names.labelled(side_effect_types(part, sessions=sessions), "side_effect"),
        months=side_effects_by_month(part),
        recording=names.labelled(recording_rate(part, ("therapist",)), "therapist"),
        recorded=recording_rate(part).iloc[0],
        serious=serious_rate(part, sessions=sessions).iloc[0],
        between_serious=sessions_between_serious_events(part),
    )


def by_group(part: Clinic, by: str) -> pd.DataFrame:
    """Any side effect in each group, most recorded sessions first, with its words as `label`."""
    frame = any_side_effect(part, (by,)).sort_values("of", ascending=False, kind="stable")
    return names.labelled(frame.reset_index(drop=True), by)
