"""Sessions to improvement: how many, counting those who have not improved."""

import streamlit as st

from dashboard import cards, data, phrases, states, words
from dashboard.figures.waiting import GROUPS
from dashboard.plain import as_written
from dashboard.sections import waiting

asked = states.ready()
with st.skeleton(height=420):
    found = data.waiting(asked)

cards.takeaway(
    "Sessions to improvement",
    words.waiting(found.median, found.counts, asked.settings),
    asked.filters_in_words,
)
states.warn_if_few(int(found.median["n"]), asked)
cards.note(phrases.NO_COMPARISON)

cards.measures(waiting.measures(found, asked), asked)
with st.container(border=True, key="card_for_a_patient"):
    st.header("What a patient may be told", anchor=False)
    for sentence in waiting.told(found, asked):
        st.markdown(as_written(sentence))
cards.pair(waiting.curve(found, asked), waiting.happened(found, asked), asked)
by_technique, by_chronicity, by_condition = (waiting.group(found, by, asked) for by in GROUPS)
cards.pair(by_technique, by_chronicity, asked)
cards.show(by_condition, asked)
cards.foot(asked)
