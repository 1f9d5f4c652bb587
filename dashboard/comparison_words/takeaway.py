"""What the page says first: the question in words, and the answer of all groups in one line."""

from collections.abc import Sequence

import pandas as pd

from dashboard import names, theme
from dashboard.comparison_words.groups import SUBJECTS, inside, with_group
from dashboard.comparison_words.sizes import limits, shown, signed
from dashboard.comparison_words.verdicts import WHEN
from dashboard.phrases import Row, sentence
from dashboard.words import Takeaway
from pipelines import tables
from pipelines.listing import listed
from pipelines.measures.comparison import verdict
from pipelines.measures.comparison.differences import PAIN
from pipelines.measures.comparison.rows import IMMEDIATE, LASTING
from pipelines.selection import Selection

DISPUTED = "though other methods disagree"
METHODS_DISAGREE = "other methods disagree"
ALLOWED_FOR = "What was recorded about the patients is allowed for."
NOTHING = "Nothing to compare in this selection"


def question(feature: str, reference: str, part: Selection, period: str) -> str:
    """What is asked, of whom: "Compared with deep needling, for neck pain, all data"."""
    who = [_for(part.condition), _complaint(part.chronicity), *_where(part)]
    asked = ", ".join(
        [_compared(feature, reference), *(text for text in who if text), _small(period)]
    )
    return f"{asked}."


def _compared(feature: str, reference: str) -> str:
    phrase = with_group(feature, reference)
    return f"Compared {phrase}" if phrase.startswith("with ") else f"Compared with care {phrase}"


def _for(conditions: Sequence[str]) -> str:
    if not conditions:
        return "for all conditions"
    called = [names.name("condition", name) for name in conditions]
    return f"for {listed([_small(name) for name in called], 'or')}"


def _small(name: str) -> str:
    """A condition inside a sentence; capitals such as TMJ or IT stay."""
    return name if name[1:2].isupper() or name[1:2] == "'" else f"{name[:1].lower()}{name[1:]}"


def _complaint(chronicities: Sequence[str]) -> str:
    if not chronicities:
        return ""
    called = [names.name("chronicity", name).lower() for name in chronicities]
    return f"{listed(called, 'or')} at the first visit"


def _where(part: Selection) -> list[str]:
    techniques = [f"{name} needling" for name in part.technique]
    return [
        f"at {listed(list(part.clinic), 'or')}" if part.clinic else "",
        f"treated by {listed(list(part.therapist), 'or')}" if part.therapist else "",
        f"with {listed(techniques, 'or')} only" if techniques else "",
    ]


def answer(feature: str, reference: str, differences: pd.DataFrame) -> Takeaway:
    """Lasting pain first, then pain after a session; each with its doubt."""
    rows = differences[
        (differences["outcome"] == PAIN) & (differences["group"] != tables.MIXED)
    ].to_dict("records")
    lasting = [row for row in rows if row["horizon"] == LASTING]
    immediate = [row for row in rows if row["horizon"] == IMMEDIATE]
    if not lasting and not immediate:
        return nothing(feature)
    first, second = (lasting, immediate) if lasting else (immediate, [])
    told = any(row["verdict"] != verdict.TOO_FEW for row in rows)
    parts = [
        f"{_state(feature, reference, second)}." if second else "",
        ALLOWED_FOR if told else "",
    ]
    doubt = " ".join(part for part in parts if part)
    return Takeaway(_state(feature, reference, first), doubt)


def nothing(feature: str) -> Takeaway:
    """What is said where no two groups are there."""
    why = (
        f"{SUBJECTS[feature]}: no two groups have sessions with both scores or episodes followed "
        "up. Loosen a filter, or record it at each session."
    )
    return Takeaway(NOTHING, why)


def _state(feature: str, reference: str, rows: list[Row]) -> str:
    """All rows of one horizon in one line: with one group its name first, else the horizon."""
    after = f"against {inside(feature, reference)}"
    if len(rows) == 1:
        return f"{sentence(inside(feature, rows[0]['group']))} {after}: {_only(rows[0])}"
    return f"{sentence(f'pain {_when(rows[0])}')} {after}: {_each(rows)}"


def _only(row: Row) -> str:
    """The verdict of the one group."""
    doubt = f", {DISPUTED}" if theme.known(row["other"]) else ""
    if row["verdict"] == verdict.TOO_FEW:
        return f"too few to say about pain {_when(row)}"
    if row["verdict"] == verdict.NO_DIFFERENCE:
        return f"no clear difference in pain {_when(row)}{doubt}"
    return f"{signed(row['difference'])} pain {_when(row)} (95% interval {_limits(row)}){doubt}"


def _each(rows: list[Row]) -> str:
    """What differs, one by one; then the groups without a clear difference; then the few."""
    by = {name: [row for row in rows if row["verdict"] == name] for name in verdict.VERDICTS}
    parts = [_differs(row) for row in by[verdict.DIFFERS]]
    if unclear := by[verdict.NO_DIFFERENCE]:
        parts.append(f"no clear difference {_with(unclear)}{_disputed(unclear)}")
    if few := by[verdict.TOO_FEW]:
        parts.append(f"too few to say {_with(few)}")
    return "; ".join(parts)


def _differs(row: Row) -> str:
    doubt = f"; {METHODS_DISAGREE}" if theme.known(row["other"]) else ""
    return f"{signed(row['difference'])} {_with([row])} (95% interval {_limits(row)}{doubt})"


def _disputed(rows: list[Row]) -> str:
    disputed = [row for row in rows if theme.known(row["other"])]
    if not disputed:
        return ""
    about = "" if len(disputed) == len(rows) else f" {_with(disputed)}"
    return f" ({METHODS_DISAGREE}{about})"


def _with(rows: list[Row]) -> str:
    return listed([with_group(row["feature"], row["group"]) for row in rows], "or")


def _limits(row: Row) -> str:
    """The limits without their direction, where both have that of the difference."""
    if row["low"] < 0 < row["high"]:
        return limits(row["low"], row["high"])
    near, far = sorted((abs(row["low"]), abs(row["high"])))
    return f"{shown(near)} to {shown(far)}"


def _when(row: Row) -> str:
    return WHEN[row["horizon"] == IMMEDIATE]


def title(rows: list[Row], responder_percent: float = 30) -> str:
    """What one picture shows: each clear difference as its interval, or that there is none."""
    start = _start(rows[0], responder_percent)
    clear = [row for row in rows if row["verdict"] == verdict.DIFFERS]
    if clear:
        return f"{start}: {'; '.join(_as_interval(row) for row in clear)}"
    some = any(row["verdict"] == verdict.NO_DIFFERENCE for row in rows)
    return f"{start}: {'no clear difference' if some else 'too few to say'}"


def _start(row: Row, responder_percent: float) -> str:
    return (
        sentence(_when(row))
        if row["outcome"] == PAIN
        else f"At least {responder_percent:g}% less pain"
    )


def _as_interval(row: Row) -> str:
    what = " pain" if row["outcome"] == PAIN else ""
    span = limits(row["low"], row["high"], row["outcome"])
    return f"{span}{what} {with_group(row['feature'], row['group'])}"


def axis(row: Row) -> list[str]:
    """The lines under the axis: its unit, and what left of 0 means."""
    reference = with_group(row["feature"], row["reference"])
    if row["outcome"] == PAIN:
        return ["Points on the 0-10 scale", f"left of 0: less pain than {reference}"]
    return ["Percentage points", f"right of 0: more often than {reference}"]


def same(row: Row) -> str:
    """The name of the line at 0: "as with deep needling"."""
    return f"as {with_group(row['feature'], row['reference'])}"
