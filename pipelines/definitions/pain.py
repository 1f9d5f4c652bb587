"""Lasting pain: first to latest visit, responders, and what follow-up leaves open."""

from dataclasses import replace

from pipelines.definitions.definition import Definition
from pipelines.definitions.words import CLUSTERED, EPISODES, IMMPACT, POINTS, SCORE, SHARE, WILSON

FOLLOWED = "Episodes with a score before the first treatment and one on a later day."
ELIGIBLE = (
    "Episodes with a score of at least {lowest_baseline} before the first treatment and a score "
    "before treatment on a later day."
)
NOT_FOLLOWED = ("no_baseline", "not_yet_followed")
NOT_ELIGIBLE = ("no_baseline", "low_baseline", "not_yet_followed")

CHANGE = Definition(
    name="pain.change_mean",
    title="Mean lasting fall in pain",
    unit=POINTS,
    what="Mean fall in pain from the first to the latest visit; positive is less pain.",
    numerator="First score before treatment, less the last recorded score before treatment on a "
    "later day.",
    denominator=FOLLOWED,
    of="episodes with two scores",
    left_out=NOT_FOLLOWED,
    interval=CLUSTERED,
    also=("episode_gap_days",),
    cards=("change_mean", "distribution"),
)
RESPONDERS = Definition(
    name="pain.responders_30",
    title="At least {responder_percent} less pain",
    unit=SHARE,
    what="Share of episodes of care with enough less pain at the latest visit.",
    numerator="Episodes whose pain fell by at least {responder_percent} of the first score.",
    denominator=ELIGIBLE,
    of="eligible episodes",
    left_out=NOT_ELIGIBLE,
    interval=WILSON,
    also=("episode_gap_days",),
    source=IMMPACT,
    cards=("responders_30", "pain_by_group"),
)
IMPROVED = replace(
    RESPONDERS,
    name="pain.improved",
    title="Improved",
    what="Every eligible episode is improved, worse or unchanged at the latest visit; the shares "
    "add to 100%.",
    numerator="Improved: at least {improved_points} and {improved_percent} less.",
    cards=(),
)
COMPLETENESS = Definition(
    name="pain.completeness",
    title="Followed up",
    unit=SHARE,
    what="Share of due episodes with a second score.",
    numerator="Episodes with a score before treatment on a day later than the first.",
    denominator="Episodes with a first score that began at least {due_days} before the newest "
    "visit in the data.",
    of="due episodes",
    left_out=("no_baseline", "not_due"),
    interval=WILSON,
    also=("episode_gap_days",),
    cards=("completeness",),
)
DUE = replace(
    RESPONDERS,
    name="pain.responders_30_due",
    title="At least {responder_percent} less pain, among the due",
    what="Share of due episodes that were followed up with enough less pain.",
    denominator="Episodes that began at least {due_days} before the newest visit in the data, "
    "with a score of at least {lowest_baseline} before the first treatment and a later one.",
    of="eligible episodes that were due",
    left_out=(*NOT_ELIGIBLE, "not_due"),
    cards=(),
)

ENTRIES = (
    CHANGE,
    replace(
        CHANGE,
        name="pain.n",
        title="Episodes followed up",
        unit=EPISODES,
        what="Episodes with a first and a later score.",
        numerator="",
        interval="",
        of="",
        cards=(),
    ),
    replace(
        CHANGE,
        name="pain.baseline_mean",
        title="Mean pain at the first visit",
        unit=SCORE,
        what="Mean score before the first treatment, of the episodes followed up.",
        numerator="First score before treatment.",
        interval="",
        cards=(),
    ),
    replace(
        CHANGE,
        name="pain.latest_mean",
        title="Mean pain at the latest visit",
        unit=SCORE,
        what="Mean of the last recorded score before treatment, of the episodes followed up.",
        numerator="Last recorded score before treatment on a later day.",
        interval="",
        cards=(),
    ),
    replace(
        CHANGE,
        name="pain.change_median",
        title="Median lasting fall in pain",
        what="The fall in pain from the first to the latest visit that half of the episodes reach.",
        interval="",
        cards=(),
    ),
    replace(
        RESPONDERS,
        name="pain.eligible",
        title="Eligible episodes",
        unit=EPISODES,
        what="Episodes in which enough less pain can be told from noise.",
        numerator="",
        of="",
        interval="",
        source="",
        cards=(),
    ),
    RESPONDERS,
    replace(
        RESPONDERS,
        name="pain.responders_50",
        title="At least {substantial_percent} less pain",
        what="Share of episodes of care with substantially less pain at the latest visit.",
        numerator="Episodes whose pain fell by at least {substantial_percent} of the first score.",
        cards=("responders_50",),
    ),
    replace(
        RESPONDERS,
        name="pain.responders_2pt",
        title="At least {responder_points} less pain",
        numerator="Episodes whose pain fell by at least {responder_points}.",
        cards=("responders_2pt",),
    ),
    IMPROVED,
    replace(
        IMPROVED,
        name="pain.unchanged",
        title="Unchanged",
        numerator="Unchanged: neither improved, that is at least {improved_points} and "
        "{improved_percent} less, nor worse, that is at least {improved_points} more.",
    ),
    replace(
        IMPROVED,
        name="pain.worse",
        title="Worse",
        numerator="Worse: at least {improved_points} more.",
    ),
    replace(
        IMPROVED,
        name="outcomes",
        title="Improved, unchanged or worse",
        numerator="Improved: at least {improved_points} and {improved_percent} less. Worse: at "
        "least {improved_points} more. Unchanged: the rest.",
    ),
    COMPLETENESS,
    DUE,
    replace(
        DUE,
        name="pain.responders_30_bounds",
        title="What follow-up leaves open",
        what="The share with enough less pain among all due, if all not followed up had failed, "
        "and if all had succeeded.",
        denominator="Episodes that began at least {due_days} before the newest visit in the data, "
        "with a score of at least {lowest_baseline} before the first treatment.",
        of="due episodes with a first score high enough",
        left_out=("no_baseline", "low_baseline", "not_due"),
        interval="Two bounds, no interval: they hold whatever became of those not followed up.",
    ),
    replace(
        RESPONDERS,
        name="responder_curve",
        title="How much pain fell",
        what="Share of eligible episodes whose pain fell by at least each percentage.",
        numerator="Episodes with a percent change of at least that much, at the latest visit.",
        also=("episode_gap_days", "responder_percent", "substantial_percent"),
        cards=(),
    ),
)
