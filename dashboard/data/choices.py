"""What can be chosen in the filters, and how much it matches."""

from dataclasses import replace

import numpy as np
import streamlit as st

from dashboard.access import allowed
from dashboard.choice import LABELS
from dashboard.data.reading import SETS, selected_clinic, whole_clinic
from dashboard.request import Request
from pipelines import tables
from pipelines.selection import NAMED, Clinic, Selection, chosen, select


@st.cache_data(max_entries=SETS, show_spinner=False)
def options(request: Request) -> dict[str, dict[str, int]]:
    """For each filter its values, commonest first, with the episodes that match all others.

    Values that nothing else matches stay, with 0, so that a chosen one can be taken back.
    """
    return {name: _counted(request, name) for name in NAMED}


def _counted(request: Request, name: str) -> dict[str, int]:
    whole = whole_clinic(request)
    selection = allowed(request.viewer, replace(request.selection, **{name: ()}))
    column = whole.episodes[name]
    others = column.cat.codes.to_numpy()[chosen(whole.episodes, "first_date", selection)]
    count = np.bincount(others + 1, minlength=len(column.cat.categories) + 1)[1:]
    found = dict(zip(column.cat.categories, count.tolist(), strict=True))
    known = known_names(request)[name]
    return dict(sorted(((value, found.get(value, 0)) for value in known), key=_commonest))


def _commonest(option: tuple[str, int]) -> tuple[int, str]:
    value, number = option
    return -number, value


def known_names(request: Request) -> dict[str, tuple[str, ...]]:
    """Every value that occurs, by filter, in the part of the data that the viewer sees."""
    return _known_names(request.unfiltered)


@st.cache_data(max_entries=SETS, show_spinner=False)
def _known_names(request: Request) -> dict[str, tuple[str, ...]]:
    part = select(whole_clinic(request), allowed(request.viewer, Selection()))
    return {name: _occurring(part, name) for name in NAMED}


def _occurring(part: Clinic, name: str) -> tuple[str, ...]:
    found = [*part.episodes[name].dropna().unique(), *part.visits[name].dropna().unique()]
    hidden = (tables.MIXED, tables.UNKNOWN, "none") if name == "technique" else ()
    return tuple(sorted({str(value) for value in found} - set(hidden)))


@st.cache_data(max_entries=SETS, show_spinner=False)
def matching(request: Request) -> tuple[int, int]:
    """How many episodes match, and how many patients have a visit that does."""
    part = selected_clinic(request)
    patients = np.bincount(part.visits["patient_id"].cat.codes.to_numpy())
    return len(part.episodes), int(np.count_nonzero(patients))


@st.cache_data(max_entries=SETS, show_spinner=False)
def without_each(request: Request) -> dict[str, int]:
    """How many episodes would match without each of the filters in use, by its words."""
    selection = request.selection
    loosened = {LABELS[n]: replace(selection, **{n: ()}) for n in NAMED if getattr(selection, n)}
    if selection.start or selection.end:
        loosened = {"Period": replace(selection, start=None, end=None)} | loosened
    episodes = whole_clinic(request).episodes
    return {
        words: int(chosen(episodes, "first_date", allowed(request.viewer, other)).sum())
        for words, other in loosened.items()
    }
