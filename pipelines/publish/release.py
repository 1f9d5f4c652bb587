"""A release: a named, dated snapshot, with every number that may leave and no other.

It is made of what is frozen with it (contributions, what is hidden, facts), so that its bytes
can be made again whatever happened to the store since.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from pipelines.publish.contributions import Contributions
from pipelines.publish.cube import ALL, CELL, COUNTS, TABLES, table_name
from pipelines.publish.disclosure import SUPPRESSED, rate_of_rounded, rounded
from pipelines.publish.groups import Counted, counted
from pipelines.publish.periods import days_of_half_year, year_of
from pipelines.publish.rates import rate_object

FACTS = (
    "release", "made", "as_of", "period", "followed_to", "previous", "changed", "recounted",
    "half_years", "incomplete_years", "settings", "settings_version", "store_version",
    "code_version",
)  # fmt: skip


@dataclass(frozen=True)
class Release:
    """What is frozen: facts in plain values, contributions by patient, what is hidden, figures.

    `hidden` has one row a cell and one column a count; `figures` is the published list.
    """

    facts: Mapping[str, Any]
    blocks: Mapping[str, str]
    contributions: Contributions
    hidden: pd.DataFrame
    figures: Sequence[Mapping[str, Any]]
    known: Counted | None = None

    @property
    def name(self) -> str:
        return self.facts["release"]

    @cached_property
    def counted(self) -> Counted:
        """Its exact cells: private. The same contributions are counted once."""
        return self.known or counted(self.blocks, self.contributions)

    @cached_property
    def tables(self) -> list[dict[str, Any]]:
        """Every table with its rows, rounded, hidden values as "suppressed"."""
        shown = _shown_cells(self.counted.cells, self.hidden)
        return [
            {
                "table": table_name(dimensions),
                "dimensions": list(dimensions),
                "rows": _rows(shown, dimensions, self.counted, self.blocks),
            }
            for dimensions in TABLES
        ]

    @cached_property
    def contract(self) -> dict[str, Any]:
        """release.json as an object."""
        facts = {name: self.facts[name] for name in FACTS}
        return facts | {"tables": self.tables, "figures": list(self.figures)}

    def row(self, **values: str) -> dict[str, Any] | None:
        """The row of a cell by its dimensions, such as condition="Neck pain"; None if no table
        has it. Without values, the row of the whole clinic.
        """
        for table in self.tables:
            if set(table["dimensions"]) == set(values):
                return next(
                    (row for row in table["rows"] if all(row[k] == v for k, v in values.items())),
                    None,
                )
        return None

    def figure(self, name: str) -> dict[str, Any] | None:
        """n, of, rate, ci of a figure of the whole clinic."""
        return next((dict(one) for one in self.figures if one["figure"] == name), None)

    def as_bytes(self) -> bytes:
        """release.json, byte for byte the same whenever and wherever it is made."""
        return canonical(self.contract)


def canonical(contract: Mapping[str, Any]) -> bytes:
    """JSON in one form: keys in the contract's order, shortest numbers, a line end."""
    text = json.dumps(contract, indent=1, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode()


def period_of(half_years: Sequence[str]) -> list[str]:
    """First and last day of the half-years."""
    first, last = days_of_half_year(min(half_years))[0], days_of_half_year(max(half_years))[1]
    return [first.isoformat(), last.isoformat()]


def incomplete_years(half_years: Sequence[str]) -> list[str]:
    """Years of which only one half is published."""
    years = [year_of(half) for half in half_years]
    return sorted({year for year in years if years.count(year) == 1})


def _shown_cells(cells: pd.DataFrame, hidden: pd.DataFrame) -> dict[tuple, dict[str, Any]]:
    """By cell, what its row says."""
    numbers, closed = cells[list(COUNTS)].to_numpy(), hidden[list(COUNTS)].to_numpy(dtype=bool)
    return {
        tuple(cell): _row(dict(zip(COUNTS, own, strict=True)), dict(zip(COUNTS, shut, strict=True)))
        for cell, own, shut in zip(cells.index, rounded(numbers), closed, strict=True)
    }


def _row(numbers: Mapping[str, int], closed: Mapping[str, bool]) -> dict[str, Any]:
    row: dict[str, Any] = {
        name: SUPPRESSED if closed[name] else int(number) for name, number in numbers.items()
    }
    if closed["responders_30"] or closed["eligible"]:
        return row | {"rate": SUPPRESSED, "ci": SUPPRESSED}
    rate = rate_object(rate_of_rounded(row["responders_30"], row["eligible"]))
    return row | {"rate": rate["rate"], "ci": rate["ci"]}


def _rows(
    shown: Mapping[tuple, Mapping[str, Any]],
    dimensions: Sequence[str],
    release: Counted,
    blocks: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The rows of a table, totals first: each dimension with "all" and each of its values."""
    values = {name: [ALL, *_values(name, release, blocks)] for name in dimensions}
    rows: list[dict[str, str]] = [{}]
    for name in dimensions:
        rows = [row | {name: value} for row in rows for value in values[name]]
    return [row | dict(shown[_cell(row)]) for row in rows]


def _values(dimension: str, release: Counted, blocks: Mapping[str, str]) -> list[str]:
    return sorted(blocks) if dimension == "half_year" else release.values[dimension]


def _cell(row: Mapping[str, str]) -> tuple[str, ...]:
    period = row.get("year", row.get("half_year", ALL))
    return (period, *(row.get(name, ALL) for name in CELL[1:]))
