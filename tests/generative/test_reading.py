"""A file is read the same, whether in one pass or record by record, and however it is written."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.errors import FileRefused
from pipelines.ingest import read
from pipelines.ingest.columns import likeness
from pipelines.ingest.read import TextTable, read_table
from pipelines.vocabulary import load_vocabulary
from tests.support.examples import examples
from tests.support.exports import VISIT, Dialect, records_of

HEADER = list(VISIT)
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
RECORD = st.lists(st.text(LETTERS, max_size=12), min_size=len(HEADER), max_size=len(HEADER))
RECORDS = st.lists(RECORD, min_size=1, max_size=8)
CODECS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
BROKEN = [["line\nbreak", *[""] * (len(HEADER) - 1)]]


def table(data: bytes) -> TextTable:
    vocabulary = load_vocabulary()
    return read_table(data, lambda cells: likeness(cells, vocabulary))


def cells(found: TextTable, count: int) -> list[list[str]]:
    return [found.cells(row) for row in range(count)]


@given(RECORDS, st.sampled_from(",;\t|"), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
@examples(100)
def test_in_one_pass_and_record_by_record_give_the_same_table(records, delimiter, quoting):
    dialect = Dialect(delimiter=delimiter, quoting=quoting)
    at_once = table(records_of([HEADER, *records], dialect))
    by_record = table(records_of([HEADER, *records, *BROKEN], dialect))
    assert cells(at_once, len(records)) == cells(by_record, len(records)) == records
    assert at_once.lines.tolist() == by_record.lines.tolist()[: len(records)]
    assert at_once.layout.header == by_record.layout.header == tuple(HEADER)


@given(RECORDS, CODECS, st.sampled_from(["\n", "\r\n", "\r"]))
@examples(40)
def test_encoding_and_line_ends_change_no_cell(records, codec, newline):
    plain = [["x" if cell == "\ufeff" else cell for cell in record] for record in records]
    found = table(records_of([HEADER, *plain], Dialect(encoding=codec, newline=newline)))
    assert cells(found, len(plain)) == plain


PIECES = st.sampled_from(
    [",", ",", '"', '"', "a", "1", "é", " ", "\n", "\r\n", "\r", "\n\n", '"x,\ny"', ",,,,,,,,\n",
     '"a ""b""",c,d,e,f,g,h,i,"j"\n', "V1,P1,2025-01-06,Ada,Neck pain,deep,7,4,none\n",
     'V1,P1,2025-01-06,Ada,"Neck pain,deep,7,4,none\n',
     'V1,P1,2025-01-06,Ada,"two\nlines",deep,7,4,\n',
     "Total,3\n"]
)  # fmt: skip
BODY = st.lists(PIECES, min_size=1, max_size=20).map("".join)


def whole(data: bytes) -> object:
    """Everything that is read of a file, or why it is refused."""
    try:
        found = table(data)
    except FileRefused as refusal:
        return str(refusal)
    columns = [column.cast("string").to_pylist() for column in found.columns]
    return found.layout, found.lines.tolist(), columns, found.ragged


@given(BODY)
@examples(150)
def test_both_ways_say_the_same_of_any_text(body):
    """Quotes closed, stray and open, blank lines, breaks in cells, odd widths, CR alone."""
    data = (",".join(HEADER) + "\n" + body).encode()
    fast = whole(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "read_at_once", lambda *of_text: None)
        assert whole(data) == fast


@given(st.lists(st.integers(0, 1), min_size=2, max_size=12), st.sampled_from(["\n", "\r\n"]))
@examples(40)
def test_a_stray_quote_never_swallows_a_line(strays, newline):
    """Whatever lines have one, each is a record with its own line and its own visit."""
    lines = [
        f"V{number},P{number},2025-01-06,Ada,{'Neck' if not stray else chr(34) + 'Neck'},deep,7,4,x"
        for number, stray in enumerate(strays)
    ]
    found = table(newline.join([",".join(HEADER), *lines, ""]).encode())
    assert found.lines.tolist() == list(range(2, len(lines) + 2))
    assert [found.cells(row)[0] for row in range(len(found))] == [
        f"V{n}" for n in range(len(lines))
    ]
