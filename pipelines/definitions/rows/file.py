"""Rows behind a figure as a file for a spreadsheet, in which nothing runs."""

import pandas as pd

from pipelines.formulas import as_texts


def rows_as_csv(rows: pd.DataFrame) -> bytes:
    """CSV in UTF-8 with a mark for spreadsheets; a text that might run as a formula is escaped."""
    safe = rows.apply(_as_texts).set_axis(as_texts(rows.columns), axis=1)
    return safe.to_csv(index=False).encode("utf-8-sig")


def _as_texts(column: pd.Series) -> pd.Series:
    is_text = isinstance(column.dtype, pd.CategoricalDtype) or pd.api.types.is_string_dtype(column)
    if not is_text:
        return column
    return pd.Series(as_texts(column), index=column.index, dtype=object)
