"""How the bytes of a file are broken."""

from dataclasses import replace

from tests.corpus.clinic import CLINIC, PLAIN, SHORT, constant, same
from tests.corpus.labels import File, Truth, accepted, labelled
from tests.corpus.sheet import Sheet, sheet

KIND = "bytes"


def foreign() -> Sheet:
    """The clinic with letters that encodings write differently."""
    visits = [
        visit
        | {"therapist": {"Ada Berg": "Zoë Müller", "Ben Ito": "José Peña"}[visit["therapist"]]}
        for visit in CLINIC
    ]
    return sheet(visits=visits)


@labelled(KIND, "UTF-8", "LF", "comma")
def plain_utf_8() -> File:
    """Nothing to repair: every other file is this one, spoiled."""
    return accepted(foreign(), foreign().csv(), encoding="utf-8", delimiter=",")


@labelled(KIND, "UTF-8 with mark", "CRLF")
def utf_8_with_mark() -> File:
    """Excel's “CSV UTF-8”."""
    data = foreign().csv(encoding="utf-8-sig", newline="\r\n")
    return accepted(foreign(), data, encoding="utf-8-sig")


@labelled(KIND, "UTF-16 with mark", "tab")
def utf_16_with_mark() -> File:
    """Excel's “Unicode text”: UTF-16 with tabs."""
    data = foreign().csv(delimiter="\t", encoding="utf-16", newline="\r\n")
    return accepted(foreign(), data, encoding="utf-16", delimiter="\t")


@labelled(KIND, "UTF-16 without mark")
def utf_16_without_mark() -> File:
    """UTF-16, big end first, and no mark that says so."""
    return accepted(foreign(), foreign().csv(encoding="utf-16-be"), encoding="utf-16")


@labelled(KIND, "Windows-1252", "semicolon")
def windows_1252() -> File:
    """What Excel saves as “CSV” in Western Europe."""
    data = foreign().csv(delimiter=";", encoding="cp1252", newline="\r\n")
    return accepted(foreign(), data, encoding="windows-1252", delimiter=";")


@labelled(KIND, "Mac Roman", "CR alone")
def mac_roman_with_bare_returns() -> File:
    """Excel for the Mac of old: Mac Roman, lines that end with CR alone."""
    return accepted(foreign(), foreign().csv(encoding="mac_roman", newline="\r"))


@labelled(KIND, "a Latin word in a UTF-8 file")
def latin_word_in_utf_8() -> File:
    """One name pasted in from a file in Windows-1252; all else is UTF-8."""
    data = foreign().csv().replace("José Peña".encode(), "José Peña".encode("cp1252"), 1)
    return accepted(foreign(), data)


@labelled(KIND, "NUL bytes")
def stray_zero_bytes() -> File:
    """A database that left zero bytes between cells."""
    data = sheet().csv().replace(b",treatment,", b",treatment\x00,")
    return accepted(sheet(), data)


@labelled(KIND, "CR alone")
def bare_returns() -> File:
    """Lines that end with CR alone, in UTF-8."""
    return accepted(foreign(), foreign().csv(newline="\r"))


@labelled(KIND, "LF", "CRLF")
def line_ends_of_two_sorts() -> File:
    """Two exports pasted together: LF above, CRLF below."""
    lines = sheet().csv().split(b"\n")
    return accepted(sheet(), b"\n".join(lines[:5]) + b"\n" + b"\r\n".join(lines[5:]))


@labelled(KIND, "line break in quotes", "delimiter in quotes", "doubled quotes", "free text")
def notes_of_several_lines() -> File:
    """Notes with line breaks, commas, doubled quotes, and a line that looks like a visit."""
    noted = {"Notes": same("note")}
    notes = {
        "V101": 'Said "much better", walks again',
        "V103": "First line\nsecond line, with a comma\n\nand a blank one",
        "V106": "V999,P99,2025-01-01,,,,,,9,9,,,\nis not a visit",
    }
    visits = [visit | {"note": notes.get(visit["visit"], "")} for visit in CLINIC]
    both = sheet(PLAIN | noted, visits)
    known = replace(both, visits=sheet().visits)
    return accepted(known, both.csv())


def raw(found: Sheet, delimiter: str = ",") -> bytes:
    """The records joined by the delimiter, without any quoting."""
    lines = [delimiter.join(cells) for cells in (found.header, *found.records)]
    return ("\n".join(lines) + "\n").encode()


@labelled(KIND, "stray quote")
def quote_never_closed() -> File:
    """A quote that opens a cell and is never closed must not swallow the lines below."""
    noted = sheet(PLAIN | {"Notes": constant("")}).with_cell(3, "Notes", '"much better')
    return accepted(noted, raw(noted))


@labelled(KIND, "stray quote")
def inches_in_a_cell() -> File:
    """A quote inside a cell, as people write inches."""
    noted = sheet(PLAIN | {"Notes": constant("")}).with_cell(3, "Notes", 'a needle of 2" here')
    return accepted(noted, raw(noted))


@labelled(KIND, "cut off in its last line", "a line with fewer cells")
def download_cut_off() -> File:
    """A download that ended in the middle of its last line: that visit waits, the rest is in."""
    data = sheet().csv()
    whole = sheet().without(9)
    cut = data[: data.rindex(b"V110") + len(b"V110,P07,2025-05-26,09:30,disch")]
    return File(cut, Truth(whole.visits, reasons={"wrong_number_of_cells": 1}), whole.keys)


@labelled(KIND, "LF")
def no_line_end_at_the_end() -> File:
    """The last line has all its cells and no line end."""
    return accepted(sheet(SHORT), sheet(SHORT).csv().rstrip(b"\n"))


@labelled(KIND, "trailing Ctrl-Z")
def end_of_file_mark() -> File:
    """An old program that ends its files with Ctrl-Z."""
    return accepted(sheet(), sheet().csv(newline="\r\n") + b"\x1a")


@labelled(KIND, "a line with fewer cells", "a line with more cells")
def lines_of_unequal_width() -> File:
    """One line lost a cell and one gained one: their values may stand in the wrong columns."""
    lines = sheet(SHORT).csv().splitlines()
    lines[3] = lines[3].replace(b",P07", b"", 1)
    lines[6] = lines[6].replace(b",P07,", b",P07,2025-03-05,", 1)
    kept = sheet(SHORT).without(2, 5)
    truth = Truth(kept.visits, reasons={"wrong_number_of_cells": 2})
    return File(b"\n".join(lines) + b"\n", truth, kept.keys)


@labelled(
    KIND,
    "delimiter at the end of each line",
    "trailing Ctrl-Z",
    "UTF-8 with mark",
    "CRLF",
    "padding spaces",
)
def several_at_once() -> File:
    """A mark, CRLF, padded cells, a comma at the end of each line and Ctrl-Z."""
    rows = [
        ",".join(f" {cell} " for cell in cells) + ","
        for cells in (sheet().header, *sheet().records)
    ]
    return accepted(sheet(), ("\r\n".join(rows) + "\r\n\x1a").encode("utf-8-sig"))
