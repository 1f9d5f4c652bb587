"""From bytes to UTF-8 text with plain line ends, or a refusal that says what the file is."""

import codecs
from dataclasses import dataclass

from pipelines.errors import FileRefused

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "utf-8"),
    (b"\xff\xfe", "utf-16", "utf-16-le"),
    (b"\xfe\xff", "utf-16", "utf-16-be"),
)
NOT_TEXT = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM", "a picture (bitmap)"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a spreadsheet or zip file renamed to .csv"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook renamed to .csv"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"PAR1", "a Parquet file"),
)
AS_CSV = "Open it where it was made and save the sessions as CSV."
ALIKE = 4096
FEW = 0.02
CONTROL = bytes({*range(1, 32)} - {*b"\t\n\v\f\r\x1a"})
BLOCK = 1 << 22
EMPTY = b"\x00\x1a \t\r\n\xef\xbb\xbf\xff\xfe"


@dataclass(frozen=True)
class Text:
    """A file as UTF-8 whose lines end with LF or CRLF, the encoding it came in, and why.

    The text begins at `start`, after a mark: the bytes of a large file are not copied.
    """

    data: bytes
    start: int
    encoding: str
    why: str

    @property
    def content(self) -> memoryview:
        return memoryview(self.data)[self.start :]


def decoded(data: bytes) -> Text:
    """The text of a file; raises FileRefused where it is empty or not text."""
    if not data[:ALIKE].strip(EMPTY) and not data.strip(EMPTY):
        raise FileRefused("The file is empty. Export the sessions once more and drop that file.")
    _refuse_what_is_not_text(data)
    encoding, codec, mark, why = _encoding(data)
    return Text(*_plain(data, codec, mark), encoding, why)


def _refuse_what_is_not_text(data: bytes) -> None:
    for magic, what in NOT_TEXT:
        if data.startswith(magic) and (magic != b"BM" or b"\x00" in data[:64]):
            raise FileRefused(f"This is {what}, not a table of text. {AS_CSV}")


def _encoding(data: bytes) -> tuple[str, str, int, str]:
    """Name, codec, length of the mark, and the reason."""
    for mark, name, codec in MARKS:
        if data.startswith(mark):
            return name, codec, len(mark), f"a {name} mark at the start"
    start = data[:ALIKE]
    if b"\x00" in start and not _only_strays(start):
        return _without_mark(start)
    wrong = _first_invalid(data)
    if wrong is None:
        return "utf-8", "utf-8", 0, "all bytes are valid UTF-8"
    line = data.count(b"\n", 0, wrong) + 1
    return "windows-1252", "cp1252", 0, f"byte 0x{data[wrong]:02X} on line {line} is not UTF-8"


def _first_invalid(data: bytes) -> int | None:
    """Where the bytes stop being UTF-8; None where they never do. Looks block by block."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    for start in range(0, len(data), BLOCK):
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(view[start : start + BLOCK], final=start + BLOCK >= len(data))
        except UnicodeDecodeError as error:
            return start - waiting + error.start
    return None


def _only_strays(start: bytes) -> bool:
    """Whether the zero bytes are few, in what is text otherwise: some databases leave them."""
    return start.count(0) <= FEW * len(start) and len(start.translate(None, CONTROL)) == len(start)


def _without_mark(start: bytes) -> tuple[str, str, int, str]:
    """UTF-16 shows a zero at every other byte of plain letters."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > 0.4 * len(start) / 2 and even < odd / 4:
        return "utf-16", "utf-16-le", 0, "every second byte is zero"
    if even > 0.4 * len(start) / 2 and odd < even / 4:
        return "utf-16", "utf-16-be", 0, "every second byte is zero"
    raise FileRefused(f"The file holds binary data, not a table of text. {AS_CSV}")


def _plain(data: bytes, codec: str, mark: int) -> tuple[bytes, int]:
    """UTF-8 whose lines end with LF or CRLF; what a codec lacks becomes a visible mark."""
    if codec != "utf-8" or (mark and _first_invalid(data) is not None):
        data, mark = data[mark:].decode(codec, errors="replace").encode("utf-8"), 0
    if data.endswith((b"\x1a", b"\x00")):
        data = data.rstrip(b"\x1a\x00")
    if b"\x00" in data:
        data = data.replace(b"\x00", b"")
    if data.count(b"\r") != data.count(b"\r\n"):
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    _refuse_other_text(data[mark : mark + ALIKE])
    return data, mark


def _refuse_other_text(start: bytes) -> None:
    start = start.lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise FileRefused(
            "This is a web page, not a table: often the sign-in page of the practice system."
            " Sign in, export the sessions as CSV and drop that file."
        )
    if start.startswith((b"{", b"[")):
        raise FileRefused(f"This is JSON, not a table of text. {AS_CSV}")
