"""From the headers and values of an export to the columns of a session."""

import re
from collections.abc import Sequence
from functools import cache

from pipelines.errors import FileRefused
from pipelines.ingest.cells import one_line
from pipelines.ingest.columns.ask import in_words, open_in_words, what_header_means
from pipelines.ingest.columns.choose import Chosen, File, choose
from pipelines.ingest.columns.fits import AS_WRITTEN, against
from pipelines.ingest.columns.looks import Look, look_at_column
from pipelines.ingest.columns.model import EFFECT, Candidate, Columns, EffectColumn, Seen, labels
from pipelines.ingest.columns.names import by_name, is_bare_patient
from pipelines.ingest.columns.profiles import recognise
from pipelines.ingest.columns.settled import (
    ANSWERED,
    PROFILE,
    SAVED,
    Source,
    by_position,
    require_known,
)
from pipelines.ingest.columns.side_by_side import refuse_side_by_side
from pipelines.ingest.columns.values import by_values
from pipelines.ingest.headers import load_headers
from pipelines.ingest.questions import NOTHING_SETTLED, Mapping, Question, blocking
from pipelines.ingest.read import TextTable
from pipelines.ingest.reading.header import as_written
from pipelines.ingest.steps import Step
from pipelines.vocabulary import Vocabulary, normalised

TICK_ONLY = re.compile(r"\(choice=|___\w")
"""Headers of boxes that can only be ticked: an empty one says nothing."""
CODED_BOX = re.compile(r"^(.+?)___-?\w+$")
"""A tick box under its code alone: which effect it is stands in the database's own dictionary."""
SAME_HEADERS = "the headers are the same"


def understand(
    table: TextTable,
    vocabulary: Vocabulary,
    given: Mapping = NOTHING_SETTLED,
    saved: tuple[str, Mapping] | None = None,
) -> Columns:
    """Which column says what. `given` is what a person settled, `saved` a named mapping.

    Raises FileRefused where there is no patient or no date, or where a question is open
    without whose answer the file would be guessed at; the error holds the questions.
    """
    columns = look_over(table, vocabulary, given, saved)
    require_settled(columns)
    return columns


def require_settled(columns: Columns) -> None:
    """Raises FileRefused as `understand` does."""
    asked = blocking(columns.questions)
    keys = {question.key for question in asked}
    named = "patient_name" in columns.positions and "birth_date" in columns.positions
    if "patient_id" not in columns.positions and not named and "column:patient_id" not in keys:
        only = "patient_name" in columns.positions
        raise FileRefused(
            "No column says which patient a visit belongs to"
            + (" (names only, and two people can share a name)" if only else "")
            + ". Export the sessions with the patient number (or names with birth dates)."
        )
    if "session_date" not in columns.positions and "column:session_date" not in keys:
        raise FileRefused(
            "No column says when a visit took place."
            " Export the sessions with the date of the visit."
        )
    if asked:
        raise FileRefused(open_in_words(asked), columns.questions)


def look_over(
    table: TextTable,
    vocabulary: Vocabulary,
    given: Mapping = NOTHING_SETTLED,
    saved: tuple[str, Mapping] | None = None,
) -> Columns:
    """Which column says what, and what is open."""
    header, names = table.layout.header, labels(table.layout.header)
    refuse_side_by_side(header)
    sources, recognised = _sources(header, given, saved)
    settled = by_position(header, sources)

    @cache
    def look(position: int) -> Look:
        return look_at_column(table.columns[position], vocabulary)

    file = File(names, look, lambda one, other: _same(table, one, other))
    candidates = {
        position: _candidates(as_written(text), position, settled.get(position), look, vocabulary)
        for position, text in enumerate(header)
    }
    _withhold_what_identifies(candidates, look)
    absent = {name for source in sources for name in source.mapping.absent}
    flat = [
        c for found in candidates.values() for c in found if c.column and c.column not in absent
    ]
    chosen = choose([c for c in flat if not c.column.startswith(EFFECT)], file)
    _take_names_for_patients(chosen)
    effects = _effects(flat, chosen)
    used = {*chosen.positions.values(), *(column.position for column in effects)}
    chosen.questions += _about_headers(header, names, candidates, settled, used, look)
    everything = sources[0].mapping if sources else NOTHING_SETTLED
    for source in sources[1:]:
        everything = everything.over(source.mapping)
    dates = _further_dates(candidates, look, used)
    people = {c.position for c in flat if c.column == "patient_name" and c.score > 0.2}
    return Columns(
        header,
        chosen.positions,
        effects,
        any(TICK_ONLY.search(header[column.position]) for column in effects),
        tuple(sorted(people)),
        dates,
        (*_told(recognised, settled, names), *_withheld(candidates, look, names), *chosen.steps),
        _seen(candidates, chosen, effects, people, look),
        tuple(chosen.questions),
        everything,
        recognised,
    )


