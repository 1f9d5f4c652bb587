"""Words of the clinic that no list knows, as questions; the answers given so far."""

from collections.abc import Sequence

import pandas as pd

from dashboard import phrases, theme
from dashboard.plain import as_code, as_written
from pipelines.ingest.clinic_words import Answered, choices
from pipelines.ingest.questions import Choice
from pipelines.store.answers import NAMES

LISTS = {
    "conditions": "condition",
    "techniques": "technique",
    "visit_types": "type of visit",
    "side_effects": "side effect",
    "adjuncts": "further treatment",
    "contraindications": "contraindication",
    "body_regions": "body region",
    "sides": "side",
    "sexes": "sex",
    "chronicities": "stage",
    "instruments": "questionnaire",
    "statuses": "status",
    "therapists": "therapist",
    "clinics": "clinic",
}


def offered(row) -> tuple[Choice, ...]:
    """What a word could mean, the nearest first; of a name the other spelling alone."""
    if row.list in NAMES:
        return (Choice(row.suggested, f"The same as {row.label}"),)
    likeliest = [choice for choice in choices(row.list) if choice.value == row.suggested]
    return (*likeliest, *(choice for choice in choices(row.list) if choice not in likeliest))


def question(row) -> str:
    """What is asked about one word."""
    if row.list in NAMES:
        return f"Is {as_code(row.word)} another spelling of a {LISTS[row.list]}?"
    return f"What does {as_code(row.word)} mean as a {LISTS[row.list]}?"


def touched(row) -> str:
    """How many visits hang on the word, and where it came first."""
    parts = [phrases.several(row.visits, "visit")] if row.visits else []
    if row.waiting:
        verb = "waits" if row.waiting == 1 else "wait"
        parts.append(f"{phrases.several(row.waiting, 'row')} that {verb} for the answer")
    return as_written(f"{', '.join(parts)}; first in {row.first_file}")


def heading(number: int) -> str:
    """How many words are asked about."""
    return (
        f"{phrases.sentence(phrases.several(number, 'word'))} of your exports "
        f"{'is' if number == 1 else 'are'} in no list yet. An answer holds for all that is in and "
        "all that comes; it can be undone."
    )


def applied(found: Answered, answers: int) -> str:
    """What the answers changed."""
    told = [f"{phrases.sentence(phrases.several(found.visits, 'visit'))} now read otherwise"]
    if found.taken_in:
        told.append(f"{phrases.several(found.taken_in, 'visit')} came in")
    return f"{phrases.sentence(phrases.several(answers, 'answer'))} kept. {', '.join(told)}."


def meaning(row) -> str:
    """One answer: the word, its list and what it means."""
    return f"{as_code(row.word)}, a {LISTS[row.list]}: {as_written(row.label or row.term)}"


def by_change(answers: pd.DataFrame) -> Sequence[tuple[str, str, pd.DataFrame]]:
    """The answers in force by the change that made them: its id, its day and its answers."""
    return [
        (str(import_id), theme.day(rows["at"].iloc[0]), rows)
        for import_id, rows in answers.groupby("import_id", sort=False)
    ]
