"""Workbooks and zip files, and files that mean harm."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace

import xlsxwriter

from tests.corpus.clinic import CLINIC, PLAIN, SHORT, constant, listed, same
from tests.corpus.files.spreadsheets import GERMAN_EXCEL
from tests.corpus.labels import File, accepted, labelled, refused
from tests.corpus.sheet import Sheet, sheet

BOOKS, ZIPS, HOSTILE = "workbooks", "zip files", "hostile files"


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]], hidden: str = "") -> bytes:
    """A workbook in memory; dates and times of day are cells of their own kind."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        if name == hidden:
            page.hide()
        for place, row in enumerate(rows):
            page.write_row(place, 0, row)
    book.close()
    return made.getvalue()


def cells(found: Sheet, visits: Sequence[Mapping] = CLINIC) -> list[list[object]]:
    """Header and records with dates and scores as a spreadsheet holds them, not as text."""
    typed = {found.keys[key]: key for key in ("session_date", "pain_before", "pain_after")}
    rows = [list(found.header)]
    for record, visit in zip(found.records, visits, strict=True):
        rows.append(
            [
                visit.get(typed[name], "") if name in typed else text
                for name, text in zip(found.header, record, strict=True)
            ]
        )
    return rows


@labelled(BOOKS, "workbook", "dates as cells of a workbook")
def a_workbook() -> File:
    """One sheet, dates as dates and scores as numbers."""
    return accepted(
        sheet(), workbook({"Visits": cells(sheet())}), named="visits.xlsx", date_order=None
    )


@labelled(BOOKS, "workbook", "several sheets", "title", "totals", "blank lines above")
def a_workbook_with_a_cover() -> File:
    """A cover sheet, a sheet of visits with title and total, and a hidden one of lists."""
    rows = [["Session list"], ["North Street Clinic"], [], *cells(sheet(SHORT)), [], ["Total", 10]]
    sheets = {
        "Cover": [["Outcomes of dry needling"], ["2025"]],
        "Visits": rows,
        "Lists": [["deep"], ["superficial"]],
    }
    return accepted(
        sheet(SHORT),
        workbook(sheets, hidden="Lists"),
        named="with_a_cover.xlsx",
        skipped={"total": 1},
        date_order=None,
    )


@labelled(BOOKS, "workbook", "several sheets", "month lines")
def a_sheet_a_month() -> File:
    """A sheet for each month, each with its own header."""
    months = {1: "January", 2: "February", 3: "March", 4: "April", 5: "May"}
    found = sheet(SHORT)
    rows = cells(found)
    sheets = {
        name: [
            rows[0],
            *(
                row
                for row, visit in zip(rows[1:], CLINIC, strict=True)
                if visit["session_date"].month == month
            ),
        ]
        for month, name in months.items()
    }
    return accepted(found, workbook(sheets), named="months.xlsx", date_order=None)


@labelled(BOOKS, "workbook", "German", "ids as '0007", "leading zeros")
def a_german_workbook_of_text() -> File:
    """German headers, and every cell text: 13.01.2025 and 7,5 as they were typed."""
    found = sheet({name: writer for name, writer in GERMAN_EXCEL.items() if name != "Besuch"})
    rows = [list(found.header), *map(list, found.records)]
    return accepted(found, workbook({"Tabelle1": rows}), named="tabelle.xlsx", date_order="dmy")


@labelled(BOOKS, "password")
def a_workbook_with_a_password() -> File:
    """A workbook that asks for a password: a container of the old kind, with an encrypted part."""
    name = "EncryptedPackage".encode("utf-16-le")
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name + bytes(480)
    return refused(data, "password", named="locked.xlsx")


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip file in memory."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def part(first: int, last: int) -> Sheet:
    """Some of the visits."""
    return sheet(SHORT, CLINIC[first:last])


