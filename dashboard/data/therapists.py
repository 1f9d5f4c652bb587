"""Therapists beside each other: the one door through which a therapist's request sees others.

A therapist's selection is narrowed to their own everywhere else. Here everybody's episodes
are counted, and what comes back to a therapist names nobody else and holds no small number
of another's patients. Names are taken off before anything is kept.
"""

from dataclasses import replace

import streamlit as st

from dashboard.access import require_therapists
from dashboard.choice import LABELS
from dashboard.data.reading import SETS, everybodys_clinic
from dashboard.figures import therapists as page
from dashboard.request import Request


@st.cache_data(max_entries=SETS, show_spinner=False)
def therapists(request: Request) -> page.Therapists | page.NotShown:
    """Every therapist for the owner; for a therapist their own beside others unnamed."""
    require_therapists(request.viewer)
    found = page.therapists(everybodys_clinic(request), request.settings)
    if request.viewer.sees_single_visits:
        return found
    return page.seen_by(found, request.viewer.therapist or "", request.settings.cell_size)


def of_every_therapist(request: Request) -> Request:
    """The request without its filter by therapist, in figures and in words."""
    phrase = f"{LABELS['therapist'].lower()}: "
    return replace(
        request,
        selection=replace(request.selection, therapist=()),
        filters=tuple(words for words in request.filters if not words.startswith(phrase)),
    )
