"""Comparisons of groups, kept by request and question: for the owner and therapists."""

import streamlit as st

from dashboard.access import require_comparisons
from dashboard.data.reading import SETS, selected_clinic
from dashboard.figures import techniques
from dashboard.request import Request


def comparison_sides(request: Request, feature: str) -> techniques.Sides:
    """The groups of a feature that can be the reference."""
    require_comparisons(request.viewer)
    return _sides(request, feature)


def comparison(request: Request, feature: str, reference: str) -> techniques.Glance:
    """Every difference against a reference, with its verdict."""
    require_comparisons(request.viewer)
    return _glance(request, feature, reference)


def comparison_detail(
    request: Request, feature: str, horizon: str, group: str, reference: str
) -> techniques.Detail:
    """One pair: its balance, and whether the difference varies between patients."""
    require_comparisons(request.viewer)
    return _detail(request, feature, horizon, group, reference)


@st.cache_data(max_entries=SETS, show_spinner=False)
def _sides(request: Request, feature: str) -> techniques.Sides:
    return techniques.sides(selected_clinic(request), request.settings, feature)


@st.cache_data(max_entries=SETS, show_spinner=False)
def _glance(request: Request, feature: str, reference: str) -> techniques.Glance:
    return techniques.glance(selected_clinic(request), request.settings, feature, reference)


@st.cache_data(max_entries=SETS, show_spinner=False)
def _detail(
    request: Request, feature: str, horizon: str, group: str, reference: str
) -> techniques.Detail:
    return techniques.detail(
        selected_clinic(request), request.settings, feature, horizon, group, reference
    )
