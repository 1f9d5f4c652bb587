"""One version of the clinic, whole and selected, read once and shared by every page."""

from dataclasses import replace
from pathlib import Path

import streamlit as st

from dashboard.access import Viewer, require_single_visits
from dashboard.request import Request
from pipelines.places import default_store
from pipelines.selection import Clinic, Selection, select
from pipelines.settings import Settings, load_settings
from pipelines.store import Store
from pipelines.store.settings_log import note_settings

WHOLE, PARTS, SETS = 2, 4, 64
"""How many whole clinics, selected parts and small sets of figures are kept."""


def open_request(viewer: Viewer) -> Request:
    """A request about all data of the current version, which a new import changes."""
    path, settings = str(default_store()), load_settings()
    note_settings(Path(path), settings)
    request = Request(viewer, path, Store(path, settings).version(), settings)
    return replace(request, as_of=whole_clinic(request).as_of) if request.version else request


def store(request: Request) -> Store:
    """The store that the request is about, to import into. For the owner."""
    require_single_visits(request.viewer)
    return store_of(request)


def store_of(request: Request) -> Store:
    """The store that the request is about, to read from."""
    return Store(request.store, request.settings)


def whole_clinic(request: Request) -> Clinic:
    """Everything of the version that the request is about."""
    return _read(request.store, request.version, request.settings)


def selected_clinic(request: Request) -> Clinic:
    """The part that was chosen, narrowed to what the viewer may see."""
    return _select(request.store, request.version, request.settings, request.part)


def everybodys_clinic(request: Request) -> Clinic:
    """The part that was chosen, of all therapists, whoever asks.

    For `therapists` alone, which takes off the names that the viewer may not see.
    """
    selection = replace(request.selection, therapist=())
    return _select(request.store, request.version, request.settings, selection)


@st.cache_resource(max_entries=WHOLE, show_spinner=False)
def _read(path: str, version: int, settings: Settings) -> Clinic:
    """The whole clinic, read once a version and shared by all sessions; never changed."""
    return Store(path, settings).clinic()


@st.cache_resource(max_entries=PARTS, show_spinner=False)
def _select(path: str, version: int, settings: Settings, selection: Selection) -> Clinic:
    return select(_read(path, version, settings), selection)
