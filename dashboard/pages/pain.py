"""Pain: how much less from first to latest visit, how sure, how long, and in a session."""

import streamlit as st

from dashboard import cards, data, phrases, states, words
from dashboard.sections import pain

asked = states.ready()
with st.skeleton(height=420):
    found = data.pain(asked)

cards.takeaway("Pain", words.pain(found.lasting, asked.settings), asked.filters_in_words)
states.warn_if_few(int(found.lasting["n"]), asked)
cards.note(phrases.NO_COMPARISON)

cards.pair(pain.outcomes(found, asked), pain.horizons(found), asked)
cards.pair(pain.distribution(found, asked), pain.curve(found, asked), asked)
cards.pair(pain.trajectory(found, asked), pain.duration(found, asked), asked)
cards.show(pain.by_condition(found, asked), asked)
cards.foot(asked)
