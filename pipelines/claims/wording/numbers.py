"""The numbers of a sentence that say something about patients, and what each may mean."""

import re
from dataclasses import dataclass

from pipelines.claims.wording.patterns import (
    A_DAY,
    CONFIDENCE,
    FRACTIONS,
    KINDS,
    LARGE,
    OUTCOME,
    PEOPLE,
    PRICE,
    TENS,
    UNITS,
    N,
)


@dataclass(frozen=True)
class Number:
    """Numbers said together: what kind, their possible values (a comma may be a point), where."""

    kind: str
    values: tuple[frozenset[float], ...]
    text: str


def numbers_in(sentence: str) -> list[Number]:
    """Those that need a figure: shares, people, and amounts of care where an outcome is told."""
    outcome = bool(OUTCOME.search(sentence))
    found, taken = [], set()
    for kind, pattern in KINDS.items():
        for match in pattern.finditer(sentence):
            if taken & set(range(*match.span())) or not _needs(kind, match, sentence, outcome):
                continue
            taken |= set(range(*match.span()))
            found.append(_number(kind, match))
    return found


def _needs(kind: str, match: re.Match, sentence: str, outcome: bool) -> bool:
    if kind == "percent":
        return not PRICE.search(sentence) and not CONFIDENCE.match(sentence[match.start() :])
    people = re.search(PEOPLE, sentence, re.I)
    if kind == "count" and re.fullmatch(PEOPLE, match[4], re.I):
        return not A_DAY.match(sentence[match.end() :])
    if kind == "ratio":
        first, second = (min(values_of(match[part])) for part in (1, 2))
        return first <= second and bool(outcome or people)
    return outcome or (kind == "fraction" and bool(people))


def _number(kind: str, match: re.Match) -> Number:
    if kind == "fraction":
        said = re.sub(r"[\s-]+", " ", match[1].lower())
        return Number(kind, (frozenset({FRACTIONS[said]}),), match[0])
    if kind == "times":
        return Number(kind, (), match[0])
    parts = [match[part] for part in (1, 2, 3) if kind == "percent" or part < 3]
    values = tuple(values_of(part) for part in parts if part)
    return Number(kind, values, match[0])


def values_of(text: str) -> frozenset[float]:
    """What a number may mean: "1,063" is 1063 or, as German has it, 1.063."""
    words = text.lower().replace("-", " ").split()
    if words[-1] in LARGE:
        return frozenset({float(LARGE[words[-1]])})
    if words[0] in UNITS or words[0] in TENS:
        return frozenset({float(sum(UNITS.get(word, TENS.get(word, 0)) for word in words))})
    bare = re.sub(r"\s", "", text)
    english, german = bare.replace(",", ""), bare.replace(".", "").replace(",", ".")
    return frozenset(float(one) for one in (english, german) if re.fullmatch(r"\d+(\.\d+)?", one))


def every_number(text: str) -> frozenset[float]:
    """All numbers of a text, whatever they say."""
    return frozenset(value for match in re.finditer(N, text, re.I) for value in values_of(match[0]))
