"""Rows behind a figure as one table: who, when, the values used, counted, left out and why."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from pipelines.definitions.definition import shown
from pipelines.definitions.reasons import REASONS
from pipelines.definitions.registry import definition_of
from pipelines.definitions.rows import episodes, patients, sessions
from pipelines.definitions.rows.rows import Rows
from pipelines.errors import BadUsage
from pipelines.selection import Clinic
from pipelines.settings import Settings

BEHIND: dict[str, Callable[[Clinic, Settings], Rows]] = {
    **episodes.BEHIND,
    **sessions.BEHIND,
    **patients.BEHIND,
}


def has_rows(name: str) -> bool:
    """Whether the figure or card is a count, a share, a mean or a median of rows."""
    return definition_of(name).name in BEHIND


def rows_behind(name: str, clinic: Clinic, settings: Settings) -> pd.DataFrame:
    """One row an episode, treatment session, visit or patient that the figure looked at.

    Columns: patient (a pseudonym), dates and facts, the values used, for means and medians
    `value`, then `counted` (in the numerator; for means: used) and `left_out` (why it is not
    in the denominator, in words; "" where it is). By date. Rows of single patients: for the
    owner alone. Raises BadUsage where a figure has no rows.
    """
    rows = _rows(name, clinic, settings)
    aside = rows.aside
    counted = ~aside if rows.counted is None else rows.counted & ~aside
    values = {} if rows.value is None else {"value": np.where(aside, np.nan, rows.value).round(3)}
    told = rows.frame.assign(**values, counted=counted, left_out=_why(rows, settings))
    days = [column for column in told if column.endswith("_date")]
    return told.sort_values(days[:1] or ["patient"], kind="stable", ignore_index=True)


def left_out_counts(name: str, clinic: Clinic, settings: Settings) -> dict[str, int]:
    """How many rows the figure leaves out, by reason; {} where it has no rows."""
    if not has_rows(name):
        return {}
    left_out = _rows(name, clinic, settings).left_out
    return {reason: int(mask.sum()) for reason, mask in left_out.items()}


def _rows(name: str, clinic: Clinic, settings: Settings) -> Rows:
    definition = definition_of(name)
    if definition.name not in BEHIND:
        raise BadUsage(f"{definition.title} is no count, share or mean of single rows.")
    return BEHIND[definition.name](clinic, settings)


def _why(rows: Rows, settings: Settings) -> pd.Series:
    """The reasons of each row, joined; each combination is put into words once."""
    words = [REASONS[name].words.format_map(shown(settings)) for name in rows.left_out]
    code = np.zeros(len(rows.frame), dtype=np.int64)
    for place, mask in enumerate(rows.left_out.values()):
        code += mask.astype(np.int64) << place
    told = [
        "; ".join(text for place, text in enumerate(words) if combined >> place & 1)
        for combined in range(1 << len(words))
    ]
    return pd.Series(np.array(told, dtype=object)[code], index=rows.frame.index, dtype="str")
