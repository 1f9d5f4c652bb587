"""Import and data quality, for the owner: files in, every row accounted for, gaps to close."""

import streamlit as st

from dashboard import access, cards, data, importing, request, words
from dashboard.plain import as_written
from dashboard.sections import quality

asked = request.current()
try:
    access.require_single_visits(asked.viewer)
except access.NotAllowed as refused:
    st.error(as_written(str(refused)))
    st.stop()

made, waiting = data.imports(asked), data.quarantine(asked)
in_force = int((~made["undone"].astype(bool)).sum())
cards.takeaway("Import and quality", words.quality(in_force, len(waiting)))
if asked.as_of is not None:
    cards.note("Filters are ignored here, save by the work list: imports are about all data.")

quality.drop_files(asked)
if not in_force:
    importing.offer_sample(asked)
quality.reports()
quality.quarantine(waiting, asked)
quality.imports(made, asked)

if asked.as_of is not None:
    quality.work_list(asked)
    cards.foot(asked)
