"""Pain on the way: within a session, by session, and weeks after the first treatment."""

from dataclasses import replace

from pipelines.definitions.definition import Definition
from pipelines.definitions.words import (
    CLUSTERED,
    CLUSTERED_RATE,
    POINTS,
    SCORE,
    SESSIONS,
    SHARE,
    WILSON,
)

IMMEDIATE = Definition(
    name="immediate.change_mean",
    title="Mean fall in pain within a session",
    unit=POINTS,
    what="Mean fall in pain within a treatment session; positive is less pain.",
    numerator="Pain before treatment less pain after it, in the same session.",
    denominator="Treatment sessions with both scores.",
    of="treatment sessions with both scores",
    left_out=("no_scores",),
    interval=CLUSTERED,
    source="No published threshold exists for a drop within a session, so none is called "
    "important.",
)
DROP = replace(
    IMMEDIATE,
    name="immediate.drop_1",
    title="Fall of at least 1 point within a session",
    unit=SHARE,
    what="Share of treatment sessions after which pain was at least 1 point lower.",
    numerator="Sessions with a fall of at least 1 point.",
    interval=CLUSTERED_RATE,
)

ENTRIES = (
    IMMEDIATE,
    replace(
        IMMEDIATE,
        name="immediate.n",
        title="Treatment sessions with both scores",
        unit=SESSIONS,
        what="Treatment sessions with pain before and pain after.",
        numerator="",
        of="",
        interval="",
        source="",
    ),
    DROP,
    replace(
        DROP,
        name="immediate.drop_2",
        title="Fall of at least 2 points within a session",
        what="Share of treatment sessions after which pain was at least 2 points lower.",
        numerator="Sessions with a fall of at least 2 points.",
    ),
    replace(
        IMMEDIATE,
        name="horizons",
        title="Within a session and lasting",
        what="Mean fall in pain within a treatment session, beside first to latest visit.",
    ),
    Definition(
        name="retention",
        title="Kept to the next visit",
        unit="share, 0 to 1; above 1 where pain fell further between visits",
        what="How much of the fall in pain within a session is still there at the next visit.",
        numerator="Pain before a session less pain before the next visit of the episode, summed "
        "over all pairs.",
        denominator="Pain before the session less pain after it, summed over the same pairs: a "
        "treatment session and the next visit, with all three scores.",
        of="pairs of visits with all three scores",
        interval="Linearised ratio of sums, 95%, with patients as clusters.",
        also=("episode_gap_days",),
    ),
    Definition(
        name="trajectory",
        title="Pain by session",
        unit=SCORE,
        what="Mean pain before treatment at each session of an episode.",
        numerator="Score before treatment, by session number.",
        denominator="Sessions of that number with a score. The second line has only episodes of "
        "{completer_sessions} or more, since people who stop bend the first one.",
        of="sessions of that number with a score",
        interval=CLUSTERED,
        also=("episode_gap_days", "fewest_episodes"),
    ),
    Definition(
        name="duration",
        title="How long it lasts",
        unit=SHARE,
        what="Pain at the visit nearest 4, 8 and 12 weeks after the first treatment.",
        numerator="Responders: at least {responder_percent} less pain there. Still improved: "
        "improved at an earlier visit and improved there, by at least {improved_points} and "
        "{improved_percent}.",
        denominator="Episodes with a first score of at least {lowest_baseline} and a scored visit "
        "on days 21-42, 43-69 or 70-112; still improved, of those improved before.",
        of="episodes seen in the window",
        left_out_words="Episodes without a visit in the window: the table has their number. Those "
        "who do well may stop coming.",
        interval=WILSON,
        also=("episode_gap_days",),
    ),
)
