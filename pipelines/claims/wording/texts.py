"""A marketer's file as paragraphs of plain text: text, Markdown, HTML or Word (.docx)."""

import re
import zipfile
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from pipelines.errors import OutcomesError

PLAIN, MARKDOWN, HTML, WORD = (".txt", ""), (".md", ".markdown"), (".html", ".htm"), (".docx",)
ALONE = re.compile(r"\s*(?:(?:[-*•–]|\d+[.)]|#{1,6}|>)\s+|\|)")
"""What a line begins with that is a paragraph by itself."""
LARGEST = 5_000_000
"""Bytes of text, unpacked."""
HIDDEN_TAGS = {"script", "style", "noscript", "template"}
INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    "wbr",
}  # fmt: skip
SAID = ("alt", "title", "aria-label", "content", "placeholder")
"""Attributes that people or search engines read."""
NAMES = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Paragraph:
    """Text of one paragraph, and the line of the file on which it begins (Word: its number)."""

    line: int
    text: str


def paragraphs_of(file: Path) -> list[Paragraph]:
    """The paragraphs of a file. Raises OutcomesError where it is none of the kinds read."""
    kind = file.suffix.lower()
    if kind in WORD:
        return _word(file)
    if kind not in (*PLAIN, *MARKDOWN, *HTML):
        raise OutcomesError(
            f"{file.name} is no text, Markdown, HTML or Word file. Save the text as one of these."
        )
    text = _text(file)
    if kind in HTML or re.match(r"\s*<(!doctype|html)\b", text, re.IGNORECASE):
        return _html(text)
    return _plain(_without_markdown(text) if kind in MARKDOWN else text)


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise OutcomesError(f"{file.name} cannot be read: {error.strerror}.") from None
    if len(content) > LARGEST:
        raise OutcomesError(f"{file.name} is larger than {LARGEST:,} bytes: check it in parts.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise OutcomesError(f"{file.name} is in no encoding that is read: save it as UTF-8.")


def _plain(text: str) -> list[Paragraph]:
    """Paragraphs are apart by a blank line; a heading, an item or a table's row is its own."""
    found: list[Paragraph] = []
    apart = True
    for number, line in enumerate(text.splitlines(), start=1):
        alone = ALONE.match(line)
        said = (line[alone.end() :] if alone else line).strip(" \t|#")
        if said and (apart or alone):
            found.append(Paragraph(number, said))
        elif said:
            found[-1] = Paragraph(found[-1].line, f"{found[-1].text} {said}")
        apart = not said or bool(alone and alone[0].strip().startswith("#"))
    return found


def _without_markdown(text: str) -> str:
    """The words without marks; links keep their text."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__|`)", "", text)
    return re.sub(r"(?<!\w)[*_](?=\S)([^*_\n]+)(?<=\S)[*_](?!\w)", r"\1", text)


class _Said(HTMLParser):
    """What a reader of the page is told, in paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Paragraph] = []
        self.open: list[str] = []
        self.line, self.hidden = 1, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.end()
        self.hidden += tag in HIDDEN_TAGS
        for name, value in attrs:
            if name in SAID and value and " " in value.strip() and _is_said(tag, name, attrs):
                self.found.append(Paragraph(self.getpos()[0], " ".join(value.split())))

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.end()
        if tag in HIDDEN_TAGS:
            self.hidden = max(0, self.hidden - 1)

    def handle_data(self, data: str) -> None:
        if self.hidden or not data:
            return
        if not self.open and data.strip():
            self.line = self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n")
        self.open.append(data)

    def end(self) -> None:
        text = " ".join("".join(self.open).split())
        if text:
            self.found.append(Paragraph(self.line, text))
        self.open = []


def _is_said(tag: str, name: str, attrs: list[tuple[str, str | None]]) -> bool:
    """A meta tag only says its description or title."""
    if tag != "meta":
        return name != "content"
    known = dict(attrs).get("name") or dict(attrs).get("property") or ""
    return any(word in known for word in ("description", "title"))


def _html(text: str) -> list[Paragraph]:
    page = _Said()
    page.feed(text)
    page.close()
    page.end()
    return page.found


def _word(file: Path) -> list[Paragraph]:
    try:
        with zipfile.ZipFile(file) as packed:
            entry = packed.getinfo("word/document.xml")
            if entry.file_size > LARGEST:
                raise OutcomesError(f"{file.name} is too large: check it in parts.")
            content = packed.read(entry)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise OutcomesError(f"{file.name} is no plain Word file. Save it again from Word.")
        tree = ElementTree.fromstring(content)
    except (KeyError, zipfile.BadZipFile, ElementTree.ParseError, OSError):
        raise OutcomesError(f"{file.name} is no Word file that can be read.") from None
    texts = ("".join(_runs(paragraph)) for paragraph in tree.iter(f"{NAMES}p"))
    return [Paragraph(n, " ".join(t.split())) for n, t in enumerate(texts, start=1) if t.strip()]


def _runs(paragraph: ElementTree.Element) -> list[str]:
    breaks = {f"{NAMES}tab", f"{NAMES}br"}
    return [
        (part.text or "") if part.tag == f"{NAMES}t" else " "
        for part in paragraph.iter()
        if part.tag == f"{NAMES}t" or part.tag in breaks
    ]
