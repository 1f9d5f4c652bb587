"""Builders of workbooks and zip files with tables in them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

FORMATS = {datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy", time: "hh:mm"}


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = (), **options: Any
) -> bytes:
    """An .xlsx file of these sheets; dates and times are formatted as a spreadsheet does."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True} | options)
    formats = {kind: book.add_format({"num_format": text}) for kind, text in FORMATS.items()}
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if type(value) in formats:
                    sheet.write_datetime(number, place, value, formats[type(value)])
                elif isinstance(value, str):
                    sheet.write_string(number, place, value)
                elif value is not None:
                    sheet.write(number, place, value)
    book.close()
    return content.getvalue()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip file of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def open_document(rows: Sequence[Sequence[str]], repeated: int = 1) -> bytes:
    """An .ods file of one sheet, whose last cell of each row is said to stand so many times."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell table:number-columns-repeated="{repeated if last else 1}"'
            f' office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for last, cell in ((place == len(row), cell) for place, cell in enumerate(row, 1))
        )
        + "</table:table-row>"
        for row in rows
    )
    names = "urn:oasis:names:tc:opendocument:xmlns"
    text = (
        f'<office:document-content xmlns:office="{names}:office:1.0"'
        f' xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Visits">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": text.encode(), "META-INF/manifest.xml": b""})
