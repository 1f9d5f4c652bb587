"""Files made to do harm: each is refused in a sentence, soon, and without taking the memory.

A test that is refused late or takes too much would pass by luck on a large machine, so time is
measured, and memory in a process that has no more than it may use.
"""

import io
import struct
import subprocess
import sys
import time
import zipfile

import pytest

from pipelines.errors import FileRefused
from pipelines.ingest.columns import likeness
from pipelines.ingest.files import parts
from pipelines.ingest.read import read_table
from pipelines.ingest.reading import limits
from pipelines.ingest.reading.archives import last_name
from pipelines.vocabulary import load_vocabulary
from tests.support.exports import VISIT, export, visit
from tests.support.workbooks import open_document, workbook, zipped

SECONDS = 10
"""Each takes under two by itself; tests share two cores with others."""
HEADER = ",".join(VISIT).encode() + b"\n"


def read(name: str, data: bytes) -> list[int]:
    """The rows of each table in a file."""
    vocabulary = load_vocabulary()
    found = parts(name, data)
    return [len(read_table(part, lambda cells: likeness(cells, vocabulary))) for part in found]


def far_cell() -> bytes:
    """A workbook with the header at its first cell and one more at its very last."""
    rows = [list(VISIT), list(visit(1).values())]
    with zipfile.ZipFile(io.BytesIO(workbook({"A": rows}))) as book:
        files = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    last = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return zipped(files | {sheet: files[sheet].replace(b"</sheetData>", last)})


def one_word_a_million_times() -> bytes:
    """A workbook whose every cell is the same text of 32,000 characters."""
    with zipfile.ZipFile(io.BytesIO(workbook({"A": [["x" * 32_000]]}))) as book:
        files = {name: book.read(name) for name in book.namelist()}
    cell = b'<c t="s"><v>0</v></c>'
    rows = b"<row>" + cell * 1000 + b"</row>"
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    body = sheet + b"<sheetData>" + rows * 600 + b"</sheetData></worksheet>"
    return zipped(files | {"xl/worksheets/sheet1.xml": body})


def lying_zip() -> bytes:
    """A zip file that promises ten bytes where there are thirty million."""
    data = bytearray(zipped({"june.csv": HEADER * 400_000}))
    size = struct.pack("<I", 10)
    data[22:26] = size
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = size
    return bytes(data)


def many_members(count: int) -> bytes:
    return zipped({f"{number}.csv": b"a" for number in range(count)})


HOSTILE = {
    "a wide line": (b"x," * 400_000 + b"\n" + export([visit(1)]), None),
    "many names": (HEADER.strip() + b",x" * 400_000 + b"\nV1,P1\n", "over 2,000 columns"),
    "an endless line": (HEADER + b"a" * 9_000_000, "a line of over"),
    "an endless cell": (HEADER + b"a" * 2_000_000 + b"\n", "a line of over"),
    "a quote without an end": (HEADER + b'"' + b"a\n" * 200_000, None),
    "quotes without end": (HEADER + b'a,"\n' * 100_000, None),
    "twenty million lines": (HEADER + b"\n" * 20_000_001, "over 20,000,000 lines"),
    "a zip bomb": (zipped({"june.csv": bytes(40_000_000)}), "over 200 times its size"),
    "a zip that lies": (lying_zip(), "damaged"),
    "a thousand files": (many_members(1000), "over 200 files"),
    "ten thousand files": (many_members(6000), "over 5,000 files"),
    "a cell at the far corner": (far_cell(), "more than any list of sessions"),
    "one text everywhere": (one_word_a_million_times(), "more than any list of sessions"),
    "a cell repeated": (open_document([["x"]], 10**9), "No sheet of the workbook"),
    "a workbook that unpacks": (
        zipped({"xl/workbook.xml": b" " * 40_000_000}), "over 200 times its size",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_or_read_soon(case: str):
    data, sentence = HOSTILE[case]
    started = time.perf_counter()
    if sentence is None:
        assert len(read("file", data)) == 1
    else:
        with pytest.raises(FileRefused) as refused:
            read("file", data)
        assert sentence in str(refused.value)
    assert time.perf_counter() - started < SECONDS


MEASURED = """
import resource, sys
from tests.faults.test_hostile_files import HOSTILE, read
from pipelines.errors import FileRefused
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for data, sentence in HOSTILE.values():
    try:
        read("file", data)
    except FileRefused:
        pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before,
      resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_no_hostile_file_takes_half_a_gigabyte():
    ran = subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, text=True)
    own, workbooks = map(int, ran.stdout.split())
    assert max(own, workbooks) < 500_000


def test_a_small_file_that_packs_well_is_no_bomb():
    data = zipped({"june.csv": export([visit(1)]) + b"," * 8 * 1000 + b"\n"})
    assert read("e.zip", data) == [2]


@pytest.mark.parametrize(
    ("path", "name"),
    [("../../june.csv", "june.csv"), ("C:\\x\\june.csv", "june.csv"), ("/etc/june.csv", "june.csv"),
     ("ju\x1b[31mne\x00.csv", "ju[31mne.csv"), ("a/\u202egpj.csv", "gpj.csv"), ("..", "")],
)  # fmt: skip
def test_a_name_is_the_last_part_of_a_path_without_what_cannot_be_seen(path: str, name: str):
    assert last_name(path) == name


def test_limits_are_told_in_the_refusal():
    with pytest.raises(FileRefused, match="which no list of sessions has"):
        raise limits.too_large("The file has over 20,000,000 lines")
