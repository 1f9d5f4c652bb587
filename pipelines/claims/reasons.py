"""Reasons of verdicts in words, with right grammar at 0, 1 and many."""

from pipelines.claims.held import NOT_ENOUGH, NOT_SUPPORTED, SUPPORTED, Tested
from pipelines.claims.tally import Tally
from pipelines.listing import listed

FEWEST_KNOWN = 0.5
"""A figure that is known for under half of what it is about bears no claim out."""


def counted(count: int, one: str, many: str | None = None) -> str:
    """As in "1 patient", "2 patients"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share with one decimal where it needs one to be told from 0, 50 and 100."""
    shown = 100 * share
    return (
        f"{shown:.1f}%"
        if 0 < shown < 1 or 49 <= shown <= 51 or 99 < shown < 100
        else f"{shown:.0f}%"
    )


def interval(low: float, high: float) -> str:
    """The interval of a share, in words."""
    return f"95% CI {percent(low)} to {percent(high)}"


def share(tally: Tally, rows: str) -> str:
    """As in "62% of 145 episodes (95% CI 54% to 70%)"."""
    return f"{percent(tally.rate)} of {tally.of:,} {rows} ({interval(tally.low, tally.high)})"


def judged(holds: bool) -> str:
    """The verdict where there are data enough."""
    return SUPPORTED if holds else NOT_SUPPORTED


def too_few(groups: dict[str, int], fewest: int) -> str | None:
    """Why groups are too small, by the words for each; None where none is."""
    small = [
        f"{counted(size, 'patient')} {words}" for words, size in groups.items() if size < fewest
    ]
    if not small:
        return None
    return f"{_capital(listed(small))}: under {fewest}, which each group needs."


def too_little_known(known: Tally, what: str) -> str | None:
    """Why the figure may be that of a chosen few; None where at least half is known."""
    if known.of and known.n >= FEWEST_KNOWN * known.of:
        return None
    share = percent(known.rate) if known.of else "0%"
    return f"{what} {share}: under half, and those known may not be like the others."


def not_enough(reason: str, *figures, **also) -> Tested:
    """Too few to say."""
    return Tested(NOT_ENOUGH, reason, tuple(figures), **also)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def inside(name: str) -> str:
    """A name as it stands inside a sentence: "low back pain", but "TMJ pain"."""
    first = name.split(" ")[0].split("-")[0]
    return name if first.isupper() else name[:1].lower() + name[1:]
