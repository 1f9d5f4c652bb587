"""How a figure is computed, with the numbers of a selection: for `outcomes explain`."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.definitions import definition_of, explain, of_row
from pipelines.definitions.rows import left_out_counts
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.summary import summarise, summary_rows

NUMBERS = ("group", "figure", "n", "of", "value", "low", "high")


def explained(
    name: str, clinic: Clinic, settings: Settings, filters: Mapping[str, Any]
) -> dict[str, Any]:
    """The definition of a figure, who is left out with numbers, and its rows of the summary."""
    definition = definition_of(name)
    counts = left_out_counts(name, clinic, settings)
    told = explain(definition, settings, counts)
    rows = summary_rows(summarise(clinic, settings))
    own = [row for row in rows if of_row(row["measure"], row["figure"]) is definition]
    return {
        "figure": told.name,
        "title": told.title,
        "unit": told.unit,
        "what": told.what,
        "counted": told.numerator,
        "of": told.denominator,
        "left_out": told.left_out,
        "left_out_counts": counts,
        "uncertainty": told.interval,
        "settings": {setting: getattr(settings, setting) for setting in definition.settings},
        "settings_version": settings.version,
        "settings_in_words": told.settings,
        "source": told.source,
        "filters": dict(filters),
        "numbers": [{part: row[part] for part in NUMBERS} for row in own],
    }


def in_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """What `explained` gives, for people."""
    yield f"{told['title']} ({told['figure']})"
    yield told["what"]
    parts = {
        "Counted": "counted",
        "Of": "of",
        "Left out": "left_out",
        "Unit": "unit",
        "Uncertainty": "uncertainty",
        "Settings": "settings_in_words",
        "Source": "source",
    }
    yield from (f"{word}: {told[name]}" for word, name in parts.items() if told[name])
    filters = "; ".join(f"{name}: {_listed(value)}" for name, value in told["filters"].items())
    yield f"Selected: {filters or 'all data'}."
    yield from (_number(row) for row in told["numbers"])


def _listed(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _number(row: Mapping[str, Any]) -> str:
    """Such as "responders_30: 0.563 (0.502 to 0.622), n 148 of 263"."""
    group = "" if row["group"] is None else f"{row['group']}, "
    limits = f" ({_short(row['low'])} to {_short(row['high'])})" if row["low"] is not None else ""
    n = "" if row["n"] is None else f", n {row['n']:,}"
    of = "" if row["of"] is None else f" of {row['of']:,}"
    return f"  {group}{row['figure']}: {_short(row['value'])}{limits}{n}{of}"


def _short(value: float | None) -> str:
    if value is None:
        return "not known"
    return f"{value:,.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
