"""The question of the Techniques page, asked as a sentence with two choices in it."""

import streamlit as st

from dashboard import data
from dashboard.comparison_words.groups import SUBJECTS, label
from dashboard.figures.techniques import Sides
from dashboard.question import NAMES, Question, changed, from_query, kept, to_query
from dashboard.request import Request

STATE, IGNORED = "comparison_asked", "comparison_ignored"
KEY = "comparison_{}".format


def ask(asked: Request) -> tuple[Question, str]:
    """Draws the choices; returns the question and the reference that it means.

    The reference is "" where nothing in the selection can be compared.
    """
    question = _from_link()
    known = data.comparison_sides(asked, question.feature)
    question = kept(question, known.groups, known.usual)
    _put(question)
    if ignored := st.session_state.pop(IGNORED, ""):
        st.warning(ignored)
    _draw(question, known)
    return question, question.reference or known.usual


def _from_link() -> Question:
    """The question in the URL if there is one, else the one asked before."""
    query = {name: st.query_params[name] for name in NAMES.values() if name in st.query_params}
    if query and query != to_query(asked_before()):
        st.session_state[STATE], st.session_state[IGNORED] = from_query(query)
    return asked_before()


def asked_before() -> Question:
    """The question as it was last asked."""
    return st.session_state.get(STATE, Question())


def _put(question: Question) -> None:
    """Keeps the question and writes it to the URL; the copied link is drawn again with it."""
    st.session_state[STATE] = question
    if write(question):
        st.rerun()


def write(question: Question) -> bool:
    """Whether the URL had to be changed to say the question."""
    query = to_query(question)
    before = {name: st.query_params[name] for name in NAMES.values() if name in st.query_params}
    for name in before.keys() - query.keys():
        del st.query_params[name]
    if before != query:
        st.query_params.update(query)
    return before != query


def choose(part: str) -> None:
    """Takes over a choice that was just made."""
    question = changed(asked_before(), part, st.session_state[KEY(part)])
    st.session_state[STATE] = question
    write(question)


def _draw(question: Question, known: Sides) -> None:
    st.session_state[KEY("feature")] = question.feature
    with st.container(horizontal=True, key="comparison_question"):
        st.selectbox(
            "Compare",
            list(SUBJECTS),
            format_func=SUBJECTS.get,
            key=KEY("feature"),
            on_change=choose,
            args=("feature",),
            width=360,
        )
        if known.groups:
            _reference(question, known)


def _reference(question: Question, known: Sides) -> None:
    st.session_state[KEY("reference")] = question.reference or known.usual
    st.selectbox(
        "with",
        list(known.groups),
        format_func=lambda group: label(question.feature, group),
        key=KEY("reference"),
        on_change=choose,
        args=("reference",),
        help="For whom: the sidebar's filters. At first the reference is the commonest technique, "
        "or doing without.",
        width=260,
    )
