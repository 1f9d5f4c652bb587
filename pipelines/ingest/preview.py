"""What a file is understood to be, before anything is compared or written."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from pipelines.errors import OutcomesError
from pipelines.ingest import quarantine
from pipelines.ingest.clean import Cleaned, clean
from pipelines.ingest.columns import (
    Columns,
    in_words,
    labels,
    likeness,
    look_over,
    require_settled,
)
from pipelines.ingest.columns.looks import Look as Values
from pipelines.ingest.columns.looks import look_at_column
from pipelines.ingest.patients import PatientHash
from pipelines.ingest.questions import NOTHING_SETTLED, Mapping, Question
from pipelines.ingest.read import TextTable, read_table
from pipelines.ingest.reading.part import Part, as_part
from pipelines.ingest.steps import Step
from pipelines.ingest.term_questions import term_questions
from pipelines.ingest.understood import what_is_settled
from pipelines.ingest.validate import mark_impossible_rows
from pipelines.store import Store
from pipelines.store.answers import NO_ANSWERS
from pipelines.store.fold import answers_in
from pipelines.store.words import applied
from pipelines.tables import SEPARATOR
from pipelines.terms import Terms
from pipelines.vocabulary import Vocabulary, load_vocabulary

ROWS = 10
HIDDEN = ("condition_term", "flags", "import_id", "source_file", "source_line")
FEW = 20
"""A column that is not kept is only shown where so few different texts stand in it."""


@dataclass(frozen=True)
class ColumnSeen:
    """One column of the file: what it is taken for, how surely, and why.

    `column` is the importer's name (`patient_id`, `effect:soreness`), None where it is not
    kept; `meaning` says the same in a clinic's words. `sample` is a cell as the file writes it;
    of a column that could identify a person, words in its place, such as "a name, not kept".
    `score` is 0 to 1; `runner_up` the next likely meaning in words, None where there is none.
    """

    header: str
    position: int
    column: str | None
    meaning: str
    sample: str
    score: float
    reason: str
    runner_up: str | None = None


SAY_WHAT_WAS_A_VISIT = ("term:statuses:", "term:visit_types:")
"""Words to ask about before an import: what is counted hangs on them. Others can wait."""


@dataclass(frozen=True)
class Look:
    """A file as it would be imported; never a direct identifier in any of it.

    `head` are its first ten visits, typed, under a clinic's words, its patients numbered from
    1 (empty where a question must be answered first). `recognised` says what told the meaning
    of columns, such as "the export of Jane" or "the mapping Front desk"; None: names and values
    alone. `mapping` is what holds: `mapping.with_answer(...)` is what to look with
    next, and `to_save` what to save under a name.
    """

    file: str
    rows: int = 0
    steps: tuple[Step, ...] = ()
    columns: tuple[ColumnSeen, ...] = ()
    head: pd.DataFrame = field(default_factory=pd.DataFrame)
    questions: tuple[Question, ...] = ()
    recognised: str | None = None
    mapping: Mapping = NOTHING_SETTLED
    to_save: Mapping = NOTHING_SETTLED
    refused: str | None = None


def look_at(
    store: Store,
    name: str,
    data: bytes | Part,
    mapping: Mapping | None = None,
    today: date | None = None,
) -> Look:
    """What a file would be imported as; nothing is written, not even the store's folder."""
    vocabulary = load_vocabulary()
    given = mapping or NOTHING_SETTLED
    try:
        table = read_table(as_part(data), lambda cells: likeness(cells, vocabulary))
        settled = what_is_settled(store, table, given, quarantine.references(table))
        columns = look_over(table, vocabulary, *settled)
    except OutcomesError as refusal:
        return Look(name, mapping=given, refused=str(refusal))
    look = Look(
        name,
        len(table),
        (*table.layout.steps, *columns.steps),
        _columns(table, columns, vocabulary),
        questions=columns.questions,
        recognised=columns.recognised,
        mapping=given,
        to_save=_to_save(columns, given),
    )
    return _with_values(look, table, columns, vocabulary, store, today)