def _sources(
    header: tuple[str, ...], given: Mapping, saved: tuple[str, Mapping] | None
) -> tuple[list[Source], str | None]:
    """Who settles columns, the most trusted first, and what recognised the file."""
    require_known(given.columns.values(), "the mapping")
    sources, recognised = [], None
    if given != NOTHING_SETTLED:
        sources.append(Source(given, "the mapping", ANSWERED))
    if saved:
        recognised = f"the mapping {saved[0]}"
        require_known(saved[1].columns.values(), recognised)
        sources.append(Source(saved[1], recognised, SAVED))
    profile = recognise(header)
    if profile:
        words = f"the export of {profile.told_by.name}"
        recognised = recognised or words
        sources.append(Source(profile.mapping(header), words, PROFILE))
    return sources, recognised


def _candidates(
    text: str, position: int, settled: tuple[str | None, Source] | None, look, vocabulary
) -> list[Candidate]:
    """What a column may be: as settled, else by its name, else by its values."""
    headers = load_headers()
    if settled:
        column, source = settled
        reason = f"as settled in {source.words}"
        if source.trust == PROFILE:
            reason = f"{source.words} has it so"
        if column is None:
            return [Candidate("", position, source.trust, 1.0, reason)]
        return [Candidate(column, position, source.trust, 1.0, reason)]
    seen = look(position)
    found = by_name(text, position, seen, vocabulary, headers)
    found = [_as_time_or_name(candidate, text, seen) for candidate in found]
    if all(candidate.score < 0.25 or candidate.trust < -1 for candidate in found):
        found += by_values(text, position, seen, headers)
    return found


def _as_time_or_name(candidate: Candidate, text: str, look: Look) -> Candidate:
    """A date column of times of day alone is one of times; `Patient` over names is the name."""
    column, reason = candidate.column, candidate.reason
    if column == "session_date" and look.clocks >= 0.95:
        column, reason = "session_time", "its values are times of day"
    elif column == "patient_id" and is_bare_patient(text) and look.people > 0.8:
        column, reason = "patient_name", "its values look like names"
    else:
        return candidate
    score = max(candidate.score, 0.7)
    return Candidate(
        column, candidate.position, candidate.trust, score, reason, candidate.group, candidate.rank
    )


def _withhold_what_identifies(candidates: dict[int, list[Candidate]], look) -> None:
    """What would be stored as it stands is not kept where it looks like an address or a phone."""
    for position, found in candidates.items():
        for number, candidate in enumerate(found):
            if candidate.trust >= PROFILE and candidate.column in AS_WRITTEN:
                wrong = against(candidate.column, look(position))
                if wrong:
                    reason = f"its values look like {wrong}"
                    found[number] = Candidate(
                        candidate.column, position, candidate.trust, 0.1, reason
                    )


def _take_names_for_patients(chosen: Chosen) -> None:
    """Names with birth dates tell the patient: no other column need be asked for."""
    if {"patient_name", "birth_date"} <= set(chosen.positions):
        chosen.questions = [
            q
            for q in chosen.questions
            if q.key != "column:patient_id" or (len(q.choices) > 1 and q.suggested)
        ]


def _effects(flat: Sequence[Candidate], chosen: Chosen) -> tuple[EffectColumn, ...]:
    used = set(chosen.positions.values())
    found = []
    for candidate in flat:
        if candidate.column.startswith(EFFECT) and candidate.position not in used:
            effect = candidate.column.removeprefix(EFFECT)
            found.append(EffectColumn(candidate.position, None if effect == "none" else effect))
    return tuple(found)


