"""Which encoding the bytes of a text file are in, and what was seen that says so."""

import codecs
import re
from dataclasses import dataclass

from pipelines.errors import FileRefused
from pipelines.ingest.reading import western

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32", "utf-32-le"),
    (b"\xff\xfe", "utf-16", "utf-16-le"),
    (b"\xfe\xff", "utf-16", "utf-16-be"),
)
ALIKE = 4096
FEW = 0.02
CONTROL = bytes({*range(1, 32)} - {*b"\t\n\v\f\r\x1a"})
BLOCK = 1 << 22
NOT_TEXT = "Open it where it was made and save the sessions as CSV."
OF_UTF_8 = re.compile(
    rb"[\xc2-\xc5\xc8][\x80-\xbf]|\xe2[\x80-\x84][\x80-\xbf]|\xef(?:\xbb\xbf|\xbf\xbd)"
    rb"|(?:[\xce-\xd1\xd7-\xdb][\x80-\xbf]){2,}|(?:[\xe3-\xed][\x80-\xbf]{2}){2,}"
    rb"|\xf0\x9f[\x80-\xbf]{2}"
)
"""Bytes that are letters, quotes or dashes in UTF-8 and no likely text in another encoding:
accented letters and signs, and runs of Greek, Cyrillic, Hebrew, Arabic and East Asian ones."""


@dataclass(frozen=True)
class Encoding:
    """An encoding by its common name, Python's codec for it, and the length of the mark.

    `strays`: the file is UTF-8 but for some bytes, which are of the codec; the name of that.
    """

    name: str
    codec: str
    why: str
    mark: int = 0
    strays: str | None = None


def encoding_of(data: bytes) -> Encoding:
    """Raises FileRefused where the bytes are no text."""
    for mark, name, codec in MARKS:
        if data.startswith(mark):
            whole = codec != "utf-8" or first_invalid(data) is None
            why = f"its mark ({mark.hex(' ').upper()}) is at the start"
            return Encoding(name, codec, why, len(mark)) if whole else _mixed(data, name)
    start = data[:ALIKE]
    if b"\x00" in start and not _only_strays(start):
        return _without_mark(start)
    wrong = first_invalid(data)
    if wrong is None:
        ascii_only = data.isascii()
        return Encoding("utf-8", "utf-8", "" if ascii_only else "all bytes are valid UTF-8")
    if OF_UTF_8.search(data):
        return _mixed(data, "utf-8")
    name, codec, why = western.judged(data)
    line = data.count(b"\n", 0, wrong) + 1
    return Encoding(name, codec, f"{why}, first on line {line:,}")


def _mixed(data: bytes, name: str) -> Encoding:
    """UTF-8 with a mark or letters of its own, and bytes that are none of it."""
    rest = OF_UTF_8.sub(b" ", data)
    strays, codec, why = western.judged(rest)
    return Encoding(name, codec, why, 3 if name == "utf-8-sig" else 0, strays)


def first_invalid(data: bytes) -> int | None:
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
    controls = len(start) - len(start.translate(None, CONTROL))
    return max(start.count(0), controls) <= FEW * len(start)


def _without_mark(start: bytes) -> Encoding:
    """UTF-16 shows a zero at every other byte of plain letters."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    why = "every second byte is zero"
    if odd > 0.4 * len(start) / 2 and even < odd / 4:
        return Encoding("utf-16", "utf-16-le", why)
    if even > 0.4 * len(start) / 2 and odd < even / 4:
        return Encoding("utf-16", "utf-16-be", why)
    raise FileRefused(f"The file holds binary data, not a table of text. {NOT_TEXT}")


def recoded(data: bytes, encoding: Encoding) -> bytes:
    """The bytes as UTF-8, without the mark; what a codec lacks becomes a visible mark, U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding.codec)(errors="replace")
    view = memoryview(data)[encoding.mark :]
    blocks = (view[start : start + BLOCK] for start in range(0, len(view), BLOCK))
    text = [decoder.decode(block).encode("utf-8") for block in blocks]
    return b"".join([*text, decoder.decode(b"", final=True).encode("utf-8")])


def mended(data: bytes, encoding: Encoding) -> tuple[bytes, list[int]]:
    """A mixed file as UTF-8, and the lines on which bytes were none.

    A line that is valid stays as it is; on another, only what is surely UTF-8 does.
    """
    found, lines, done, line = [], [], encoding.mark, 1
    for match in LINE_WITH_LETTERS.finditer(data, encoding.mark):
        whole = data[match.start() : match.end()]
        if not _is_utf_8(whole):
            found += [data[done : match.start()], _line_mended(whole, encoding.codec)]
            line += found[-2].count(b"\n")
            lines.append(line)
            done = match.end()
    return b"".join([*found, data[done:]]), lines


LINE_WITH_LETTERS = re.compile(rb"[^\n\x80-\xff]*+[\x80-\xff][^\n]*+")


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return OF_UTF_8.search(line) is not None


def _line_mended(line: bytes, codec: str) -> bytes:
    return PIECE.sub(
        lambda match: match[0] if match[1] else match[2].decode(codec, "replace").encode("utf-8"),
        line,
    )


PIECE = re.compile(rb"((?:" + OF_UTF_8.pattern + rb")+)|([\x80-\xff])")
