"""How numbers about patients are written: in figures, in words, as shares and as amounts."""

import re

UNIT_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS = {word: number for number, word in enumerate(UNIT_WORDS.split())}
TENS = {word: 10 * number for number, word in enumerate(TEN_WORDS.split(), start=2)}
LARGE = {"hundred": 100, "thousand": 1000}
FRACTIONS = {
    "half": 1 / 2, "a third": 1 / 3, "one third": 1 / 3, "two thirds": 2 / 3, "a quarter": 1 / 4,
    "one quarter": 1 / 4, "three quarters": 3 / 4, "a fifth": 1 / 5, "four fifths": 4 / 5,
    "a tenth": 1 / 10, "nine tenths": 9 / 10, "three fifths": 3 / 5, "two fifths": 2 / 5,
}  # fmt: skip
_ONES, _TENS = "|".join(list(UNITS)[1:10]), "|".join(TENS)
WORD = (
    rf"(?:(?:{_TENS})(?:[\s-](?:{_ONES}))?|{'|'.join(UNITS)}"
    rf"|(?:a|one) (?:{'|'.join(LARGE)}))"
)
DIGITS = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)*)"
N = rf"(?<![\w.,])(?:{DIGITS}|{WORD})(?!\w)"
BETWEEN = r"\s?(?:-|\u2013|\u2014|to|and|or|bis|out of)\s?"
PERCENT = r"\s?(?:%|per ?cent(?:age points)?\b|pct\b|percentage points)"
PEOPLE = (
    r"(?:patients?|people|persons|clients|customers|athletes|runners|women|men|adults|sufferers"
    r"|users|visitors|members|reviews?|cases|success stories)"
)
CARE = r"(?:episodes?(?: of care)?|sessions?|treatments?|visits?|appointments?)"
AMOUNT = r"(?:points?|weeks?|days?|months?|times|fold)"
_MIDDLE = r"((?:(?!(?:in|of|and|or|to)\b)[\w'-]+ ){0,3}?)"
_FRACTION = "|".join(
    re.sub(" ", r"[\\s-]", name) for name in sorted(FRACTIONS, key=len, reverse=True)
)

PERCENTS = re.compile(rf"({N})(?:{PERCENT})?{BETWEEN}({N}){PERCENT}|({N}){PERCENT}", re.I)
RATIOS = re.compile(
    rf"({N}) (?:in|out of|of|of every|in every|from)(?: (?:our|the|all|every))? ({N})", re.I
)
FRACTIONAL = re.compile(rf"\b({_FRACTION})\b(?![- ](?:an? )?(?:hour|past|day|marathon))", re.I)
COUNTS = re.compile(rf"({N})\+?(?:{BETWEEN}({N})\+?)? {_MIDDLE}({PEOPLE}|{CARE}|{AMOUNT})\b", re.I)
TIMES = re.compile(
    r"\b(twice|double[sd]?|doubling|triple[sd]?|halve[sd]?|tenfold|\w+fold|\d+x)\b", re.I
)
KINDS = {
    "percent": PERCENTS, "ratio": RATIOS, "count": COUNTS, "fraction": FRACTIONAL, "times": TIMES,
}  # fmt: skip
"""In the order in which they are looked for: what one has found no other looks at."""
PRICE = re.compile(
    r"\b(off|discount|deposit|fees?|price|vat|surcharge|membership|refund)\b|[$€£]", re.I
)
CONFIDENCE = re.compile(r"95\s?%\s?(?:-\s?)?(?:CI\b|confidence|Konfidenz)", re.I)
OUTCOME_WORDS = (
    r"pain|aches?|relie\w*|better|recover\w*|improv\w*|heal\w*|results?|symptoms?|stiff\w*"
    r"|mobility|sleep\w*|side[- ]effects?|soreness|sore|bruis\w*|bleed\w*|risks?|complications?"
    r"|success\w*|satisf\w*|reduc\w*|progress|gone|well again|fit again|feel\w*|recommend\w*"
    r"|twitch\w*|normal"
)
OUTCOME = re.compile(rf"\b({OUTCOME_WORDS})\b", re.I)
A_DAY = re.compile(r"\s*(?:a|per|each|every) (?:day|week|month|hour)\b", re.I)
