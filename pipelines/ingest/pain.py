"""Pain scores as people write them: one number, or the reason why there is none."""

import re
from typing import NamedTuple

from pipelines.ingest.cells import Reading, on_one_line
from pipelines.ingest.dates.names import MONTHS
from pipelines.ingest.durations import UNITS as SPANS
from pipelines.ingest.numbers import NUMBER, PLAIN, number, with_half
from pipelines.vocabulary import normalised

OF = r"(?:/|out of|of|von|aus|sur|de un total de|de|sobre|van de|van|op|uit)"
WORDS = r"[^\W\d_½¼¾⅓⅔][^\d½¼¾⅓⅔]*"
LABEL = re.compile(
    r"^(?:(?:NPRS|NRS|VAS|EVA|pain|score|schmerz|douleur|dolor|pijn)[ :=]+)+(?=\d)", re.I
)
OUT_OF = re.compile(rf"^({NUMBER}) ?{OF} ?(10|100)(?: ?[-–—:=(,]* ?({WORDS}))?$", re.I)
WITH_WORDS = re.compile(rf"^({NUMBER})(?![OolI]+$) ?[-–—:=(,]* ?({WORDS})$")
WITH_UNIT = re.compile(rf"^({NUMBER}) ?(mm|cm|%|points?|pts?|punkte|puntos|punten)\.?$", re.I)
RANGE = re.compile(rf"^{NUMBER} ?(?:-|–|—|to|bis|à|a|tot|or|oder|ou|o|of) ?{NUMBER}$", re.I)
TWO_SCORES = re.compile(rf"^{NUMBER} ?(?:->|→|>|/|=>|then|dann|puis|luego|daarna) ?{NUMBER}$", re.I)
MONTH_NAMES = frozenset(map(normalised, MONTHS))
VERBAL = frozenset(
    word
    for words in (
        "no none pain free mild moderate severe slight little some medium strong very extreme bad",
        "extremely worst imaginable possible unbearable",
        "kein keine keinen schmerz schmerzen schmerzfrei leicht mittel maßig massig stark sehr",
        "unertraglich starkster schlimmster vorstellbarer",
        "pas de douleur aucune legere moderee forte severe insupportable pire imaginable",
        "sin dolor ningun ninguno ninguna leve moderado severo fuerte intenso insoportable",
        "geen pijn licht lichte matig matige ernstig hevig hevige ondraaglijk",
    )
    for word in words.split()
)
"""What scales of words are made of; they have no number of their own."""
TIME = (
    "min mins minute minutes minuten minuto minutos minuut h hr hrs hour hours stunde stunden",
    "heure heures hora horas uur uren",
)
CHANGE = (
    "better worse less more than lower higher up down improved improvement reduced change",
    "besser schlechter weniger mehr mieux moins plus pire mejor peor menos mas beter slechter",
    "minder meer",
)
OTHER_MOMENT = ("before after was then pre post vorher nachher avant apres antes despues voor na",)
NOT_QUITE = ("ish or x times mal fois veces keer hz needles sessions visits",)
NO_SCORE = frozenset(SPANS) | {
    word
    for several in (TIME, CHANGE, OTHER_MOMENT, NOT_QUITE)
    for words in several
    for word in words.split()
}
"""Words beside a number that is no score: a span, a change, another moment, not quite a number."""


class Score(NamedTuple):
    """A number, and the scale that its own text names: 10, 100, or None for the column's."""

    value: float | None = None
    of: int | None = None
    repair: str | None = None
    problem: str | None = None
    slashed: bool = False


def read_score(text: str) -> Score:
    """The one score in a text, on whatever scale; else the reason why there is none."""
    text, half = with_half(LABEL.sub("", labelled := on_one_line(text)))
    repair = "half_point" if half else "words_after_number" if text != labelled else None
    if PLAIN.match(text):
        value, comma = number(text)
        return Score(value, None, repair or ("decimal_comma" if comma else None))
    if RANGE.match(text) and not OUT_OF.match(text):
        return Score(problem="pain_is_a_range")
    return _out_of(text) or _with_unit(text) or _with_words(text) or _no_score(text)


def _out_of(text: str) -> Score | None:
    found = OUT_OF.match(text)
    if found is None:
        return None
    problem = _problem_of(found[3]) if found[3] else None
    value = None if problem else number(found[1])[0]
    return Score(
        value, int(found[2]), None if problem else "pain_out_of_given", problem, "/" in text
    )


def _with_unit(text: str) -> Score | None:
    """Millimetres and per cent are out of 100 and centimetres out of 10, whatever the column."""
    found = WITH_UNIT.match(text)
    if found is None:
        return None
    of = {"mm": 100, "%": 100, "cm": 10}.get(found[2].lower())
    return Score(number(found[1])[0], of, "words_after_number")


def _with_words(text: str) -> Score | None:
    found = WITH_WORDS.match(text)
    if found is None:
        return None
    problem = _problem_of(found[2])
    if problem:
        return Score(problem=problem)
    return Score(number(found[1])[0], None, "words_after_number")


def _problem_of(words: str) -> str | None:
    """Why a number with these words beside it is no score."""
    found = set(normalised(words).split())
    if found & MONTH_NAMES:
        return "pain_turned_into_a_date"
    return "pain_not_a_number" if found & NO_SCORE else None


def _no_score(text: str) -> Score:
    if TWO_SCORES.match(text):
        return Score(problem="pain_before_and_after_in_one_cell", slashed="/" in text)
    words = set(normalised(text).split())
    if words & MONTH_NAMES:
        return Score(problem="pain_turned_into_a_date")
    return Score(problem="pain_in_words" if words and words <= VERBAL else "pain_not_a_number")


def on_ten(score: Score, hundred: bool) -> Reading:
    """A score on the 0-10 scale; a 0-100 one is divided by ten. Out of range is left as it is."""
    if score.problem:
        return Reading(problem=score.problem)
    divided = score.of == 100 or (score.of is None and hundred)
    value = round(score.value / 10, 3) if divided else score.value
    given = score.repair == "pain_out_of_given"
    return Reading(value, "pain_from_0_100" if divided and not given else score.repair)


def read_pain(text: str, hundred: bool) -> Reading:
    """One text as a score on the 0-10 scale."""
    return on_ten(read_score(text), hundred)
