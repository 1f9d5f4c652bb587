"""Each change of the store with its counts, and a way back."""

import pandas as pd
import streamlit as st

from dashboard import data, theme
from dashboard.importing import made, session
from dashboard.plain import as_code
from dashboard.request import Request
from pipelines.store.ledger import IMPORT

UNDO = "undo"
SHOWN = 30


def show(changes: pd.DataFrame, asked: Request) -> None:
    """The newest changes, the older ones folded away."""
    if not len(changes):
        return
    with st.container(border=True, key="card_imports"):
        st.header("Imports and other changes", anchor=False)
        for row in changes.head(SHOWN).itertuples():
            _one(row, asked)
        if len(changes) > SHOWN:
            with st.expander(f"{len(changes) - SHOWN} older"):
                for row in changes.iloc[SHOWN:].itertuples():
                    _one(row, asked)


def _one(row, asked: Request) -> None:
    told, way_back = st.columns([6, 1], vertical_alignment="center")
    name = as_code(row.file) if row.event == IMPORT else made.title(row)
    gone = " :gray-badge[undone]" if row.undone else ""
    told.markdown(f"{name}{gone}  \n:small[{theme.day(row.at)}: {made.counted(row)}]")
    if row.undone:
        return
    way_back.button("Undo", key=f"undo_{row.import_id}", on_click=_ask, args=(row.import_id,))
    if st.session_state.get(UNDO) == row.import_id:
        _confirm(row, asked)


def _ask(import_id: str | None) -> None:
    st.session_state[UNDO] = import_id


def _confirm(row, asked: Request) -> None:
    """The second step of an undo, since figures change for everybody."""
    st.warning(made.asked_to_undo(row))
    with st.container(horizontal=True):
        if st.button("Yes, undo it", type="primary", key="undo_yes"):
            _undo(row.import_id, asked)
        st.button("Keep it", key="undo_no", on_click=_ask, args=(None,))


def _undo(import_id: str, asked: Request) -> None:
    with session.told_in_place():
        data.store(asked).undo(import_id)
        _ask(None)
        session.remember([])
        session.forget_told()
        st.rerun()
