"""A severity written beside a side effect: soreness (mild), severe bruising, nausea - moderate."""

import re

import numpy as np

from pipelines.ingest.cells import Cells
from pipelines.ingest.terms import LIST
from pipelines.tables import SEVERITIES
from pipelines.vocabulary import Vocabulary

BRACKETED = re.compile(r"^(?P<effect>[^()\[\]]+?) *(?:[(\[] *(?P<grade>[^()\[\]]+?) *[)\]])$")
PARTED = re.compile(r"^(?P<effect>.+?) *(?::|=| -| –) *(?P<grade>.+)$")
LONGEST_GRADE = 2
UNGRADED = -1


def without_grades(cells: Cells, vocabulary: Vocabulary) -> tuple[list[str | None], np.ndarray]:
    """Each distinct text with its effects alone, and the worst severity beside one.

    Severities are numbers in their order, -1 for none. A text without any stays as it is.
    """
    found = [
        (None, UNGRADED) if word is None else _parted(word, vocabulary) for word in cells.words
    ]
    return [word for word, _ in found], np.array([grade for _, grade in found], dtype=np.int8)


def _parted(text: str, vocabulary: Vocabulary) -> tuple[str, int]:
    if vocabulary.side_effects.find(text) or vocabulary.nothing.find(text):
        return text, UNGRADED
    parts = [_graded(part.strip(), vocabulary) for part in LIST.split(text)]
    worst = max(grade for _, grade in parts)
    return (text if worst == UNGRADED else "; ".join(part for part, _ in parts if part)), worst


def _graded(part: str, vocabulary: Vocabulary) -> tuple[str, int]:
    """One item of a list without its severity, where what is left is a known side effect."""
    if not part or vocabulary.side_effects.find(part):
        return part, UNGRADED
    for effect, grade in _ways(part):
        known, severity = vocabulary.side_effects.find(effect), vocabulary.severities.find(grade)
        if known and severity:
            return effect, SEVERITIES.index(severity)
    return part, UNGRADED


def _ways(part: str) -> list[tuple[str, str]]:
    """Every way to part an item into an effect and a severity."""
    matches = (BRACKETED.match(part), PARTED.match(part))
    ways = [(found["effect"], found["grade"]) for found in matches if found]
    words = part.split()
    for length in range(1, min(LONGEST_GRADE, len(words) - 1) + 1):
        ways.append((" ".join(words[length:]), " ".join(words[:length])))
        ways.append((" ".join(words[:-length]), " ".join(words[-length:])))
    return ways
