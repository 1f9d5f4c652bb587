"""What stands in the cells that means something else, or nothing."""

from dataclasses import replace
from datetime import date

from tests.corpus.clinic import CLINIC, PLAIN, SHORT, says, scored
from tests.corpus.labels import File, Truth, accepted, labelled, refused
from tests.corpus.sheet import sheet

CELLS, NO_TABLE = "cells", "not a table"
MARKS = ("#N/A", "#REF!", "N/A", "NULL", "\\N", "-", "—", ".", "0000-00-00", "")
PATIENTS = {"P07": "0007", "P12": "0012", "P31": "0031", "P70": "7"}


def numbered() -> list[dict[str, object]]:
    """The clinic with patients under numbers, of which two differ by their zeros alone."""
    return [visit | {"patient_id": PATIENTS[visit["patient_id"]]} for visit in CLINIC]


@labelled(CELLS, 'ids as ="0007"', "leading zeros", "0007 and 7")
def ids_as_formulas() -> File:
    """Numbers of patients as a spreadsheet's formula, which keeps their zeros."""
    found = sheet(PLAIN | {"Patient ID": says("patient_id", '="{}"'.format)}, numbered())
    return accepted(found, found.csv())


@labelled(CELLS, "ids as '0007", "leading zeros")
def ids_with_an_apostrophe() -> File:
    """Numbers of patients behind the apostrophe that says text."""
    found = sheet(PLAIN | {"Patient ID": says("patient_id", "'{}".format)}, numbered())
    return accepted(found, found.csv())


@labelled(CELLS, *MARKS[:-1])
def marks_for_nothing() -> File:
    """Ten ways to say that nobody wrote the score after down, and one in every column of words."""
    found = sheet()
    for number, mark in enumerate(MARKS):
        found = found.with_cell(number, "Pain after", mark).knowing(number, pain_after=None)
    found = found.with_cell(0, "Technique", "N/A").knowing(0, technique=None)
    found = found.with_cell(2, "Side effects", "NULL").knowing(2, side_effects=None)
    found = found.with_cell(4, "Time", "\\N").knowing(4, session_time=None)
    found = found.with_cell(5, "Twitch", "—").knowing(5, twitch_response=None)
    found = found.with_cell(6, "Therapist", "#N/A").knowing(6, therapist=None)
    return accepted(found, found.csv())


@labelled(
    CELLS,
    "no-break spaces",
    "zero-width spaces",
    "no-break spaces in headers",
    "trailing spaces in ids",
)
def invisible_signs() -> File:
    """No-break and zero-width spaces in cells and headers: the same patients, scores, words."""
    found = sheet()
    found = replace(
        found,
        header=tuple(f"\u200b{name}".replace(" ", "\u00a0") for name in found.header),
        records=tuple(
            tuple(_spoiled(number, cell) for cell in record)
            for number, record in enumerate(found.records)
        ),
    )
    keys = {key: f"\u200b{name}".replace(" ", "\u00a0") for key, name in found.keys.items()}
    return accepted(replace(found, keys=keys), found.csv())


def _spoiled(number: int, cell: str) -> str:
    return (f"{cell}\u00a0", f"\u200b{cell}", f"{cell} \u202f", f"\ufeff{cell}")[number % 4]


@labelled(CELLS, "numbers with two decimals", "7.00")
def two_decimals() -> File:
    """Scores as a database of numbers writes them: 7.00."""
    two = {
        "Pain before": scored("pain_before", "{:.2f}".format),
        "Pain after": scored("pain_after", "{:.2f}".format),
    }
    return accepted(sheet(PLAIN | two), sheet(PLAIN | two).csv())


@labelled(CELLS, "dates as serial numbers")
def dates_as_serial_numbers() -> File:
    """A spreadsheet saved its dates as days since the end of 1899: 45670 is 13 January 2025."""
    serial = says("session_date", lambda day: str((day - date(1899, 12, 30)).days))
    found = sheet(PLAIN | {"Date": serial})
    return accepted(found, found.csv(), date_order=None)


@labelled(CELLS, "ids as 1.39E+18")
def ids_turned_to_powers() -> File:
    """A spreadsheet turned two long numbers of patients into one power of ten: nobody knows who."""
    found = sheet(SHORT)
    found = found.with_cell(1, "Patient ID", "1.39E+18").with_cell(4, "Patient ID", "1.39E+18")
    kept = found.without(1, 4)
    return File(found.csv(), Truth(kept.visits, reasons={"": 2}), kept.keys)


@labelled(
    CELLS,
    "ids as '0007",
    "no-break spaces",
    "N/A",
    "numbers with two decimals",
    "case of ids",
    "trailing spaces in ids",
)
def cells_of_many_hands() -> File:
    """One patient in six spellings; marks, two decimals and spaces in one file."""
    found = sheet()
    for number, text in ((0, "p07"), (2, "P07 "), (5, "'P07"), (9, "\u00a0p07")):
        found = found.with_cell(number, "Patient ID", text)
    found = found.with_cell(1, "Pain after", "8.00 ").with_cell(6, "Pain after", "n/a")
    return accepted(found, found.csv())


@labelled(NO_TABLE, "sign-in page")
def sign_in_page() -> File:
    """The sign-in page of the practice system, saved as .csv."""
    return refused(
        b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>\n", "web_page"
    )


@labelled(NO_TABLE, "JSON")
def json_of_visits() -> File:
    """Visits as JSON."""
    return refused(b'[{"patient": "P07", "date": "2025-01-13", "pain": 7}]\n', "json")


@labelled(NO_TABLE, "spreadsheet named .csv")
def old_workbook_named_csv() -> File:
    """An Excel workbook of before 2007 that was renamed."""
    return refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "workbook")


@labelled(NO_TABLE, "PDF named .csv")
def pdf_named_csv() -> File:
    """A printed report that was renamed."""
    return refused(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n", "pdf")


@labelled(NO_TABLE, "empty file")
def nothing_at_all() -> File:
    """A download of no bytes."""
    return refused(b"", "empty")


@labelled(NO_TABLE, "empty file", "UTF-8 with mark")
def a_mark_and_blank_lines() -> File:
    """A mark and blank lines are nothing, too."""
    return refused(b"\xef\xbb\xbf\r\n\r\n", "empty")


@labelled(NO_TABLE, "header alone")
def header_alone() -> File:
    """A period in which there was no session."""
    return refused(sheet().csv().split(b"\n")[0] + b"\n", "header_alone", sheet().keys)


@labelled(NO_TABLE, "header alone", "title")
def letter_in_words() -> File:
    """A letter: text, and no table."""
    text = "Dear Ada,\nplease find the numbers, as agreed, on Monday.\nWith thanks,\nBen\n"
    return refused(text.encode(), "not_a_table")
