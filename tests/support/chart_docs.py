"""Writes the page on reading charts from what the dashboard itself says under each."""

from dashboard.readings import READINGS
from tests.support.hygiene import PROJECT

PAGE = PROJECT / "docs" / "charts.md"
OPENING = """# How to read each chart

Under each chart stands "How to read this". This page holds the same texts; it is made from
them (`make docs`), and a test fails where the two differ.
"""
PAGES = {
    "Overview": ("activity", "condition_mix"),
    "Pain": (
        "outcomes",
        "distribution",
        "responder_curve",
        "trajectory",
        "duration",
        "horizons",
        "pain_by_group",
    ),
    "Sessions to improvement": (
        "improvement_curve",
        "what_happened",
        "waiting_by_first_technique",
        "waiting_by_chronicity",
        "waiting_by_condition",
    ),
    "Side effects": (
        "side_effect_types",
        "events_published",
        "side_effects_by_group",
        "side_effects_by_month",
        "recording_rate",
        "between_serious",
    ),
    "Conditions": ("condition_mix", "mix_by_month", "mix_by_chronicity", "mix_by_region"),
    "Techniques": (
        "forest_immediate",
        "forest_lasting",
        "forest_responders",
        "baseline_overlap",
        "sensitivity",
        "balance",
        "for_whom",
    ),
    "Therapists": ("therapist_funnel", "therapist_limits"),
}
"""The charts of each page, in its order."""


def charts_page() -> str:
    """Every chart with its text, page by page."""
    return "\n".join([OPENING, *(_section(page, names) for page, names in PAGES.items())])


def _section(page: str, names: tuple[str, ...]) -> str:
    lines = [f"**{_name(name)}.** {READINGS[name]}" for name in names]
    return "\n\n".join([f"## {page}", *lines]) + "\n"


def _name(name: str) -> str:
    return name.removeprefix("waiting_").replace("_", " ").capitalize()
