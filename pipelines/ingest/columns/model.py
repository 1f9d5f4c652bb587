"""Which column of a file says what, and how that was found."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.ingest.questions import NOTHING_SETTLED, Mapping, Question
from pipelines.ingest.steps import Step

EFFECT = "effect:"
"""Before the name of the side effect that has a column of its own; `effect:none` for none."""
STORED_AS = {"visit_id": "session_key", "birth_date": "age", "patient_name": None}
READ_ONLY = (
    "status", "procedure_code", "onset_date", "reason", "repeat_instrument",
    "cancelled_at", "did_not_arrive", "arrived",
)  # fmt: skip


@dataclass(frozen=True)
class EffectColumn:
    """A column of its own for one side effect, or (`effect` None) for having had none."""

    position: int
    effect: str | None


@dataclass(frozen=True)
class Candidate:
    """What one column of the file may be: how sure that is, 0 to 1, and why.

    `trust` ranks what says so (a person over a profile over a name over values), `group` and
    `rank` order names of one trust: only within one group two columns are as good as each other.
    """

    column: str
    position: int
    trust: int
    score: float
    reason: str
    group: int = 0
    rank: int = 0


@dataclass(frozen=True)
class Seen:
    """How one column of the file was understood: `column` None where it is not kept."""

    column: str | None
    score: float
    reason: str
    runner_up: str | None = None


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
    seen: tuple[Seen, ...] = ()
    questions: tuple[Question, ...] = ()
    settled: Mapping = NOTHING_SETTLED  # by a person, a saved mapping or a profile
    recognised: str | None = None  # the profile or saved mapping, in words

    def mapping(self) -> dict[str, str | None]:
        """Each header of the export and the session's column it goes to, or None."""
        at = {position: name for name, position in self.positions.items()}
        at |= dict.fromkeys((column.position for column in self.effects), "side_effects")
        names = labels(self.header)
        return {text: self._stored(at.get(position)) for position, text in enumerate(names)}

    def dropped(self) -> list[str]:
        """Headers of columns that are not stored: identifiers, free text, whatever is unknown."""
        used = {
            position
            for name, position in self.positions.items()
            if name not in ("birth_date", "patient_name")
        } | {column.position for column in self.effects}
        return [text for position, text in enumerate(self.header) if position not in used and text]

    def understood(self) -> dict[str, str | None]:
        """Each header, as `labels` names it, and the importer's own column it is taken for."""
        at = {position: name for name, position in self.positions.items()}
        at |= dict.fromkeys(self.names, "patient_name")
        at |= {c.position: f"{EFFECT}{c.effect or 'none'}" for c in self.effects}
        return {text: at.get(position) for position, text in enumerate(labels(self.header))}

    @staticmethod
    def _stored(name: str | None) -> str | None:
        return None if name in READ_ONLY else STORED_AS.get(name, name)


def labels(header: Sequence[str]) -> tuple[str, ...]:
    """A name for each column: its header, or its place where it has none."""
    return tuple(
        text if text.strip() else f"column {place}" for place, text in enumerate(header, start=1)
    )
