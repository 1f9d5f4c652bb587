"""When a visit was: date, time of day; and what follows from dates, age and stage."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from pipelines.errors import FileRefused
from pipelines.ingest import dates
from pipelines.ingest.cells import Cells, filled, nothing_known
from pipelines.ingest.clean.hints import date_hints
from pipelines.ingest.clean.opened import Opened, Values
from pipelines.ingest.numbers import read_age
from pipelines.ingest.steps import Step
from pipelines.tables import CHRONICITIES

OLDEST_TOLD, OLDEST = 90, 120
"""An age from 90 on is kept as 90: so few are older that the age could name the person."""
WEEK = np.timedelta64(7 * 86_400, "s")


@dataclass(frozen=True)
class When:
    """Date and time of each row, what is wrong with its date, and what was mended by rule."""

    values: Values
    fault: np.ndarray
    repairs: dict[str, np.ndarray]
    order: str | None


def session_dates(file: Opened, order: str | None, today: date) -> When:
    """The date of each visit, with the time of day where the same cell tells it.

    Raises FileRefused, with the question, where day and month stay open.
    """
    cells = file.cells("session_date")
    how = dates.How(
        header=file.header("session_date"),
        order=order,
        others=tuple(other.words for other in _other_dates(file)),
        hints=date_hints(file),
        time_zone=file.settings.time_zone,
        today=today,
    )
    found, steps = dates.read_dates(cells.words, cells.counts(), how)
    file.findings.steps += steps
    values = {
        "session_date": found.day.astype("datetime64[s]")[cells.codes],
        "session_time": found.seconds[cells.codes],
    }
    repairs = {rule: texts[cells.codes] for rule, texts in found.repairs.items()}
    return When(values, found.fault[cells.codes], repairs, found.order)


def _other_dates(file: Opened) -> list[Cells]:
    """Every other date column: one way of writing dates holds for a whole file."""
    named = [file.cells(name) for name in ("birth_date", "onset_date")]
    further = [file.cells_at(position) for position in file.columns.further_dates]
    return [cells for cells in (*named, *further) if cells is not None]


def session_times(file: Opened, known: np.ndarray) -> np.ndarray:
    """Seconds after midnight: by the column of times, else as the date's cell told."""
    cells = file.cells("session_time")
    if cells is None:
        return known
    seconds, fine = dates.read_clock(cells.words)
    file.findings.problem(~fine[cells.codes], "time_not_understood", cells.position)
    own = seconds[cells.codes]
    return np.where(np.isnan(own), known, own)


def birth_dates(file: Opened) -> list[str | None]:
    """The birth date by its distinct text, as YYYY-MM-DD; as written where its order is open."""
    cells = file.cells("birth_date")
    try:
        found = _read_as_the_visits_show(file, "birth_date", cells, births=True)
    except FileRefused:
        return cells.words
    return [None if np.isnat(day) else str(day) for day in found.day]


def ages(file: Opened, visit: np.ndarray) -> np.ndarray:
    """Whole years at the visit, by the column of ages or the birth date, 90 and over as 90."""
    age = np.full(file.rows, np.nan)
    cells, birth = file.cells("age"), file.cells("birth_date")
    if cells is not None:
        age = file.findings.numbers(cells, cells.read(read_age))
    if birth is not None:
        age = np.where(np.isnan(age), _ages_by_birth(file, birth, visit), age)
    old = (age > OLDEST_TOLD) & (age <= OLDEST)
    file.findings.repaired(old, "age_kept_as_90")
    return np.where(old, OLDEST_TOLD, age)


def _ages_by_birth(file: Opened, cells: Cells, visit: np.ndarray) -> np.ndarray:
    born = _other_date(file, "birth_date", cells, births=True)
    if born is None:
        return np.full(file.rows, np.nan)
    at, birth = pd.DatetimeIndex(visit), pd.DatetimeIndex(born)
    before = (at.month < birth.month) | ((at.month == birth.month) & (at.day < birth.day))
    age = np.array(at.year - birth.year - before, dtype=float)
    wrong = (age < 0) | (age > OLDEST)
    file.findings.repaired(wrong, "impossible_birth_date")
    file.findings.repaired(~np.isnan(age) & ~wrong, "age_from_birth_date")
    return np.where(wrong, np.nan, age)


def chronicity_by_onset(
    file: Opened, visit: np.ndarray, told: pd.Categorical | None
) -> pd.Categorical | None:
    """The stage as told; where it is not, by the weeks since an onset date."""
    cells = file.cells("onset_date")
    onset = None if cells is None else _other_date(file, "onset_date", cells)
    if onset is None:
        return told
    weeks = (visit - onset) / WEEK
    stage = np.select([weeks < 6, weeks <= 12], [0, 1], 2)
    codes = np.where(weeks >= 0, stage, -1)
    by_onset = pd.Categorical.from_codes(codes, pd.Index(CHRONICITIES, dtype="str"))
    return filled(nothing_known(file.rows) if told is None else told, by_onset)


def _other_date(file: Opened, name: str, cells: Cells, births: bool = False) -> np.ndarray | None:
    """Another date column, read in the order it shows or the visits show; None if that is open."""
    try:
        found = _read_as_the_visits_show(file, name, cells, births)
    except FileRefused:
        header = file.header(name)
        file.findings.steps.append(
            Step("dates", f"“{header}” is not used", "its day and month stay open")
        )
        return None
    return found.day.astype("datetime64[s]")[cells.codes]


def _read_as_the_visits_show(file: Opened, name: str, cells: Cells, births: bool) -> dates.Dates:
    """By the column's own dates, then by the visits', then in the order that was asked for."""
    visits = file.cells("session_date").words
    how = dates.How(header=file.header(name), others=(visits,), births=births)
    try:
        return dates.read_dates(cells.words, cells.counts(), how)[0]
    except FileRefused as refused:
        asked = file.settled.date_order
        if not refused.questions or asked is None:
            raise
        return dates.read_dates(cells.words, cells.counts(), replace(how, order=asked))[0]
