"""Bytes to text: every encoding an export comes in, and what is no text at all."""

from pathlib import Path

import pytest

from pipelines.errors import FileRefused
from pipelines.ingest.reading.text import decoded
from tests.support.exports import Dialect, column, empty_store, export, take, visit

ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "cp1252": "windows-1252",
    "mac_roman": "mac-roman",
}
NO_TEXT = {
    b"\x89PNG\r\n\x1a\n\x00\x00": "a picture (PNG)",
    b"\xff\xd8\xff\xe0\x00": "a picture (JPEG)",
    b"GIF89a\x00": "a picture (GIF)",
    b"BM\x36\x00\x00\x00": "a picture (bitmap)",
    b"%PDF-1.7\n": "a PDF document",
    b"PK\x03\x04\x14\x00": "a spreadsheet or zip file renamed to .csv",
    b"\xd0\xcf\x11\xe0\xa1\xb1": "an old Excel workbook renamed to .csv",
    b"\x1f\x8b\x08\x00": "a compressed file (gzip)",
    b"PAR1\x15\x04": "a Parquet file",
    bytes(range(256)) * 8: "binary data",
}


@pytest.mark.parametrize("codec", ENCODINGS)
def test_each_encoding_is_told_and_keeps_its_accents(codec: str, tmp_path: Path):
    rows = [visit(1, therapist="Zoë Müller"), visit(2, therapist="Renée")]
    store = empty_store(tmp_path)
    report = take(store, export(rows, Dialect(encoding=codec)))
    assert report.encoding == ENCODINGS[codec]
    assert column(store, "therapist") == ["Zoë Müller", "Renée"]


def test_why_an_encoding_was_taken_names_the_line_and_no_text():
    text = decoded(b"Patient,Date\nP1,2025-01-06\nCaf\xe9,x\n")
    assert text.encoding == "windows-1252"
    assert str(text.steps[0]) == (
        "Windows-1252, because byte 0xE9 (é) reads well in it, first on line 3"
    )


def test_a_byte_that_is_not_utf_8_is_found_far_from_the_start():
    content = b"a,b\n" * 1_200_000 + b"caf\xe9\n"
    assert decoded(content).steps[0].because.endswith("first on line 1,200,001")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_sort_of_line_end_gives_the_same_visits(end: str, tmp_path: Path):
    store = empty_store(tmp_path)
    report = take(store, export([visit(1), visit(2)], Dialect(newline=end)))
    assert (report.rows, report.accepted) == (2, 2)
    assert column(store, "source_line") == [2, 3]


def test_a_control_z_at_the_end_and_zero_bytes_inside_are_no_content(tmp_path: Path):
    store = empty_store(tmp_path)
    content = export([visit(1), visit(2)]).replace(b"Ada", b"A\x00da", 1) + b"\x1a"
    assert take(store, content).accepted == 2
    assert column(store, "therapist") == ["Ada", "Ada"]


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\x1a", b"\xff\xfe"])
def test_an_empty_file_is_told_as_empty(content: bytes):
    with pytest.raises(FileRefused, match="The file is empty"):
        decoded(content)


@pytest.mark.parametrize("content", NO_TEXT, ids=lambda content: NO_TEXT[content])
def test_what_is_no_text_is_named_with_what_to_do(content: bytes):
    with pytest.raises(FileRefused) as refused:
        decoded(content)
    assert NO_TEXT[content] in str(refused.value)
    assert "save the sessions as CSV" in str(refused.value)


@pytest.mark.parametrize(
    "page", ["<!DOCTYPE html><p>Sign in", " \n<html>", "<?xml version='1.0'?>"]
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_web_page_is_told_as_the_sign_in_page_it_often_is(page: str, codec: str):
    with pytest.raises(FileRefused, match="the sign-in page of the practice system"):
        decoded(page.encode(codec))


@pytest.mark.parametrize("text", ['{"visits": []}', '[{"patient": "P1"}]'])
def test_json_is_told(text: str):
    with pytest.raises(FileRefused, match="This is JSON"):
        decoded(text.encode())


def test_a_table_whose_first_name_begins_like_a_bitmap_is_a_table(tmp_path: Path):
    rows = [{"BMI": "24"} | visit(1)]
    assert take(empty_store(tmp_path), export(rows)).accepted == 1


WORDS = [
    "Renée",
    "Müller",
    "Größe",
    "Ärztin",
    "JOSÉ MUÑOZ",
    "Élodie Çelik",
    "Genève à l’été",
    "3–4 “x”",
]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(
    ("codec", "name"), [("cp1252", "windows-1252"), ("mac_roman", "mac-roman"), ("utf-8", "utf-8")]
)
def test_one_word_tells_windows_from_mac(word: str, codec: str, name: str):
    text = decoded(f"Patient,Note\nP1,{word}\n".encode(codec))
    assert (text.encoding, bytes(text.content).decode().splitlines()[1]) == (name, f"P1,{word}")


def test_what_could_be_either_is_windows_1252_and_said_to_be():
    step = decoded(b"a,b\nO\xd5Neill,x\n").steps[0]
    assert step.decided == "Windows-1252"
    assert "as well as in Mac Roman" in step.because


def test_latin_bytes_in_a_file_of_utf_8_spoil_nothing_and_their_lines_are_told():
    lines = ["Müller".encode(), "Renée “à”".encode("cp1252"), "l’été".encode() + b" caf\xe9", b"x"]
    text = decoded(b"\n".join([b"a,b", *lines, b""]))
    assert bytes(text.content).decode().split("\n") == [
        "a,b", "Müller", "Renée “à”", "l’été café", "x", ""
    ]  # fmt: skip
    assert text.encoding == "utf-8"
    assert text.steps[0].decided == "UTF-8, and Windows-1252 on lines 3 and 4"


def test_a_byte_that_no_letter_has_stands_as_a_mark_and_its_line_is_told():
    text = decoded("a,b\nRenée,x\n".encode("cp1252") + b"y\x81,z\n")
    assert "y\ufffd,z" in bytes(text.content).decode()
    assert "1 character could not be read and stand as \ufffd on line 3" in str(text.steps[1])


def test_control_characters_are_left_out_and_counted():
    more = b"Bo,y\n" * 20
    text = decoded(b"a,b\nA\x07d\x1ba,x\x00\n" + more + b"\x1a")
    assert bytes(text.content) == b"a,b\nAda,x\n" + more
    assert "4 control characters left out" in " ".join(map(str, text.steps))


def test_carriage_returns_alone_among_other_line_ends_are_told():
    text = decoded(b"a,b\nc,d\re,f\n")
    assert text.bare_returns
    assert "1 line ends with CR alone" in " ".join(map(str, text.steps))
