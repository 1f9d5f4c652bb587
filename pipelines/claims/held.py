"""One claim held against the data: its verdict, why, the figures, and what may be printed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.claims.tally import Tally

SUPPORTED, NOT_SUPPORTED, NOT_ENOUGH = "supported", "not supported", "not enough data"
VERDICTS = (SUPPORTED, NOT_SUPPORTED, NOT_ENOUGH)

SHARE, POINTS, SESSIONS = "share", "points of 10", "sessions"
PERCENTAGE_POINTS, PER_10000 = "difference of shares", "per 10,000 sessions"


@dataclass(frozen=True)
class Figure:
    """A number that a verdict rests on, exact; `group` where the claim has several.

    Shares and differences of shares are fractions. `verdict` is the group's own, where
    each group is judged. Missing is None: not reached, or not to be estimated.
    """

    about: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    of: int | None
    patients: int
    group: str | None = None
    verdict: str | None = None


@dataclass(frozen=True)
class Blanks:
    """What a sentence is filled in from: counts by the prefix of their placeholders, and words.

    `shares` go through disclosure control; `words` are estimates and texts that do not
    count people.
    """

    shares: Mapping[str, Tally]
    words: Mapping[str, object] = field(default_factory=dict)
    group: str | None = None
    otherwise: bool = False


@dataclass(frozen=True)
class Tested:
    """What a rule finds: verdict, reason in words, figures, and what sentences are made from."""

    verdict: str
    reason: str
    figures: tuple[Figure, ...]
    blanks: tuple[Blanks, ...] = ()


@dataclass(frozen=True)
class Outside:
    """What others found, in words, with the size and the quality of the work."""

    about: str
    result: str
    size: str
    quality: str
    source: str | None


@dataclass(frozen=True)
class Sentence:
    """A sentence to print, or (text None) why there is none."""

    text: str | None
    why_not: str | None
    group: str | None = None
    figures: tuple[tuple[str, str], ...] = ()
    """The printed values by the name of their placeholder."""


@dataclass(frozen=True)
class Held:
    """One claim of the clinic's page against the clinic's data."""

    number: int
    name: str
    gist: str
    tests: str
    rule: str
    rule_given: bool
    verdict: str
    reason: str
    figures: tuple[Figure, ...]
    sentences: tuple[Sentence, ...]
    outside: tuple[Outside, ...]
