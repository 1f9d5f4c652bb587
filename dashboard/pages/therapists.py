"""Therapists: beside the clinic's rate with the limits that chance allows; nobody is ranked."""

import streamlit as st

from dashboard import access, cards, data, phrases, states, tables
from dashboard import therapist_words as words
from dashboard.figures.therapists import NotShown
from dashboard.plain import as_written
from dashboard.sections import therapists

asked = data.of_every_therapist(states.ready())
try:
    access.require_therapists(asked.viewer)
except access.NotAllowed as refused:
    st.error(as_written(str(refused)))
    st.stop()

with st.skeleton(height=420):
    found = data.therapists(asked)
about = asked.filters_in_words
if isinstance(found, NotShown):
    cards.takeaway("Therapists", words.not_shown(found, asked.settings), about)
    cards.foot(asked)
    st.stop()

cards.takeaway("Therapists", words.takeaway(found, asked.settings), about)
states.warn_if_few(found.episodes, asked)
cards.note("The filter by therapist is ignored here: a share is set beside everybody's.")
cards.show(therapists.funnel(found, asked), asked)

outside = therapists.looked_at(found)
if outside:
    with st.container(border=True, key="card_worth_a_look"):
        st.header("Worth a look", anchor=False)
        for sentence in outside:
            st.markdown(as_written(sentence))
cards.show(therapists.own_limits(found, asked), asked)
with st.container(border=True, key="card_case_mix"):
    st.header("Who treats whom", anchor=False)
    st.markdown(words.CASE_MIX)
    mix = therapists.case_mix(found)
    height = "content" if len(mix) < 20 else "auto"
    tables.show(mix, "Case mix and completeness of each therapist", height)
cards.note(phrases.NO_COMPARISON)
cards.foot(asked)
