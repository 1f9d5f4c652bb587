"""Questions about columns, in the words of a front desk, with a sample of each choice."""

from collections.abc import Sequence

from pipelines.ingest.cells import one_line
from pipelines.ingest.columns.looks import Look
from pipelines.ingest.headers import load_headers
from pipelines.ingest.questions import NOT_ASKED, Choice, Question

ASKED = {
    "session_date": "Which column is the date of the visit?",
    "patient_id": "Which column says who the patient is?",
    "pain_before": "Which column is the pain before the treatment?",
    "pain_after": "Which column is the pain after the treatment?",
    "status": "Which column says whether the visit took place?",
}
NEEDED = ("session_date", "patient_id")
IDENTIFIES = ("patient_id", "patient_name", "birth_date", "visit_id")


def which_column(
    column: str,
    found: Sequence[tuple[str, Look]],
    suggested: str | None = None,
    blocking: bool = True,
) -> Question:
    """Asks which of several headers, each with its look, is the column."""
    meaning = load_headers().meaning(column)
    text = ASKED.get(column, f"Which column says the {meaning}?")
    choices = tuple(Choice(label, one_line(label), _sample(column, look)) for label, look in found)
    if column not in NEEDED:
        choices += (Choice(NOT_ASKED, "none of these", f"the {meaning} is not recorded"),)
    return Question(f"column:{column}", text, choices, suggested, blocking)


def what_header_means(
    label: str, columns: Sequence[str], look: Look, suggested: str | None, blocking: bool
) -> Question:
    """Asks which of several columns one header is."""
    meaning = load_headers().meaning
    sample = f" (for example {look.example()})" if look.filled and not look.personal else ""
    choices = (
        *(Choice(column, in_words(column, meaning(column))) for column in columns),
        Choice(NOT_ASKED, "nothing that is needed", "the column is not kept"),
    )
    text = f"What does the column “{one_line(label)}” say{sample}?"
    return Question(f"header:{label}", text, choices, suggested, blocking)


def in_words(column: str | None, meaning: str | None = None) -> str:
    """An importer's column in a clinic's words."""
    if column is None:
        return "not kept"
    if column.startswith("effect:"):
        from pipelines.vocabulary import load_vocabulary

        name = column.removeprefix("effect:")
        if name == "none":
            return "no side effect"
        return f"side effect: {load_vocabulary().side_effects.label(name).lower()}"
    return meaning or load_headers().meaning(column)


def _sample(column: str, look: Look) -> str:
    if not look.filled:
        return "empty"
    if column in IDENTIFIES or look.personal or look.people > 0.5:
        return look.shape()
    return f"for example {look.example()}"


def open_in_words(questions: Sequence[Question]) -> str:
    """Why a file waits for answers, and how to give them."""
    first = questions[0]
    headers = [f"“{c.label}”" for c in first.choices if c.value != NOT_ASKED]
    among = f" ({', '.join(headers)})" if first.key.startswith("column:") else ""
    more = f" and {len(questions) - 1} more" if len(questions) > 1 else ""
    example = first.choices[0].value
    return (
        f"One thing must be settled first{more}: {first.text}{among} Answer on the page, with"
        f" --answer '{first.key}={one_line(example)}', or with a saved mapping (--mapping NAME)."
    )
