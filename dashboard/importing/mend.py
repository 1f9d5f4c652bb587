"""Quarantined rows of one kind of header as a table to edit, and back to a file to import."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import phrases, theme
from pipelines.ingest.mending import accepted, places, suggestions
from pipelines.ingest.quarantine import tables_to_mend

SHOWN = 500
"""Rows of one kind that are edited at once; further ones follow when these are done."""
HERE = ", mended here"
ANOTHER = "another visit"
"""What begins the reason of a row that is a visit of its own after all."""
LEADING = ["reason", "file", "line", "another"]


@dataclass(frozen=True)
class Kind:
    """The waiting rows that have one header; `cells` are named by their place in a row."""

    number: int
    header: tuple[str, ...]
    rows: pd.DataFrame
    waiting: int

    @property
    def file(self) -> str:
        """The file of the first of them."""
        return str(self.rows["file"].iloc[0])

    @property
    def asks_for_another(self) -> bool:
        """Whether a person may have to say that a row is a visit of its own."""
        return bool(self.rows["sentence"].str.contains(ANOTHER, regex=False).any())


def kinds(waiting: pd.DataFrame) -> list[Kind]:
    """The rows by their header, in the order of the files to mend."""
    grouped = waiting.groupby(["header", "delimiter"], sort=False)
    return [
        Kind(number, tuple(json.loads(str(header))), rows.head(SHOWN), len(rows))
        for number, ((header, _), rows) in enumerate(grouped)
    ]


def as_table(kind: Kind, taken: pd.DataFrame) -> pd.DataFrame:
    """Reason, file and line, then the row's own cells, those first that a reason is about.

    `taken` are suggestions that a person accepted: they stand in place of the cells.
    """
    rows = accepted(kind.rows, taken) if len(taken) else kind.rows
    cells = [json.loads(text) for text in rows["cells"]]
    width = max([len(kind.header), *map(len, cells)])
    table = pd.DataFrame(
        [[*row, *[""] * (width - len(row))] for row in cells],
        columns=[cell(place) for place in range(width)],
        index=kind.rows["entry"],
    )
    order = [cell(place) for place in first_those_told(kind, width)]
    told = pd.DataFrame(
        {
            "reason": kind.rows["sentence"].array,
            "file": kind.rows["file"].array,
            "line": kind.rows["line"].astype("str").array,
            "another": False,
        },
        index=table.index,
    )
    if not kind.asks_for_another:
        told = told.drop(columns="another")
    return pd.concat([told, table[order]], axis=1)


def cell(place: int) -> str:
    """The name of a column by its place, since headers may repeat."""
    return f"c{place}"


def first_those_told(kind: Kind, width: int) -> list[int]:
    """Places of columns: those that most reasons are about, then the others in their order."""
    told = pd.Series(places(kind.rows))
    counts = told[told >= 0].value_counts()
    return sorted(range(width), key=lambda place: -int(counts.get(place, 0)))


def label(kind: Kind, place: int) -> str:
    """The header of a column, for a person."""
    if place >= len(kind.header):
        return f"(beyond the header, {place - len(kind.header) + 1})"
    return kind.header[place] or "(no name)"


def offered(kind: Kind, taken: Sequence[str]) -> pd.DataFrame:
    """Suggestions not yet taken, one row a distinct cell: `entries` are the rows it is for."""
    made = suggestions(kind.rows)
    made = made[~made["entry"].isin(list(taken))]
    same = ["place", "text", "suggested", "because"]
    return made.groupby(same, sort=False)["entry"].agg(list).rename("entries").reset_index()


def edited_rows(kind: Kind, table: pd.DataFrame) -> pd.DataFrame:
    """The rows whose cells are no longer those that wait, with the cells as they are now."""
    cells = {entry: _cells(kind, table.loc[entry]) for entry in table.index}
    before = {row.entry: json.loads(row.cells) for row in kind.rows.itertuples()}
    says = table["another"] if kind.asks_for_another else pd.Series(False, index=table.index)
    rows = kind.rows[
        [
            bool(says[entry]) or _padded(kind, before[entry]) != cells[entry]
            for entry in kind.rows["entry"]
        ]
    ]
    begins = [f"{ANOTHER}: " if says[entry] else "" for entry in rows["entry"]]
    return rows.assign(
        cells=[json.dumps(cells[entry]) for entry in rows["entry"]],
        sentence=[begin + text for begin, text in zip(begins, rows["sentence"], strict=True)],
    )


def _cells(kind: Kind, row: pd.Series) -> list[str]:
    """The cells in the file's own order, without blank ones beyond the header."""
    width = sum(1 for name in row.index if name not in LEADING)
    found = ["" if pd.isna(row[cell(n)]) else str(row[cell(n)]) for n in range(width)]
    return _padded(kind, found)


def _padded(kind: Kind, cells: Sequence[str]) -> list[str]:
    own, beyond = list(cells[: len(kind.header)]), list(cells[len(kind.header) :])
    while beyond and not beyond[-1]:
        beyond.pop()
    return [*own, *[""] * (len(kind.header) - len(own)), *beyond]


def as_file(kind: Kind, rows: pd.DataFrame) -> tuple[str, bytes]:
    """The edited rows as the file that would be downloaded, mended and dropped again."""
    ((_, content),) = tables_to_mend(rows)
    return kind.file.removesuffix(HERE) + HERE, content


def became(rows: pd.DataFrame, still: pd.DataFrame) -> pd.DataFrame:
    """What became of each edited row; `still` are entries of the import that it made.

    A row stands in the file on the line after its header, in the order of the rows.
    """
    waits = dict(zip(still["line"], still["sentence"], strict=True))
    return pd.DataFrame(
        {
            "file": rows["file"].array,
            "line": rows["line"].array,
            "outcome": [
                f"still waits: {waits[place]}" if place in waits else "mended"
                for place in range(2, len(rows) + 2)
            ],
        }
    )


def in_words(told: pd.DataFrame, skipped: Mapping[str, int]) -> str:
    """The same in a sentence."""
    still = int(told["outcome"].str.startswith("still").sum())
    left_out = sum(skipped.values())
    parts = [f"{theme.count(len(told) - still - left_out)} of "
             f"{phrases.several(len(told), 'edited row')} mended and in"]  # fmt: skip
    if left_out:
        parts.append(f"{theme.count(left_out)} skipped, being no visits")
    if still:
        waits = "still waits" if still == 1 else "still wait"
        parts.append(f"{theme.count(still)} {waits}, with the reason that is left")
    return f"{'; '.join(parts)}."
