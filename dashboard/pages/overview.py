"""Overview, for the owner: is the clinic doing well, what changed, what needs a look."""

import streamlit as st

from dashboard import cards, changes, data, phrases, states, words
from dashboard.sections import overview
from pipelines.measures.headline import span_before

asked = states.ready()
with st.skeleton(height=420):
    found = data.overview(asked)

rate = found.headline.loc["responders_30"].rename({"value": "rate"})
cards.takeaway(
    "Overview",
    words.responders(rate, found.due, found.counts, asked.settings),
    asked.filters_in_words,
)
states.warn_if_few(found.counts["episodes"], asked)
cards.measures(overview.measures(found, asked), asked)
before = span_before(asked.part)
cards.note(phrases.NO_COMPARISON, phrases.before(before))

cards.changes(changes.sentences(found.changed), changes.compared_with(before))
cards.pair(overview.activity(found, asked), overview.mix(found, asked), asked)
cards.foot(asked)
