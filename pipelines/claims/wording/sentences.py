"""Paragraphs cut into sentences."""

import re
from dataclasses import dataclass

from pipelines.claims.wording.texts import Paragraph

END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“„«(\[]?[A-ZÀ-Þ0-9])")
NO_END = re.compile(
    r"\b(e\.g|i\.e|dr|mr|mrs|ms|prof|st|vs|no|nr|approx|ca|fig|cf|etc|incl|min|max)\.$", re.I
)


@dataclass(frozen=True)
class Sentence:
    """One sentence, its line, and the whole paragraph it stands in."""

    line: int
    text: str
    paragraph: str


def sentences_of(paragraphs: list[Paragraph]) -> list[Sentence]:
    """Every sentence in order; a line without a full stop is one."""
    return [
        Sentence(paragraph.line, text, paragraph.text)
        for paragraph in paragraphs
        for text in split(paragraph.text)
    ]


def split(text: str) -> list[str]:
    """The sentences of a text. A full stop of an abbreviation or within a number ends none."""
    found, start = [], 0
    for end in END.finditer(text):
        said = text[start : end.end()].strip()
        if not NO_END.search(text[start : end.start() + 1]):
            found.append(said)
            start = end.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found
