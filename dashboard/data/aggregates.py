"""The figures of each page, kept by request: aggregates only."""

import pandas as pd
import streamlit as st

from dashboard.data.reading import SETS, selected_clinic, store_of, whole_clinic
from dashboard.figures import conditions as conditions_page
from dashboard.figures import overview as overview_page
from dashboard.figures import pain as pain_page
from dashboard.figures import quality as quality_page
from dashboard.figures import side_effects as side_effects_page
from dashboard.figures import waiting as waiting_page
from dashboard.request import Request
from pipelines.measures.responders import completeness


@st.cache_data(max_entries=SETS, show_spinner=False)
def overview(request: Request) -> overview_page.Overview:
    """The figures of the overview."""
    return overview_page.overview(whole_clinic(request), request.part, request.settings)


@st.cache_data(max_entries=SETS, show_spinner=False)
def pain(request: Request) -> pain_page.Pain:
    """The figures of the pain page."""
    return pain_page.pain(selected_clinic(request), request.settings)


@st.cache_data(max_entries=SETS, show_spinner=False)
def pain_by_group(request: Request, by: str) -> pd.DataFrame:
    """The pain figures of each group, computed only for the groups that were chosen."""
    return pain_page.by_group(selected_clinic(request), request.settings, by)


@st.cache_data(max_entries=SETS, show_spinner=False)
def waiting(request: Request) -> waiting_page.Waiting:
    """The figures of the page on sessions to improvement."""
    return waiting_page.waiting(selected_clinic(request), request.settings)


@st.cache_data(max_entries=SETS, show_spinner=False)
def side_effects(request: Request) -> side_effects_page.SideEffects:
    """The figures of the side-effects page, without single visits."""
    return side_effects_page.side_effects(selected_clinic(request))


@st.cache_data(max_entries=SETS, show_spinner=False)
def side_effects_by_group(request: Request, by: str) -> pd.DataFrame:
    """Any side effect by group, computed only for the groups that were chosen."""
    return side_effects_page.by_group(selected_clinic(request), by)


@st.cache_data(max_entries=SETS, show_spinner=False)
def conditions(request: Request) -> conditions_page.Conditions:
    """The figures of the conditions page."""
    return conditions_page.conditions(selected_clinic(request), request.settings)


@st.cache_data(max_entries=SETS, show_spinner=False)
def gaps(request: Request, by: str) -> pd.DataFrame:
    """Gaps in the data, counted by kind and by therapist or month."""
    return quality_page.gaps(selected_clinic(request), request.settings, by)


@st.cache_data(max_entries=SETS, show_spinner=False)
def follow_up(request: Request) -> pd.Series:
    """What missing scores leave open, and what asking for them would settle."""
    return quality_page.follow_up(selected_clinic(request), request.settings)


@st.cache_data(max_entries=SETS, show_spinner=False)
def followed(request: Request) -> pd.Series:
    """Completeness of follow-up: n followed of those due, with interval."""
    return completeness(selected_clinic(request), request.settings).iloc[0]


def waiting_in_quarantine(request: Request) -> int:
    """How many rows wait to be mended."""
    return _waiting_in_quarantine(request.unfiltered)


@st.cache_data(max_entries=SETS, show_spinner=False)
def _waiting_in_quarantine(request: Request) -> int:
    return len(store_of(request).quarantine())


def last_import(request: Request) -> pd.Timestamp | None:
    """When the newest import that still counts was made."""
    return _last_import(request.unfiltered)


@st.cache_data(max_entries=SETS, show_spinner=False)
def _last_import(request: Request) -> pd.Timestamp | None:
    found = store_of(request).imports()
    still = found.loc[~found["undone"].astype(bool), "at"]
    return pd.Timestamp(still.max()) if len(still) else None
