"""The clinic as a European front desk keeps it in a spreadsheet.

Windows-1252, semicolons, a title and a blank line above, totals below,
dd/mm/yyyy, decimal commas, remarks, and a length of the complaint in weeks.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.demo import text
from pipelines.demo.facts import CONDITIONS, CONTRAINDICATIONS, REACTIONS, STAFF

ENCODING = "cp1252"
HEADER = (
    "Visit no.", "Patient no.", "Visit date", "Visit time", "Attendance", "Kind of visit", "Branch",
    "Seen by", "Complaint", "Side", "Duration", "Method", "Depth mm", "No. of needles",
    "Pain on arrival", "Pain on departure", "Twitch seen", "Reactions", "Contraindications",
    "Age", "Sex", "Remarks",
)  # fmt: skip
ATTENDANCE = ("attended", "cancelled", "cancelled late", "did not attend")
VISIT_TYPES = ("first consultation", "treatment", "telephone review", "discharge")
METHODS = ("superficial", "deep", "electrical")
SIDES = ("right", "left", "both")
HALF_POINTS = [f"{half / 2:.1f}".replace(".", ",") for half in range(21)]
DURATIONS = [f"{weeks} weeks" if weeks != 1 else "1 week" for weeks in range(105)]
REMARKS = ("", "walks better; sleeps well", "prefers mornings", "back at work",
           'says "much looser"', "très content, à revoir")  # fmt: skip
WORDS = tuple(name.replace("_", " ") for name in REACTIONS)
FLAGS = tuple(name.replace("_", " ") for name in CONTRAINDICATIONS)


def head() -> str:
    """Title, blank line and headers, padded to the table's width as a spreadsheet does."""
    pad = ";" * (len(HEADER) - 1)
    return f"Visits, all therapists{pad}\r\n{pad}\r\n{';'.join(HEADER)}\r\n"


def body(visits: pd.DataFrame, first: int) -> bytes:
    """The visits as lines, numbered on from the first."""
    columns = [*_who(visits, first), *_what(visits), *_how_it_went(visits)]
    return bytes(text.lines(columns, ";")).decode().encode(ENCODING)


def foot(visits: int) -> str:
    """The line of totals."""
    return f"Total;{visits}{';' * (len(HEADER) - 2)}\r\n"


def _who(visits: pd.DataFrame, first: int) -> Iterator[pa.Array]:
    yield text.numbered("F", range(first, first + len(visits)), 6)
    yield text.numbered("K-", visits["patient"], 4)
    yield text.days(visits["day"], "%d/%m/%Y")
    yield text.clock(visits["minute"], "%H:%M")


def _what(visits: pd.DataFrame) -> Iterator[pa.Array]:
    yield text.cells(ATTENDANCE, visits["status"])
    yield text.cells(VISIT_TYPES, visits["visit_type"])
    yield text.cells([therapist.branch for therapist in STAFF], visits["therapist"])
    yield text.cells([therapist.name for therapist in STAFF], visits["therapist"])
    yield text.cells([condition.term for condition in CONDITIONS], visits["condition"])
    yield text.cells(SIDES, visits["side"].where(_sided(visits["condition"]), -1))
    yield text.cells(DURATIONS, _weeks(visits))
    yield text.cells(METHODS, visits["technique"])
    yield text.counts(visits["depth_mm"])
    yield text.counts(visits["needle_count"])


def _how_it_went(visits: pd.DataFrame) -> Iterator[pa.Array]:
    yield text.raw(HALF_POINTS, text.scores(visits["before"], 2))
    yield text.raw(HALF_POINTS, text.scores(visits["after"], 2))
    yield text.cells(("no", "yes"), visits["twitch"])
    yield text.sets(visits["effects"], text.joined(WORDS, ", ", "none"))
    yield text.sets(visits["contraindications"], text.joined(FLAGS, ", "))
    yield text.counts(visits["age"])
    yield text.cells(("f", "m", "x"), visits["sex"])
    yield text.cells(REMARKS, _remarks(visits))


def _sided(condition: pd.Series) -> np.ndarray:
    """Whether the condition is of one side, such as a shoulder."""
    one_sided = np.array([len(set(each.codes)) > 1 for each in CONDITIONS])
    return one_sided[condition.to_numpy()] & (condition >= 0).to_numpy()


def _weeks(visits: pd.DataFrame) -> np.ndarray:
    """Weeks from the onset to the episode's first visit, within its stage."""
    least, span = np.array([1, 7, 14]), np.array([4, 5, 90])
    stage = visits["stage"].to_numpy()
    return least[stage] + visits["episode"].to_numpy() * 7 % span[stage]


def _remarks(visits: pd.DataFrame) -> np.ndarray:
    """One visit in six carries one."""
    place = (visits["day"] + 5 * visits["patient"]).to_numpy() % 36
    return np.where(place < len(REMARKS), place, 0)