@labelled(ZIPS, "zip of CSVs")
def a_zip_of_two_files() -> File:
    """Winter and spring, each a file, one with semicolons; and a note that is no table."""
    data = zipped(
        {
            "winter.csv": part(0, 5).csv(),
            "spring.csv": part(5, 10).csv(";"),
            "readme.md": b"two files",
        }
    )
    return accepted(sheet(SHORT), data, named="export.zip")


@labelled(ZIPS, "zip of CSVs", "workbook")
def a_zip_with_a_workbook() -> File:
    """A workbook and a CSV in folders of a zip file, and what a Mac leaves beside them."""
    data = zipped(
        {
            "2025/visits.xlsx": workbook({"Visits": cells(part(0, 5), CLINIC[:5])}),
            "2025/more/visits.csv": part(5, 10).csv(),
            "__MACOSX/2025/._visits.csv": b"\x00\x05\x16\x07",
        }
    )
    return accepted(sheet(SHORT), data, named="folders.zip", date_order=None)


@labelled(HOSTILE, "zip bomb")
def a_zip_bomb() -> File:
    """Forty megabytes of zeros in forty kilobytes."""
    return refused(zipped({"visits.csv": bytes(40_000_000)}), "too_large", named="bomb.zip")


@labelled(HOSTILE, "paths in a zip", "zip of CSVs")
def paths_in_a_zip() -> File:
    """Names that climb out of the folder are names, and nothing is written by them."""
    data = zipped({"../../etc/visits.csv": part(0, 5).csv(), "/tmp/more.csv": part(5, 10).csv()})
    return accepted(sheet(SHORT), data, named="climbing.zip")


@labelled(HOSTILE, "formulas in cells", "HTML in names")
def formulas_in_cells() -> File:
    """Formulas and markup as therapists and notes: text, and never run."""
    columns = PLAIN | {"Notes": constant('=HYPERLINK("http://example.com","x")')}
    evil = "=cmd|'/c calc'!A1"
    visits = [
        visit
        | {
            "therapist": evil
            if visit["therapist"] == "Ada Berg"
            else "<img src=x onerror=alert(1)>"
        }
        for visit in CLINIC
    ]
    return accepted(sheet(columns, visits), sheet(columns, visits).csv())


@labelled(HOSTILE, "absurd width")
def three_thousand_columns() -> File:
    """A table of three thousand columns."""
    found = sheet(SHORT | {f"Column {number}": constant("") for number in range(3000)})
    return refused(found.csv(), "too_large", found.keys)


@labelled(HOSTILE, "one endless line")
def one_endless_line() -> File:
    """Five million letters on one line, and no end of it."""
    return refused(b"Patient ID,Date,Pain before," + b"x" * 5_000_000, "too_large")


@labelled(HOSTILE, "control characters", "NUL bytes")
def control_characters() -> File:
    """Bells, escapes and form feeds around the cells: the same visits."""
    found = sheet()
    spoiled = replace(
        found,
        records=tuple(
            tuple(f"\x07{cell}\x1b" if cell else cell for cell in record)
            if number in (2, 5)
            else record
            for number, record in enumerate(found.records)
        ),
    )
    return accepted(found, spoiled.csv())


@labelled(HOSTILE, "control characters", "names", "formulas in cells")
def words_that_look_like_code() -> File:
    """Ids of visits and patients that look like code are ids like any other."""
    strange = {
        "P07": "-1+1",
        "P12": "x'; DROP TABLE visits; --",
        "P31": "../../patient",
        "P70": "{{7*7}}",
    }
    visits = [visit | {"patient_id": strange[visit["patient_id"]]} for visit in CLINIC]
    columns = {
        "Patient ID": same("patient_id"),
        "Date": PLAIN["Date"],
        "Pain before": PLAIN["Pain before"],
        "Pain after": PLAIN["Pain after"],
        "Side effects": listed("side_effects"),
    }
    return accepted(sheet(columns, visits), sheet(columns, visits).csv())
