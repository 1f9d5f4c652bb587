"""The rows behind a figure: each one that it looked at, with whether and why not it counts."""

from pipelines.definitions.rows.behind import has_rows, left_out_counts, rows_behind
from pipelines.definitions.rows.file import rows_as_csv

__all__ = ["has_rows", "left_out_counts", "rows_as_csv", "rows_behind"]
