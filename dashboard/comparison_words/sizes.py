"""Differences and their intervals in words: points of pain, or of a share."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard import theme
from pipelines.measures.comparison.differences import PAIN, RESPONDERS


@dataclass(frozen=True)
class Scale:
    """What a difference is counted in, and the words for less and for more of it."""

    shown: Callable[[float], str]
    unit: str
    less: str
    more: str


def _points(value: float) -> str:
    """With a second decimal where the first would say nothing: "0.04"."""
    size = abs(value)
    if size < 0.005:
        return "under 0.01"
    return theme.number(size, 1 if size >= 0.05 else 2)


def _hundredths(value: float) -> str:
    size = 100 * abs(value)
    if size < 0.05:
        return "under 0.1"
    return theme.number(size, 0 if size >= 0.95 else 1)


SCALES = {
    PAIN: Scale(_points, "point", "less", "more"),
    RESPONDERS: Scale(_hundredths, "percentage point", "less often", "more often"),
}


def shown(value: float, outcome: str = PAIN) -> str:
    """A size without direction and unit: "0.4"."""
    text = SCALES[outcome].shown(value)
    return "1" if text == "1.0" else text


def size(value: float, outcome: str = PAIN) -> str:
    """A size without its direction: "0.4 points", "1 point"."""
    number, unit = shown(value, outcome), SCALES[outcome].unit
    return f"1 {unit}" if number == "1" else f"{number} {unit}s"


def signed(value: float, outcome: str = PAIN) -> str:
    """A size with its direction: "0.4 points less"."""
    scale = SCALES[outcome]
    return f"{size(value, outcome)} {scale.less if value < 0 else scale.more}"


def limits(low: float, high: float, outcome: str = PAIN) -> str:
    """Both limits: "0.1 to 0.4 points less", "0.8 points less to 0.6 points more"."""
    if low < 0 < high:
        return f"{signed(low, outcome)} to {signed(high, outcome)}"
    near, far = sorted((low, high), key=abs)
    first, last = (shown(value, outcome) for value in (near, far))
    return signed(far, outcome) if first == last else f"{first} to {signed(far, outcome)}"
