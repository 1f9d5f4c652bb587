"""What a release publishes, as tidy frames of shares: hidden values left out, and counted."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard import names
from pipelines.publish.disclosure import SUPPRESSED, rate_of_rounded

ALL = "all"
COLUMNS = ["label", "n", "of", "rate", "low", "high"]


def table(release: Mapping[str, Any], *dimensions: str) -> pd.DataFrame:
    """The rows of one table of the release, as they are published; none if it has no such."""
    for one in release["tables"]:
        if tuple(one["dimensions"]) == dimensions:
            return pd.DataFrame(one["rows"])
    return pd.DataFrame()


def shares(rows: pd.DataFrame, dimension: str, n: str, of: str) -> pd.DataFrame:
    """Each value of a dimension with the share n of `of`; totals and hidden values left out.

    Columns: the dimension, label, n, of, rate, low, high. Rates are made from the published
    counts alone, as the release's own are.
    """
    if rows.empty:
        return pd.DataFrame(columns=[dimension, *COLUMNS])
    shown = rows[(rows[dimension] != ALL) & (rows[n] != SUPPRESSED) & (rows[of] != SUPPRESSED)]
    found = [_share(row, dimension, n, of) for row in shown.to_dict("records") if row[of]]
    return pd.DataFrame(found, columns=[dimension, *COLUMNS])


def _share(row: Mapping[str, Any], dimension: str, n: str, of: str) -> dict[str, Any]:
    made = rate_of_rounded(int(row[n]), int(row[of]))
    low, high = made.ci
    told = {"label": names.name(dimension, row[dimension]), "n": made.n, "of": made.of}
    return {dimension: row[dimension]} | told | {"rate": made.rate, "low": low, "high": high}


def hidden(rows: pd.DataFrame, dimension: str, n: str, of: str) -> list[str]:
    """The names of the values whose share is hidden."""
    if rows.empty:
        return []
    kept_back = (rows[n] == SUPPRESSED) | (rows[of] == SUPPRESSED)
    values = rows.loc[kept_back & (rows[dimension] != ALL), dimension]
    return [names.name(dimension, value) for value in values]
