"""The columns of every table and how each is kept in memory.

The pandera models in `schema` check values against these; this module is apart
from them because importing pandera costs more than a whole summary.
"""

SEPARATOR = ";"
"""Between the terms of a set kept as one text, such as `bruising;soreness`.

A set is written in the order of its vocabulary, so that equal sets are equal
texts. The empty text is the empty set (recorded, none); missing is not recorded.
"""

VISIT_TYPES = ("evaluation", "treatment", "follow_up", "discharge")
TECHNIQUES = ("superficial", "deep", "electrical", "none")
CHRONICITIES = ("acute", "subacute", "chronic")
SEVERITIES = ("mild", "moderate", "serious")
SIDES = ("left", "right", "both")
SEXES = ("female", "male", "other")
ADJUNCTS = ("exercise", "mobilization", "massage", "stretching", "physical_therapy")
CONTRAINDICATIONS = (
    "active_infection",
    "bleeding_disorder",
    "compromised_immunity",
    "needle_phobia",
    "pregnancy",
)
SIDE_EFFECTS = (
    "soreness",
    "bruising",
    "fatigue",
    "bleeding",
    "pain_during",
    "pain_after",
    "dizziness",
    "headache",
    "nausea",
    "aggravation",
    "pneumothorax",
    "nerve_injury",
    "infection",
    "other",
)
SERIOUS_SIDE_EFFECTS = ("pneumothorax", "nerve_injury", "infection")
INSTRUMENTS = ("PSFS", "NDI", "ODI", "QuickDASH", "LEFS")

MIXED, UNKNOWN = "mixed", "unknown"
"""An episode without one technique at three quarters, and one without any known."""
UNSPECIFIED, UNMAPPED = "unspecified", "unmapped"
"""A visit whose condition is blank, and one whose term or code the vocabulary lacks."""

TEXT, CATEGORY, SET, DATE, NUMBER, FLAG, WHOLE = (
    "text",
    "category",
    "set",
    "date",
    "number",
    "flag",
    "whole",
)
"""Kinds of column. In a pandas frame: text is `str`; category and set are
`category` of str; date is `datetime64[s]` at midnight; number is `float64`;
flag is `boolean`; whole is `int32` (`int64` for identifiers)."""

SESSION = {
    "session_key": TEXT,
    "patient_id": CATEGORY,
    "session_date": DATE,
    "session_time": NUMBER,  # seconds after midnight
    "visit_type": CATEGORY,
    "clinic": CATEGORY,
    "therapist": CATEGORY,
    "condition": CATEGORY,
    "condition_term": CATEGORY,  # as written, kept only where the condition is unmapped
    "body_region": CATEGORY,
    "side": CATEGORY,
    "chronicity": CATEGORY,
    "technique": CATEGORY,
    "depth_mm": NUMBER,
    "needle_count": NUMBER,
    "dwell_minutes": NUMBER,
    "stimulation_hz": NUMBER,
    "muscles": SET,
    "twitch_response": FLAG,
    "adjuncts": SET,
    "pain_before": NUMBER,  # 0-10, three decimals
    "pain_after": NUMBER,
    "side_effects": SET,
    "side_effect_severity": CATEGORY,
    "contraindications": SET,
    "function_instrument": CATEGORY,
    "function_score": NUMBER,
    "age": NUMBER,  # years at the visit, 90 and over as 90
    "sex": CATEGORY,
    "flags": SET,  # kept but worth a look, such as a superficial needle deeper than 10 mm
    "import_id": CATEGORY,
    "source_file": CATEGORY,
    "source_line": WHOLE,
}
ORIGIN = ("import_id", "source_file", "source_line")

VISIT = SESSION | {
    "episode_id": WHOLE,  # -1 for a follow-up with no episode before it
    "session_number": WHOLE,  # 1, 2, 3 ... of the episode's treatment sessions; 0 for other visits
    "treatment_sessions_before": WHOLE,  # of the same episode, before this visit
}
"""The current sessions, in order of patient and visit, each with its episode."""

EPISODE = {
    "episode_id": WHOLE,
    "patient_id": CATEGORY,
    "condition": CATEGORY,
    "body_region": CATEGORY,  # of the first visit, as clinic, chronicity, age and sex
    "clinic": CATEGORY,
    "chronicity": CATEGORY,
    "age": NUMBER,
    "sex": CATEGORY,
    "therapist": CATEGORY,
    "technique": CATEGORY,  # superficial, deep, electrical, mixed or unknown
    "first_technique": CATEGORY,  # of the first visit: what was known at the start
    "first_date": DATE,
    "last_date": DATE,  # of the last visit of any kind
    "treatment_sessions": WHOLE,
    "visits": WHOLE,
    "baseline": NUMBER,  # missing: no baseline
    "latest": NUMBER,  # missing: not yet followed (where there is a baseline)
    "latest_date": DATE,
    "improved": FLAG,  # at any later visit, by the settings' rule; missing where not eligible
    "sessions_to_event": NUMBER,  # treatment sessions before the improved visit, else before
    # the last visit with pain_before; missing where not eligible
}

IN_ORDER = {
    "visit_type": VISIT_TYPES,
    "chronicity": CHRONICITIES,
    "technique": TECHNIQUES,
    "first_technique": TECHNIQUES,
    "side_effect_severity": SEVERITIES,
    "side": SIDES,
    "sex": SEXES,
    "function_instrument": INSTRUMENTS,
}
"""Columns whose categories are known beforehand, in the order of their vocabulary."""
