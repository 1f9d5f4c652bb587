"""Conditions: what people come for, with what outcome, when, and what is left unnamed."""

import streamlit as st

from dashboard import cards, data, phrases, states, tables, words
from dashboard.sections import conditions

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
    st.page_link("dashboard/pages/import_and_quality.py", label="Work list")
cards.foot(asked)
