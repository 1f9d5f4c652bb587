"""Pain: how much less from first to latest visit, how sure, how long, in a session, for whom."""

import streamlit as st

from dashboard import cards, chooser, data, phrases, states, words
from dashboard.sections import pain, pain_by_group, pain_measures

asked = states.ready()
with st.skeleton(height=420):
    found = data.pain(asked)

cards.takeaway("Pain", words.pain(found.lasting, asked.settings), asked.filters_in_words)
states.warn_if_few(int(found.lasting["n"]), asked)
cards.measures(pain_measures.measures(found, asked), asked)
cards.note(phrases.NO_COMPARISON)

cards.pair(pain.outcomes(found, asked), pain.horizons(found), asked)
cards.pair(pain.distribution(found, asked), pain.curve(found, asked), asked)
cards.pair(pain.trajectory(found, asked), pain.duration(found, asked), asked)
by = chooser.choose("pain_by", "Outcome by", pain_by_group.groups(asked.viewer))
cards.show(pain_by_group.card(data.pain_by_group(asked, by), by, found, asked), asked)
if by in pain_by_group.COMPARED:
    cards.see_also(*pain_by_group.COMPARED[by])
cards.foot(asked)
