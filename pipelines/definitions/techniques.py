"""Techniques: own change at both horizons, and raw and adjusted differences."""

from dataclasses import replace

from pipelines.definitions.definition import Definition
from pipelines.definitions.pain import CHANGE, RESPONDERS
from pipelines.definitions.pain_course import IMMEDIATE
from pipelines.definitions.words import CLUSTERED, EPISODES, LESS_IS_BETTER, SESSIONS

EFFECTIVE = ("episode_gap_days", "technique_share")
NO_CAUSE = (
    "Groups were not made by chance: a difference is not an effect of the technique. p values of "
    "adjusted differences are corrected by Holm (1979)."
)
P_VALUES = (("p", "p value"), ("p_holm", "p value, corrected by Holm"))

AT_ONCE = replace(
    IMMEDIATE,
    name="techniques.immediate",
    title="Fall in pain within a session, by technique",
    denominator="Treatment sessions with the technique and both scores.",
    of="sessions with both scores and the technique",
    left_out=("no_technique", "no_scores"),
    cards=(),
)
LASTING = replace(
    CHANGE,
    name="techniques.lasting",
    title="Lasting fall in pain, by technique",
    denominator="Episodes of the technique with a first and a later score. An episode belongs to "
    "the technique of at least {technique_share} of its sessions, else to mixed.",
    of="episodes with two scores and the technique",
    left_out=("technique_unknown", "no_baseline", "not_yet_followed"),
    cards=(),
)
RAW = Definition(
    name="techniques.immediate_raw",
    title="Raw difference within a session",
    unit=LESS_IS_BETTER,
    what="Mean of pain after less pain before, less the same of the reference: the technique with "
    "most treatment sessions.",
    numerator="Pain after treatment less pain before it, in the same session.",
    denominator="Treatment sessions with a technique and both scores.",
    of="sessions with both scores and a technique",
    left_out=("no_technique", "no_scores"),
    interval=CLUSTERED,
    source=NO_CAUSE,
    parts=P_VALUES,
)
ADJUSTED = replace(
    RAW,
    name="techniques.immediate_adjusted",
    title="Adjusted difference within a session",
    what="Difference in pain after treatment against the reference, between sessions alike in what "
    "was recorded before.",
    numerator="Pain after, adjusted for pain before, condition, chronicity, session number (1, 2, "
    "3, 4 or more) and therapist.",
    also=("fewest_patients",),
)
SHARE_OF_SESSIONS = (
    "Episodes with a first and a later score and a known technique: that of at least "
    "{technique_share} of its sessions, else mixed."
)
LASTING_RAW = replace(
    RAW,
    name="techniques.lasting_raw",
    title="Raw difference from first to latest visit",
    what="Mean of latest less first pain, less the same of the reference: the technique with most "
    "treatment sessions.",
    numerator="Latest score before treatment less the first.",
    denominator=SHARE_OF_SESSIONS,
    of="episodes with two scores and a known technique",
    left_out=("technique_unknown", "no_baseline", "not_yet_followed"),
    also=("episode_gap_days",),
)
ENTRIES = (
    Definition(
        name="techniques.sessions",
        title="Treatment sessions by technique",
        unit=SESSIONS,
        what="Selected treatment sessions with each technique.",
        left_out=("no_technique",),
    ),
    Definition(
        name="techniques.episodes",
        title="Episodes by technique",
        unit=EPISODES,
        what="Selected episodes of each technique: that of at least {technique_share} of its "
        "sessions with a known one, else mixed.",
        left_out=("technique_unknown",),
        also=("episode_gap_days",),
    ),
    replace(
        RESPONDERS,
        name="techniques.responders_30",
        title="At least {responder_percent} less pain, by technique",
        left_out=("technique_unknown", *RESPONDERS.left_out),
        also=EFFECTIVE,
        cards=(),
    ),
    AT_ONCE,
    RAW,
    ADJUSTED,
    LASTING,
    LASTING_RAW,
    replace(
        LASTING_RAW,
        name="techniques.lasting_adjusted",
        title="Adjusted difference from first to latest visit",
        what="Difference in latest pain against the reference, between episodes alike in what was "
        "recorded before.",
        numerator="Latest score, adjusted for the first, condition, chronicity, age and therapist.",
        also=("episode_gap_days", "fewest_patients"),
    ),
    Definition(
        name="compare.stimulation",
        title="Electrical stimulation, low against high",
        unit=SESSIONS,
        what="Sessions with electrical stimulation by its frequency: low up to "
        "{low_frequency_hz}, high from {high_frequency_hz}, else between.",
        left_out_words="Sessions without a frequency.",
    ),
)
