"""Import and data quality, for the owner: files in, every row accounted for, gaps to close."""

import streamlit as st

from dashboard import access, cards, data, request, words
from dashboard.importing import sample, session
from dashboard.plain import as_written
from dashboard.sections import (
    clinic_words,
    gone,
    import_files,
    import_outcome,
    import_questions,
    imports_made,
    mending,
    quality,
    saved,
    watched,
    work_list,
)
from pipelines.store.ledger import IMPORT

asked = request.current()
try:
    access.require_single_visits(asked.viewer)
except access.NotAllowed as refused:
    st.error(as_written(str(refused)))
    st.stop()

changes, waiting = data.changes(asked), data.quarantine(asked)
imports = changes[(changes["event"] == IMPORT) & ~changes["undone"].astype(bool)]
in_force = len(imports)
cards.takeaway("Import and quality", words.quality(in_force, len(waiting)))
if asked.as_of is not None:
    cards.note("Filters are ignored here, save by what is missing: imports are about all data.")

STEPS = {
    "files": import_files.show,
    "questions": import_questions.show,
    "outcome": import_outcome.show,
}
stands = session.guide()
STEPS[stands.step](stands, asked)
if stands.step != "files":
    st.stop()

if not in_force and not stands.under_way:
    sample.offer(asked)
import_outcome.reports()
if len(changes):
    mending.show(waiting, asked)
unknown = session.read_once(asked.version, "unknown words", lambda: data.unknown_words(asked))
clinic_words.show(unknown, data.answers(asked), asked)
lacking = session.read_once(asked.version, "visits gone", lambda: data.gone(asked))
gone.show(lacking, asked)
imports_made.show(changes, asked)
saved.show(data.kept_answers(asked), asked)
watched.show(data.watched(asked))

if asked.as_of is not None:
    quality.follow_up(asked)
    work_list.show(asked)
    quality.gaps(asked)
    cards.foot(asked)
