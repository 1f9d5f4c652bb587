"""What may be said of one difference: a row of `differences`, in words with its doubt."""

from dashboard import theme
from dashboard.comparison_words.groups import with_group
from dashboard.comparison_words.sizes import limits, signed
from dashboard.phrases import Row, sentence
from pipelines.listing import listed
from pipelines.measures.comparison import verdict
from pipelines.measures.comparison.differences import PAIN
from pipelines.measures.comparison.rows import IMMEDIATE

WHEN = {True: "directly after a session", False: "at the latest visit"}
METHODS = {
    "bootstrap": "drawing the patients again at random",
    "overlap weights": "weighting alike patients",
    "within patients": "comparing each patient with themselves",
    "without therapist": "leaving out who treated",
    "within technique": "comparing within each technique",
    "missing as unchanged": "counting the missing as unchanged",
}
"""Each other way to compare, as it stands in a sentence."""


def when(row: Row) -> str:
    """At which of the two horizons: "at the latest visit"."""
    return WHEN[row["horizon"] == IMMEDIATE]


def of_what(row: Row, responder_percent: float) -> str:
    """What is compared: "pain at the latest visit"."""
    if row["outcome"] == PAIN:
        return f"pain {when(row)}"
    return f"how often pain was at least {responder_percent:g}% less {when(row)}"


def pair(row: Row) -> str:
    """Both sides in a sentence: "with superficial needling than with deep needling"."""
    group, reference = (with_group(row["feature"], row[side]) for side in ("group", "reference"))
    return f"{group} than {reference}"


def told(row: Row, responder_percent: float = 30) -> str:
    """The verdict of one difference with its interval, or why there is none."""
    if row["verdict"] == verdict.TOO_FEW:
        return f"Too few to say about {of_what(row, responder_percent)}. {why(row)}"
    if row["verdict"] == verdict.NO_DIFFERENCE:
        return f"{_unclear(row, responder_percent)}{_disagreement(row)}"
    return f"{_differs(row, responder_percent)}{_disagreement(row)}"


def why(row: Row) -> str:
    """The reason for which nothing is said, with the groups called as on the page."""
    reason = str(row["reason"])
    for side in ("group", "reference"):
        own = verdict.given(str(row[side]))
        reason = reason.replace(own, with_group(row["feature"], row[side]), 1)
    return sentence(reason)


def _differs(row: Row, responder_percent: float) -> str:
    found = signed(row["difference"], row["outcome"])
    sure = f"95% interval {limits(row['low'], row['high'], row['outcome'])}"
    if row["outcome"] == PAIN:
        return f"{sentence(when(row))}, {found} pain {pair(row)} ({sure})."
    what = f"At least {responder_percent:g}% less pain {when(row)}"
    return f"{what}: {found} {pair(row)} ({sure})."


def _unclear(row: Row, responder_percent: float) -> str:
    fits = limits(row["low"], row["high"], row["outcome"])
    tail = ""
    if not row["low"] <= 0 <= row["high"]:
        tail = ", which is not clear once all groups compared are allowed for"
    return (
        f"No clear difference in {of_what(row, responder_percent)}: the records fit {fits} "
        f"{pair(row)}{tail}."
    )


def _disagreement(row: Row) -> str:
    if not theme.known(row["other"]):
        return ""
    names = [METHODS.get(name, name) for name in str(row["other"]).split(", ")]
    verb = "tells" if len(names) == 1 else "tell"
    return f" But {listed(names)} {verb} another story, so do not lean on it."


def raw_beside(row: Row) -> str:
    """What the same records say before anything is held equal; "" where nothing is said."""
    if row["verdict"] == verdict.TOO_FEW or not theme.known(row["raw_low"]):
        return ""
    found = signed(row["raw"], row["outcome"])
    sure = limits(row["raw_low"], row["raw_high"], row["outcome"])
    return f"Before adjustment {found} (95% interval {sure})."
