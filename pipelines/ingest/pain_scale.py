"""Whether a file's pain scores are on a 0-10 or a 0-100 scale, judged over its columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.errors import FileRefused
from pipelines.ingest.cells import Cells
from pipelines.ingest.pain import Score
from pipelines.ingest.questions import Choice, Question
from pipelines.ingest.steps import Step

HUNDRED = re.compile(r"0 ?(?:-|–|to|/|\.\.) ?100|/ ?100\b|\b100 ?mm|\bmm\b|per ?cent|%", re.I)
TEN = re.compile(r"0 ?(?:-|–|to|/|\.\.) ?10\b|/ ?10\b|out of 10\b", re.I)
MANY, MOST = 0.25, 0.5
"""A 0-100 column holds values above 10 in far more rows than mistakes and codes do."""
SOME, SEVERAL = 0.1, 3
"""From this share on, and so many different scores well above 10, it may be a 0-100 scale."""
REACHES = 20
ENOUGH, NOT_SLIGHT, MISTAKES = 20, 3, 0.02
"""So many rows, of which no more than a few mistakes are above 10, with scores as high as this,
are not out of 100."""
CODES = (77, 88, 98, 99)
"""Written for a score that is not known; they say nothing about the scale."""
DIVIDED = "pain is divided by 10"

Scale = bool | str
"""True where scores are out of 100, False where out of 10; or the one column out of 100."""


@dataclass(frozen=True)
class PainColumn:
    """One column of scores, each distinct text read on whatever scale, with its rows."""

    name: str
    header: str
    cells: Cells
    scores: list[Score]
    rows: np.ndarray  # visits that hold each text

    def plain(self) -> tuple[np.ndarray, np.ndarray]:
        """Scores that name no scale of their own, and the rows that hold each; without codes."""
        pairs = [
            (score.value, rows)
            for score, rows in zip(self.scores, self.rows, strict=True)
            if rows and score.value is not None and score.of is None and score.value not in CODES
        ]
        values, rows = zip(*pairs, strict=True) if pairs else ((), ())
        return np.array(values, dtype=float), np.array(rows, dtype=float)

    def rows_out_of(self, scale: int) -> int:
        """Rows whose text says itself which scale it is on."""
        return int(sum(n for s, n in zip(self.scores, self.rows, strict=True) if s.of == scale))

    @property
    def named(self) -> bool | None:
        """What the header says of the scale."""
        return True if HUNDRED.search(self.header) else False if TEN.search(self.header) else None


@dataclass(frozen=True)
class Evidence:
    """What scores say of their scale."""

    rows: float
    above: float
    well_above: int  # different scores above 20
    highest: float
    nonzero: bool

    @classmethod
    def of(cls, columns: Sequence[PainColumn]) -> "Evidence":
        found = [column.plain() for column in columns]
        values = np.concatenate([values for values, _ in found])
        rows = np.concatenate([rows for _, rows in found])
        above = (values > 10) & (values <= 100)
        return cls(
            rows.sum(), rows[above].sum(), int(((values > REACHES) & above).sum()),
            values[values <= 10].max(initial=0), bool((values > 0).any()),
        )  # fmt: skip

    @property
    def share(self) -> float:
        return self.above / max(self.rows, 1)

    @property
    def hundred(self) -> bool:
        return self.share >= MANY and self.well_above > 0

    @property
    def sparse(self) -> bool:
        """Above 10 only in some rows and by one or two scores: in a short file, maybe mistakes."""
        return self.share < MOST and self.well_above < SEVERAL

    @property
    def ten(self) -> bool:
        """Clearly out of 10; few rows without a score above 10 say nothing."""
        enough = self.rows >= ENOUGH and self.highest >= NOT_SLIGHT
        return enough and self.share <= MISTAKES

    @property
    def unclear(self) -> bool:
        """Beside scores out of 100: hardly any above 10, yet too few to tell another scale."""
        return self.nonzero and self.share < SOME and not self.ten


def scale_of(columns: Sequence[PainColumn]) -> tuple[Scale, tuple[Step, ...]]:
    """The scale of the scores and what says so.

    A header that names its scale settles it; else values above 10 in many rows, reaching well
    above, do. Values just above 10, or codes such as 99, are mistakes. Both columns are on one
    scale unless each is clearly on its own. Raises FileRefused, with the question, where header
    and values contradict each other or the values leave it open.
    """
    by_column = {column.name: Evidence.of([column]) for column in columns}
    together = Evidence.of(columns) if columns else None
    for column in columns:
        _refuse_contradiction(column, by_column[column.name])
    if any(column.named is not None for column in columns):
        return _named(columns, by_column)
    if together is None or not (together.hundred or any(e.hundred for e in by_column.values())):
        _refuse_some_above(columns, together)
        return False, ()
    if sum(column.rows_out_of(10) for column in columns) >= together.above:
        return False, ()  # most say themselves that they are out of 10
    if all(found.sparse for found in (together, *by_column.values()) if found.hundred):
        raise _open(f"{together.share:.0%} of the scores are above 10, and those are few")
    return _by_values(columns, by_column, together)


def _refuse_contradiction(column: PainColumn, found: Evidence) -> None:
    if column.named is False and found.hundred:
        raise _open(
            f"“{column.header}” says 0-10, but {found.share:.0%} of its scores are above 10"
        )
    if column.named is True and found.ten:
        raise _open(f"“{column.header}” says 0-100, but hardly any of its scores is above 10")


def _named(
    columns: Sequence[PainColumn], by_column: dict[str, Evidence]
) -> tuple[Scale, tuple[Step, ...]]:
    """By the headers; a column whose header is silent goes with the other unless it contradicts."""
    said = {column.name: column.named for column in columns}
    known = next(column for column in columns if column.named is not None)
    for column in columns:
        found = by_column[column.name]
        if column.named is None:
            if known.named and found.unclear:
                raise _open(
                    f"“{known.header}” says 0-100, and hardly a score of the other is above 10"
                )
            said[column.name] = found.hundred or (known.named and not found.ten)
    named = [column for column in columns if column.named]
    steps = [Step("pain", DIVIDED, f"“{c.header}” names a 0-100 scale") for c in named[:1]]
    return _as_scale(said), (*steps, *_apart(columns, said))


def _by_values(
    columns: Sequence[PainColumn], by_column: dict[str, Evidence], together: Evidence
) -> tuple[Scale, tuple[Step, ...]]:
    for column in columns:
        if by_column[column.name].unclear:
            raise _open(
                f"hardly a score of “{column.header}” is above 10, and many of the other column are"
            )
    said = {name: not found.ten for name, found in by_column.items()}
    share = max(together.share, *(found.share for found in by_column.values()))
    why = f"{(together.share if all(said.values()) else share):.0%} of the scores are above 10"
    return _as_scale(said), (Step("pain", DIVIDED, why), *_apart(columns, said))


def _as_scale(said: dict[str, bool | None]) -> Scale:
    names = [name for name, hundred in said.items() if hundred]
    return names[0] if len(names) == 1 and len(said) > 1 else bool(names)


def _apart(columns: Sequence[PainColumn], said: dict[str, bool | None]) -> tuple[Step, ...]:
    """Tells that the columns are on two scales."""
    if len({bool(hundred) for hundred in said.values()}) < 2:
        return ()
    ten = next(column.header for column in columns if not said[column.name])
    why = f"the scores of “{ten}” end at 10, unlike those of the other column"
    return (Step("pain", "each pain column is read on its own scale", why),)


def _refuse_some_above(columns: Sequence[PainColumn], together: Evidence | None) -> None:
    """Raises where a part of the scores makes a 0-100 scale likely without showing it."""
    if together is None:
        return
    if together.share >= SOME and together.well_above >= SEVERAL:
        raise _open(f"{together.share:.0%} of the scores are above 10")
    hundred = sum(column.rows_out_of(100) for column in columns)
    if hundred >= MANY * (hundred + together.rows) and together.above == 0 and together.nonzero:
        raise _open("some scores are written out of 100, and others name no scale")


def _open(why: str) -> FileRefused:
    question = Question(
        "pain_scale",
        f"Which scale are the pain scores on? ({why[0].upper()}{why[1:]}.)",
        (
            Choice("0-10", "0 to 10", "scores above 10 wait in quarantine"),
            Choice("0-100", "0 to 100", "every score is divided by 10"),
        ),
    )
    return FileRefused(
        f"It is open whether pain is from 0 to 10 or from 0 to 100: {why}."
        " Say which it is when asked, or write the scale into the headers.",
        (question,),
    )
