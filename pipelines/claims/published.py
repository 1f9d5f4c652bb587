"""A tally as it may leave the clinic: rounded parts, and the share and limits made from them."""

from dataclasses import dataclass

import numpy as np

from pipelines.claims.tally import Tally
from pipelines.intervals import Limits, korn_graubard, square_and_add, wilson, zero_event_bound
from pipelines.publish.disclosure import SUPPRESSED, Counted, published_rate
from pipelines.settings import Settings


@dataclass(frozen=True)
class Published:
    """Counts rounded to 5; the interval is as much wider as patients' rows are alike."""

    n: int
    of: int
    rate: float
    low: float
    high: float


def published(tally: Tally, settings: Settings) -> Published | None:
    """None where it must not leave, or where there is nothing."""
    if not tally.of:
        return None
    counted = Counted(
        n=tally.n,
        of=tally.of,
        patients_n=tally.patients_with,
        patients_of=tally.patients,
        patients_rest=tally.patients_without,
        largest_share=tally.largest / tally.of,
    )
    found = published_rate(counted, settings)
    if found == SUPPRESSED or not found.of:
        return None
    low, high = _limits(found.n, found.of, tally)
    return Published(found.n, found.of, found.rate, float(low), float(high))


def _limits(n: int, of: int, tally: Tally) -> Limits:
    """As pages have them: sessions clustered by patient, none with the exact bound."""
    if not tally.sessions:
        return wilson(n, of)
    if not n:
        return Limits(np.float64(0.0), zero_event_bound(of))
    return korn_graubard(n, of, tally.design_effect, tally.patients)


def limits_of_difference(first: Published, second: Published) -> tuple[float, float]:
    """The interval of the first share less the second, from the rounded parts alone."""
    limits = square_and_add(
        first.rate, Limits(first.low, first.high), second.rate, Limits(second.low, second.high)
    )
    return float(limits.low), float(limits.high)


def percent_in_words(share: float) -> str:
    """Whole percents; decimals where a whole one would say none or all."""
    shown = 100 * share
    if 0 < shown < 0.05:
        return f"{shown:.2f}"
    if 0 < shown < 1 or 99 < shown < 100:
        return f"{shown:.1f}"
    return f"{shown:.0f}"


def points_in_words(points: float) -> str:
    """One decimal; two where one would say nought."""
    text = f"{points:.1f}" if abs(points) >= 0.05 else f"{points:.2f}"
    return "0.0" if float(text) == 0 else text
