"""The clinic as patients answer a form after each visit.

UTF-8, questions as headers, one with a line break; ISO timestamps; pain on a
visual analogue scale of 0 to 100 mm; side effects as a list; and now and then
an answer that cannot be right. Missed appointments leave no answer.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.demo import text
from pipelines.demo.facts import CONDITIONS, REACTIONS, STAFF

ENCODING = "utf-8"
HEADER = (
    "Submitted at", "Submission ID", "Your patient code", "Branch",
    "Who saw you today?", "What were you being treated for?", "How long have you had it?",
    "Kind of visit", "What type of needling did you have?", "Did a muscle twitch?",
    '"Pain BEFORE the visit\n(0 = no pain, 100 = worst pain, mm)"',
    '"Pain AFTER the visit\n(0 = no pain, 100 = worst pain, mm)"',
    "Which side effects did you notice? (tick all that apply)",
    "Age", "Sex",
)  # fmt: skip
VISIT_TYPES = ("First visit", "Treatment", "Phone follow-up", "Discharge visit")
NEEDLING = ("Superficial", "Deep", "Electrical")
STAGES = ("Acute", "Subacute", "Chronic")
MILLIMETRES = [str(length) for length in range(101)]
IMPOSSIBLE = ("350", "-20", "very bad", "101", "60-70", "??", "999")
ONE_IMPOSSIBLE_IN = 83
WORDS = tuple(name.replace("_", " ").capitalize() for name in REACTIONS)


def head() -> str:
    """The questions."""
    return ",".join(HEADER) + "\r\n"


def body(visits: pd.DataFrame, first: int) -> memoryview:
    """The answers as lines, numbered on from the first."""
    return text.lines([*_who(visits, first), *_what(visits), *_how_it_went(visits, first)], ",")


def _who(visits: pd.DataFrame, first: int) -> Iterator[pa.Array]:
    day = text.days(visits["day"], "%Y-%m-%d")
    yield text.join([day, text.clock(visits["minute"] + 40, "%H:%M:00")], "T")
    yield text.numbered("R", range(first, first + len(visits)), 6)
    yield text.numbered("S", visits["patient"], 4)
    yield text.cells([therapist.branch for therapist in STAFF], visits["therapist"])
    yield text.cells([therapist.name for therapist in STAFF], visits["therapist"])


def _what(visits: pd.DataFrame) -> Iterator[pa.Array]:
    yield text.cells([condition.term for condition in CONDITIONS], visits["condition"])
    yield text.cells(STAGES, visits["stage"])
    yield text.cells(VISIT_TYPES, visits["visit_type"])
    yield text.cells(NEEDLING, visits["technique"])
    yield text.cells(("No", "Yes"), visits["twitch"])


def _how_it_went(visits: pd.DataFrame, first: int) -> Iterator[pa.Array]:
    before = text.scores(visits["before"], 10)
    number = np.arange(first, first + len(visits))
    impossible = (number % ONE_IMPOSSIBLE_IN == 0) & (before >= 0)
    wrong = len(MILLIMETRES) + number // ONE_IMPOSSIBLE_IN % len(IMPOSSIBLE)
    yield text.cells((*MILLIMETRES, *IMPOSSIBLE), np.where(impossible, wrong, before))
    yield text.cells(MILLIMETRES, text.scores(visits["after"], 10))
    yield text.sets(visits["effects"], text.joined(WORDS, ", ", "None"))
    yield text.counts(visits["age"])
    yield text.cells(("Female", "Male", "Other"), visits["sex"])
