"""Words of one file that no list knows: asked about, and counted where they are answered."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipelines.ingest.clean import Cleaned
from pipelines.ingest.clinic_words import choices, terms_of
from pipelines.ingest.questions import Answer, Question
from pipelines.ingest.suggestions import suggest
from pipelines.store.answers import Answers, key
from pipelines.store.awaiting import STATUSES
from pipelines.store.words import ELSE, LISTS, SETS, WORD, has_words, words_in
from pipelines.tables import SEPARATOR
from pipelines.vocabulary import load_vocabulary

KEY = "term:"
MOST = 50
"""Words asked about at once, the most frequent ones; the others are listed by the store."""
UNKNOWN = {
    "techniques": "unknown_technique",
    "chronicities": "unknown_chronicity",
    "body_regions": "unknown_body_region",
    "sides": "unknown_side",
    "sexes": "unknown_sex",
    "instruments": "unknown_instrument",
    "adjuncts": "unknown_adjunct",
    "contraindications": "unknown_contraindication",
    "side_effects": "unknown_side_effect",
    "conditions": "unmapped_condition",
    "visit_types": "unknown_visit_type",
}
"""The repair under which an unknown word of each list is counted."""
ANSWERED = "word_of_the_clinic"


def term_questions(cleaned: Cleaned, answers: Answers) -> tuple[Question, ...]:
    """One question for each word of the visits without an answer, the most frequent first."""
    rows: Counter[tuple[str, str]] = Counter()
    written: dict[tuple[str, str], str] = {}
    for name, word, number in (*_words(cleaned), *_statuses(cleaned)):
        if word and answers.of(name, word) is None:
            rows[name, key(name, word)] += number
            written.setdefault((name, key(name, word)), word)
    return tuple(
        _question(name, written[name, word], number)
        for (name, word), number in rows.most_common(MOST)
    )


def as_answer(question: str, value: str) -> Answer:
    """The answer to such a question, by its key."""
    name, word = question.removeprefix(KEY).split(":", 1)
    return Answer(name, word, value)


def count_answered(cleaned: Cleaned, answers: Answers) -> None:
    """Counts cells that an answer reads under their own repair, no longer as unknown."""
    repairs = cleaned.findings.repairs
    if not answers.terms:
        return
    for column in _columns_with_words(cleaned):
        unknown = read = 0
        for text, number in column.value_counts(sort=False).items():
            found = [answers.of(*pair) is not None for pair in words_in(str(column.name), text)]
            read += number if any(found) else 0
            unknown += number if not all(found) or _is_bare(str(column.name), text) else 0
        if read:
            repairs[ANSWERED] += int(read)
            repairs[UNKNOWN[LISTS[str(column.name)]]] = int(unknown)


def _is_bare(column: str, text: str) -> bool:
    """Whether a word that is not kept stands in the text."""
    parts = text.split(SEPARATOR) if column in SETS else text.split(ELSE)
    return WORD in parts


def _columns_with_words(cleaned: Cleaned) -> Iterator[pd.Series]:
    visits = cleaned.skipped.reason < 0
    for column in LISTS:
        if has_words(cleaned.frame[column]):
            yield cleaned.frame.loc[visits, column]


def _words(cleaned: Cleaned) -> Iterator[tuple[str, str, int]]:
    for column in _columns_with_words(cleaned):
        for text, number in column.value_counts(sort=False).items():
            for name, word in words_in(str(column.name), str(text)) if number else ():
                yield name, word, int(number)


def _statuses(cleaned: Cleaned) -> Iterator[tuple[str, str, int]]:
    status = cleaned.by_word
    if status is not None:
        codes = status.codes[(status.codes >= 0) & (cleaned.skipped.reason < 0)]
        for word, number in zip(status.words, np.bincount(codes, minlength=len(status.words)),
                                strict=True):  # fmt: skip
            if number:
                yield STATUSES, word, int(number)


def _question(name: str, word: str, rows: int) -> Question:
    nearest = suggest(word, terms_of(name, load_vocabulary()))
    return Question(
        f"{KEY}{name}:{word}",
        f"What does “{word}” mean among the {name.replace('_', ' ')}?",
        choices(name),
        nearest.term if nearest else None,
        blocking=False,
        cells=rows,
    )
