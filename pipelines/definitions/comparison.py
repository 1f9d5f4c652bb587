"""Groups compared: raw and adjusted, how alike, by other ways, and for whom."""

from dataclasses import replace

from pipelines.definitions.definition import Definition
from pipelines.definitions.words import LESS_IS_BETTER

CAREFUL = (
    "95% interval with patients as clusters, small-sample corrected (CR2 with Satterthwaite's "
    "degrees of freedom)"
)
BY_HOLM = "Verdicts by Holm (1979), over every group of the question at both horizons."

AT_ONCE = Definition(
    name="forest_immediate",
    title="Pain directly after a session, compared",
    unit=LESS_IS_BETTER,
    what="Difference in pain directly after a session against the reference: raw, and between "
    "sessions alike in what was recorded before.",
    numerator="Raw: pain after less pain before. Adjusted: pain after, with pain before, "
    "condition, chronicity, session number (1, 2, 3, 4 or more) and therapist held equal.",
    denominator="Treatment sessions with both scores and in one of the groups.",
    left_out_words="Sessions in none of the groups, or without one of the scores.",
    interval=CAREFUL,
    also=("fewest_patients",),
    source=BY_HOLM,
)
LASTING = replace(
    AT_ONCE,
    name="forest_lasting",
    title="Pain at the latest visit, compared",
    what="Difference in pain at the latest visit against the reference: raw, and between episodes "
    "alike in what was recorded at the start.",
    numerator="Raw: latest less first score. Adjusted: latest score, with the first, condition, "
    "chronicity, age and therapist held equal.",
    denominator="Episodes with a first and a later score. An episode belongs to a group when at "
    "least {technique_share} of its sessions that record it do, else to mixed.",
    left_out_words="Episodes that record none of the groups, or without a first or a later score.",
    also=("fewest_patients", "episode_gap_days"),
)
RESPONDERS = replace(
    LASTING,
    name="forest_responders",
    title="Responders, compared",
    unit="percentage points; more is more often less pain",
    what="Difference in the share of episodes with at least {responder_percent} less pain at the "
    "latest visit, raw and adjusted.",
    numerator="Episodes whose pain fell by at least {responder_percent} of the first score, with "
    "first score, condition, chronicity, age and therapist held equal.",
    denominator="Episodes with a first score of at least {lowest_baseline} and a later score.",
    left_out_words="Episodes that record none of the groups, begin lower or have one score only.",
)

ENTRIES = (
    AT_ONCE,
    LASTING,
    RESPONDERS,
    Definition(
        name="baseline_overlap",
        title="Pain before in both groups",
        unit="share of the group",
        what="Share of each group at each whole point of pain before, rounded half up.",
        numerator="Sessions, or episodes at their first visit, with that score.",
        denominator="Those of the group that the difference is made of.",
    ),
    Definition(
        name="balance",
        title="How alike the two groups are",
        unit="standard deviations",
        what="Difference of the two groups in each fact recorded, in standard deviations, before "
        "and after weighting.",
        numerator="Mean (or share) of the group less that of the reference, divided by the root of "
        "the mean of the two variances. After: with overlap weights from a logistic model.",
        denominator="Those of both groups that the difference is made of.",
        source="Up to 0.1 counts as alike: Austin, Stat Med 2009. Overlap weights: Li, Morgan and "
        "Zaslavsky, J Am Stat Assoc 2018",
    ),
    Definition(
        name="sensitivity",
        title="The difference in other ways",
        unit=LESS_IS_BETTER,
        what="The same difference by ways that rest on other assumptions.",
        numerator="Weighted alike: overlap weights. Same patient: mean change under one less that "
        "under the other, in patients who had both. Without therapist, and within technique: the "
        "adjusted difference with one fact less or more. Missing as unchanged: with episodes due "
        "but not followed up.",
        denominator="Those of both groups; the same patient: only patients who had both.",
        interval=CAREFUL,
        also=("due_days",),
        source="E-value: VanderWeele and Ding, Ann Intern Med 2017",
    ),
    Definition(
        name="for_whom",
        title="For whom the difference is another one",
        unit=LESS_IS_BETTER,
        what="The adjusted difference in each condition, stage and level of pain before, drawn "
        "towards the mean of all levels.",
        numerator="Alone: one fit with a difference for each level. Drawn: empirical Bayes, the "
        "more the fewer patients a level has.",
        denominator="Those of both groups at the level.",
        left_out_words="Levels without patients on both sides.",
        interval=CAREFUL,
        source="Variance between levels: DerSimonian and Laird, Control Clin Trials 1986. One test "
        "of each kind, Holm over the kinds",
    ),
)
