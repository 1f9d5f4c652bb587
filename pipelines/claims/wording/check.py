"""Each sentence of a text: what it says that no figure carries, and which figure it could cite."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.claims.held import SUPPORTED, Held
from pipelines.claims.wording.citable import (
    Citable,
    borne_out,
    citables,
    content_words,
    nearest,
    restated,
)
from pipelines.claims.wording.figures import cited
from pipelines.claims.wording.marks import NOT_BORNE_OUT, Mark
from pipelines.claims.wording.patterns import OUTCOME
from pipelines.claims.wording.rules import APOSTROPHES, Rule, load_rules
from pipelines.claims.wording.sentences import Sentence, sentences_of, split
from pipelines.claims.wording.texts import Paragraph

DENIED = re.compile(
    r"\b(no|not|cannot|never|nobody|no one|neither|nor|nothing|whether)\b|n't\b", re.I
)
NOT_DENIED = re.compile(
    r"\b(not (only|just|merely|simply)|n't (only|just|merely|simply|wait)"
    r"|no (other|better|matter|wonder|question|doubt|longer)|never fails"
    r"|nothing (else|works|relieves|helps|beats|but)|why (not|don't|wait))\b",
    re.I,
)
CLAUSE = re.compile(r"[,;:—–.!?]|\b(but|and|because|so|yet)\b", re.I)
WITHIN = 8
"""Words before a find in which a denial is looked for."""
QUESTION = re.compile(
    r"^(does|do|can|could|will|is|are|should|how (much|long|many|often)|what|when|where|who)\b"
    r".*\?[\"'\u201d\u2019)]*$",
    re.I | re.S,
)
ASKED_FREELY = frozenset(
    {
        *(
            "testimonial",
            "benefit",
            "cause",
            "comparison",
            "promise",
            "vague_share",
            "safe",
            "without_risk",
        ),
        *("pain_free", "cure", "guarantee", "permanent", "heal"),
    }
)
"""Rules that a plain question cannot break: it states nothing."""
WITH_A_FIGURE = frozenset({"vague_share", "benefit"})
"""Rules that a sentence with a whole figure keeps: it has what they ask for."""
MAY_BE_BORNE_OUT = WITH_A_FIGURE | {"comparison", "promise"}
"""Rules that the words of a claim keep where the data bear it out."""


@dataclass(frozen=True)
class Checked:
    """One sentence; without marks it is fine. `cites` is the claim whose figure it gives.

    `could_cite` is the claim nearest to what it says, and `print_instead` its sentence, or
    why there is none.
    """

    line: int
    text: str
    marks: tuple[Mark, ...]
    cites: int | None
    could_cite: int | None = None
    print_instead: str | None = None

    @property
    def fine(self) -> bool:
        return not self.marks


def check_text(paragraphs: Sequence[Paragraph], held: Sequence[Held]) -> list[Checked]:
    """Every sentence of the text against what the held claims carry."""
    figures = citables(held)
    carried = {_plain(part): one for one in figures for part in split(one.text)}
    return [
        _checked(sentence, held, figures, carried) for sentence in sentences_of(list(paragraphs))
    ]


def _checked(
    sentence: Sentence,
    held: Sequence[Held],
    figures: list[Citable],
    carried: dict[str, Citable],
) -> Checked:
    verbatim = carried.get(_plain(sentence.text))
    if verbatim:
        return Checked(sentence.line, sentence.text, (), verbatim.claim.number)
    words = content_words(sentence.text)
    claim = borne_out(words, held)
    found = cited(sentence, figures)
    may = MAY_BE_BORNE_OUT if claim else WITH_A_FIGURE if found.whole else frozenset()
    marks = [*_worded(sentence.text, load_rules(), may), *found.marks]
    marks += _not_borne_out(sentence.text, words, held) if not marks else []
    cites = found.figure.claim.number if found.figure else claim.number if claim else None
    if not marks:
        return Checked(sentence.line, sentence.text, (), cites)
    near = found.figure.claim if found.figure else nearest(words, held)
    return Checked(
        sentence.line,
        sentence.text,
        tuple(marks),
        None,
        near.number if near else None,
        _instead(near, words) if near else None,
    )


def _not_borne_out(text: str, words: frozenset[str], held: Sequence[Held]) -> list[Mark]:
    """A claim of the page in nearly its own words, where the data do not bear it out."""
    claim = None if QUESTION.search(text) else restated(words, held)
    if claim is None or claim.verdict == SUPPORTED:
        return []
    return [Mark(NOT_BORNE_OUT, text, f"Claim {claim.number} of the page: {claim.verdict}")]


def _plain(text: str) -> str:
    """The text as it is compared: case, dashes, quotes and spaces do not matter."""
    text = text.translate(APOSTROPHES).replace("–", "-").replace("—", "-")
    return " ".join(text.split()).strip(" \"'“”").lower()


def _worded(text: str, rules: Sequence[Rule], may: frozenset[str]) -> list[Mark]:
    said = " ".join(text.translate(APOSTROPHES).split())
    question = bool(QUESTION.search(said))
    found = []
    for rule in rules:
        wording = rule.wording
        if wording.name in may or (question and wording.name in ASKED_FREELY):
            continue
        words = _first(said, rule)
        if words:
            found.append(Mark(wording.kind, words, wording.why))
    return found


def _first(said: str, rule: Rule) -> str | None:
    """The first find of a rule that nothing makes harmless."""
    if rule.wording.outcome and not OUTCOME.search(said):
        return None
    harmless = [place for form in rule.harmless for place in form.finditer(said)]
    for pattern in rule.found:
        for match in pattern.finditer(said):
            covered = any(
                place.start() < match.end() and match.start() < place.end() for place in harmless
            )
            denied = rule.wording.negation and _denied(said, match)
            if not covered and not denied:
                return match[0]
    return None


def _denied(said: str, match: re.Match[str]) -> bool:
    """Whether the same clause denies it, shortly before or within the find.

    The find's own first word does not count: "no more headaches" denies nothing.
    """
    before = CLAUSE.split(said[: match.start()])[-1] or ""
    near = " ".join(before.split()[-WITHIN:])
    clause = f"{near} {' '.join(match[0].split()[1:])}"
    return bool(DENIED.search(clause)) and not NOT_DENIED.search(clause)


def _instead(claim: Held, words: frozenset[str]) -> str | None:
    """The claim's sentence that is most about the words, or why it has none."""
    texts = [sentence.text for sentence in claim.sentences if sentence.text]
    if texts:
        return max(texts, key=lambda text: len(content_words(text) & words))
    return next((sentence.why_not for sentence in claim.sentences), None)
