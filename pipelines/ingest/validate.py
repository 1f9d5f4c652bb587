"""Typed rows held against the session's model; a row that breaks it gets its reason."""

import numpy as np
import pandas as pd

from pipelines.ingest.clean import Cleaned
from pipelines.ingest.columns import Columns
from pipelines.store.answers import NO_ANSWERS
from pipelines.store.merge import with_what_is_not_told
from pipelines.store.words import applied

REASONS = {
    ("session_date", "greater_than_or_equal_to"): "date_before_1990",
    ("pain_before", ""): "pain_out_of_range",
    ("pain_after", ""): "pain_out_of_range",
}
OTHERS, FUTURE = "number_out_of_range", "date_in_the_future"


def mark_impossible_rows(cleaned: Cleaned, columns: Columns) -> None:
    """Adds the reason to each row that is a visit and breaks the model.

    What lies in the future is judged by the day that the cleaning took for today.
    """
    from pandera.errors import SchemaErrors

    from pipelines.schema import Session

    findings = cleaned.findings
    ahead = (cleaned.frame["session_date"] > pd.Timestamp(cleaned.today)).to_numpy()
    findings.problem(ahead & findings.live, FUTURE, columns.positions.get("session_date", -1))
    checked = findings.live & (findings.reason == 0)
    frame = with_what_is_not_told(applied(cleaned.frame, NO_ANSWERS))
    frame = frame if checked.all() else frame[checked]
    model = Session.to_schema().remove_columns(["session_key"])
    days = model.columns["session_date"]
    days.checks = [check for check in days.checks if check.name != "not_in_the_future"]
    try:
        model.validate(frame, lazy=True)
    except SchemaErrors as errors:
        # Its message quotes cells: only column, check and row go on from here.
        failures = errors.failure_cases[["schema_context", "column", "check", "index"]]
        for (column, check), found in failures.groupby(["column", "check"], sort=False):
            _mark(cleaned, columns, str(column), str(check), found["index"])


def _mark(cleaned: Cleaned, columns: Columns, column: str, check: str, index: pd.Series) -> None:
    if index.isna().any():
        raise AssertionError(f"column {column} breaks the check {check} as a whole")
    rows = np.zeros(len(cleaned.frame), dtype=bool)
    rows[index.to_numpy(dtype=int)] = True
    name = check.split("(")[0]
    reason = REASONS.get((column, name)) or REASONS.get((column, "")) or OTHERS
    cleaned.findings.problem(rows, reason, columns.positions.get(column, -1))
