"""How long a condition has lasted, in five languages: its stage by a term, weeks or a span."""

import re
from collections.abc import Callable

from pipelines.ingest.cells import Reading
from pipelines.ingest.terms import as_word
from pipelines.vocabulary import Vocabulary, normalised

DAY, WEEK, MONTH, YEAR = 1 / 7, 1.0, 4.345, 52.18
UNITS = {
    name: weeks
    for weeks, names in (
        (DAY, "d day days tag tage tagen jour jours dia dias dag dagen"),
        (WEEK, "w wk wks week weeks woche wochen sem semaine semaines semana semanas weken"),
        (MONTH, "m mo mos month months monat monate monaten mois mes meses maand maanden mnd"),
        (YEAR, "y yr yrs year years jahr jahre jahren an ans annee annees ano anos jaar jaren"),
    )
    for name in names.split()
}
"""Weeks in each unit, by its name without accents."""
NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "a an one ein eine einem einer un une una een", "two zwei deux dos twee",
            "three drei trois tres drie", "four vier quatre cuatro", "five funf cinq cinco vijf",
            "six sechs seis zes", "seven sieben sept siete zeven", "eight acht huit ocho",
            "nine neun neuf nueve negen", "ten zehn dix diez tien", "eleven elf onze once",
            "twelve zwolf douze doce twaalf",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
SHORTER = (
    "<", "≤", "less than", "under", "up to", "weniger als", "unter", "kurzer als", "bis zu",
    "moins de", "moins d", "menos de", "minder dan", "korter dan", "onder",
)  # fmt: skip
LONGER = (
    ">", "≥", "more than", "over", "longer than", "mehr als", "uber", "langer als", "plus de",
    "plus d", "mas de", "meer dan", "langer dan",
)  # fmt: skip
SINCE = r"(?:for|since|seit|depuis|il y a|desde hace|hace|desde|sinds|al)"
SIGNS = "|".join(map(re.escape, (*SHORTER, *LONGER)))
COUNT = r"\d+(?:[.,]\d+)?"
DURATION = re.compile(
    rf"(?:{SINCE} )?(?P<sign>{SIGNS})? ?(?P<number>{COUNT}|[a-z]+)(?P<more>\+)?"
    rf"(?: ?(?:-|–|to|bis|a|tot) ?(?P<end>{COUNT}))? ?-?(?P<unit>[a-z]+)\.?(?: (?:ago|lang|old))?"
)


def chronicity(vocabulary: Vocabulary, header: str) -> Callable[[str], Reading]:
    """Reads a stage by its term or a duration, whose unit may stand in the header alone."""
    unit = next(
        (word for word in normalised(header).split() if len(word) > 2 and word in UNITS), ""
    )

    def read(text: str) -> Reading:
        # First by its numbers: without their sign "< 6 weeks" and "6 weeks" are the same words.
        alone = text[-1].isdigit() or text[-1] == "+"
        lasted = DURATION.fullmatch(_plain(f"{text} {unit}" if alone else text))
        by_span = _stage_of(lasted) if lasted else None
        if by_span:
            return Reading(by_span, "stage_from_duration")
        signed = lasted is not None and (lasted["sign"] or lasted["more"])
        found = None if signed else vocabulary.chronicities.find(text)
        if found or vocabulary.not_known.find(text):
            return Reading(found)
        return Reading(as_word(text), "unknown_chronicity")

    return read


def _plain(text: str) -> str:
    """Folded and without accents; the signs between numbers stay."""
    return " ".join("".join(map(_letter, text.casefold())).split())


def _letter(sign: str) -> str:
    return normalised(sign) if sign.isalpha() else " " if sign in "'’`\u00b4" else sign


def _stage_of(lasted: re.Match) -> str | None:
    """The stage of a duration; None where it leaves open which it is, as in > 6 weeks."""
    number, unit = _number(lasted["number"]), UNITS.get(lasted["unit"])
    if number is None or unit is None:
        return None
    sign, weeks = lasted["sign"] or (">" if lasted["more"] else ""), number * unit
    if lasted["end"]:
        ends = {stage(weeks), stage(_number(lasted["end"]) * unit)}
        return ends.pop() if len(ends) == 1 and not sign else None
    if sign in SHORTER:
        return "acute" if weeks <= 6 else None
    if sign in LONGER:
        return "chronic" if weeks >= 12 else None
    return stage(weeks)


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if text[0].isdigit() else NUMBERS.get(text)


def stage(weeks: float) -> str:
    """Acute under 6 weeks, subacute to 12, chronic beyond."""
    return "acute" if weeks < 6 else "subacute" if weeks <= 12 else "chronic"
