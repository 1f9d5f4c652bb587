"""The tables of a store and the columns of each."""

from pipelines.tables import EPISODE, FLAG, SESSION, TEXT, VISIT, WHOLE

LOGGED = SESSION | {"erases": FLAG}
CONFIRMED = {
    "import_id": TEXT,
    "session_key": TEXT,
    "source_file": TEXT,
    "source_line": WHOLE,
    "erases": FLAG,
}
QUARANTINED = {
    "entry": TEXT,
    "import_id": TEXT,
    "file": TEXT,
    "line": WHOLE,
    "session_key": TEXT,
    "reason": TEXT,
    "sentence": TEXT,
    "header": TEXT,  # JSON list
    "cells": TEXT,  # JSON list, as they stood in the file
    "delimiter": TEXT,
    "reading": TEXT,  # JSON: how the whole file was read, so that a mended row is read so too
}
CLOSED = {"entry": TEXT, "import_id": TEXT}
ALIASES = {"import_id": TEXT, "session_key": TEXT, "other_key": TEXT}
"""Other keys under which exports hold a known visit: a system that renumbers, a second system."""
LACKING = {"import_id": TEXT, "session_key": TEXT, "reason": TEXT}
"""Known visits that an import of their period did not hold, or called cancelled."""
SETTLED = {"import_id": TEXT, "session_key": TEXT, "reason": TEXT, "decision": TEXT}
"""What a person said about them: removal or keep."""
ANSWERS = {"import_id": TEXT, "list": TEXT, "word": TEXT, "term": TEXT}
"""What a clinic's own words mean; an empty term: nothing that is kept."""
AWAITING = {
    "import_id": TEXT,
    "line": WHOLE,  # of the file: with the import it names the row of the log
    "entry": TEXT,  # as it is named in quarantine, where it stands there too
    "session_key": TEXT,
    "word": TEXT,  # of its status
    "took_place": FLAG,  # has scores and a past date, so that a booked one was a visit
    "logged": FLAG,  # else a sure row of the same file tells of the same visit
    "accepted": FLAG,  # counted as a visit when it came
}
"""Rows that are visits or not by a word of the clinic."""
WORDED = {"import_id": TEXT, "session_key": TEXT}
"""Visits of which a row of the log holds a word that no shipped list knows."""
TABLES = {
    # Logs, which only grow.
    "sessions": LOGGED,
    "confirmed": CONFIRMED,
    "quarantine": QUARANTINED,
    "closed": CLOSED,
    "answers": ANSWERS,
    "awaiting": AWAITING,
    "worded": WORDED,
    "aliases": ALIASES,
    "lacking": LACKING,
    "settled": SETTLED,
    # What readers use, made from the logs at every change.
    "visits": VISIT,
    "episodes": EPISODE,
}
READ_BY_MEASURES = {name: kind for name, kind in VISIT.items() if name != "session_key"}
