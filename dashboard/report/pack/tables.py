"""A release's tables as CSV, and what each of their columns means."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from pipelines.formulas import as_texts

DICTIONARY = {
    "patients": "Patients with an episode of care or a treatment session in the row",
    "episodes": "Episodes of care begun in the period",
    "eligible": "Episodes followed up that began with pain of at least {lowest_baseline:g} of 10",
    "responders_30": "Eligible episodes with at least {responder_percent:g}% less pain at the "
    "latest visit",
    "responders_50": "Eligible episodes with at least {substantial_percent:g}% less pain at the "
    "latest visit",
    "sessions": "Treatment sessions",
    "recorded": "Treatment sessions with side effects recorded, none included",
    "any_side_effect": "Recorded treatment sessions with any side effect",
    "rate": "The share that the table is about, from the rounded counts",
    "ci": "Its 95% interval (Wilson), from the rounded counts",
    "year": "Calendar year; all: every year of the period",
    "half_year": "Half of a calendar year; all: every half-year of the period",
    "condition": "Condition at the first visit, by its name in the vocabulary; all: every one",
    "technique": "Technique of most sessions of an episode, or of a session; all: every one",
    "chronicity": "How long the complaint had lasted at the first visit; all: every one",
    "figure": "Name of a figure of the whole clinic",
    "n": "How many",
    "of": "Among how many",
}


def as_csv(rows: list[Mapping[str, Any]]) -> bytes:
    """Rows of one table; an interval becomes two columns, a missing value an empty cell."""
    flat = [_flat(row) for row in rows]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(as_texts(flat[0]) if flat else [])
    writer.writerows(as_texts("" if v is None else v for v in row.values()) for row in flat)
    return text.getvalue().encode("utf-8-sig")


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in row.items() if name != "ci"}
    if "ci" in row:
        pair = row["ci"] if isinstance(row["ci"], list) else [row["ci"]] * 2
        flat |= dict(zip(("ci_low", "ci_high"), pair, strict=True))
    return flat


def dictionary(release: Mapping[str, Any]) -> bytes:
    """Each column with its meaning, under the release's settings."""
    rows = [
        {"column": name, "meaning": text.format(**release["settings"])}
        for name, text in DICTIONARY.items()
    ]
    return as_csv(rows)
