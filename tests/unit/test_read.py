"""Text to a table: delimiter, what stands above and below, quotes, lines of uneven width."""

from pathlib import Path

import pytest

from pipelines.ingest.columns import likeness
from pipelines.ingest.read import TextTable, read_table
from pipelines.ingest.report import Report
from pipelines.vocabulary import load_vocabulary
from tests.support.exports import (
    VISIT,
    Dialect,
    accounted,
    column,
    empty_store,
    export,
    records_of,
    refusal,
    take,
    visit,
)

WIDTH = len(VISIT)


def table(data: bytes) -> TextTable:
    vocabulary = load_vocabulary()
    return read_table(data, lambda cells: likeness(cells, vocabulary))


def visits(count: int = 3) -> list[dict[str, str]]:
    return [visit(number, patient_id=f"P{number}") for number in range(1, count + 1)]


def lines_of(count: int = 3) -> list[bytes]:
    return export(visits(count)).splitlines(keepends=True)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_delimiter_is_found(delimiter: str, tmp_path: Path):
    report = take(empty_store(tmp_path), export(visits(), Dialect(delimiter=delimiter)))
    assert (report.delimiter, report.accepted) == (delimiter, 3)


def test_a_delimiter_inside_quotes_separates_nothing(tmp_path: Path):
    rows = [visit(1, condition="Neck pain; left, right | both") | {"Remarks": "a;b;c;d;e;f;g;h;i"}]
    report = take(empty_store(tmp_path), export(rows))
    assert (report.delimiter, report.accepted) == (",", 1)


def test_the_line_of_a_spreadsheet_that_names_the_delimiter_is_passed(tmp_path: Path):
    report = take(
        empty_store(tmp_path), export(visits(), Dialect(delimiter=";", above="sep=;\r\n"))
    )
    assert (report.header_line, report.accepted) == (2, 3)


def test_titles_above_and_totals_below_are_no_visits(tmp_path: Path):
    above = f"Session list\n\nClinic: North{',' * (WIDTH - 1)}\n"
    below = (
        f"\nTotal sessions,3\nPrinted 11/20/2026\n{',' * (WIDTH - 1)}\n{',' * (WIDTH - 1)}\n"
        f"Grand total{',' * (WIDTH - 1)}\n"
    )
    store = empty_store(tmp_path)
    report = take(store, export(visits(), Dialect(above=above, below=below)))
    assert (report.header_line, report.rows, report.accepted) == (4, 8, 3)
    assert report.skipped == {"blank": 2, "total": 2, "note": 1}
    assert column(store, "source_line") == [5, 6, 7]


def test_the_header_again_a_page_number_and_blank_records_are_counted_by_reason(tmp_path: Path):
    header, first, *rest = lines_of()
    blank = b"," * (WIDTH - 1) + b"\n"
    inside = [header, b"Page 2 of 7\n", b"January 2025" + blank, blank, b"\n", b"  \n"]
    report = take(empty_store(tmp_path), b"".join([header, first, *inside, *rest]))
    assert report.accepted == 3
    assert report.skipped == {"header": 1, "note": 2, "blank": 2}
    assert accounted(report)


def test_line_breaks_delimiters_and_quotes_inside_quotes_belong_to_the_cell(tmp_path: Path):
    rows = [row | {"Remarks": 'a,b\nsaid "better"\r\n\nthen; left'} for row in visits()]
    store = empty_store(tmp_path)
    report = take(store, export(rows))
    assert (report.rows, report.accepted, report.quarantined) == (3, 3, 0)
    assert column(store, "source_line") == [2, 6, 10]


def test_a_short_line_is_quarantined_and_its_neighbours_are_not(tmp_path: Path):
    header, first, *rest = lines_of()
    store = empty_store(tmp_path)
    report = take(store, b"".join([header, first, b"V9,P9,2025-01-07,Ada\n", *rest]))
    assert (report.accepted, report.reasons) == (3, {"wrong_number_of_cells": 1})
    (entry,) = store.quarantine().itertuples()
    assert (entry.line, entry.cells) == (3, '["V9", "P9", "2025-01-07", "Ada"]')


def test_a_long_line_is_quarantined_unless_what_is_too_much_is_blank(tmp_path: Path):
    header, first, second, third = lines_of()
    first, second = first.replace(b"\n", b",extra\n"), second.replace(b"\n", b", ,\n")
    store = empty_store(tmp_path)
    report = take(store, header + first + second + third)
    assert (report.accepted, report.reasons) == (2, {"wrong_number_of_cells": 1})
    assert store.quarantine()["line"].tolist() == [2]


def test_a_delimiter_at_the_end_of_every_line_changes_nothing(tmp_path: Path):
    content = export(visits()).replace(b"\n", b",\n")
    assert take(empty_store(tmp_path), content).accepted == 3


def test_a_download_cut_off_in_its_last_line_loses_no_other(tmp_path: Path):
    report = take(empty_store(tmp_path), export(visits())[:-25])
    assert (report.accepted, report.quarantined) == (2, 1)


def test_a_quote_inside_a_cell_is_a_letter(tmp_path: Path):
    content = export(visits()).replace(b"Neck pain", b'Neck 5" pain', 1)
    store = empty_store(tmp_path)
    assert take(store, content).accepted == 3
    assert sorted(column(store, "condition")) == ["Neck pain", "Neck pain", "unmapped"]


