"""The visits that most files of the corpus hold, and how each of their facts is written down.

The truth is this table. A writer knows which columns of a session it tells, so that the truth
of a file is the table without what the file leaves out; nothing here asks the importer.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

Visit = Mapping[str, object]
"""One visit as columns of a session; a column that is not there is missing."""

NUMBERS = ("pain_before", "pain_after")
SETS = ("side_effects", "adjuncts", "contraindications", "muscles")
REGION = {"Neck pain": "neck", "Low back pain": "low_back", "Shoulder pain": "shoulder"}
DEFAULTS = {"visit_type": "treatment", "condition": "unspecified"}
"""What a visit is where its file does not say."""


def visits(text: str) -> list[dict[str, object]]:
    """Visits from a table of cells between bars, one a line, column names first.

    A blank cell is missing; in a set, `none` is recorded-none and commas stand between terms.
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    names, *rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [
        {name: value_of(name, cell) for name, cell in zip(names, row, strict=True) if cell}
        for row in rows
    ]


def value_of(name: str, cell: str) -> object:
    """A cell of the table of truth as the value that a session holds."""
    if name == "session_date":
        return date.fromisoformat(cell)
    if name == "session_time":
        hours, minutes = cell.split(":")
        return int(hours) * 3600 + int(minutes) * 60
    if name in SETS:
        return frozenset() if cell == "none" else frozenset(cell.split(", "))
    if name == "twitch_response":
        return cell == "yes"
    return float(cell) if name in NUMBERS else cell


WHO_AND_WHEN = visits("""
    visit | patient_id | session_date | session_time | visit_type | therapist
    V101  | P07        | 2025-01-13   | 09:30        | evaluation | Ada Berg
    V102  | P12        | 2025-01-14   | 10:15        | evaluation | Ben Ito
    V103  | P07        | 2025-01-20   | 09:30        | treatment  | Ada Berg
    V104  | P31        | 2025-02-03   | 14:00        | evaluation | Ada Berg
    V105  | P12        | 2025-02-04   | 11:45        | treatment  | Ben Ito
    V106  | P07        | 2025-03-05   | 16:20        | treatment  | Ben Ito
    V107  | P31        | 2025-03-17   | 14:00        | treatment  | Ada Berg
    V108  | P70        | 2025-04-08   | 08:05        | treatment  | Ben Ito
    V109  | P12        | 2025-04-29   | 11:45        | follow_up  | Ben Ito
    V110  | P07        | 2025-05-26   | 09:30        | discharge  | Ada Berg
""")
WHAT = visits("""
    visit | condition     | technique   | pain_before | pain_after
    V101  | Neck pain     | deep        | 7           | 4
    V102  | Low back pain | superficial | 8           | 8
    V103  | Neck pain     | deep        | 6           | 3.5
    V104  | Shoulder pain | electrical  | 10          | 6
    V105  | Low back pain | superficial | 6.5         | 5
    V106  | Neck pain     | electrical  | 4           | 2
    V107  | Shoulder pain | deep        | 7           |
    V108  | Low back pain | deep        | 5           | 0
    V109  | Low back pain |             | 3           |
    V110  | Neck pain     | deep        | 1           | 0
""")
AND_THEN = visits("""
    visit | twitch_response | side_effects       | adjuncts
    V101  | yes             | soreness           | exercise
    V102  | no              | none               |
    V103  | yes             | soreness, bruising | exercise, massage
    V104  | yes             |                    | mobilization
    V105  | no              | none               |
    V106  | yes             | fatigue            |
    V107  | no              | none               | stretching
    V108  | no              |                    |
    V109  |                 | none               |
    V110  | yes             | none               |
""")
CLINIC = [one | two | three for one, two, three in zip(WHO_AND_WHEN, WHAT, AND_THEN, strict=True)]
"""Ten visits of four patients. Their days settle the order of day and month; 3 February,
4 February, 5 March and 8 April would be other days in the wrong order."""


@dataclass(frozen=True)
class Writer:
    """How one column of an export is written, and which columns of a session it tells."""

    tells: tuple[str, ...]
    text: Callable[[Visit], str]


def says(name: str, text: Callable[[object], str]) -> Writer:
    """A column that tells one fact; where the visit lacks it, the cell is blank."""
    return Writer((name,), lambda visit: text(visit[name]) if name in visit else "")


def same(name: str) -> Writer:
    """The fact as it stands in the table of truth."""
    return says(name, str)


def worded(name: str, **words: str) -> Writer:
    """Each value of a fact in the words of one system."""
    return says(name, lambda value: words[str(value).replace(" ", "_")])


def dated(pattern: str) -> Writer:
    """The visit's date by a pattern of strftime."""
    return says("session_date", lambda day: day.strftime(pattern))


def clock(seconds: int) -> str:
    """A time of day as 09:30."""
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def clock_of_twelve(seconds: int) -> str:
    """A time of day as 9:30 AM."""
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    return f"{hours % 12 or 12}:{minutes:02} {'AM' if hours < 12 else 'PM'}"


def scored(name: str, text: Callable[[float], str] = lambda score: f"{score:g}") -> Writer:
    """A pain score."""
    return says(name, text)


def listed(name: str, between: str = "; ", none: str = "none", /, **words: str) -> Writer:
    """A set as one cell, in the words of one system."""

    def text(terms: object) -> str:
        return between.join(words.get(term, term) for term in sorted(terms)) or none

    return says(name, text)


def constant(text: str) -> Writer:
    """A column that tells nothing of the session."""
    return Writer((), lambda visit: text)


YES_NO = says("twitch_response", lambda value: "yes" if value else "no")
ID = Writer((), lambda visit: str(visit["visit"]))
PLAIN = {
    "Visit ID": ID,
    "Patient ID": same("patient_id"),
    "Date": dated("%Y-%m-%d"),
    "Time": says("session_time", clock),
    "Visit type": same("visit_type"),
    "Therapist": same("therapist"),
    "Condition": same("condition"),
    "Technique": same("technique"),
    "Pain before": scored("pain_before"),
    "Pain after": scored("pain_after"),
    "Twitch": YES_NO,
    "Side effects": listed("side_effects"),
    "Adjuncts": listed("adjuncts"),
}
"""The columns of a plain export, with nothing in it to repair."""
SHORT = {
    name: PLAIN[name] for name in ("Visit ID", "Patient ID", "Date", "Pain before", "Pain after")
}
"""Just enough to see whether a file was read right."""


def told(visit: Visit, columns: Iterable[Writer]) -> dict[str, object]:
    """The visit as a file with these columns tells it."""
    names = {name for writer in columns for name in writer.tells}
    kept = DEFAULTS | {name: visit[name] for name in names if name in visit}
    if kept["condition"] in REGION:
        kept["body_region"] = REGION[kept["condition"]]
    return kept


def changed(visits: Sequence[Visit], number: str, **facts: object) -> list[dict[str, object]]:
    """The visits, one of them with other facts; None takes a fact away."""
    return [
        {k: v for k, v in (visit | facts).items() if v is not None}
        if visit["visit"] == number
        else dict(visit)
        for visit in visits
    ]
