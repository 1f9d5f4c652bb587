"""What compared groups are called: as a label, and inside a sentence."""

from pipelines import tables
from pipelines.measures.comparison.groups import (
    DEPTH,
    ELECTRICAL_WITH,
    STIMULATION,
    TECHNIQUE,
    TWITCH,
)

SUBJECTS = {
    TECHNIQUE: "Needling technique",
    TWITCH: "Twitch response",
    STIMULATION: "Stimulation frequency",
    DEPTH: "Depth of the needle",
    ELECTRICAL_WITH: "Electrical needling with exercise or mobilization",
    **{adjunct: adjunct.replace("_", " ").capitalize() for adjunct in tables.ADJUNCTS},
}
"""What can be compared: the feature's name, and its words in the question."""

SENTENCE = {
    TECHNIQUE: {name: f"{name} needling" for name in ("superficial", "deep", "electrical")},
    STIMULATION: {
        "low frequency": "low-frequency stimulation",
        "high frequency": "high-frequency stimulation",
        "between low and high": "a frequency between low and high",
    },
    ELECTRICAL_WITH: {
        "deep without either": "deep needling without either",
        ELECTRICAL_WITH: "electrical needling and exercise or mobilization",
    },
}
"""What follows "with" in a sentence, where the group's own name does not."""


def label(feature: str, group: str) -> str:
    """A group's name at the start of a row: "Superficial needling", "With exercise"."""
    if group == tables.MIXED:
        return "Mixed techniques" if feature == TECHNIQUE else "Some of each"
    if feature == ELECTRICAL_WITH and group == ELECTRICAL_WITH:
        return "Electrical with either"
    if feature == ELECTRICAL_WITH:
        return "Deep without either"
    words = SENTENCE.get(feature, {}).get(group, group) if feature == TECHNIQUE else group
    return f"{words[:1].upper()}{words[1:]}"


def with_group(feature: str, group: str) -> str:
    """A group inside a sentence: "with superficial needling", "without exercise"."""
    if group == tables.MIXED:
        return "with mixed techniques" if feature == TECHNIQUE else "with some of each"
    if group.startswith(("with ", "without ")):
        return group
    if feature == DEPTH:
        return f"with needles {group} deep"
    return f"with {SENTENCE.get(feature, {}).get(group, group)}"


def inside(feature: str, group: str) -> str:
    """A group on its own inside a sentence: "superficial needling", "without exercise"."""
    phrase = with_group(feature, group)
    named = group.startswith(("with ", "without "))
    return phrase if named else phrase.removeprefix("with ")