def _further_dates(candidates, look, used: set[int]) -> tuple[int, ...]:
    """Every other column of dates: they show which way the file writes dates."""
    return tuple(
        position for position in candidates if position not in used and look(position).dates >= 0.8
    )


def _same(table: TextTable, one: int, other: int) -> bool:
    """Whether two columns say the same wherever both are filled, over the first rows."""
    pairs = list(
        zip(
            table.columns[one].slice(0, 2000).cast("string").to_pylist(),
            table.columns[other].slice(0, 2000).cast("string").to_pylist(),
            strict=True,
        )
    )
    both = [(a.strip(), b.strip()) for a, b in pairs if a.strip() and b.strip()]
    return len(both) > 0 and all(a.startswith(b) or b.startswith(a) for a, b in both)


def _about_headers(header, names, candidates, settled, used: set[int], look) -> list[Question]:
    """Questions about headers that may stand for several things, or for a code of their own."""
    headers, asked = load_headers(), []
    effects = [f"{EFFECT}{effect}" for effect in (*_effect_names(), "none")]
    for position, text in enumerate(header):
        if position in used or position in settled:
            continue
        box = CODED_BOX.match(text.strip())
        if box and _means_side_effects(box[1], headers):
            asked.append(what_header_means(names[position], effects, look(position), None, False))
            continue
        either = headers.either(text)
        if either and not either.otherwise and look(position).filled:
            fits = [c.column for c in candidates[position] if c.score > 0.1]
            if fits:
                asked.append(
                    what_header_means(
                        names[position], either.columns, look(position), fits[0], False
                    )
                )
    return asked


def _effect_names() -> tuple[str, ...]:
    from pipelines.vocabulary import load_vocabulary

    return load_vocabulary().side_effects.names


def _means_side_effects(text: str, headers) -> bool:
    plain = normalised(text)
    guess = headers.guess(text)
    return plain in ("effects", "se", *headers.effect_prefixes) or (
        guess is not None and guess.column == "side_effects"
    )


def _told(recognised, settled, names) -> list[Step]:
    """That a profile or a saved mapping was used, and what was answered."""
    steps = []
    if recognised and recognised.startswith("the mapping "):
        steps.append(Step("columns", f"columns as settled in {recognised}", SAME_HEADERS))
    elif recognised:
        known = [names[p] for p, (column, s) in settled.items() if s.trust == PROFILE and column]
        listed = ", ".join(f"“{one_line(name)}”" for name in known[:4])
        because = f"it has {listed}" if listed else "its headers are those of one"
        steps.append(Step("columns", f"read as {recognised}", because))
    return steps + [
        Step("columns", f"“{one_line(names[place])}” is the {in_words(column)}", "it was answered")
        for place, (column, source) in settled.items()
        if source.trust == ANSWERED and column
    ]


def _withheld(candidates, look, names) -> list[Step]:
    """Which columns are not what their header says."""
    return [
        Step(
            "columns",
            f"“{one_line(names[position])}” is not the {in_words(found[0].column)}",
            found[0].reason,
        )
        for position, found in candidates.items()
        if found and found[0].score <= 0.1 and found[0].trust >= 0
    ]


def _seen(
    candidates, chosen: Chosen, effects: Sequence[EffectColumn], people: set[int], look
) -> tuple[Seen, ...]:
    at = {position: name for name, position in chosen.positions.items()}
    at |= dict.fromkeys(people, "patient_name")
    at |= {c.position: f"{EFFECT}{c.effect or 'none'}" for c in effects}
    return tuple(_one_seen(at.get(position), found) for position, found in candidates.items())


def _one_seen(column: str | None, found: Sequence[Candidate]) -> Seen:
    mine = next((c for c in found if c.column == column), None)
    others = [c for c in found if c is not mine and c.column]
    runner = in_words(others[0].column) if others else None
    if mine:
        return Seen(column, mine.score, mine.reason, runner)
    if found and found[0].column == "":
        return Seen(None, 1.0, found[0].reason, None)
    if found:
        return Seen(None, 0.5, "another column says it, or it is asked", runner)
    return Seen(None, 0.5, "neither its header nor its values say what it is", None)
