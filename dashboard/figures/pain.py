"""The figures of the pain page: lasting, over time and within a session; by group when asked."""

from dataclasses import dataclass

import pandas as pd

from dashboard import names
from pipelines.measures.carry_over import carry_over
from pipelines.measures.counts import counts
from pipelines.measures.duration import how_long_it_lasts
from pipelines.measures.immediate import immediate_change, immediate_drops, scored_sessions
from pipelines.measures.lasting_pain import lasting_change, score_distribution
from pipelines.measures.pain_by_group import pain_by_group
from pipelines.measures.responder_curve import responder_curve
from pipelines.measures.responders import (
    completeness,
    due_responders,
    outcome_shares,
    responders,
)
from pipelines.measures.trajectory import trajectory
from pipelines.selection import Clinic
from pipelines.settings import Settings


@dataclass(frozen=True)
class Pain:
    """Lasting, over time and within a session."""

    counts: dict[str, int]
    responders: pd.DataFrame
    due: pd.Series
    followed: pd.Series
    outcomes: pd.DataFrame
    lasting: pd.Series
    distribution: pd.DataFrame
    curve: pd.DataFrame
    trajectory: pd.DataFrame
    duration: pd.DataFrame
    immediate: pd.Series
    drops: pd.DataFrame
    carried: pd.Series


def pain(part: Clinic, settings: Settings) -> Pain:
    """Every frame of the pain page."""
    sessions = scored_sessions(part)
    return Pain(
        counts=counts(part, settings),
        responders=responders(part, settings).set_index("measure"),
        due=due_responders(part, settings).iloc[0],
        followed=completeness(part, settings).iloc[0],
        outcomes=outcome_shares(part, settings),
        lasting=lasting_change(part).iloc[0],
        distribution=score_distribution(part),
        curve=responder_curve(part, settings),
        trajectory=trajectory(part, settings),
        duration=how_long_it_lasts(part, settings),
        immediate=immediate_change(part, sessions=sessions).iloc[0],
        drops=immediate_drops(part, sessions=sessions),
        carried=carry_over(part).iloc[0],
    )


def by_group(part: Clinic, settings: Settings, by: str) -> pd.DataFrame:
    """The pain figures of each group of one column of episodes, with its words as `label`."""
    return names.labelled(pain_by_group(part, settings, by), by)
