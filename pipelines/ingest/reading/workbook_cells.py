"""The cells of a workbook as lines of JSON, written by a process of its own.

A workbook is opened by a compiled library, which a hostile one can make ask for more memory
than there is. Here that ends this process alone. It reads the workbook from its input and
writes, for each sheet, `{"sheet": name, "visible": true}` and then `[row, cell, ...]` for
every row that holds something; `{"refused": why}` where it cannot be opened.

Imports nothing of the project: it is started by its file, and must start fast.
"""

import io
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

LOST_DIGITS = 1e15
"""A spreadsheet keeps 15 digits of a number: of longer ones the last are gone."""


def as_text(value: Any) -> str:
    """A cell as text that can be read in one way only; what is not filled is empty."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_as_text(value)
    if isinstance(value, datetime):
        day, clock = value.date().isoformat(), value.time().replace(microsecond=0)
        return day if clock == time() else f"{day} {clock.isoformat()}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def number_as_text(value: float) -> str:
    """In its shortest form; where digits were lost, as a spreadsheet shows that: 1.39E+18."""
    if abs(value) >= LOST_DIGITS:
        mantissa, power = f"{value:.14E}".split("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{power}"
    return str(int(value)) if value == int(value) else repr(value)


def lines(workbook: Any) -> Iterator[str]:
    """Every sheet of cells and its filled rows, numbered as in the spreadsheet, a line each."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for place, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ == SheetTypeEnum.WorkSheet:
            visible = sheet.visible == SheetVisibleEnum.Visible
            yield json.dumps({"sheet": sheet.name, "visible": visible})
            yield from rows(workbook.get_sheet_by_index(place))


def rows(sheet: Any) -> Iterator[str]:
    """The filled rows of one sheet, without the blank cells at their ends."""
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [as_text(value) for value in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield json.dumps([number, *cells], ensure_ascii=False)


def limit_memory(size: int) -> None:
    """Lets this process have so many bytes and no more, where the system can hold it to that."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def main(memory: int, longest: int) -> None:
    """Writes the lines of the workbook on the input, up to so many characters."""
    limit_memory(memory)
    import python_calamine

    written = 0
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(
            io.BytesIO(sys.stdin.buffer.read())
        )
        for line in lines(workbook):
            written += len(line)
            if written > longest:
                line = json.dumps({"refused": "large"})
            sys.stdout.buffer.write(line.encode("utf-8") + b"\n")
            if written > longest:
                return
    except python_calamine.PasswordError:
        sys.stdout.buffer.write(b'{"refused": "password"}\n')
    except python_calamine.CalamineError:
        sys.stdout.buffer.write(b'{"refused": "damaged"}\n')


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
