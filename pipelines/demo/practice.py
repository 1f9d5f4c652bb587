"""The clinic as a practice-management system of the United States exports it.

UTF-8 with mark, commas, `MM/DD/YYYY hh:mm AM/PM`, `7/10`, names, birth dates
and telephone numbers, cancelled and missed appointments, ICD-10 and CPT codes,
and a yes/no column for each side effect.
"""

from collections.abc import Iterable, Iterator
from itertools import product

import pandas as pd
import pyarrow as pa

from pipelines.demo import text
from pipelines.demo.facts import (
    ADJUNCTS,
    ATTENDED,
    CONDITIONS,
    CONTRAINDICATIONS,
    REACTIONS,
    SEVERITIES,
    STAFF,
)

ENCODING = "utf-8"
FIRST_CHART = 20_000
GIVEN_NAMES = ("Avery", "Blake", "Casey", "Devon", "Emery", "Finley", "Gray", "Harper", "Indigo",
               "Jules", "Kendall", "Lane", "Morgan", "Nico", "Oakley", "Parker", "Quinn", "Reese",
               "Sage", "Tatum")  # fmt: skip
TELEPHONES = [f"(555) 555-01{number:02}" for number in range(100)]


def _titles(names: Iterable[str]) -> list[str]:
    return [name.replace("_", " ").capitalize() for name in names]


REACTION_TITLES = _titles(REACTIONS)
HEADER = (
    "Visit #", "Client Name", "Date of Birth", "Sex", "Mobile Phone", "Chart Number",
    "Date of Service", "Visit Status", "Visit Type", "Location", "Rendering Provider", "ICD-10",
    "Chronicity", "Needling Type", "Needle Depth (mm)", "Needles Used", "Dwell Time (min)",
    "Stimulation Frequency (Hz)", "Muscles Treated", "Twitch Response", "Adjunct Care", "CPT Code",
    "Pain Before", "Pain After", *(f"Side Effect: {title}" for title in REACTION_TITLES),
    "Side Effect Severity", "Contraindications",
)  # fmt: skip
STATUSES = ("Checked Out", "Cancelled", "Late Cancelled", "No Show")
VISIT_TYPES = ("Initial Evaluation", "Treatment", "Phone Follow-up", "Discharge")
NEEDLING = ("SDN", "DDN", "EDN")
CODES = [code for condition in CONDITIONS for code in condition.codes]
MUSCLES = [", ".join((condition.muscles * 2)[start : start + count])
           for condition, start, count in product(CONDITIONS, range(4), range(1, 5))]  # fmt: skip
CPT = ("20560", "20560", "20561", "20561")
OF_TEN = [f"{score}/10" for score in range(11)]


def head() -> str:
    """The byte order mark and the line of headers."""
    return "\ufeff" + ",".join(HEADER) + "\r\n"


def body(visits: pd.DataFrame, first: int) -> memoryview:
    """The visits as lines, numbered on from the first."""
    return text.lines([*_who(visits, first), *_what(visits), *_how_it_went(visits)], ",")


def _who(visits: pd.DataFrame, first: int) -> Iterator[pa.Array]:
    patient = visits["patient"].to_numpy()
    given = text.cells(GIVEN_NAMES, patient % len(GIVEN_NAMES))
    yield text.numbered("V", range(first, first + len(visits)), 8)
    yield text.join([given, text.numbered("Sample", patient, 3)], " ")
    yield text.days(visits["birth"], "%m/%d/%Y")
    yield text.cells(("F", "M", "X"), visits["sex"])
    yield text.cells(TELEPHONES, patient % len(TELEPHONES))
    yield text.numbered("", FIRST_CHART + patient, 7)


def _what(visits: pd.DataFrame) -> Iterator[pa.Array]:
    day, time = text.days(visits["day"], "%m/%d/%Y"), text.clock(visits["minute"], "%I:%M %p")
    yield text.join([day, time], " ")
    yield text.cells(STATUSES, visits["status"])
    yield text.cells(VISIT_TYPES, visits["visit_type"])
    yield text.cells([therapist.branch for therapist in STAFF], visits["therapist"])
    yield text.cells([therapist.name for therapist in STAFF], visits["therapist"])
    yield text.cells(CODES, visits["condition"] * len(CONDITIONS[0].codes) + visits["side"])
    yield text.cells(("Acute", "Subacute", "Chronic"), visits["stage"])
    yield text.cells(NEEDLING, visits["technique"])
    yield text.counts(visits["depth_mm"])
    yield text.counts(visits["needle_count"])
    yield text.counts(visits["dwell_minutes"])
    yield text.counts(visits["stimulation_hz"])
    yield text.cells(MUSCLES, visits["muscles"])
    yield text.cells(("N", "Y"), visits["twitch"])
    yield text.sets(visits["adjuncts"], text.joined(_titles(ADJUNCTS), ", "))
    yield text.cells(CPT, visits["muscles"].where(visits["muscles"] < 0, visits["muscles"] % 4))


def _how_it_went(visits: pd.DataFrame) -> Iterator[pa.Array]:
    yield text.cells(OF_TEN, text.scores(visits["before"], 1))
    yield text.cells(OF_TEN, text.scores(visits["after"], 1))
    yield text.sets(visits["effects"], _yes_or_no)
    yield text.cells(_titles(SEVERITIES), visits["severity"])
    flagged = visits["contraindications"].where(visits["status"] == ATTENDED, 0)
    yield text.sets(flagged, text.joined(_titles(CONTRAINDICATIONS), ", "))


def _yes_or_no(effects: int) -> str:
    if effects < 0:
        return "," * (len(REACTIONS) - 1)
    return ",".join("Yes" if effects >> place & 1 else "No" for place in range(len(REACTIONS)))
