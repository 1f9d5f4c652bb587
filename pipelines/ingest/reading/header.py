"""The lines that name the columns: one, two or three of them, somewhere near the top."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipelines.ingest.reading.records import Record

Likeness = Callable[[Sequence[str]], int]
"""Counts the cells of a record that name a known column."""
LOOKED_AT = 60
"""Records searched for the header: titles, filters and blank lines rarely fill a page."""
MOST_LINES = 3
UNIT = re.compile(r"\([^)]*\)|\[[^]]*\]|\b0\s*(?:-|\u2013|to|bis)\s*10{1,2}\b")
NO_NAME = "qqq"
FREE_TEXT = re.compile(
    r"(remarks?|notes?|comments?|bemerkung(en)?|notizen|remarques?|commentaires?|notas?"
    r"|comentarios?|observaciones|opmerking(en)?)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"[\W\d_]*\d[\W\d_]*")
PLACE = re.compile(r" \((?:number \d+|[a-z]+th|second|third)\)$")
AGAIN = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True)
class Header:
    """The names of the columns, each different, and the lines on which they stand.

    `rows` are these lines as they are, `known` is how many columns they name.
    """

    cells: tuple[str, ...]
    line: int
    last_line: int
    known: int
    rows: tuple[tuple[str, ...], ...] = field(repr=False)

    @property
    def rank(self) -> tuple[int, int, int]:
        """More known columns first, then fewer lines, then more columns."""
        return self.known, -len(self.rows), len(self.cells)


def header_among(records: Sequence[Record], likeness: Likeness) -> Header | None:
    """The early record, or two or three of them, that name most columns.

    None where none names two. Several lines are only taken where they name more than one does.
    """
    found = [
        _header(records[start : start + depth], likeness)
        for start in range(len(records))
        for depth in range(1, MOST_LINES + 1)
        if _may_be_header(records[start : start + depth], depth)
    ]
    best = max((header for header in found if header.known > 1), key=_rank, default=None)
    return best and _with_lines_below(best, records)


def _rank(header: Header) -> tuple[int, int, int]:
    return header.rank


def _may_be_header(records: Sequence[Record], depth: int) -> bool:
    """Whether the lines are of one width, the first few of them names and none a visit.

    A second or third line with a digit, other than that of a scale, is a visit.
    """
    first, *below = records
    if len(records) < depth or _is_numbers(first.cells):
        return False
    return all(
        len(record.cells) == len(first.cells)
        and not any(map(str.isdigit, UNIT.sub("", " ".join(record.cells))))
        and any(cell.strip() for cell in record.cells)
        for record in below
    )


def _is_numbers(cells: Iterable[str]) -> bool:
    """Whether a good part of the cells are numbers or dates, as in a visit."""
    filled = [cell for cell in cells if cell.strip()]
    return 3 * sum(NUMBER.fullmatch(cell) is not None for cell in filled) > len(filled)


def _header(records: Sequence[Record], likeness: Likeness) -> Header:
    first, *below = records
    cells = [cell.strip() for cell in first.cells] if below else first.cells
    for record in below:
        cells = _joined(cells, [cell.strip() for cell in record.cells], likeness)
    rows = tuple(tuple(record.cells) for record in records)
    known = likeness(cells)
    return Header(_each_different(cells), first.line, records[-1].last_line, known, rows)


def _joined(groups: Sequence[str], names: Sequence[str], likeness: Likeness) -> list[str]:
    """Groups such as `Pain`, above the first of their columns, with the names below them."""
    cells, group = [], ""
    for over, under in zip(groups, names, strict=True):
        group = over or (group if under else "")
        cells.append(_named(group, under, likeness) if under else over)
        if over and not under:
            group = ""
    return cells


def _named(group: str, name: str, likeness: Likeness) -> str:
    """Group and name where they say a column together, else the one that does alone.

    A name that says a column by itself is not of a group under which any name would say one:
    `Remarks` beside the side effects is none of them.
    """
    both, any_name = f"{group} {name}".strip(), f"{group} {NO_NAME}"
    by_group = likeness([any_name]) == likeness([any_name, both]) == 1
    if FREE_TEXT.fullmatch(name):
        return name
    order = (name, both, group) if by_group else (both, name, group)
    return next((text for text in order if likeness([text])), both)


def _with_lines_below(header: Header, records: Sequence[Record]) -> Header:
    """The header, with a line of units below it, or those down to a survey's line of ids."""
    below = [record for record in records if record.line > header.last_line][:2]
    for number, record in enumerate(below, start=1):
        if _is_ids(record.cells) or (number == 1 and _is_units(record.cells)):
            rows = (*header.rows, *(tuple(line.cells) for line in below[:number]))
            return replace(header, last_line=record.last_line, rows=rows)
    return header


def _is_ids(cells: Iterable[str]) -> bool:
    return any(cell.startswith('{"ImportId"') for cell in cells)


def _is_units(cells: Iterable[str]) -> bool:
    """Whether nothing but scales and what stands in brackets is said."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(UNIT.fullmatch(cell) for cell in filled)


def as_written(name: str) -> str:
    """The name of a column as it stands in the file: `Pain` for `Pain (second)`."""
    return PLACE.sub("", name)


def _each_different(cells: Sequence[str]) -> tuple[str, ...]:
    """A name that comes again is told apart: `Pain`, `Pain (second)`. Unnamed ones stay so."""
    seen, found = Counter(), []
    for cell in cells:
        again = seen[cell] if cell else 0
        seen[cell] += 1
        place = AGAIN[again - 1] if 0 < again <= len(AGAIN) else f"number {again + 1}"
        found.append(f"{cell} ({place})" if again else cell)
    return tuple(found)
