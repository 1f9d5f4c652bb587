"""What one person's session holds of an import: the dialogue, and the reports of the last one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.importing.guide import Guide
from dashboard.plain import as_written
from pipelines.errors import OutcomesError
from pipelines.ingest.report import Report

GUIDE, REPORTS, DROPS, PRESSED = "import_guide", "reports", "drops", "went_on_too_soon"
TOLD, READ = "told_on_the_import_page", "read_for_the_import_page"


def guide() -> Guide:
    """The dialogue as it stands."""
    return st.session_state.get(GUIDE, Guide())


def put(stands: Guide) -> None:
    """Keeps the dialogue for the next run of the page."""
    st.session_state[GUIDE] = stands


def give_up() -> None:
    """Ends the dialogue: the bytes of its files are gone."""
    st.session_state.pop(GUIDE, None)


def drop_key() -> str:
    """The key of the place to drop files: another after each drop, so that it keeps none."""
    return f"dropped_{st.session_state.get(DROPS, 0)}"


def dropped() -> None:
    """Empties the place to drop files."""
    st.session_state[DROPS] = st.session_state.get(DROPS, 0) + 1


def tell(about: str, what: object) -> None:
    """Keeps what a change did, to be told on the next run of the page; the last one alone."""
    st.session_state[TOLD] = {about: what}


def told(about: str) -> Any:
    """What the last change did, where it is about this; else None."""
    return st.session_state.get(TOLD, {}).get(about)


def forget_told() -> None:
    """What was told is of no use any more."""
    st.session_state.pop(TOLD, None)


def read_once(version: int, what: str, read: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """What a store holds at a version, read once for this person and that version."""
    known_version, held = st.session_state.get(READ, (None, {}))
    if known_version != version:
        held = {}
    if what not in held:
        held = held | {what: read()}
        st.session_state[READ] = (version, held)
    return held[what]


@contextmanager
def told_in_place() -> Iterator[None]:
    """A sentence for a person, where what they asked for cannot be done."""
    try:
        yield
    except OutcomesError as error:
        st.error(as_written(str(error)), icon=":material/block:")


def remember(reports: Sequence[Report]) -> None:
    """Keeps the reports, so that they still stand there after the page runs anew."""
    st.session_state[REPORTS] = list(reports)


def remembered() -> list[Report]:
    """The reports of the last import in this session."""
    return st.session_state.get(REPORTS, [])


def ask_anew() -> None:
    """Forgets that somebody went on before all was answered."""
    st.session_state.pop(PRESSED, None)


def went_on_too_soon() -> bool:
    """Whether somebody went on before all was answered, and is to be told so."""
    return PRESSED in st.session_state


def tell_what_is_open(still: bool) -> None:
    """Notes whether Continue was pressed while an answer was still needed."""
    st.session_state[PRESSED] = True
    if not still:
        ask_anew()
