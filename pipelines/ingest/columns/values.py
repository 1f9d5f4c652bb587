"""What the values of a column say that it is, where its header says nothing that is known."""

import re

from pipelines.ingest.columns.fits import CLEAR, MOST, TERMS, fit
from pipelines.ingest.columns.looks import Look
from pipelines.ingest.columns.model import Candidate
from pipelines.ingest.headers import Headers
from pipelines.vocabulary import normalised

BY_VALUES, UNLIKELY = -1, -2
SILENT = re.compile(
    r"^(?:(?:q|qid|question|frage|pregunta|vraag|field|feld|champ|campo|veld|column|col|spalte"
    r"|colonne|columna|kolom|var|variable|item|unnamed|unbenannt|x|f|v|c|entry|response|answer"
    r"|antwort)?\s*\d+(?: \d+)*[a-z]?"
    r"|[a-z]|score|rating|value|number|scale|slider|answer|response|field|column)?$"
)
OTHER_MATTER = re.compile(
    r"\b(previous|prior|past|last|history|secondary|other|second|2nd|plan|planned|next|future|goals?|referr\w*|family"
    r"|insur\w*|payer|payment|paid|invoice\w*|billing|claim|balance|fee|note|notes|comment\w*|remark\w*|expected"
    r"|recommended|comorbid\w*|medication\w*|consent|email|phone|created|updated|modified|due|expir\w*)\b"
)
TERM_COLUMNS = ("condition", "technique", "visit_type", "side_effects", "chronicity", "status")
WORDED = {
    "condition": "conditions",
    "technique": "needling techniques",
    "visit_type": "types of visit",
    "side_effects": "side effects",
    "chronicity": "stages of a condition",
    "status": "what became of an appointment",
}


def is_silent(text: str) -> bool:
    """Whether a header says nothing about its column: none at all, `Q3`, `Field 7`, `Score`."""
    return SILENT.match(normalised(text)) is not None


def by_values(text: str, position: int, look: Look, headers: Headers) -> list[Candidate]:
    """What an unknown header's values look like, the likeliest first; nothing that identifies."""
    if not look.filled or look.personal or OTHER_MATTER.search(normalised(text)):
        return []
    found = [*_terms(text, position, look), *_others(position, look)]
    return sorted(found, key=lambda candidate: -candidate.score)


def _terms(text: str, position: int, look: Look) -> list[Candidate]:
    found = []
    for column in TERM_COLUMNS:
        share = TERMS[column](look)
        if share >= CLEAR and _tells(column, look):
            score = round((0.65 if is_silent(text) else 0.55) * share, 2)
            reason = f"its values are {WORDED[column]}"
            found.append(Candidate(column, position, BY_VALUES, score, reason))
    return found


def _tells(column: str, look: Look) -> bool:
    """Whether more than words that mean something everywhere, such as `none`, say so."""
    v = look.vocabulary
    common = (v.answers, v.nothing, v.not_known)
    telling = [w for w in look.words if not any(terms.find(w) for terms in common)]
    if column == "side_effects":
        telling = [w for w in telling if not w.isdigit()]
    return len(telling) >= 2 and sum(fit(column, _only(w, look)) > 0 for w in telling) >= 2


def _only(word: str, look: Look) -> Look:
    return Look((word,), (1,), 1, 1, look.vocabulary)


def _others(position: int, look: Look) -> list[Candidate]:
    found = []
    if look.dates >= CLEAR and look.births < 0.2:
        reason = "its values are dates"
        found.append(Candidate("session_date", position, BY_VALUES, 0.5, reason))
    elif look.clocks >= CLEAR:
        reason = "its values are times of day"
        found.append(Candidate("session_time", position, BY_VALUES, 0.45, reason))
    elif look.distinct >= 4 and look.scores >= CLEAR:
        low = "0 to 10" if look.in_ten >= CLEAR else "0 to 100"
        reason = f"its values are numbers from {low}"
        found += [
            Candidate(name, position, BY_VALUES, 0.4, reason)
            for name in ("pain_before", "pain_after")
        ]
    if look.ids >= MOST and look.dates < MOST:
        repeated = look.distinct < 0.9 * look.filled
        reason = "its values are numbers or codes, several rows each"
        if repeated:
            found.append(Candidate("patient_id", position, BY_VALUES, 0.45, reason))
    return found
