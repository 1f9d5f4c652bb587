"""Side effects: how many, which, in which month, how often recorded, for whom; serious ones."""

import streamlit as st

from dashboard import cards, chooser, data, phrases, states, tables, words
from dashboard.sections import side_effect_measures, side_effects, side_effects_by_group

asked = states.ready()
with st.skeleton(height=420):
    found = data.side_effects(asked)

cards.takeaway("Side effects", words.side_effects(found.any, found.serious), asked.filters_in_words)
states.warn_if_few(int(found.any["of"]), asked, "recorded session")
cards.measures(side_effect_measures.measures(found), asked)
cards.show(side_effects.months(found), asked)
cards.show(side_effects.types(found), asked)
cards.pair(side_effects.events(found), side_effects.recording(found), asked)
by = chooser.choose("effects_by", "Side effects by", side_effects_by_group.groups(asked.viewer))
grouped = data.side_effects_by_group(asked, by)
cards.show(side_effects_by_group.card(grouped, by, asked.viewer, found), asked)

if asked.viewer.sees_single_visits:
    serious = data.serious_visits(asked)
    with st.container(border=True, key="card_serious_visits"):
        st.header("Serious events, one by one", anchor=False)
        st.markdown(phrases.serious_told(len(serious)))
        if len(serious):
            tables.show(side_effects.single_visits(serious), "Serious events, one by one")
    between = side_effects.between_serious(found)
    if between:
        cards.show(between, asked)
    treated = data.contraindicated(asked)
    with st.container(border=True, key="card_contraindicated"):
        st.header("Contraindication flagged, and treated", anchor=False)
        st.markdown(phrases.contraindicated(len(treated)))
        if len(treated):
            tables.show(side_effects.single_visits(treated), "Contraindicated and treated")
cards.foot(asked)
