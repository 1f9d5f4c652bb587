"""The only cached door from pages to pipelines.

Each function takes the Request (who asks, which part, which version, which settings) and
is cached by it, never by a frame. What comes back holds aggregates, save where a function
says that it lists single visits: those are for the owner alone.
"""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import figures, names
from dashboard.access import Viewer, allowed, require_single_visits
from dashboard.choice import LABELS
from dashboard.importing import made
from dashboard.request import Request
from pipelines import tables
from pipelines.ingest.clinic_words import answers_in_force
from pipelines.ingest.mappings import SavedMapping, list_mappings
from pipelines.ingest.quarantine import tables_to_mend
from pipelines.ingest.unknown_words import unknown_words as find_unknown_words
from pipelines.measures.contraindications import contraindicated_and_treated
from pipelines.measures.responders import completeness
from pipelines.measures.serious_events import serious_events
from pipelines.measures.work_list import work_list
from pipelines.places import default_store
from pipelines.selection import NAMED, Clinic, Selection, select
from pipelines.settings import Settings, load_settings
from pipelines.store import Store, settle
from pipelines.watch import LastRun, last_runs

WHOLE, PARTS, SETS = 2, 4, 64
"""How many whole clinics, selected parts and small sets of figures are kept."""


def open_request(viewer: Viewer) -> Request:
    """A request about all data of the current version, which a new import changes."""
    path, settings = str(default_store()), load_settings()
    request = Request(viewer, path, Store(path, settings).version(), settings)
    return replace(request, as_of=_whole(request).as_of) if request.version else request


def store(request: Request) -> Store:
    """The store that the request is about, to import into. For the owner."""
    require_single_visits(request.viewer)
    return _store(request)


def _store(request: Request) -> Store:
    return Store(request.store, request.settings)


def _whole(request: Request) -> Clinic:
    return _read(request.store, request.version, request.settings)


def _part(request: Request) -> Clinic:
    return _select(request.store, request.version, request.settings, request.part)


@st.cache_resource(max_entries=WHOLE, show_spinner=False)
def _read(path: str, version: int, settings: Settings) -> Clinic:
    """The whole clinic, read once a version and shared by all sessions; never changed."""
    return Store(path, settings).clinic()


@st.cache_resource(max_entries=PARTS, show_spinner=False)
def _select(path: str, version: int, settings: Settings, selection: Selection) -> Clinic:
    return select(_read(path, version, settings), selection)


@st.cache_data(max_entries=SETS, show_spinner=False)
def options(request: Request) -> dict[str, dict[str, int]]:
    """For each filter its values, commonest first, with the episodes that match all others.

    Values that nothing else matches stay, with 0, so that a chosen one can be taken back.
    """
    return {name: _counted(request, name) for name in NAMED}


def _counted(request: Request, name: str) -> dict[str, int]:
    whole = _whole(request)
    selection = allowed(request.viewer, replace(request.selection, **{name: ()}))
    others = select(replace(whole, visits=whole.visits.iloc[:0]), selection)
    found = others.episodes[name].value_counts()
    known = known_names(request)[name]
    return dict(sorted(((value, int(found.get(value, 0))) for value in known), key=_commonest))


def _commonest(option: tuple[str, int]) -> tuple[int, str]:
    value, number = option
    return -number, value


@st.cache_data(max_entries=SETS, show_spinner=False)
def known_names(request: Request) -> dict[str, tuple[str, ...]]:
    """Every value that occurs, by filter, in the part of the data that the viewer sees."""
    part = select(_whole(request), allowed(request.viewer, Selection()))
    return {name: _occurring(part, name) for name in NAMED}


def _occurring(part: Clinic, name: str) -> tuple[str, ...]:
    found = [*part.episodes[name].dropna().unique(), *part.visits[name].dropna().unique()]
    hidden = (tables.MIXED, tables.UNKNOWN, "none") if name == "technique" else ()
    return tuple(sorted({str(value) for value in found} - set(hidden)))


@st.cache_data(max_entries=SETS, show_spinner=False)
def matching(request: Request) -> tuple[int, int]:
    """How many episodes match, and how many patients have a visit that does."""
    part = _part(request)
    return len(part.episodes), int(part.visits["patient_id"].nunique())


@st.cache_data(max_entries=SETS, show_spinner=False)
def without_each(request: Request) -> dict[str, int]:
    """How many episodes would match without each of the filters in use, by its words."""
    selection = request.selection
    loosened = {LABELS[n]: replace(selection, **{n: ()}) for n in NAMED if getattr(selection, n)}
    if selection.start or selection.end:
        loosened = {"Period": replace(selection, start=None, end=None)} | loosened
    whole = _whole(request)
    return {
        words: len(select(whole, allowed(request.viewer, other)).episodes)
        for words, other in loosened.items()
    }


