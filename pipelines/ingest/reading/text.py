"""From bytes to UTF-8 text, or a refusal that says what the file is."""

import itertools
import re
from dataclasses import dataclass, field

import numpy as np

from pipelines.errors import FileRefused
from pipelines.ingest.reading import encoding as encodings
from pipelines.ingest.reading import limits
from pipelines.ingest.reading.encoding import ALIKE, NOT_TEXT, Encoding, encoding_of
from pipelines.ingest.reading.phrases import counted, on_lines
from pipelines.ingest.steps import Step

MAGIC = (
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
EMPTY = b"\x00\x1a \t\r\n\xef\xbb\xbf\xff\xfe"
BLOCK = 1 << 20
LINE_END, RETURN, END_OF_FILE = ord("\n"), ord("\r"), 0x1A
UNSEEN = bytes({*range(32)} - {*b"\t\n\v\f\r"})
LOST = "\ufffd".encode()
NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a mark",
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
    "windows-1252": "Windows-1252",
    "mac-roman": "Mac Roman",
}


ENOUGH = 50


@dataclass(frozen=True)
class Text:
    """A file as UTF-8 without control characters, and how it was understood.

    The text begins at `start`, after a mark: the bytes of a large file are not copied.
    `bare_returns` says that some lines end with CR alone and others do not.
    """

    data: bytes = field(repr=False)
    start: int
    encoding: str
    steps: tuple[Step, ...]
    bare_returns: bool

    @property
    def content(self) -> memoryview:
        return memoryview(self.data)[self.start :]

    @property
    def ends_within_a_line(self) -> bool:
        """Whether the last line has no end, as in a download that was cut off."""
        return not self.data.endswith((b"\n", b"\r"))


def decoded(data: bytes) -> Text:
    """The text of a file; raises FileRefused where it is empty, not text, or beyond a limit."""
    if len(data) > limits.BYTES:
        raise limits.too_large("The file is over 1 GB")
    if not data[:ALIKE].strip(EMPTY) and not data.strip(EMPTY):
        raise FileRefused("The file is empty. Export the sessions once more and drop that file.")
    _refuse_what_is_not_text(data)
    encoding = encoding_of(data)
    data, start, steps = _as_utf_8(data, encoding)
    counts = _control_counts(data)
    if counts[LINE_END] > limits.ROWS:
        raise limits.too_large(f"The file has over {limits.ROWS:,} lines")
    data, unseen = _without_unseen(data, counts)
    data, ends, bare_returns = _line_ends(data, int(counts[LINE_END]), int(counts[RETURN]))
    _refuse_other_text(data[start : start + ALIKE])
    _refuse_an_endless_line(data)
    return Text(data, start, encoding.name, (*steps, *unseen, ends), bare_returns)


def _refuse_what_is_not_text(data: bytes) -> None:
    for magic, what in MAGIC:
        if data.startswith(magic) and (magic != b"BM" or b"\x00" in data[:64]):
            raise FileRefused(f"This is {what}, not a table of text. {NOT_TEXT}")


def _as_utf_8(data: bytes, encoding: Encoding) -> tuple[bytes, int, tuple[Step, ...]]:
    """The text, where it begins, and what was seen of its encoding."""
    if encoding.strays:
        data, lines = encodings.mended(data, encoding)
        decided = f"{NAMES['utf-8']}, and {NAMES[encoding.strays]} {on_lines(lines)}"
        return data, 0, (Step("encoding", decided, encoding.why), *_lost(data))
    step = Step("encoding", NAMES[encoding.name], encoding.why)
    if encoding.codec == "utf-8":
        return data, encoding.mark, (step,)
    data = encodings.recoded(data, encoding)
    return data, 0, (step, *_lost(data))


def _lost(data: bytes) -> tuple[Step, ...]:
    """Tells of bytes that the encoding lacks: they stand as a mark that can be seen."""
    number = data.count(LOST)
    if not number:
        return ()
    places = itertools.islice(re.finditer(LOST, data), ENOUGH)
    lines = sorted({data.count(b"\n", 0, place.start()) + 1 for place in places})
    what = f"{counted(number, 'character')} could not be read and stand as \ufffd"
    return (Step("encoding", f"{what} {on_lines(lines)}", "the encoding lacks them"),)


def _control_counts(data: bytes) -> np.ndarray:
    """How often each of the 32 control characters occurs, in one pass."""
    whole, counts = np.frombuffer(data, dtype=np.uint8), np.zeros(32, dtype=np.int64)
    for start in range(0, len(whole), BLOCK):
        block = whole[start : start + BLOCK]
        counts += np.bincount(block[block < 32], minlength=32)
    return counts


def _without_unseen(data: bytes, counts: np.ndarray) -> tuple[bytes, tuple[Step, ...]]:
    """Without control characters, such as a Ctrl-Z at the end, and how many there were."""
    number = int(counts[list(UNSEEN)].sum())
    if not number:
        return data, ()
    if number == 1 and data.endswith(bytes([END_OF_FILE])):
        return data[:-1], (Step("characters", "the end-of-file sign (Ctrl-Z) is left out"),)
    what = f"{counted(number, 'control character')} left out"
    return data.translate(None, UNSEEN), (Step("characters", what, "they cannot be seen"),)


def _line_ends(data: bytes, newlines: int, returns: int) -> tuple[bytes, Step, bool]:
    """The text with lines that end in LF or CRLF, as far as that can be; and whether it is not."""
    if returns and not newlines:
        step = Step("line ends", "lines end with CR alone")
        return data.replace(b"\r", b"\n"), step, False
    if returns > newlines and b"\r\r\n" in data:
        returns -= data.count(b"\r\r\n")
        data = data.replace(b"\r\r\n", b"\r\n")
    pairs = data.count(b"\r\n") if returns else 0
    if pairs < returns:
        step = Step("line ends", f"{counted(returns - pairs, 'line')} ends with CR alone")
        return data, step, True
    both = "CR LF, others with LF" if newlines > pairs > 0 else "CR LF" if pairs else "LF"
    return data, Step("line ends", f"{'some ' if ',' in both else ''}lines end with {both}"), False


def _refuse_other_text(start: bytes) -> None:
    start = start.lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise FileRefused(
            "This is a web page, not a table: often the sign-in page of the practice system."
            " Sign in, export the sessions as CSV and drop that file."
        )
    if start.startswith((b"{", b"[")):
        raise FileRefused(f"This is JSON, not a table of text. {NOT_TEXT}")


def _refuse_an_endless_line(data: bytes) -> None:
    """Finds every line of twice the limit, and none that is within it."""
    for start in range(0, len(data) - limits.LINE, limits.LINE):
        if data.find(b"\n", start, start + limits.LINE) < 0:
            raise limits.too_large(f"There is a line of over {limits.LINE:,} characters")
