"""From the headers of an export to the columns of a session."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.errors import FileRefused
from pipelines.ingest.cells import one_line
from pipelines.ingest.dates import read_clock
from pipelines.ingest.headers import Guess, Headers, load_headers
from pipelines.ingest.read import TextTable
from pipelines.ingest.steps import Step
from pipelines.vocabulary import Vocabulary, normalised

TICK_ONLY = re.compile(r"\(choice=|___\d")
"""Headers of boxes that can only be ticked: an empty one says nothing."""
STORED_AS = {"visit_id": "session_key", "birth_date": "age", "patient_name": None}
READ_ONLY = ("status", "procedure_code", "onset_date", "reason", "repeat_instrument")


@dataclass(frozen=True)
class EffectColumn:
    """A column of its own for one side effect, or (`effect` None) for having had none."""

    position: int
    effect: str | None


@dataclass(frozen=True)
class Columns:
    """Which column of the file says what."""

    header: tuple[str, ...]
    positions: dict[str, int]
    effects: tuple[EffectColumn, ...]
    tick_only: bool
    names: tuple[int, ...]  # a patient's name may stand in several columns
    further_dates: tuple[int, ...]  # could have been the visit's date: they show its order
    steps: tuple[Step, ...]

    def mapping(self) -> dict[str, str | None]:
        """Each header of the export and the session's column it goes to, or None."""
        at = {position: name for name, position in self.positions.items()}
        at |= dict.fromkeys((column.position for column in self.effects), "side_effects")
        return {text: self._stored(at.get(position)) for position, text in enumerate(self.header)}

    def dropped(self) -> list[str]:
        """Headers of columns that are not stored: identifiers, free text, whatever is unknown."""
        used = {
            position
            for name, position in self.positions.items()
            if name not in ("birth_date", "patient_name")
        } | {column.position for column in self.effects}
        return [text for position, text in enumerate(self.header) if position not in used and text]

    @staticmethod
    def _stored(name: str | None) -> str | None:
        return None if name in READ_ONLY else STORED_AS.get(name, name)


def likeness(cells: Sequence[str], vocabulary: Vocabulary) -> int:
    """How many different columns of a session the cells of one record name."""
    headers = load_headers()
    found = set()
    for cell in cells:
        if cell and len(cell) < 200:
            guess = headers.guess(cell)
            effect = _effect(cell, vocabulary, headers)
            if guess or effect:
                own = effect and (guess is None or guess.column == "side_effects")
                found.add(effect if own else guess.column)
    return len(found)


def understand(table: TextTable, vocabulary: Vocabulary) -> Columns:
    """Which column says what, by header names.

    Raises FileRefused where there is no patient or no date.
    """
    headers = load_headers()
    header = table.layout.header
    effects, guesses = [], {}
    for position, text in enumerate(header):
        effect = _effect(text, vocabulary, headers)
        guess = headers.guess(text)
        if effect and (guess is None or guess.sureness < 2 or guess.column == "side_effects"):
            effects.append(EffectColumn(position, None if effect == "none" else effect))
        elif guess:
            guesses.setdefault(guess.column, []).append((guess, position))
    positions, steps = _best(guesses, header)
    other_dates = [p for _, p in guesses.get("session_date", []) if p != positions["session_date"]]
    _time_among(table, other_dates, positions)
    _patient_is_a_name(table, positions)
    _require_patient_and_date(positions)
    tick_only = any(TICK_ONLY.search(header[column.position]) for column in effects)
    return Columns(
        header,
        positions,
        tuple(effects),
        tick_only,
        _names(guesses, positions),
        tuple(p for p in other_dates if p != positions.get("session_time")),
        tuple(steps),
    )


def _names(
    guesses: dict[str, list[tuple[Guess, int]]], positions: dict[str, int]
) -> tuple[int, ...]:
    """Every column that holds a name or a part of one: a first name alone is not a person."""
    found = {position for _, position in guesses.get("patient_name", [])}
    return tuple(sorted(found | {positions.get("patient_name", -1)} - {-1}))


def _effect(text: str, vocabulary: Vocabulary, headers: Headers) -> str | None:
    """The side effect a header names, `none` for having had none; None for another column."""
    named = headers.effect_named(text)
    if named is not None and vocabulary.nothing.find(named):
        return "none"
    found = vocabulary.side_effects.find(named if named is not None else text)
    return None if named is None and found == "other" else found


def _best(
    guesses: dict[str, list[tuple[Guess, int]]], header: Sequence[str]
) -> tuple[dict[str, int], list[Step]]:
    """The surest header of each column; what lost is told."""
    positions, steps = {}, []
    for column, found in guesses.items():
        ordered = sorted(found, key=lambda item: (-item[0].sureness, item[0].rank, item[1]))
        positions[column] = ordered[0][1]
        for _, position in ordered[1:] if column != "patient_name" else ():
            steps.append(
                Step(
                    "columns",
                    f"{column} is read from “{one_line(header[ordered[0][1]])}”,"
                    f" not from “{one_line(header[position])}”",
                )
            )
    return positions, steps


def _time_among(table: TextTable, others: Sequence[int], positions: dict[str, int]) -> None:
    """A further column of dates that holds times of day alone, such as `Start time`, is one."""
    for position in others:
        sample = _sample(table, position)
        if "session_time" not in positions and sample and read_clock(sample)[1].all():
            positions["session_time"] = position


def _sample(table: TextTable, position: int) -> list[str]:
    """The first filled cells of a column."""
    cells = table.columns[position].slice(0, 500).cast("string").to_pylist()
    return [cell.strip() for cell in cells if cell.strip()]


def _patient_is_a_name(table: TextTable, positions: dict[str, int]) -> None:
    """A column headed just `Patient` may hold names: then it identifies and is never stored."""
    position = positions.get("patient_id")
    if position is None or normalised(table.layout.header[position]) not in ("patient", "client"):
        return
    sample = _sample(table, position)
    names = sum(" " in cell and not any(map(str.isdigit, cell)) for cell in sample)
    if names > 0.8 * len(sample):
        positions["patient_name"] = positions.pop("patient_id")


def _require_patient_and_date(positions: dict[str, int]) -> None:
    named = "patient_name" in positions and "birth_date" in positions
    if "patient_id" not in positions and not named:
        found = (
            "names only, and two people can share a name" if "patient_name" in positions else None
        )
        raise FileRefused(
            "No column says which patient a visit belongs to"
            + (f" ({found})" if found else "")
            + ". Export the sessions with the patient number (or names with birth dates)."
        )
    if "session_date" not in positions:
        raise FileRefused(
            "No column says when a visit took place."
            " Export the sessions with the date of the visit."
        )
