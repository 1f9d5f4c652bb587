"""What the header of a column says that it is."""

from collections.abc import Sequence

from pipelines.ingest.columns.fits import FEW, MOST, against, fit
from pipelines.ingest.columns.looks import Look
from pipelines.ingest.columns.model import EFFECT, Candidate
from pipelines.ingest.headers import (
    BY_PATTERN,
    LAST_RESORT,
    SURE,
    WITHOUT_BRACKETS,
    Either,
    Guess,
    Headers,
    load_headers,
)
from pipelines.vocabulary import Vocabulary, normalised

SCORES = {SURE: 0.9, WITHOUT_BRACKETS: 0.85, BY_PATTERN: 0.7, LAST_RESORT: 0.4}
BARE = ("patient", "client", "patient id", "client id", "klient", "paciente", "id", "patienten id")


def likeness(cells: Sequence[str], vocabulary: Vocabulary) -> int:
    """How many different columns of a session the cells of one record name."""
    headers = load_headers()
    found = set()
    for cell in cells:
        if cell and len(cell) < 200:
            guess = headers.guess(cell)
            effect = effect_of(cell, vocabulary, headers)
            either = headers.either(cell)
            own = effect and (guess is None or guess.column == "side_effects")
            if guess or effect or either:
                found.add(effect if own else guess.column if guess else either.columns[0])
    return len(found)


def effect_of(text: str, vocabulary: Vocabulary, headers: Headers) -> str | None:
    """The side effect a header names, `none` for having had none; None for another column."""
    named = headers.effect_named(text)
    if named is not None and named.isdigit():
        return None  # a code, whose meaning stands in the database's own dictionary
    if named is not None and vocabulary.nothing.find(named):
        return "none"
    found = vocabulary.side_effects.find(named if named is not None else text)
    return None if named is None and found == "other" else found


def by_name(
    text: str, position: int, look: Look, vocabulary: Vocabulary, headers: Headers
) -> list[Candidate]:
    """What a header says its column is, held against the values; the likeliest first."""
    either = headers.either(text)
    if either:
        return _either(either, text, position, look)
    guess = headers.guess(text)
    effect = effect_of(text, vocabulary, headers)
    if effect and (guess is None or guess.sureness < 2 or guess.column == "side_effects"):
        return [Candidate(EFFECT + effect, position, SURE, 0.9, "its header names a side effect")]
    return [_weighed(guess, position, look)] if guess else []


def _weighed(guess: Guess, position: int, look: Look) -> Candidate:
    """A guess by name, surer where the values fit it, hardly one where they cannot be it."""
    score, column = SCORES[guess.sureness], guess.column
    wrong, known = against(column, look), fit(column, look)
    reason = "its header says so"
    if wrong:
        score, reason = 0.1, f"its values look like {wrong}"
    elif known is not None and known >= MOST:
        score, reason = score + 0.08, "its header says so and its values fit"
    elif known is not None and known < FEW:
        score, reason = score - 0.2, "its header says so, though its values do not look like it"
    return Candidate(
        column, position, guess.sureness, round(score, 2), reason, guess.group, guess.rank
    )


def _either(either: Either, text: str, position: int, look: Look) -> list[Candidate]:
    """The columns that one header may stand for, by how well the values fit each."""
    shares = {column: _share(column, look) for column in either.columns}
    ordered = sorted(either.columns, key=lambda column: -shares[column])
    best, next_best = shares[ordered[0]], [*(shares[c] for c in ordered[1:]), 0.0][0]
    if best >= MOST and best >= next_best + 0.2:
        reason = f"“{text}” can be several things, and its values fit this one"
        found = [Candidate(ordered[0], position, WITHOUT_BRACKETS, 0.85, reason)]
    elif either.otherwise and not against(either.otherwise, look):
        reason = "its header says so"
        found = [Candidate(either.otherwise, position, BY_PATTERN, 0.6, reason)]
    else:
        found = []
    taken = {candidate.column for candidate in found}
    rest = (column for column in ordered if column not in taken and shares[column] > 0)
    return found + [
        Candidate(column, position, -2, round(shares[column] / 2, 2), "some of its values fit")
        for column in rest
    ]


def _share(column: str, look: Look) -> float:
    if column == "visit_id":
        return look.ids if look.distinct >= 0.9 * look.filled else 0.0
    return fit(column, look) or 0.0


def is_bare_patient(text: str) -> bool:
    """Whether a header names the patient without saying number or name."""
    return normalised(text) in BARE