def _with_values(
    look: Look,
    table: TextTable,
    columns: Columns,
    vocabulary: Vocabulary,
    store: Store,
    today: date | None,
) -> Look:
    """The look with its first visits, or with what must be answered before there are any."""
    try:
        require_settled(columns)
        cleaned = clean(
            table,
            columns,
            vocabulary,
            store.settings,
            PatientHash(b"a look keeps no code"),
            columns.settled,
            today,
        )
    except OutcomesError as refusal:
        asked = getattr(refusal, "questions", ())
        questions = tuple(dict.fromkeys((*look.questions, *asked)))
        return replace(look, questions=questions, refused=None if asked else str(refusal))
    mark_impossible_rows(cleaned, columns)
    words = [
        question
        for question in term_questions(cleaned, answers_in(store, store.head()))
        if question.key.startswith(SAY_WHAT_WAS_A_VISIT)
    ]
    return replace(
        look,
        steps=tuple(cleaned.findings.steps),
        head=_head(cleaned, vocabulary),
        questions=(*cleaned.findings.questions, *words),
    )


def _to_save(columns: Columns, given: Mapping) -> Mapping:
    """What was answered, with the columns found by values alone: another file may show others."""
    found = {
        label: seen.column
        for label, seen in zip(labels(columns.header), columns.seen, strict=True)
        if seen.column and seen.reason.startswith("its values are")
    }
    return given.over(Mapping(found)).over(columns.settled)


def _columns(table: TextTable, columns: Columns, vocabulary: Vocabulary) -> tuple[ColumnSeen, ...]:
    return tuple(
        ColumnSeen(
            label,
            position,
            seen.column,
            in_words(seen.column),
            _sample(seen.column, look_at_column(table.columns[position], vocabulary)),
            seen.score,
            seen.reason,
            seen.runner_up,
        )
        for position, (label, seen) in enumerate(
            zip(labels(columns.header), columns.seen, strict=True)
        )
    )


def _sample(column: str | None, values: Values) -> str:
    """A cell, or what stands there in words where it could tell of a person."""
    if not values.filled:
        return "empty"
    if column == "patient_name":
        return "a name, not kept"
    if column == "birth_date":
        return "a date of birth, not kept"
    if column in ("patient_id", "visit_id"):
        return values.shape()
    if values.personal:
        return f"{values.personal}, not shown"
    if column is None and not _is_harmless(values):
        return "not shown"
    return values.words[0]


def _is_harmless(values: Values) -> bool:
    """Whether a column that nobody knows has few short texts, which come again and again."""
    few = values.distinct <= FEW and values.filled >= 2 * values.distinct
    return few and values.people < 0.2 and values.dates < 0.2 and values.ids == 0


def _head(cleaned: Cleaned, vocabulary: Vocabulary) -> pd.DataFrame:
    """The first visits without a problem, under a clinic's words; only what the file tells."""
    good = (cleaned.findings.reason == 0) & (cleaned.skipped.reason < 0)
    good &= ~cleaned.waits_for_a_word()
    frame = cleaned.frame.iloc[np.flatnonzero(good)[:ROWS]].reset_index(drop=True)
    frame = applied(frame, NO_ANSWERS)
    words = _words(vocabulary)
    told = [name for name in frame if name not in HIDDEN and frame[name].notna().any()]
    columns = {}
    for name in told:
        if name == "patient_id":
            columns["patient"] = pd.Series(pd.factorize(frame[name])[0] + 1).map(
                "patient {}".format
            )
        else:
            columns[in_words(name)] = (
                frame[name].astype(object).map(words.get(name, _as_it_is), na_action="ignore")
            )
    return pd.DataFrame(columns)


def _words(vocabulary: Vocabulary) -> dict[str, Callable[[object], object]]:
    """How the values of a column are said."""
    lists = {
        "condition": vocabulary.conditions,
        "body_region": vocabulary.body_regions,
        "technique": vocabulary.techniques,
        "visit_type": vocabulary.visit_types,
        "chronicity": vocabulary.chronicities,
        "side": vocabulary.sides,
        "sex": vocabulary.sexes,
        "side_effect_severity": vocabulary.severities,
    }
    sets = {
        "side_effects": vocabulary.side_effects,
        "adjuncts": vocabulary.adjuncts,
        "contraindications": vocabulary.contraindications,
    }
    return {
        **{name: _label_in(terms) for name, terms in lists.items()},
        **{name: _labels_in(terms) for name, terms in sets.items()},
        "session_date": lambda day: day.date(),
        "session_time": lambda seconds: f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}",
        "twitch_response": lambda seen: "yes" if seen else "no",
    }


def _label_in(terms: Terms) -> Callable[[object], str]:
    return lambda name: terms.label(name) if name in terms.names else str(name)


def _labels_in(terms: Terms) -> Callable[[object], str]:
    """A set in words; the empty one is what was recorded as none."""
    label = _label_in(terms)
    return lambda names: ", ".join(map(label, names.split(SEPARATOR))) if names else "none"


def _as_it_is(value: object) -> object:
    return value
