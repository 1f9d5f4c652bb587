"""Whether the values of a column fit what its header says it is."""

from collections.abc import Callable

from pipelines.ingest.columns.looks import Look

TERMS = {
    "technique": lambda look: max(
        look.of(look.vocabulary.techniques), look.of(look.vocabulary.needling_unspecific)
    ),
    "visit_type": lambda look: look.of(look.vocabulary.visit_types),
    "status": lambda look: max(
        look.of(look.vocabulary.statuses), look.of(look.vocabulary.answers)
    ),
    "condition": lambda look: max(
        look.codes,
        look.share(look.vocabulary.condition_of_words),
        look.share(look.vocabulary.condition_of_code),
    ),
    "body_region": lambda look: look.of(look.vocabulary.body_regions),
    "side": lambda look: look.of(look.vocabulary.sides),
    "chronicity": lambda look: look.durations,
    "sex": lambda look: look.of(look.vocabulary.sexes),
    "side_effects": lambda look: max(
        look.of(look.vocabulary.side_effects), look.of(look.vocabulary.nothing)
    ),
    "procedure_code": lambda look: look.share(look.vocabulary.procedures),
    "adjuncts": lambda look: look.of(look.vocabulary.adjuncts),
    "contraindications": lambda look: max(
        look.of(look.vocabulary.contraindications), look.of(look.vocabulary.nothing)
    ),
    "side_effect_severity": lambda look: look.of(look.vocabulary.severities),
    "function_instrument": lambda look: look.of(look.vocabulary.instruments),
    "twitch_response": lambda look: look.of(look.vocabulary.answers),
}  # fmt: skip
DATES = ("session_date", "birth_date", "onset_date")
SCORES = ("pain_before", "pain_after")
NUMBERS = (
    "depth_mm", "needle_count", "dwell_minutes", "stimulation_hz", "function_score", "age",
)  # fmt: skip
IDS = ("patient_id", "visit_id")
AS_WRITTEN = ("therapist", "clinic", "muscles", "visit_id")
"""Columns whose texts are stored as they stand."""
FEW, MOST, CLEAR = 0.2, 0.6, 0.8


def fit(column: str, look: Look) -> float | None:
    """The part of a column's values that fit, 0 to 1; None where any text would."""
    measure = _measure(column)
    return measure(look) if measure and look.filled else None


def _measure(column: str) -> Callable[[Look], float] | None:
    if column in TERMS:
        return TERMS[column]
    if column in DATES:
        return lambda look: look.dates
    if column in SCORES:
        return lambda look: look.scores
    if column in NUMBERS:
        return lambda look: look.scores if look.scores > look.numbers else look.numbers
    if column == "session_time":
        return lambda look: look.clocks
    return None


def against(column: str, look: Look) -> str | None:
    """What the values look like, in words, where the column cannot be that; else None.

    Only what is plain counts: single wrong cells are a matter of their rows.
    """
    if not look.filled or column in ("reason", "repeat_instrument", "patient_name"):
        return None
    if column == "patient_id":
        return _not_a_patient(look)
    if column in AS_WRITTEN and look.personal:
        return look.personal
    if column == "visit_id" and look.dates >= CLEAR:
        return "dates"
    if column == "session_date" and look.births >= FEW:
        return "dates of birth"
    known = fit(column, look)
    if column == "condition" and look.personal:
        return None  # not stored as written, and a condition not understood is counted as such
    if known is not None and known < FEW:
        return _plainly_another(column, look)
    return None


def _not_a_patient(look: Look) -> str | None:
    """An e-mail or phone may stand for a patient, since only its code is kept."""
    if look.personal == "free text":
        return look.personal
    return "dates" if look.dates >= CLEAR else "times" if look.clocks >= CLEAR else None


def _plainly_another(column: str, look: Look) -> str | None:
    if look.personal:
        return look.personal
    for what, share in (
        ("dates", look.dates),
        ("times", look.clocks),
        ("diagnosis codes", look.codes),
    ):
        if share >= CLEAR:
            return what
    if column in NUMBERS and look.share(_has_no_digit) >= CLEAR and look.distinct > 3:
        return "words"
    return None


def _has_no_digit(word: str) -> bool:
    return not any(map(str.isdigit, word))
