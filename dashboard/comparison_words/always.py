"""What is said beside every comparison: what was allowed for, and what it cannot tell."""

from dashboard import phrases, theme
from dashboard.comparison_words.groups import with_group
from dashboard.comparison_words.sizes import limits, signed
from dashboard.phrases import Row
from pipelines.evidence import Finding, load_evidence
from pipelines.measures.comparison import verdict
from pipelines.measures.comparison.rows import IMMEDIATE
from pipelines.settings import Settings

CANNOT_TELL = (
    "Who was given what was decided by people, not by chance, so a difference does not show what "
    "made it.",
    "Only what was recorded could be allowed for; how somebody was that day, what they hoped for "
    "and what else they did are not in the data.",
    "It is about these patients and these therapists, and about pain alone: not about the next "
    "patient, and not about what should be offered.",
)
"""Three sentences that stand on the page whatever the figures are."""


def allowed_for(horizon: str) -> str:
    """The facts that the adjusted difference holds equal, at one horizon."""
    if horizon == IMMEDIATE:
        return (
            "Directly after a session: pain before it, condition, chronicity, session number and "
            "therapist are held equal."
        )
    return (
        "At the latest visit: pain at the first visit, condition, chronicity, age and therapist "
        "are held equal."
    )


def mixed(settings: Settings) -> str:
    """When an episode counts as one of the groups."""
    return (
        f"An episode belongs to a group when at least {settings.technique_share:.0%} of its "
        "sessions that record it do; else it is mixed."
    )


def against(row: Row) -> str:
    """The reference with its size: "Against 188 patients, 838 sessions with deep needling."."""
    noun = verdict.ROWS_IN_WORDS[row["horizon"]].rstrip("s")
    patients = phrases.several(int(row["reference_patients"]), "patient")
    rows = phrases.several(int(row["reference_n"]), noun)
    return f"Against {rows} of {patients} {with_group(row['feature'], row['reference'])}."


NOTHING_PUBLISHED = "No published comparison is stored for this question."
STUDIES_DIFFER = (
    "Studies define and count differently, so their figures stand beside the clinic's and are "
    "never mixed with them."
)


def by_depth(row: Row) -> str:
    """What each 10 mm more goes with, as a straight line."""
    when = "directly after a session" if row["horizon"] == IMMEDIATE else "at the latest visit"
    if row["verdict"] == verdict.TOO_FEW:
        return f"Each 10 mm deeper, {when}: too few to say. {row['reason']}"
    sure = limits(row["low"], row["high"])
    if row["verdict"] == verdict.NO_DIFFERENCE:
        return f"Each 10 mm deeper, no clear difference in pain {when}: the records fit {sure}."
    found = f"{signed(row['difference'])} pain {when}"
    return f"Each 10 mm deeper went with {found} (95% interval {sure})."


def published(finding: Finding) -> str:
    """A finding from outside, with what it is about, its size, its quality and its source."""
    parts = [f"{finding.about}: {_ended(finding.result)}"]
    if theme.known(finding.low) and theme.known(finding.high):
        places = 2 if finding.unit and "points" in finding.unit else 3
        span = theme.interval(finding.low, finding.high, places)
        parts.append(f"95% interval {span} ({finding.unit}).")
    if finding.size:
        parts.append(_ended(finding.size))
    if finding.quality:
        parts.append(f"Quality of the evidence: {_ended(finding.quality.lower())}")
    source = load_evidence().citation(finding)
    if source:
        parts.append(_ended(source))
    return " ".join(parts)


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
