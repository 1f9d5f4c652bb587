"""The condition mix, with the outcome beside each share."""

from dataclasses import replace

from pipelines.definitions.definition import Definition
from pipelines.definitions.pain import NOT_ELIGIBLE
from pipelines.definitions.words import EPISODES, SHARE, WILSON

MIX = Definition(
    name="condition_mix",
    title="Condition mix",
    unit=SHARE,
    what="New episodes of care by condition, and each condition's share of them.",
    numerator="Episodes whose first visit is in the selection, by condition.",
    denominator="All new episodes.",
    of="new episodes",
    interval=WILSON,
    also=("episode_gap_days",),
    parts=(("episodes", EPISODES),),
)
OUTCOME = replace(
    MIX,
    name="condition_mix.outcome",
    title="Mix and outcome",
    unit=SHARE,
    what="New episodes of care by group, and beside each its share of responders: at least "
    "{responder_percent} less pain.",
    numerator="Episodes whose first visit is in the selection.",
    denominator="All new episodes; responders of those followed up that began with at least "
    "{lowest_baseline}.",
    left_out=NOT_ELIGIBLE,
    cards=("condition_mix", "mix_by_chronicity", "mix_by_region"),
)
ENTRIES = (
    MIX,
    replace(
        MIX,
        name="condition_mix.patients",
        title="Patients by condition",
        unit="patients",
        what="Patients with a selected episode of each condition; one can have several.",
        numerator="Patients, each once for a condition.",
        denominator="",
        of="",
        interval="",
    ),
    OUTCOME,
    replace(MIX, name="mix_by_month", title="New episodes by month", unit=EPISODES, interval=""),
)
