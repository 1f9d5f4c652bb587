"""Sessions to improvement: if people carry on, and what did happen."""

from dataclasses import replace

from pipelines.definitions.definition import Definition
from pipelines.definitions.words import EPISODES, LOG_LOG, SHARE

MEDIAN = Definition(
    name="sessions_to_improvement.median",
    title="Half improved after",
    unit="treatment sessions",
    what="The number of treatment sessions after which half have improved, by Kaplan-Meier.",
    numerator="An episode improves at its first later visit with at least {improved_points} and "
    "{improved_percent} less pain; its time is the sessions received before that visit.",
    denominator="Eligible episodes: a first score of at least {lowest_baseline} and a later one. "
    "Those not improved count for the sessions they had before their last score.",
    of="eligible episodes",
    left_out=("no_baseline", "low_baseline", "not_yet_followed"),
    interval=LOG_LOG,
    also=("episode_gap_days",),
    cards=("median_sessions",),
)
CURVE = replace(
    MEDIAN,
    name="sessions_to_improvement.by_session",
    title="Share improved by session",
    unit=SHARE,
    what="Share improved by each number of treatment sessions if people carry on, by Kaplan-Meier.",
    also=("episode_gap_days", "fewest_at_risk"),
    parts=(("at_risk", EPISODES), ("events", EPISODES)),
    cards=(
        "improved_by_1",
        "improved_by_3",
        "improved_by_6",
        "improvement_curve",
        "waiting_by_first_technique",
        "waiting_by_chronicity",
        "waiting_by_condition",
    ),
)
ENTRIES = (
    replace(
        MEDIAN,
        name="sessions_to_improvement.n",
        title="Episodes followed to improvement",
        unit=EPISODES,
        what="Eligible episodes, improved or not.",
        numerator="",
        of="",
        interval="",
        cards=(),
    ),
    replace(
        MEDIAN,
        name="sessions_to_improvement.events",
        title="Episodes that improved",
        unit=EPISODES,
        what="Eligible episodes that were improved at a later visit, whatever came after.",
        interval="",
        cards=(),
    ),
    MEDIAN,
    CURVE,
    Definition(
        name="what_happened",
        title="What did happen",
        unit=SHARE,
        what="What did happen, with leaving as an outcome of its own (cumulative incidence).",
        numerator="Improved: at least {improved_points} and {improved_percent} less. Left without "
        "improvement: not improved, and the last visit at least {left_days} before the newest "
        "visit in the data.",
        denominator="Eligible episodes: a first score of at least {lowest_baseline} and a later "
        "one.",
        of="eligible episodes",
        left_out=("no_baseline", "low_baseline", "not_yet_followed"),
        interval="Delta method on the log-log scale, 95%.",
        also=("episode_gap_days", "fewest_at_risk"),
        source="Aalen and Johansen 1978.",
    ),
)
