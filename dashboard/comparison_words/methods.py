"""What other ways to compare say, how much an unrecorded cause would need, and the missing."""

import pandas as pd

from dashboard import theme
from dashboard.comparison_words.groups import with_group
from dashboard.comparison_words.sizes import limits, signed
from dashboard.comparison_words.verdicts import METHODS
from dashboard.phrases import Row, sentence, several
from pipelines.listing import listed
from pipelines.measures.comparison import verdict
from pipelines.measures.comparison.differences import RESPONDERS

LABELS = {
    "adjusted": "Adjusted, as above",
    "raw": "Raw",
    "bootstrap": "Patients drawn again",
    "overlap weights": "Weighted alike",
    "within patients": "Same patient, both ways",
    "without therapist": "Without therapist",
    "within technique": "Within each technique",
    "missing as unchanged": "Missing as unchanged",
}
"""Rows of the picture."""


def title(row: Row, ways: pd.DataFrame) -> str:
    """Whether the difference holds whichever way it is got."""
    if not ways["difference"].notna().any():
        return "No other way to compare gives a figure"
    if theme.known(row["other"]):
        return "Other ways to compare do not all agree"
    return "Other ways to compare agree"


def agreement(row: Row, ways: pd.DataFrame) -> str:
    """Whether the other methods tell the same story, and which do not."""
    known = ways[ways["difference"].notna()]
    number = len(known)
    if not number:
        return "No other way to compare gives a figure here, so nothing confirms the difference."
    if not theme.known(row["other"]):
        ways_said = "The other way" if number == 1 else f"All {number} other ways"
        verb = "tells" if number == 1 else "tell"
        return f"{ways_said} to compare {verb} the same story."
    apart = [METHODS.get(name, name) for name in str(row["other"]).split(", ")]
    verb = "does" if len(apart) == 1 else "do"
    return (
        f"{sentence(listed(apart))} {verb} not tell the same story: where methods disagree, none "
        "of them is to be trusted alone."
    )


def unrecorded(row: Row) -> str:
    """The E-value: how strong something unrecorded would have to be to explain the figure."""
    needed, edge = row["e_value"], row["e_value_interval"]
    if row["verdict"] != verdict.DIFFERS:
        return (
            "No clear difference was found, so there is none that something unrecorded would have "
            "to account for; but something unrecorded could also hide one."
        )
    if not theme.known(needed) or not theme.known(edge):
        return "How strong something unrecorded would have to be cannot be told here."
    return (
        "To account for all of this difference, something nobody recorded would have to go with "
        f"both the choice of group and pain, each by a factor of about {_factor(needed)}; a factor "
        f"of {_factor(edge)} would already leave it unclear (1 is none)."
    )


def _or_none(number: int) -> str:
    return theme.count(number) if number else "none"


def _factor(value: float) -> str:
    return theme.number(max(value, 1.0), 1 if value >= 1.95 else 2)


def missing(row: Row, feature: str, responder_percent: float) -> str:
    """How far those who did not come back could move the difference in responders."""
    own, other = int(row["missing"]), int(row["reference_missing"])
    group, reference = (with_group(feature, row[side]) for side in ("group", "reference"))
    if not theme.known(row["difference"]):
        return "Too few are due to say how far those who did not come back could move it."
    now = signed(row["difference"], RESPONDERS)
    if not own and not other:
        return (
            f"Nobody due is missing on either side: at least {responder_percent:g}% less pain was "
            f"{now} {group}, before adjustment, with no doubt from the missing."
        )
    span = limits(row["lowest"], row["highest"], RESPONDERS)
    return (
        f"{sentence(several(own, 'episode'))} {group} and {_or_none(other)} {reference} were due "
        f"but not followed up. At least {responder_percent:g}% less pain was {now} {group}, "
        f"before adjustment; whatever became of the missing, it is anywhere from {span}."
    )
