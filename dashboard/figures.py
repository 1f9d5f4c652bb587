"""What each page shows: one set of tidy frames a page, with the words for their groups.

Pure functions of a selected clinic; `data` keeps their results. Frames hold aggregates.
"""

from dataclasses import dataclass

import pandas as pd

from dashboard import names
from pipelines import tables
from pipelines.measures.activity import activity
from pipelines.measures.carry_over import carry_over
from pipelines.measures.condition_mix import condition_mix, mix_and_outcome, unmapped_terms
from pipelines.measures.counts import counts
from pipelines.measures.duration import how_long_it_lasts
from pipelines.measures.headline import change_since, headline
from pipelines.measures.immediate import immediate_change, immediate_drops
from pipelines.measures.lasting_pain import lasting_change, score_distribution
from pipelines.measures.responder_curve import responder_curve
from pipelines.measures.responders import (
    completeness,
    due_responders,
    outcome_shares,
    responders,
)
from pipelines.measures.serious_events import serious_rate, sessions_between_serious_events
from pipelines.measures.sessions_to_improvement import (
    compare_groups,
    improved_by,
    improvement_curve,
    improvement_median,
)
from pipelines.measures.side_effects import (
    any_side_effect,
    patients_with_any,
    recording_rate,
    side_effect_events,
    side_effect_types,
)
from pipelines.measures.side_effects_by_month import side_effects_by_month
from pipelines.measures.trajectory import trajectory
from pipelines.measures.what_changed import what_changed
from pipelines.measures.what_happened import what_happened
from pipelines.measures.work_list import work_counts
from pipelines.selection import Clinic, Selection, select
from pipelines.settings import Settings

GROUPS = ("first_technique", "chronicity", "condition")
"""What is known at the first session: the only ways in which waiting times are compared."""


@dataclass(frozen=True)
class Overview:
    """`headline` has a row a figure; `trends` are monthly values of those that have them."""

    counts: dict[str, int]
    headline: pd.DataFrame
    due: pd.Series
    any_side_effect: pd.Series
    trends: pd.DataFrame
    activity: pd.DataFrame
    mix: pd.DataFrame
    changed: pd.DataFrame


def overview(clinic: Clinic, selection: Selection, settings: Settings) -> Overview:
    """From the whole clinic, since the span before the selected one is looked at too."""
    part = select(clinic, selection)
    return Overview(
        counts=counts(part, settings),
        headline=_headline(clinic, part, selection, settings),
        due=due_responders(part, settings).iloc[0],
        any_side_effect=any_side_effect(part).iloc[0],
        trends=_trends(part, settings),
        activity=activity(part),
        mix=names.labelled(mix_and_outcome(part, settings), "condition"),
        changed=what_changed(clinic, selection, settings),
    )


def _headline(
    clinic: Clinic, part: Clinic, selection: Selection, settings: Settings
) -> pd.DataFrame:
    """The cards' figures by name; those of the span before are missing where there is none."""
    since = change_since(clinic, selection, settings)
    figures = since if len(since) else headline(part, settings)
    return figures.set_index("figure").reindex(columns=list(since.columns.drop("figure")))


def _trends(part: Clinic, settings: Settings) -> pd.DataFrame:
    """Columns: figure, month, value, n (what the value is of)."""
    by = ("month",)
    share = responders(part, settings, by).query("measure == 'responders_30'")
    change = lasting_change(part, by).rename(columns={"change_mean": "rate"})
    frames = {
        "responders_30": share,
        "change_mean": change.assign(of=change["n"]),
        "any_side_effect": any_side_effect(part, by),
        "completeness": completeness(part, settings, by),
    }
    tidy = [
        frame.assign(figure=figure)[["figure", "month", "rate", "of"]]
        for figure, frame in frames.items()
    ]
    return pd.concat(tidy, ignore_index=True).set_axis(["figure", "month", "value", "n"], axis=1)


@dataclass(frozen=True)
class Pain:
    """Lasting, over time, within a session, and by condition."""

    counts: dict[str, int]
    responders: pd.DataFrame
    due: pd.Series
    outcomes: pd.DataFrame
    lasting: pd.Series
    distribution: pd.DataFrame
    curve: pd.DataFrame
    trajectory: pd.DataFrame
    duration: pd.DataFrame
    immediate: pd.Series
    drops: pd.DataFrame
    carried: pd.Series
    by_condition: pd.DataFrame


def pain(part: Clinic, settings: Settings) -> Pain:
    """Every frame of the pain page."""
    by_condition = responders(part, settings, ("condition",)).query("measure == 'responders_30'")
    return Pain(
        counts=counts(part, settings),
        responders=responders(part, settings).set_index("measure"),
        due=due_responders(part, settings).iloc[0],
        outcomes=outcome_shares(part, settings),
        lasting=lasting_change(part).iloc[0],
        distribution=score_distribution(part),
        curve=responder_curve(part, settings),
        trajectory=trajectory(part, settings),
        duration=how_long_it_lasts(part, settings),
        immediate=immediate_change(part).iloc[0],
        drops=immediate_drops(part),
        carried=carry_over(part).iloc[0],
        by_condition=names.labelled(
            by_condition.sort_values("of", ascending=False, kind="stable"), "condition"
        ),
    )


@dataclass(frozen=True)
class Waiting:
    """Sessions to improvement: what happens if people carry on, and what did happen."""

    counts: dict[str, int]
    median: pd.Series
    curve: pd.DataFrame
    improved_by: pd.DataFrame
    happened: pd.DataFrame
    groups: dict[str, pd.DataFrame]
    tests: dict[str, pd.Series]


def waiting(part: Clinic, settings: Settings) -> Waiting:
    """Every frame of the page on sessions to improvement."""
    return Waiting(
        counts=counts(part, settings),
        median=improvement_median(part).iloc[0],
        curve=improvement_curve(part),
        improved_by=improved_by(part),
        happened=what_happened(part, settings),
        groups={by: names.labelled(improvement_curve(part, (by,)), by) for by in GROUPS},
        tests={by: compare_groups(part, by).iloc[0] for by in GROUPS},
    )


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


@dataclass(frozen=True)
class Conditions:
    """The mix, with its outcome beside it."""

    counts: dict[str, int]
    mix: pd.DataFrame
    by_month: pd.DataFrame
    by_chronicity: pd.DataFrame
    by_region: pd.DataFrame
    unmapped_terms: pd.DataFrame


def conditions(part: Clinic, settings: Settings) -> Conditions:
    """Every frame of the conditions page."""
    return Conditions(
        counts=counts(part, settings),
        mix=names.labelled(mix_and_outcome(part, settings), "condition"),
        by_month=names.labelled(condition_mix(part, ("month",)), "condition"),
        by_chronicity=_by_chronicity(part, settings),
        by_region=names.labelled(mix_and_outcome(part, settings, "body_region"), "body_region"),
        unmapped_terms=unmapped_terms(part),
    )


def _by_chronicity(part: Clinic, settings: Settings) -> pd.DataFrame:
    """Acute before chronic, whatever is commoner."""
    mix = mix_and_outcome(part, settings, "chronicity")
    order = {name: place for place, name in enumerate(tables.CHRONICITIES)}
    place = [order.get(str(name), len(order)) for name in mix["chronicity"]]
    mix = mix.iloc[sorted(range(len(mix)), key=place.__getitem__)].reset_index(drop=True)
    return names.labelled(mix, "chronicity")


def gaps(part: Clinic, settings: Settings, by: str) -> pd.DataFrame:
    """The work list counted by kind of gap, and by therapist or month."""
    return names.labelled(work_counts(part, settings, (by,)), by)
