"""What only the overview and the page on quality show."""

from pipelines.definitions.definition import Definition

ENTRIES = (
    Definition(
        name="activity",
        title="Sessions and new episodes by month",
        unit="treatment sessions; episodes",
        what="How busy the clinic is.",
        numerator="Treatment sessions by their date; episodes by the date of their first visit.",
        denominator="All that match the filters.",
        also=("episode_gap_days",),
    ),
    Definition(
        name="gaps",
        title="Work list",
        unit="episodes or treatment sessions",
        what="What is missing in the data, that makes a figure unsure.",
        numerator="Episodes without a first score, begun at least {due_days} ago without a second, "
        "without a condition; sessions without side effects filled in.",
        denominator="Episodes or sessions of the kind.",
        also=("episode_gap_days",),
        cards=("work",),
    ),
)
