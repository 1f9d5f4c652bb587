"""Conditions: what people come for, with what outcome, when, and what is left unnamed."""

import streamlit as st

from dashboard import cards, data, phrases, states, tables, words, work_words
from dashboard.sections import conditions
from pipelines.tables import UNMAPPED, UNSPECIFIED

QUALITY = "dashboard/pages/import_and_quality.py"

asked = states.ready()
with st.skeleton(height=420):
    found = data.conditions(asked)

cards.takeaway("Conditions", words.conditions(found.mix, asked.settings), asked.filters_in_words)
states.warn_if_few(found.counts["episodes"], asked)
cards.note(phrases.NO_COMPARISON)

cards.show(conditions.mix(found, asked), asked)
cards.show(conditions.by_month(found, asked), asked)
cards.pair(conditions.by_chronicity(found, asked), conditions.by_region(found, asked), asked)

with st.container(border=True, key="card_unnamed"):
    st.header("Without a known condition", anchor=False)
    st.markdown(conditions.work(found))
    if len(found.unmapped_terms) and asked.viewer.sees_single_visits:
        tables.show(found.unmapped_terms, "Terms that the vocabulary lacks")
    if asked.viewer.sees_single_visits:
        with st.container(horizontal=True):
            if conditions.without(found, UNMAPPED):
                st.page_link(QUALITY, label="Say what the terms mean", icon=":material/edit:")
            if conditions.without(found, UNSPECIFIED):
                blank = {"work": work_words.TASKS["unspecified_condition"]}
                st.page_link(QUALITY, label="Work list of blanks", query_params=blank)
cards.foot(asked)
