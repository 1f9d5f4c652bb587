"""What is wrong with a sentence."""

from dataclasses import dataclass

NUMBER, INCOMPLETE, OTHER, NOT_BORNE_OUT = (
    "number without a figure",
    "figure without all its parts",
    "figure of something else",
    "claim not borne out",
)


@dataclass(frozen=True)
class Mark:
    """The kind of mark, the words it stands at, and why."""

    kind: str
    words: str
    why: str
