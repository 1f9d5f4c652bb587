"""The question which of day and month comes first, with both readings of a date of the file."""

from datetime import date
from typing import NamedTuple

import numpy as np

from pipelines.errors import FileRefused
from pipelines.ingest.dates.calendar import calendar
from pipelines.ingest.dates.names import LABELS
from pipelines.ingest.dates.parts import Parts
from pipelines.ingest.questions import Choice, Question


class Hint(NamedTuple):
    """An order that is likelier, and what makes it so; it is shown and never settles anything."""

    order: str
    why: str


def open_order(
    parts: Parts, header: str, hints: tuple[Hint, ...], today: date, year_may_lead: bool = False
) -> FileRefused:
    """The refusal of a column whose order stays open, with the question that settles it."""
    found = (*_hints_of(parts, today), *hints)
    told = "".join(f" {hint.why} speak{'' if _many(hint) else 's'} for {hint.order}, without"
                   " settling it." for hint in found)  # fmt: skip
    return FileRefused(
        f"Day and month of “{header}” cannot be told apart: no date in the file has a day above 12."
        " Say which comes first: dmy (03/04/2025 is 3 April) or mdy (it is March 4),"
        f" on the page or with --date-order.{told}"
        if not year_may_lead
        else f"The years of “{header}” have two digits and could be the first or the last number."
        f" Say which order it is: dmy, mdy or ymd, on the page or with --date-order.{told}",
        (_question(parts, header, found, year_may_lead),),
    )


def _many(hint: Hint) -> bool:
    return not hint.why.startswith(("The ", "A "))


def _hints_of(parts: Parts, today: date) -> tuple[Hint, ...]:
    """What the written dates themselves suggest."""
    texts = [text for text, open_ in zip(parts.texts.to_pylist(), parts.open, strict=True) if open_]
    found = []
    if all("." in text.split()[0] for text in texts):
        found.append(Hint("dmy", "Points between the numbers"))
    if any(text.rstrip(". ").lower().endswith(("am", "pm", "a.m", "p.m")) for text in texts):
        found.append(Hint("mdy", "Times with AM and PM"))
    ahead = {order: _ahead(parts, order, today) for order in ("dmy", "mdy")}
    for order, other in (("dmy", "mdy"), ("mdy", "dmy")):
        if ahead[other] and not ahead[order]:
            found.append(Hint(order, "Dates that would otherwise lie in the future"))
    return tuple(found)


def _ahead(parts: Parts, order: str, today: date) -> int:
    """How many dates would lie in the future under an order."""
    day, month = (parts.first, parts.second) if order == "dmy" else (parts.second, parts.first)
    year = np.where(parts.width_of_third == 2, parts.third + 2000, parts.third)
    days, exists = calendar(year, month, day)
    return int((parts.open & exists & (days > np.datetime64(today, "D"))).sum())


def _question(parts: Parts, header: str, hints: tuple[Hint, ...], year_may_lead: bool) -> Question:
    differs = parts.open & (parts.first != parts.second)
    at = int(np.flatnonzero(differs if differs.any() else parts.open)[0])
    first, second, third = int(parts.first[at]), int(parts.second[at]), int(parts.third[at])
    year = third + 2000 if parts.width_of_third[at] == 2 else third
    choices = [
        Choice("dmy", _words(year, second, first), "the day comes first"),
        Choice("mdy", _words(year, first, second), "the month comes first"),
    ]
    if year_may_lead:
        choices.append(Choice("ymd", _words(first + 2000, second, third), "the year comes first"))
    orders = {hint.order for hint in hints}
    because = "".join(f" {hint.why}: likely {hint.order}." for hint in hints)
    return Question(
        "date_order",
        f"Which day is meant by {_without_time(parts, at)} in “{header}”?{because}",
        tuple(choice for choice in choices if choice.label),
        suggested=orders.pop() if len(orders) == 1 else None,
    )


def _words(year: int, month: int, day: int) -> str:
    """A day in words, such as 3 April 2025; empty where there is none."""
    _, exists = calendar(np.array([year]), np.array([month]), np.array([day]))
    return f"{day} {LABELS[month - 1]} {year}" if exists[0] else ""


def _without_time(parts: Parts, at: int) -> str:
    text, rest = parts.texts[at].as_py(), parts.rest[at].as_py()
    return text[: len(text) - len(rest)].strip() if rest else text
