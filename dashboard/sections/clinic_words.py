"""Words that no list knows: what each means here, once for all."""

import pandas as pd
import streamlit as st

from dashboard import data, phrases
from dashboard.importing import session, words
from dashboard.request import Request
from pipelines.ingest import clinic_words
from pipelines.ingest.questions import Answer

SHOWN = 12
APPLIED = "answers"
LIKELY = " (likely)"


def show(unknown: pd.DataFrame, answers: pd.DataFrame, asked: Request) -> None:
    """The unknown words, most visits first, then what was answered; nothing where there is none."""
    if not len(unknown) and not len(answers):
        return
    with st.container(border=True, key="card_words"):
        st.header("Words of your clinic", anchor=False)
        if session.told(APPLIED):
            st.success(session.told(APPLIED), icon=":material/check:")
        if len(unknown):
            _ask_all(unknown, asked)
        if len(answers):
            _given(answers, asked)


def _ask_all(unknown: pd.DataFrame, asked: Request) -> None:
    st.markdown(words.heading(len(unknown)))
    given = []
    for place, row in enumerate(unknown.head(SHOWN).itertuples()):
        term = _ask(row, f"word_{asked.version}_{place}")
        if term is not None:
            given.append(Answer(row.list, row.word, term))
    if len(unknown) > SHOWN:
        st.markdown(f":small[{len(unknown) - SHOWN} more follow when these are answered.]")
    if st.button(go_ahead(len(given)), type="primary", disabled=not given, key="apply_words"):
        _apply(given, asked)


def go_ahead(answers: int) -> str:
    """What the button says."""
    return f"Apply {phrases.several(answers, 'answer')} to what is in" if answers else "Apply"


def _ask(row, key: str) -> str | None:
    """One word; nothing is chosen beforehand, the likeliest stands first and says so."""
    offered = words.offered(row)
    labels = {choice.value: choice.label for choice in offered}
    chosen = st.selectbox(
        words.question(row),
        list(labels),
        index=None,
        format_func=lambda value: labels[value] + (LIKELY if value == row.suggested else ""),
        placeholder="Leave open",
        key=key,
    )
    st.markdown(f":small[{words.touched(row)}]")
    return chosen


def _apply(given: list[Answer], asked: Request) -> None:
    with session.told_in_place():
        found = clinic_words.answer(data.store(asked), given)
        session.tell(APPLIED, words.applied(found, len(given)))
        st.rerun()


def _given(answers: pd.DataFrame, asked: Request) -> None:
    with st.expander(f"{phrases.sentence(phrases.several(len(answers), 'answer'))} given so far"):
        for import_id, day, rows in words.by_change(answers):
            told, way_back = st.columns([6, 1], vertical_alignment="center")
            lines = [f"- {words.meaning(row)}" for row in rows.itertuples()]
            told.markdown("\n".join([f":small[{day}]", "", *lines]))
            if way_back.button("Undo", key=f"undo_words_{import_id}"):
                with session.told_in_place():
                    data.store(asked).undo(import_id)
                    session.forget_told()
                    st.rerun()
