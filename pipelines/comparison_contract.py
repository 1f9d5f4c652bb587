"""A comparison as one plain object: what `outcomes compare --json` and `--csv` print."""

from typing import Any

import numpy as np
import pandas as pd

from pipelines.measures.comparison import Comparison
from pipelines.selection import Clinic

NOTE = (
    "A difference between groups is not an effect: patients were not allotted by chance, and"
    " what was not recorded is not allowed for. Negative is less pain; for responders_30"
    " positive is a larger share of episodes."
)


def comparison_contract(
    comparison: Comparison, clinic: Clinic, feature: str, filters: dict
) -> dict[str, Any]:
    """filters, as_of, feature, note, then each frame of the comparison as a list of rows.

    Missing is null.
    """
    frames = {name: _rows(frame) for name, frame in comparison._asdict().items()}
    return {
        "filters": filters,
        "as_of": clinic.as_of.isoformat() if clinic.as_of else None,
        "feature": feature,
        "note": NOTE,
        **frames,
    }


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {name: _plain(value) for name, value in row.items()} for row in frame.to_dict("records")
    ]


def _plain(value: Any) -> Any:
    """A plain Python value; missing and infinite are None."""
    if value is None or pd.isna(value) or (isinstance(value, float) and not np.isfinite(value)):
        return None
    return value.item() if hasattr(value, "item") else value
