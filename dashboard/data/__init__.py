"""The only cached door from pages to pipelines.

Each function takes the Request (who asks, which part, which version, which settings) and
is cached by it, never by a frame. What comes back holds aggregates, save that of
`single_visits`, whose lists are for the owner alone.
"""

from dashboard.data.aggregates import (
    conditions,
    follow_up,
    followed,
    gaps,
    last_import,
    overview,
    pain,
    pain_by_group,
    side_effects,
    side_effects_by_group,
    waiting,
    waiting_in_quarantine,
)
from dashboard.data.choices import known_names, matching, options, without_each
from dashboard.data.comparisons import comparison, comparison_detail, comparison_sides
from dashboard.data.reading import open_request, store
from dashboard.data.single_visits import (
    answers,
    changes,
    contraindicated,
    files_to_mend,
    gone,
    kept_answers,
    quarantine,
    serious_visits,
    unknown_words,
    watched,
    work,
)
from dashboard.data.therapists import of_every_therapist, therapists

__all__ = [
    "answers",
    "changes",
    "comparison",
    "comparison_detail",
    "comparison_sides",
    "conditions",
    "contraindicated",
    "files_to_mend",
    "follow_up",
    "followed",
    "gaps",
    "gone",
    "kept_answers",
    "known_names",
    "last_import",
    "matching",
    "of_every_therapist",
    "open_request",
    "options",
    "overview",
    "pain",
    "pain_by_group",
    "quarantine",
    "serious_visits",
    "side_effects",
    "side_effects_by_group",
    "store",
    "therapists",
    "unknown_words",
    "waiting",
    "waiting_in_quarantine",
    "watched",
    "without_each",
    "work",
]
