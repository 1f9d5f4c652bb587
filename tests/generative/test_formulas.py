"""No table that goes out runs in a spreadsheet, and one that comes back holds what it held."""

import csv
import io
import json
import re

import pandas as pd
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard import downloads
from pipelines.cli.options import print_figures
from pipelines.formulas import as_text
from pipelines.ingest.cells import tidy
from pipelines.ingest.quarantine import ENTRY, tables_to_mend

WIDE = (
    "\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
    "\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)
SIGNS = " \t\r\n\u00a0\u200b\ufeff\u3000'\"=+-@|;,.0123456789aZé(" + WIDE
TEXT = st.text(st.one_of(st.sampled_from(SIGNS), st.characters(codec="utf-8")), max_size=8)
NUMBERS = ("-3", "+4.5", "-0,5", "-1,234.50", "+1e-5", "-12%", "-.5", " -3 ", "1.39E+18")
FORMULAS = (
    "=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", "  =1", '"=1', ' "@x',
    "\u200b=1", f"{WIDE[0]}1", "=\"0007\"", "-", "+49 170 5550173", "\tabc",
)  # fmt: skip
ORIGIN = downloads.Origin("Title", "=1+1", "@SUM(A1)", "-cmd", "+x")


def runs(cell: str) -> bool:
    """Whether a spreadsheet might: a second telling, by what the program sees first."""
    seen = re.sub("[\u200b\ufeff]", "", cell)
    if re.fullmatch(r"\s*[+-]?[\d.,]*\d([eE][+-]?\d+)?%?\s*", seen, re.ASCII):
        return False
    return re.match(rf"""[\s"]*[=+\-@{WIDE}]""", seen) is not None


def test_formulas_become_text_and_numbers_stay_numbers():
    assert [cell for cell in FORMULAS if not as_text(cell).startswith("'")] == []
    assert [cell for cell in NUMBERS if as_text(cell) != cell] == []
    assert as_text("Neck pain (C5-C6)") == "Neck pain (C5-C6)"
    assert as_text("'=1") == "'=1"


@given(TEXT)
@example('="0007"')
@example("'=1")
@example("\t''")
@example("\u3000=1")
def test_what_went_out_as_text_comes_back_as_it_was(cell: str):
    assert tidy(as_text(cell)) == tidy(cell)
    assert not runs(as_text(cell))


@given(st.lists(TEXT, min_size=2, max_size=2), st.lists(TEXT, min_size=2, max_size=2))
def test_rows_to_mend_hold_no_formula_and_come_back(header: list[str], cells: list[str]):
    entry = dict.fromkeys(ENTRY, "x") | {
        "header": json.dumps(header),
        "cells": json.dumps(cells),
        "delimiter": ";",
        "sentence": f"{header[0]}: “{cells[0]}” is not a date",
    }
    ((_, data),) = tables_to_mend(pd.DataFrame([entry]))
    records = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [cell for record in records for cell in record if runs(cell)] == []
    assert [list(map(tidy, record[:2])) for record in records] == [
        list(map(tidy, header)),
        list(map(tidy, cells)),
    ]


@given(TEXT, TEXT)
def test_a_download_holds_no_formula_anywhere(name: str, cell: str):
    frame = pd.DataFrame({name: [cell, None], f"{name}2": pd.Categorical([cell, cell]), "n": -1.5})
    data = downloads.as_csv(frame, ORIGIN).decode("utf-8-sig")
    records = list(csv.reader(io.StringIO(data, newline="")))
    assert [text for record in records for text in record if runs(text)] == []
    assert {len(record) for record in records} == {7}
    assert records[1][2] == "-1.5"


def test_figures_printed_as_csv_hold_no_formula(capsys):
    rows = [{"measure": "=1+1", "value": -1.5, "group": "-cmd", "low": None}]
    print_figures({}, rows, as_json=False, as_csv=True)
    assert capsys.readouterr().out.splitlines() == ["measure,value,group,low", "'=1+1,-1.5,'-cmd,"]
