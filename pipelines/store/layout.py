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
TABLES = {
    # Logs, which only grow.
    "sessions": LOGGED,
    "confirmed": CONFIRMED,
    "quarantine": QUARANTINED,
    "closed": CLOSED,
    "aliases": ALIASES,
    "lacking": LACKING,
    "settled": SETTLED,
    # What readers use, made from the logs at every change.
    "visits": VISIT,
    "episodes": EPISODE,
}
READ_BY_MEASURES = {name: kind for name, kind in VISIT.items() if name != "session_key"}