@pytest.mark.parametrize("count", [2, 6])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_quote_that_is_never_closed_swallows_no_line(count: int, end: str, tmp_path: Path):
    rows = visits(count)
    content = export(rows, Dialect(newline=end)).replace(b"Neck pain", b'"Neck pain', 1)
    store = empty_store(tmp_path)
    report = take(store, content)
    assert (report.rows, accounted(report)) == (count, True)
    assert column(store, "source_line") == list(range(2, count + 2))
    assert set(column(store, "condition")) == {"Neck pain"}


def test_a_download_cut_off_inside_a_quoted_cell_loses_no_other(tmp_path: Path):
    rows = [row | {"Remarks": "well, better"} for row in visits()]
    report = take(empty_store(tmp_path), export(rows)[:-6])
    assert (report.rows, report.accepted) == (3, 2)
    assert report.reasons == {"wrong_number_of_cells": 1}


def test_a_header_alone_is_refused(tmp_path: Path):
    sentence = refusal(empty_store(tmp_path), lines_of()[0])
    assert "a header on line 1 and no row below it" in sentence
    assert "Export a period in which there were sessions" in sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Please sign in to go on", "There is only one line in the file"),
        (b"month,takings\n2025-01,300\n", "This is not a session list: no line names columns"),
        (b"a,b\n1,2\n3,4\n", "Export the sessions as CSV with a header line"),
    ],
)
def test_no_header_is_refused_with_what_a_header_is(content: bytes, sentence: str, tmp_path: Path):
    assert sentence in refusal(empty_store(tmp_path), content)


def test_records_keep_their_line_and_their_text_whatever_their_width():
    records = [list(VISIT), ["a", "b"], [*"abcdefghi"], [*"abcdefghij"]]
    found = table(records_of(records))
    assert found.lines.tolist() == [2, 3, 4]
    assert [found.cells(row) for row in range(3)] == records[1:]
    assert sorted(found.ragged) == [0, 2]


def told(report: Report) -> str:
    return "; ".join(map(str, report.steps))


def test_each_step_of_reading_is_told_with_its_reason(tmp_path: Path):
    dialect = Dialect(delimiter=";", above="Sessions\r\nClinic North\r\n", newline="\r\n")
    rows = [row | {"Therapist": "Zoë"} for row in visits()]
    words = told(take(empty_store(tmp_path), export(rows, dialect)))
    assert "UTF-8, because all bytes are valid UTF-8; lines end with CR LF" in words
    assert "a semicolon between cells, because 4 of the first 4 rows then have 9 cells" in words
    assert "2 lines above the header left out" in words
    assert "header on line 3, because 9 known columns are named there" in words


def test_the_line_that_names_the_delimiter_is_the_reason(tmp_path: Path):
    content = export(visits(), Dialect(delimiter="^", above="sep=^\n"))
    report = take(empty_store(tmp_path), content)
    assert (report.delimiter, report.header_line, report.accepted) == ("^", 2, 3)
    assert "because the first line says sep=^" in told(report)


def test_groups_stand_above_the_first_of_their_columns_alone(tmp_path: Path):
    lines = [
        "Visit,,,Pain,,,Side effects,,",
        "ID,Patient ID,Date,Before,After,Therapist,Soreness,Bruising,Remarks",
        "V1,P1,2025-01-13,7,4,Ada,yes,no,well",
        "V2,P2,2025-01-14,6,3,Ada,no,no,well",
    ]
    store = empty_store(tmp_path)
    report = take(store, "\n".join(lines).encode())
    assert (report.header_line, report.rows, report.accepted) == (1, 2, 2)
    assert (column(store, "pain_after"), column(store, "therapist")) == ([4, 3], ["Ada", "Ada"])
    assert column(store, "side_effects") == ["soreness", ""]


def test_a_title_above_the_header_is_no_group(tmp_path: Path):
    title = f"Pain and side effects{',' * (WIDTH - 1)}\n"
    report = take(empty_store(tmp_path), export(visits(), Dialect(above=title)))
    assert (report.header_line, report.accepted) == (2, 3)


def test_a_header_that_comes_twice_keeps_both_columns_apart():
    found = table(records_of([[*VISIT, "Date", "Date"], [*VISIT.values(), "x", "y"]]))
    assert found.layout.header[-2:] == ("Date (second)", "Date (third)")
    assert found.cells(0)[-2:] == ["x", "y"]


def test_thousands_of_empty_columns_are_no_part_of_the_table(tmp_path: Path):
    content = export(visits()).replace(b"\n", b"," * 16_000 + b"\n")
    report = take(empty_store(tmp_path), content)
    assert (report.accepted, len(report.mapping)) == (3, WIDTH)


def test_spaces_before_a_quote_are_no_part_of_the_cell(tmp_path: Path):
    content = export([visit(1, condition="Neck pain, left")]).replace(b",", b", ")
    store = empty_store(tmp_path)
    report = take(store, content.replace(b'"Neck pain,  left"', b'"Neck pain, left"'))
    assert (report.accepted, report.quarantined) == (1, 0)
