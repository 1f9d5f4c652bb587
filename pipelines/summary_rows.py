"""The summary as a flat table, for `outcomes summary --csv`."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.definitions import of_row

LISTS = {"condition_mix": "condition", "techniques": "technique", "by_session": "session"}
"""The lists of the summary, and what names each of their entries."""

INTERVALS = {
    "rate": "ci",
    "share": "ci",
    "improved": "ci",
    "difference": "ci",
    "change_mean": "change_ci",
    "median": "median_ci",
    "rate_per_10000": "ci_per_10000",
    "responders_30_bounds": "responders_30_bounds",
}
"""A figure, and where its interval stands in the same object."""

HORIZONS = ("immediate", "lasting")
NO_FIGURES = {
    *("n", "of", "ci", "change_ci", "median_ci", "ci_per_10000"),
    *("condition", "technique", "session", "reference", "verdict", "reason"),
    *(f"{horizon}{kind}" for horizon in HORIZONS for kind in ("", "_raw", "_adjusted")),
}
"""What stands beside figures: denominators, intervals, words, and objects that are null."""


def summary_rows(summary: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row a figure: measure, group, figure, n, of, value, low, high, unit, of_what.

    `group` is the condition, technique, session number or side effect that the figure is
    about, and None for all; a difference between techniques names both. A rate carries
    its n and of, any other figure the n of the object it stands in. `unit` and `of_what`
    (the denominator in words) are those of its definition.
    """
    measures = list(summary)[list(summary).index("counts") :]
    return [row for name in measures for row in _any(name, None, "", name, summary[name])]


def _any(measure: str, group: Any, path: str, name: str, value: Any) -> Iterator[dict[str, Any]]:
    """The rows of one named value, whatever it is."""
    if name in LISTS:
        for entry in value:
            yield from _object(measure, entry[LISTS[name]], path, entry)
    elif name == "types":
        for side_effect, rate in value.items():
            yield from _object(measure, side_effect, "type", rate)
    elif isinstance(value, Mapping):
        yield from _object(measure, group, path, value)


def _object(
    measure: str, group: Any, path: str, part: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    if "reference" in part:
        group = f"{group} against {part['reference']}"
    for name, value in part.items():
        figure = path if name == "rate" else ".".join(filter(None, (path, name)))
        if isinstance(value, Mapping) or name in LISTS:
            yield from _any(measure, group, figure, name, value)
        elif name not in NO_FIGURES and not (name == "p_holm" and value is None):
            named = {"measure": measure, "group": group, "figure": figure}
            yield named | _cells(name, part) | _words(measure, figure, name)


def _cells(name: str, part: Mapping[str, Any]) -> dict[str, Any]:
    low, high = _limits(part.get(INTERVALS.get(name, "")))
    value = part[name]
    return {
        "n": part.get("n"),
        "of": part.get("of"),
        "value": None if isinstance(value, list) else value,
        "low": low,
        "high": high,
    }


def _limits(interval: Any) -> tuple[Any, Any]:
    """Both limits; a suppressed interval has two suppressed ones."""
    low, high = (interval, interval) if isinstance(interval, str) else interval or (None, None)
    return low, high


def _words(measure: str, figure: str, name: str) -> dict[str, str]:
    definition = of_row(measure, figure)
    return {"unit": definition.unit_of(name), "of_what": definition.of_what(name)}
