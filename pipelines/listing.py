"""Words joined as a list in a sentence."""

from collections.abc import Iterable


def listed(words: Iterable[str], joint: str = "and") -> str:
    """As in "a, b and c"; nothing for no word."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} {joint} {last}" if most else last
