"""The figures of the side-effects page that hold no single visit."""

from dataclasses import dataclass

import pandas as pd

from dashboard import names
from pipelines.measures.serious_events import serious_rate, sessions_between_serious_events
from pipelines.measures.side_effects import (
    any_side_effect,
    patients_with_any,
    recording_rate,
    side_effect_events,
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
    by_technique: pd.DataFrame
    months: pd.DataFrame
    recording: pd.DataFrame
    serious: pd.Series
    between_serious: pd.DataFrame


def side_effects(part: Clinic) -> SideEffects:
    """Every frame of the side-effects page that holds no single visit."""
    return SideEffects(
        any=any_side_effect(part).iloc[0],
        events=side_effect_events(part).iloc[0],
        patients=patients_with_any(part).iloc[0],
        types=names.labelled(side_effect_types(part), "side_effect"),
        by_technique=names.labelled(any_side_effect(part, ("technique",)), "technique"),
        months=side_effects_by_month(part),
        recording=names.labelled(recording_rate(part, ("therapist",)), "therapist"),
        serious=serious_rate(part).iloc[0],
        between_serious=sessions_between_serious_events(part),
    )
