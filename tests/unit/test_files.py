"""Workbooks and zip files: every table in them is an import, whatever is none is told."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from pipelines.ingest.load import import_all
from pipelines.ingest.reading.workbook_cells import number_as_text
from pipelines.ingest.report import Report
from tests.support.exports import VISIT, accounted, column, empty_store, export, visit
from tests.support.workbooks import open_document, workbook, zipped

NOTES = [["Read me"], ["Exported for the yearly review"]]


def rows_of(count: int = 2, **cells: Any) -> list[list[Any]]:
    """A title, a blank row, the header and so many visits with typed cells."""
    typed = {"Date": date(2025, 1, 6), "Pain before": 7, "Pain after": 4.5} | cells
    visits = [list((visit(number) | typed).values()) for number in range(1, count + 1)]
    return [["Sessions of the clinic"], [], list(VISIT | typed), *visits]


def taken(store, name: str, data: bytes) -> list[Report]:
    reports = import_all(store, name, data)
    assert [report.refused for report in reports] == [None] * len(reports)
    assert all(map(accounted, reports))
    return reports


def refused(data: bytes, tmp_path: Path, name: str = "file.zip") -> str:
    store = empty_store(tmp_path)
    (report,) = import_all(store, name, data)
    assert (report.import_id, store.version()) == (None, 0)
    return report.refused or ""


def told(report: Report) -> str:
    return "; ".join(map(str, report.steps))


@pytest.mark.parametrize("options", [{}, {"date_1904": True}], ids=["1900", "1904"])
def test_a_sheet_is_read_with_its_dates_numbers_and_rows(options: dict, tmp_path: Path):
    store = empty_store(tmp_path)
    more = {"Time": time(14, 5), "Age": 50, "Needled": True}
    data = workbook({"March": rows_of(**more)}, **options)
    (report,) = taken(store, "visits.xlsx", data)
    assert (report.file, report.header_line) == ("visits.xlsx, sheet March", 3)
    assert (report.rows, report.accepted) == (2, 2)
    assert [str(day)[:10] for day in column(store, "session_date")] == ["2025-01-06"] * 2
    assert column(store, "pain_after") == [4.5, 4.5]
    assert column(store, "age") == [50, 50]
    assert column(store, "source_line") == [4, 5]


def test_a_date_with_a_time_gives_both_and_midnight_is_no_time(tmp_path: Path):
    rows = rows_of(1, Date=datetime(2025, 1, 6, 14, 5))
    rows += [list((visit(2) | {"Date": datetime(2025, 1, 7)}).values())]
    store = empty_store(tmp_path)
    taken(store, "visits.xlsx", workbook({"March": rows}))
    assert column(store, "session_time") == [14 * 3600 + 300, None]


def test_every_visible_sheet_with_a_table_is_an_import_and_the_others_are_told(tmp_path: Path):
    store = empty_store(tmp_path)
    second = [list(VISIT), list(visit(9, patient_id="P9").values())]
    sheets = {"Notes": NOTES, "March": rows_of(), "April": second, "Old": second, "Empty": []}
    march, april = taken(store, "visits.xlsx", workbook(sheets, hidden=["Old"]))
    assert (march.accepted, april.accepted) == (2, 1)
    assert april.file == "visits.xlsx, sheet April"
    assert "passed over the sheets “Notes” and “Old”" in told(march)
    store.undo(april.import_id)
    assert len(store.current()) == 2


def test_an_open_document_is_read(tmp_path: Path):
    rows = [list(VISIT), *(list(visit(number).values()) for number in (1, 2))]
    (report,) = taken(empty_store(tmp_path), "visits.ods", open_document(rows))
    assert (report.file, report.accepted) == ("visits.ods, sheet Visits", 2)


def test_a_workbook_under_another_name_is_a_workbook(tmp_path: Path):
    (report,) = taken(empty_store(tmp_path), "visits.csv", workbook({"A": rows_of()}))
    assert report.accepted == 2


def test_formulas_and_markup_in_cells_are_text_and_blank_cells_make_no_row_short(tmp_path: Path):
    cells = {"Therapist": "=cmd|' /C calc'!A0", "Condition": "<b>Neck pain</b>", "Remarks": ""}
    store = empty_store(tmp_path)
    (report,) = taken(store, "visits.xlsx", workbook({"A": rows_of(1, **cells)}))
    assert report.accepted == 1
    assert column(store, "therapist") == [cells["Therapist"]]


@pytest.mark.parametrize(
    ("number", "text"),
    [(7.0, "7"), (4.5, "4.5"), (1.39e18, "1.39E+18"), (12345678901234567.0, "1.23456789012346E+16"),
     (999999999999999.0, "999999999999999"), (-0.25, "-0.25")],
)  # fmt: skip
def test_numbers_are_as_short_as_they_can_be_and_lost_digits_are_seen(number: float, text: str):
    assert number_as_text(number) == text


def test_a_zip_of_tables_is_an_import_for_each_under_its_last_name(tmp_path: Path):
    files = {
        "../../june.csv": export([visit(1), visit(2)]),
        "C:\\exports\\july.tsv": export([visit(3, patient_id="P3")]).replace(b",", b"\t"),
        "/etc/june.csv": export([visit(4, patient_id="P4")]),
        "book.xlsx": workbook({"March": [list(VISIT), list(visit(5, patient_id="P5").values())]}),
        "logo.png": b"\x89PNG",
        "__MACOSX/._june.csv": b"\x00\x05",
    }
    reports = taken(empty_store(tmp_path), "e.zip", zipped(files))
    names = ["june.csv", "july.tsv", "june (2).csv", "book.xlsx, sheet March"]
    assert [report.file for report in reports] == [f"e.zip/{name}" for name in names]
    assert [report.accepted for report in reports] == [2, 1, 1, 1]
    assert "passed over the file “logo.png”" in told(reports[0])
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_one_table_of_a_zip_that_is_refused_does_not_stop_the_others(tmp_path: Path):
    files = {"takings.csv": b"month,takings\n1,2\n", "june.csv": export([visit(1)])}
    takings, june = import_all(empty_store(tmp_path), "e.zip", zipped(files))
    assert "e.zip/takings.csv: This is not a session list" in takings.refused
    assert june.accepted == 1


REFUSED = {
    "no sheet is a table": (workbook({"Notes": NOTES}), "No sheet of the workbook is a session"),
    "an empty workbook": (workbook({"A": []}), "The workbook is empty"),
    "a locked workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "locked with a password",
    ),
    "an old document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "cannot be opened"),
    "a cut workbook": (workbook({"A": rows_of()})[:-400], "The zip file is damaged"),
    "a zip in a zip": (zipped({"a.zip": zipped({"a.csv": b"a"})}), "a zip file inside the zip"),
    "pictures": (zipped({"a.png": b"\x89PNG"}), "There is no table in the zip file"),
    "a Word document": (zipped({"word/document.xml": b"<w/>"}), "a Word document"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_table_is_refused_with_what_to_do(case: str, tmp_path: Path):
    data, sentence = REFUSED[case]
    assert sentence in refused(data, tmp_path)


def test_a_zip_locked_with_a_password_says_what_to_do(tmp_path: Path):
    data = bytearray(zipped({"june.csv": export([visit(1)])}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "Unpack it and drop the files in it" in refused(bytes(data), tmp_path)
