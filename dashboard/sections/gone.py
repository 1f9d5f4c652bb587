"""Visits that a newer export lacks, or calls cancelled: keep them or take them out."""

import pandas as pd
import streamlit as st

from dashboard import data, names, phrases
from dashboard.importing import session
from dashboard.request import Request
from pipelines.store import settle

SURE = "remove_visits"


def show(lacking: pd.DataFrame, asked: Request) -> None:
    """The listed visits, all chosen at first, and two buttons; nothing where none is listed."""
    if not len(lacking):
        return
    with st.container(border=True, key="card_gone"):
        st.header("Visits that a newer export lacks", anchor=False)
        st.markdown(heading(len(lacking)))
        edited = st.data_editor(
            as_table(lacking),
            key="gone",
            hide_index=True,
            num_rows="fixed",
            disabled=["date", "therapist", "condition", "from", "why"],
            column_config=COLUMNS,
            alt="Visits that a newer export lacks, each to choose or not",
        )
        _act(list(lacking.loc[edited["chosen"].to_numpy(dtype=bool), "session_key"]), asked)


COLUMNS = {
    "chosen": st.column_config.CheckboxColumn("Chosen"),
    "date": st.column_config.DateColumn("Date", format="D MMM YYYY"),
    "therapist": st.column_config.TextColumn("Therapist"),
    "condition": st.column_config.TextColumn("Condition"),
    "from": st.column_config.TextColumn("Came from"),
    "why": st.column_config.TextColumn("Why it is listed", width="large"),
}


def heading(number: int) -> str:
    """What is asked."""
    one = number == 1
    return (
        f"{phrases.sentence(phrases.several(number, 'visit'))} {'is' if one else 'are'} in the "
        f"figures though a newer export of {'its' if one else 'their'} period no longer has "
        f"{'it' if one else 'them'}. Nothing is removed by itself."
    )


def as_table(lacking: pd.DataFrame) -> pd.DataFrame:
    """The visits in words, each with a box that is ticked."""
    reasons = zip(lacking["reason"], lacking["newer_file"], strict=True)
    return pd.DataFrame(
        {
            "chosen": True,
            "date": lacking["date"].array,
            "therapist": lacking["therapist"].array,
            "condition": [names.name("condition", value) for value in lacking["condition"]],
            "from": [f"{row.file}, line {row.line}" for row in lacking.itertuples()],
            "why": [settle.why_in_words(reason, file) for reason, file in reasons],
        },
        index=lacking["session_key"],
    )


def _act(chosen: list[str], asked: Request) -> None:
    visits = phrases.several(len(chosen), "visit")
    with st.container(horizontal=True):
        if st.button(f"Keep {visits}", disabled=not chosen, key="keep_visits"):
            with session.told_in_place():
                settle.keep(data.store(asked), chosen)
                st.rerun()
        st.button(
            f"Take {visits} out of the figures",
            disabled=not chosen,
            key="remove_visits_ask",
            on_click=_ask,
            args=(True,),
        )
    if chosen and st.session_state.get(SURE):
        _confirm(chosen, visits, asked)


def _ask(sure: bool) -> None:
    st.session_state[SURE] = sure


def _confirm(chosen: list[str], visits: str, asked: Request) -> None:
    st.warning(f"Take {visits} out? Figures change for everybody; it can be undone below.")
    with st.container(horizontal=True):
        if st.button("Yes, take out", type="primary", key="remove_yes"):
            with session.told_in_place():
                settle.remove(data.store(asked), chosen)
                _ask(False)
                st.rerun()
        st.button("No, leave them", key="remove_no", on_click=_ask, args=(False,))
