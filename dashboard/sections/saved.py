"""Answers that were kept under a name, for files with the same headers."""

import streamlit as st

from dashboard import data, phrases
from dashboard.importing import guide, session
from dashboard.plain import as_written
from dashboard.request import Request
from pipelines.ingest import mappings
from pipelines.ingest.mappings import SavedMapping


def show(saved: list[SavedMapping], asked: Request) -> None:
    """Each name with what it settles, and a way to forget it."""
    if not saved:
        return
    with st.container(border=True, key="card_mappings"):
        st.header("Answers kept under a name", anchor=False)
        st.markdown("They are used by themselves when a file with the same headers comes again.")
        for place, one in enumerate(saved):
            _one(one, place, asked)


def _one(one: SavedMapping, place: int, asked: Request) -> None:
    told, forget = st.columns([6, 1], vertical_alignment="center")
    told.markdown(f"**{as_written(one.name)}**  \n:small[{as_written(in_words(one))}]")
    if forget.button("Forget", key=f"forget_{place}"):
        with session.told_in_place():
            mappings.delete(data.store(asked), one.name)
            st.rerun()


def in_words(one: SavedMapping) -> str:
    """How many headers it is for, and what it settles."""
    settled = "; ".join(guide.mapping_in_words(one.mapping))
    return f"For files with these {phrases.several(len(one.headers), 'header')}: {settled}"
