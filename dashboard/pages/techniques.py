"""Techniques: the question, what differs and how sure, whether it can be compared, for whom."""

import streamlit as st

from dashboard import access, cards, data, request, states
from dashboard.comparison_words import takeaway
from dashboard.plain import as_written
from dashboard.sections import techniques, techniques_closer
from dashboard.sections.techniques_question import ask
from pipelines.measures.comparison.rows import HORIZONS

try:
    access.require_comparisons(request.current().viewer)
except access.NotAllowed as refused:
    st.error(as_written(str(refused)))
    st.stop()
asked = states.ready()

question, reference = ask(asked)
if not reference:
    cards.takeaway("Techniques", takeaway.nothing(question.feature), asked.filters_in_words)
    cards.foot(asked)
    st.stop()
with st.skeleton(height=420):
    found = data.comparison(asked, question.feature, reference)

about = takeaway.question(question.feature, reference, asked.part, asked.filters[0])
cards.takeaway(about, takeaway.answer(question.feature, reference, found.differences))
states.warn_if_few(techniques.largest(found), asked)

in_points, in_shares = st.tabs(["Pain", f"At least {asked.settings.responder_percent:g}% less"])
with in_points:
    cards.pair(*(techniques.pain(found, horizon) for horizon in HORIZONS), asked)
with in_shares:
    cards.show(techniques.responders(found, asked), asked)

said, not_said = st.columns(2)
with said:
    techniques.in_words(found, asked)
with not_said:
    techniques.what_it_means(question.feature)

pair = techniques_closer.choice(question, found)
if pair is None:
    cards.note(techniques_closer.NOTHING_CLOSER)
else:
    cards.pair(
        techniques_closer.baselines(found, *pair),
        techniques_closer.other_ways(found, *pair, asked),
        asked,
    )
    opened = st.expander("Fact by fact, and for whom", key="closer", on_change="rerun")
    if opened.open:
        with opened, st.skeleton(height=300):
            closer = techniques_closer.detail(asked, question, reference, pair)
        with opened:
            row = techniques_closer.row_of(found, *pair)
            cards.show(techniques_closer.fact_by_fact(closer), asked)
            cards.show(techniques_closer.for_whom(closer, row), asked)
cards.foot(asked)
