"""What a file is understood to be, before anything is compared or written."""

from dataclasses import dataclass, field

import pandas as pd

from pipelines.ingest.questions import NOTHING_SETTLED, Mapping, Question
from pipelines.ingest.steps import Step


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


@dataclass(frozen=True)
class Look:
    """A file as it would be imported; never a direct identifier in any of it.

    `head` are its first ten visits, typed, under a clinic's words, its patients numbered from
    1 (empty where a question must be answered first). `recognised` says what told the meaning
    of columns, such as "the export of Jane" or "the mapping Front desk"; None: names and values
    alone. `mapping` is what holds: `mapping.with_answer(...)` is what to look with next.
    """

    file: str
    rows: int = 0
    steps: tuple[Step, ...] = ()
    columns: tuple[ColumnSeen, ...] = ()
    head: pd.DataFrame = field(default_factory=pd.DataFrame)
    questions: tuple[Question, ...] = ()
    recognised: str | None = None
    mapping: Mapping = NOTHING_SETTLED
    refused: str | None = None