@st.cache_data(max_entries=SETS, show_spinner=False)
def overview(request: Request) -> figures.Overview:
    """The figures of the overview."""
    return figures.overview(_whole(request), request.part, request.settings)


@st.cache_data(max_entries=SETS, show_spinner=False)
def pain(request: Request) -> figures.Pain:
    """The figures of the pain page."""
    return figures.pain(_part(request), request.settings)


@st.cache_data(max_entries=SETS, show_spinner=False)
def waiting(request: Request) -> figures.Waiting:
    """The figures of the page on sessions to improvement."""
    return figures.waiting(_part(request), request.settings)


@st.cache_data(max_entries=SETS, show_spinner=False)
def side_effects(request: Request) -> figures.SideEffects:
    """The figures of the side-effects page, without single visits."""
    return figures.side_effects(_part(request))


@st.cache_data(max_entries=SETS, show_spinner=False)
def conditions(request: Request) -> figures.Conditions:
    """The figures of the conditions page."""
    return figures.conditions(_part(request), request.settings)


@st.cache_data(max_entries=SETS, show_spinner=False)
def gaps(request: Request, by: str) -> pd.DataFrame:
    """Gaps in the data, counted by kind and by therapist or month."""
    return figures.gaps(_part(request), request.settings, by)


@st.cache_data(max_entries=SETS, show_spinner=False)
def followed(request: Request) -> pd.Series:
    """Completeness of follow-up: n followed of those due, with interval."""
    return completeness(_part(request), request.settings).iloc[0]


def serious_visits(request: Request) -> pd.DataFrame:
    """Single visits with a serious event, in words. For the owner."""
    require_single_visits(request.viewer)
    return _in_words(serious_events(_part(request)))


def contraindicated(request: Request) -> pd.DataFrame:
    """Single sessions given although a contraindication was flagged. For the owner."""
    require_single_visits(request.viewer)
    return _in_words(contraindicated_and_treated(_part(request)))


def work(request: Request) -> pd.DataFrame:
    """Single visits and episodes with a gap in the data. For the owner."""
    require_single_visits(request.viewer)
    return _in_words(work_list(_part(request), request.settings))


def _in_words(frame: pd.DataFrame) -> pd.DataFrame:
    terms = [column for column in frame if column in names.LISTS]
    return frame.assign(**{c: [names.name(c, value) for value in frame[c]] for c in terms})


def changes(request: Request) -> pd.DataFrame:
    """Every change of the store (imports, answers, removals), newest first. For the owner."""
    require_single_visits(request.viewer)
    return made.changes(_store(request))


def gone(request: Request) -> pd.DataFrame:
    """Visits that a newer export lacks, for a person to settle. For the owner."""
    require_single_visits(request.viewer)
    return settle.vanished(_store(request))


def unknown_words(request: Request) -> pd.DataFrame:
    """Words that no list knows, with the nearest term. For the owner: each is of a cell."""
    require_single_visits(request.viewer)
    return find_unknown_words(_store(request))


def answers(request: Request) -> pd.DataFrame:
    """What was answered about words of the clinic. For the owner."""
    require_single_visits(request.viewer)
    return answers_in_force(_store(request))


def kept_answers(request: Request) -> list[SavedMapping]:
    """What was settled under a name for files with the same headers. For the owner."""
    require_single_visits(request.viewer)
    return list_mappings(_store(request))


def watched(request: Request) -> list[LastRun]:
    """What the last watch of each folder did. For the owner."""
    require_single_visits(request.viewer)
    return last_runs(_store(request))


def quarantine(request: Request) -> pd.DataFrame:
    """Rows that wait to be mended, with their text. For the owner."""
    require_single_visits(request.viewer)
    return _store(request).quarantine()


def files_to_mend(request: Request) -> list[tuple[str, bytes]]:
    """The same rows as files, one for each kind of header, to mend and import again."""
    return tables_to_mend(quarantine(request))


@st.cache_data(max_entries=SETS, show_spinner=False)
def waiting_in_quarantine(request: Request) -> int:
    """How many rows wait to be mended."""
    return len(_store(request).quarantine())


@st.cache_data(max_entries=SETS, show_spinner=False)
def last_import(request: Request) -> pd.Timestamp | None:
    """When the newest import that still counts was made."""
    found = _store(request).imports()
    still = found.loc[~found["undone"].astype(bool), "at"]
    return pd.Timestamp(still.max()) if len(still) else None
