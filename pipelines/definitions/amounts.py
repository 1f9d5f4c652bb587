"""How much a selection holds: the counts of the contract."""

from dataclasses import replace

from pipelines.definitions.definition import Definition
from pipelines.definitions.words import EPISODES, PATIENTS, SESSIONS, VISITS

PEOPLE = Definition(
    name="counts.patients",
    title="Patients",
    unit=PATIENTS,
    what="Patients with a selected visit.",
    numerator="Patients, each once.",
)
CARE = Definition(
    name="counts.episodes",
    title="Episodes of care",
    unit=EPISODES,
    what="Visits of one patient for one condition; a treatment more than {episode_gap_days} after "
    "the one before starts a new episode.",
    numerator="Episodes whose first visit is in the selection.",
)
ENTRIES = (
    PEOPLE,
    Definition(
        name="counts.sessions",
        title="Treatment sessions",
        unit=SESSIONS,
        what="Attended evaluations and treatments, and discharges with needling.",
        numerator="Selected visits that are treatment sessions.",
    ),
    Definition(
        name="counts.visits",
        title="Visits",
        unit=VISITS,
        what="Attended visits of any kind, follow-ups included.",
        numerator="Selected visits.",
    ),
    CARE,
    replace(
        CARE,
        name="counts.no_baseline",
        title="Without a baseline",
        what="Episodes without a score before treatment at the first visit; a later score never "
        "stands in.",
        also=("episode_gap_days",),
    ),
    replace(
        CARE,
        name="counts.low_baseline",
        title="Low baseline",
        what="Episodes whose first score is below {lowest_baseline}, followed up or not: a fall "
        "from there is within the scale's own noise.",
        also=("episode_gap_days",),
    ),
    replace(
        CARE,
        name="counts.not_yet_followed",
        title="Not yet followed up",
        what="Episodes with a first score and no score before treatment on a later day.",
        also=("episode_gap_days",),
    ),
    Definition(
        name="counts.orphan_follow_ups",
        title="Follow-ups without an episode",
        unit=VISITS,
        what="Selected follow-up visits with no episode before them; they are in no episode.",
        numerator="Follow-ups, and discharges without needling, before any treatment.",
    ),
)
