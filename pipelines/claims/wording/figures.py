"""Whether the numbers of a sentence are those of one printed figure, with all its parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.claims.wording.citable import MONTHS, Citable, content_words
from pipelines.claims.wording.marks import INCOMPLETE, NUMBER, OTHER, Mark
from pipelines.claims.wording.numbers import Number, every_number, numbers_in
from pipelines.claims.wording.patterns import OUTCOME
from pipelines.claims.wording.sentences import Sentence

NEAR = 0.025
"""A share said as "6 in 10" may be this far from the printed one."""
OWN_WORDS = 0.5
"""At least this part of a sentence's words has to be those of the figure that it cites."""
KNOWN = re.compile(r"\b(follow\w* up|recorded|due|seen in those weeks|asked for)\b", re.I)
NO_COMPARISON = re.compile(
    r"\b(no comparison group|without a comparison group|not given by chance|drives how many)\b",
    re.I,
)


@dataclass(frozen=True)
class Cited:
    """The marks on a sentence's numbers, and the figure that they are from, if one."""

    marks: tuple[Mark, ...]
    figure: Citable | None

    @property
    def whole(self) -> bool:
        """Whether it is a figure with all its parts."""
        return self.figure is not None and not self.marks


def cited(sentence: Sentence, figures: Sequence[Citable]) -> Cited:
    """Each number that needs a figure must be in one figure, the same for all of them."""
    numbers = numbers_in(sentence.text)
    if not numbers:
        return Cited((), None)
    best = max(figures, key=lambda figure: _fit(sentence, numbers, figure), default=None)
    strange = [number for number in numbers if best is None or not _holds(best, number)]
    if best is None or len(strange) == len(numbers):
        why = "No published figure has this number"
        return Cited(tuple(Mark(NUMBER, number.text, why) for number in strange), None)
    marks = [Mark(NUMBER, one.text, _not_with(best)) for one in strange]
    marks += [] if strange else [*_of_something_else(sentence, best), *_parts(sentence, best)]
    return Cited(tuple(marks), best)


def _fit(sentence: Sentence, numbers: list[Number], figure: Citable) -> tuple[int, int, int]:
    """How many of the numbers, of the words, and of the paragraph's numbers are the figure's."""
    held = sum(_holds(figure, number) for number in numbers)
    words = len(content_words(sentence.text) & figure.words)
    return held, words, len(every_number(sentence.paragraph) & figure.numbers)


def _holds(figure: Citable, number: Number) -> bool:
    if number.kind == "times":
        return False
    if number.kind == "fraction":
        (share,) = number.values
        return _about(min(share), figure)
    if all(values & figure.numbers for values in number.values):
        return True
    return number.kind == "ratio" and _about(_share(number), figure)


def _share(number: Number) -> float:
    first, second = (min(values) for values in number.values)
    return first / second if second else 0.0


def _about(share: float, figure: Citable) -> bool:
    """Whether the share is, but for rounding, the figure's own percentage."""
    own = re.search(r"\((\d+(?:\.\d+)?)%", figure.text)
    return bool(own) and abs(share - float(own[1]) / 100) <= NEAR


def _not_with(figure: Citable) -> str:
    return (
        "The figure that the other numbers are from has another count, denominator or period:"
        f" {figure.text}"
    )


def _of_something_else(sentence: Sentence, figure: Citable) -> list[Mark]:
    """Numbers of a figure beside words that the figure is not about."""
    words = content_words(sentence.text)
    strange = [word[0] for word in OUTCOME.finditer(sentence.text) if not _told(word[0], figure)]
    if not strange and len(words & figure.words) >= OWN_WORDS * len(words):
        return []
    said = ", ".join(strange) or sentence.text
    return [Mark(OTHER, said, f"The figure with these numbers says: {figure.text}")]


def _told(word: str, figure: Citable) -> bool:
    return content_words(word) <= figure.words or not content_words(word)


def _parts(sentence: Sentence, figure: Citable) -> list[Mark]:
    """What of the five parts neither the sentence nor its paragraph has."""
    paragraph, own = sentence.paragraph, every_number(sentence.paragraph)
    wrong = _another_period(paragraph, figure)
    lacking = [
        words
        for words, present in (
            ("the denominator", bool(own & figure.of)),
            ("the period", bool(figure.years & set(re.findall(r"\b\d{4}\b", paragraph)))),
            ("the interval", figure.limits <= own),
            ("the share followed up or recorded", bool(KNOWN.search(paragraph))),
            ("that there is no comparison group", bool(NO_COMPARISON.search(paragraph))),
        )
        if not present
    ]
    if wrong:
        return [Mark(NUMBER, ", ".join(wrong), _not_with(figure))]
    if not lacking:
        return []
    return [Mark(INCOMPLETE, sentence.text, f"It lacks {'; '.join(lacking)}")]


def _another_period(paragraph: str, figure: Citable) -> list[str]:
    years = set(re.findall(r"\b(?:19|20)\d\d\b", paragraph)) - figure.years
    months = {month for month in MONTHS if re.search(rf"\b{month}\b", paragraph)}
    return sorted(years) + sorted(months - figure.months)
