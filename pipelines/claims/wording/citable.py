"""What a text may cite: the printed sentences of the claims, and the numbers in each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.claims.held import SUPPORTED, Held
from pipelines.claims.wording.numbers import every_number
from pipelines.claims.wording.sentences import split

SMALL_WORDS = (
    "a an and are as at be been between by can did do for from had has have in into is it its may"
    " more not of on or our out than that the their them there these they this those to was we were"
    " what when which who will with you your one two before after each every all any also"
)
SMALL = frozenset(SMALL_WORDS.split())
NEARLY = 0.6
"""Words in common, of all words of two texts, from which one says the other again."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Citable:
    """One sentence that may be printed, of one claim."""

    claim: Held
    text: str
    period: str
    of: frozenset[float]
    numbers: frozenset[float]
    limits: frozenset[float]
    words: frozenset[str]

    @property
    def years(self) -> frozenset[str]:
        return frozenset(re.findall(r"\b(?:19|20)\d\d\b", self.period))

    @property
    def months(self) -> frozenset[str]:
        return frozenset(month for month in MONTHS if month in self.period)


def citables(held: Sequence[Held]) -> list[Citable]:
    """Every sentence there is to print."""
    return [
        _citable(claim, sentence.text, dict(sentence.figures))
        for claim in held
        for sentence in claim.sentences
        if sentence.text
    ]


def _citable(claim: Held, text: str, values: dict[str, str]) -> Citable:
    own = split(text)[0]
    named = [name for name in values if name.startswith(("low", "high", "difference_"))]
    in_text = own.replace(values["period"], " ")
    limits = frozenset().union(*(every_number(values[name]) for name in named))
    return Citable(
        claim=claim,
        text=text,
        period=values["period"],
        of=every_number(values["of"]),
        numbers=every_number(in_text),
        limits=limits & every_number(in_text),
        words=content_words(text) | content_words(claim.gist),
    )


def content_words(text: str) -> frozenset[str]:
    """The words that say what a text is about, without their endings."""
    return frozenset(
        stem(word) for word in re.findall(r"[a-z]{3,}", text.lower()) if word not in SMALL
    )


def stem(word: str) -> str:
    """A word without a plural or an ending of tense: enough to tell two texts apart."""
    for ending in ("ing", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word.removesuffix(ending).removesuffix("e")
    return word.removesuffix("e") if len(word) > 4 else word


def borne_out(words: frozenset[str], held: Sequence[Held]) -> Held | None:
    """The supported claim of the page that says no less than these words."""
    for claim in held:
        if claim.verdict == SUPPORTED and words and words <= content_words(claim.gist):
            return claim
    return None


def nearest(words: frozenset[str], held: Sequence[Held]) -> Held | None:
    """The claim that is most about these words; None where none is."""
    shared = {claim.number: len(words & _about(claim)) for claim in held}
    best = max(held, key=lambda claim: (shared[claim.number], -claim.number), default=None)
    return best if best and shared[best.number] else None


def restated(words: frozenset[str], held: Sequence[Held]) -> Held | None:
    """The claim of the page that these words nearly are."""
    alike = {claim.number: _alike(words, content_words(claim.gist)) for claim in held}
    best = max(held, key=lambda claim: alike[claim.number], default=None)
    return best if best and alike[best.number] >= NEARLY else None


def _alike(words: frozenset[str], others: frozenset[str]) -> float:
    return len(words & others) / len(words | others) if words | others else 0.0


def _about(claim: Held) -> frozenset[str]:
    groups = " ".join(figure.group or "" for figure in claim.figures)
    return content_words(f"{claim.gist} {claim.tests} {groups}")
