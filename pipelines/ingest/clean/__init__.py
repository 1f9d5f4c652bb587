"""From cell text to typed values: each column by its distinct texts, each repair counted."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.errors import FileRefused
from pipelines.ingest import dates, rows
from pipelines.ingest.cells import Findings, nothing_known
from pipelines.ingest.clean.attendance import skip_what_was_no_visit
from pipelines.ingest.clean.effects import side_effects
from pipelines.ingest.clean.ids import (
    judge_ids,
    tell_of_leading_noughts,
    visit_ids,
    without_decimals,
)
from pipelines.ingest.clean.opened import Opened, Values
from pipelines.ingest.clean.scores import numbers, pain, pain_columns, pain_scale
from pipelines.ingest.clean.what import conditions, flags, other_terms, techniques, visit_types
from pipelines.ingest.clean.when import (
    When,
    ages,
    birth_dates,
    chronicity_by_onset,
    session_dates,
    session_times,
)
from pipelines.ingest.columns import Columns
from pipelines.ingest.pain_scale import Scale
from pipelines.ingest.patients import PatientHash
from pipelines.ingest.questions import NOTHING_SETTLED, Mapping
from pipelines.ingest.read import TextTable
from pipelines.ingest.steps import Step
from pipelines.settings import Settings
from pipelines.tables import FLAG, NUMBER, ORIGIN, SESSION
from pipelines.vocabulary import Vocabulary


@dataclass(frozen=True)
class Cleaned:
    """The rows of a file as typed values, which are no visit, and which have a problem.

    `frame` has a row for every record of the file, with the columns of a session but its key.
    `hundred` says which pain was on a 0-100 scale, `today` what is not yet the future.
    """

    frame: pd.DataFrame
    visit_id: pa.Array | None
    skipped: rows.Skipped
    findings: Findings
    date_order: str | None
    hundred: Scale
    today: date
    by_word: rows.UnknownStatuses | None

    def waits_for_a_word(self) -> np.ndarray:
        """Rows of which a word of the clinic tells whether they were a visit."""
        if self.by_word is None:
            return np.zeros(len(self.frame), dtype=bool)
        return self.by_word.codes >= 0


def clean(
    table: TextTable,
    columns: Columns,
    vocabulary: Vocabulary,
    settings: Settings,
    patient_hash: PatientHash,
    settled: Mapping = NOTHING_SETTLED,
    today: date | None = None,
) -> Cleaned:
    """Every record as typed values; raises FileRefused where day and month stay open.

    `settled` tells what is known from elsewhere (date order, pain scale, what a box that is not
    ticked means); the rest is judged here.
    """
    file = Opened(table, columns, vocabulary, settings, settled)
    decimals = without_decimals(file)
    patient, no_patient = _patients(file, patient_hash)
    today = today or date.today()
    try:
        when = session_dates(file, settled.date_order, today)
    except FileRefused as refusal:
        raise _with_the_scale(file, refusal, ~no_patient) from None
    file.findings.steps += rows.mark_what_is_no_record(
        file.skipped, table, no_patient, when.fault != dates.FINE
    )
    _hold_facts_of_records(file, patient, when)
    booked, by_word = skip_what_was_no_visit(file, when.values["session_date"], today)
    file.findings.live = file.skipped.reason < 0
    _problems_of_the_row(file, no_patient, when)
    visits = visit_ids(file)
    judge_ids(file, visits, decimals)
    tell_of_leading_noughts(file)
    values = _values(file, when)
    pains = pain_columns(file, file.findings.live)
    hundred = pain_scale(file, pains, settled.hundred)
    values |= pain(file, pains, hundred)
    values["flags"] = flags(file, values, booked)
    frame = _frame(file.rows, {"patient_id": patient, **values})
    return Cleaned(frame, visits, file.skipped, file.findings, when.order, hundred, today, by_word)


def _with_the_scale(file: Opened, refusal: FileRefused, rows: np.ndarray) -> FileRefused:
    """The refusal of the dates, with that of the pain scale where this is open too."""
    try:
        pain_scale(file, pain_columns(file, rows), file.settled.hundred)
    except FileRefused as other:
        return FileRefused(f"{refusal} {other}", refusal.questions + other.questions)
    return refusal


def _values(file: Opened, when: When) -> Values:
    visit = when.values["session_date"]
    how, needled, technique = techniques(file)
    values = when.values | conditions(file) | how
    values["session_time"] = session_times(file, values["session_time"])
    values["age"] = ages(file, visit)
    values["visit_type"] = visit_types(file, needled, technique)
    values |= other_terms(file, values)
    values["chronicity"] = chronicity_by_onset(file, visit, values.get("chronicity"))
    return values | numbers(file) | side_effects(file)


def _patients(file: Opened, patient_hash: PatientHash) -> tuple[pd.Categorical, np.ndarray]:
    """Each row's patient as a code, and the rows without one."""
    cells = file.cells("patient_id")
    if cells is not None:
        return patient_hash.of_numbers(cells), cells.blank()
    file.findings.steps.append(
        Step("patients", "a patient is a name with a birth date, kept only as a code")
    )
    names = [file.cells_at(position) for position in file.columns.names]
    return patient_hash.of_names(names, file.cells("birth_date"), birth_dates(file))


def _hold_facts_of_records(file: Opened, patient: pd.Categorical, when: When) -> None:
    """Skips lines of facts about a patient; the facts hold for all visits of the patient."""
    cells = file.cells("repeat_instrument")
    if cells is None:
        return
    records = cells.blank() & (when.fault != dates.FINE) & (patient.codes >= 0)
    file.skipped.mark(records, "record")
    row_of = np.full(len(patient.categories) + 1, -1)
    row_of[patient.codes[records]] = np.flatnonzero(records)
    row_of[-1] = -1
    file.hold_facts_of(row_of[patient.codes])


def _problems_of_the_row(file: Opened, no_patient: np.ndarray, when: When) -> None:
    cells, found = file.cells("session_date"), file.findings
    ragged = file.nowhere()
    ragged[list(file.table.ragged)] = True
    found.reason[ragged | no_patient | (when.fault != dates.FINE)] = 0
    found.problem(ragged, "wrong_number_of_cells")
    found.problem(no_patient, "no_patient", file.columns.positions.get("patient_id", -1))
    found.problem(cells.blank(), "no_date", cells.position)
    for fault, reason in dates.FAULTS.items():
        found.problem(when.fault == fault, reason, cells.position)
    for rule, mended in when.repairs.items():
        found.repaired(mended, rule)


def _frame(count: int, values: Values) -> pd.DataFrame:
    """The session's columns in order; what the file does not tell is missing throughout."""
    columns = {}
    for name, kind in SESSION.items():
        if name == "session_key" or name in ORIGIN:
            continue
        value = values.get(name)
        if value is None:
            value = _missing(kind, count)
        columns[name] = value
    return pd.DataFrame(columns, copy=False)


def _missing(kind: str, count: int) -> object:
    if kind == NUMBER:
        return np.full(count, np.nan)
    if kind == FLAG:
        return pd.array([None] * count, dtype="boolean")
    return nothing_known(count)
