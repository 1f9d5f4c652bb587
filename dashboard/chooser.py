"""A choice within a page, such as by what to split a figure; it stands in the URL."""

from collections.abc import Mapping

import streamlit as st

from dashboard.access import Viewer

GROUPS = {
    "condition": "Condition",
    "technique": "Technique",
    "chronicity": "Chronicity",
    "clinic": "Clinic",
    "therapist": "Therapist",
}


def groups(viewer: Viewer, *first: str) -> dict[str, str]:
    """By what a page may be grouped, in this order; a therapist's page is all their own already."""
    offered = (*first, "therapist") if viewer.sees_single_visits else first
    return {name: GROUPS[name] for name in offered}


def choose(name: str, label: str, options: Mapping[str, str]) -> str:
    """One of the options, the first until another is chosen; `name` is its name in the URL.

    `options` are values with their words. What a link names and nobody offers is ignored.
    """
    first = next(iter(options))
    chosen = st.segmented_control(
        label,
        list(options),
        default=first,
        required=True,
        format_func=options.get,
        key=name,
        bind="query-params",
    )
    return chosen if chosen in options else first
