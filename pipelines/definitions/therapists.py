"""Therapists beside the clinic's rate, and whom each treats."""

from pipelines.definitions.definition import Definition
from pipelines.definitions.pain import ELIGIBLE, NOT_ELIGIBLE
from pipelines.definitions.words import SHARE

FUNNEL = "Spiegelhalter, Stat Med 2005;24:1185-1202."

ENTRIES = (
    Definition(
        name="therapist_funnel",
        title="Responders by therapist",
        unit=SHARE,
        what="Share of each therapist's episodes with at least {responder_percent} less pain, "
        "indirectly standardised: responders, divided by those that the cases let expect, times "
        "the clinic's rate. An episode belongs to the therapist of most of its sessions.",
        numerator="Episodes that responded. Expected: the sum of each episode's chance by a "
        "logistic model on first score, condition and chronicity, over the whole clinic.",
        denominator=ELIGIBLE,
        of="eligible episodes",
        left_out=NOT_ELIGIBLE,
        interval="Exact limits at 95% and 99.8%: in the picture binomial around the clinic's rate, "
        "interpolated; for a verdict those of just these cases. Episodes of one patient widen "
        "them by their likeness. Where therapists differ by more than chance as a whole, the "
        "variance between them is added. No verdict below {fewest_episodes}, nor where fewer than "
        "5 with or 5 without enough less pain are expected.",
        also=("episode_gap_days",),
        source=FUNNEL,
        cards=("therapist_funnel", "therapist_limits"),
    ),
)
