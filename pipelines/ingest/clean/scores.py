"""Pain scores and other numbers of a visit."""

import numpy as np
import pandas as pd

from pipelines.ingest.cells import Reading
from pipelines.ingest.clean.opened import Opened, Values
from pipelines.ingest.numbers import about_unit, read_number
from pipelines.ingest.pain import Score, on_ten, read_score
from pipelines.ingest.pain_scale import CODES, PainColumn, Scale, scale_of

PLAIN = ("depth_mm", "needle_count", "dwell_minutes", "stimulation_hz", "function_score")
PAIN = ("pain_before", "pain_after")
FEW, FAR_MORE = 3, 3
"""A code stands in at least so many rows, and in so many times the rows of its neighbours."""


def pain_columns(file: Opened, visits: np.ndarray) -> list[PainColumn]:
    """The file's columns of pain scores, each distinct text read once.

    Only the rows that are visits tell the scale: totals are above any.
    """
    return [
        PainColumn(name, file.header(name), cells, _scores(cells.words), cells.counts(visits))
        for name in PAIN
        if (cells := file.cells(name)) is not None
    ]


def _scores(words: list[str | None]) -> list[Score]:
    return [Score() if word is None else read_score(word) for word in words]


def pain_scale(file: Opened, columns: list[PainColumn], known: Scale | None) -> Scale:
    """The scale of the scores; `known` from elsewhere, else judged over the columns.

    Raises FileRefused, with the question, where it stays open.
    """
    if known is not None:
        return known
    scale, steps = scale_of(columns)
    file.findings.steps += steps
    return scale


def pain(file: Opened, columns: list[PainColumn], scale: Scale) -> Values:
    """Scores on the 0-10 scale."""
    values: Values = {}
    for column in columns:
        hundred = scale if isinstance(scale, bool) else scale == column.name
        codes = _codes(column) if hundred else set()
        slashes = _slashes_part_two_scores(column)
        readings = [_reading(score, hundred, codes, slashes) for score in column.scores]
        values[column.name] = file.findings.numbers(column.cells, readings)
    return values


def _reading(score: Score, hundred: bool, codes: set[float], slashes: bool) -> Reading:
    if score.value is None and score.problem is None:
        return Reading()
    if score.of is None and score.value in codes:
        return Reading(problem="pain_may_be_a_code")
    if slashes and score.slashed and score.of == 10:
        return Reading(problem="pain_before_and_after_in_one_cell")
    return on_ten(score, hundred)


def _codes(column: PainColumn) -> set[float]:
    """Codes for a missing score among scores out of 100: far more rows than their neighbours."""
    rows: dict[float, int] = {}
    for score, count in zip(column.scores, column.rows, strict=True):
        if score.value is not None and score.of is None:
            rows[score.value] = rows.get(score.value, 0) + int(count)
    return {
        code
        for code in CODES
        if rows.get(code, 0) >= FEW
        and rows[code]
        > FAR_MORE * max(rows.get(code + step, 0) for step in range(-3, 4) if step and
                         code + step not in CODES)
    }  # fmt: skip


def _slashes_part_two_scores(column: PainColumn) -> bool:
    """Whether `7/4` is written as often as `7/10`, which then may be two scores as well."""
    rows = {10: 0, None: 0}
    for score, count in zip(column.scores, column.rows, strict=True):
        if score.slashed and score.of in rows:
            rows[score.of] += int(count)
    return rows[None] > 0 and rows[None] >= rows[10]


def numbers(file: Opened) -> Values:
    """Every other number, in the unit that its column's name tells."""
    values: Values = {}
    for name in PLAIN:
        cells = file.cells(name)
        if cells is not None:
            header = file.header(name)
            values[name] = file.findings.numbers(cells, cells.read(read_number(name, header)))
            file.findings.steps += about_unit(name, header)
    if "function_score" in values and not file.has("function_instrument"):
        instrument = _instrument_in(file, file.header("function_score"))
        if instrument:
            codes = np.where(np.isnan(values["function_score"]), -1, 0)
            only = pd.Index([instrument], dtype="str")
            values["function_instrument"] = pd.Categorical.from_codes(codes, only)
    return values


def _instrument_in(file: Opened, header: str) -> str | None:
    """The questionnaire that a header such as `PSFS score` names."""
    return next(filter(None, map(file.vocabulary.instruments.find, header.split())), None)
