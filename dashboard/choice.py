"""What is chosen in the sidebar, how a link says it, and which Selection it means."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode, urlsplit

import pandas as pd

from dashboard import names, theme
from pipelines.selection import NAMED, Selection

LAST_YEAR_OF_DAYS, THIS_YEAR, LAST_YEAR, ALL, CUSTOM = (
    "last-12-months", "this-year", "last-year", "all", "custom",
)  # fmt: skip
PERIODS = {
    LAST_YEAR_OF_DAYS: "Last 12 months",
    THIS_YEAR: "This year",
    LAST_YEAR: "Last year",
    ALL: "All",
    CUSTOM: "Custom",
}
"""Counted from the data's newest visit, so that a link shows the same figures next week."""

LABELS = {
    "clinic": "Clinic",
    "therapist": "Therapist",
    "condition": "Condition",
    "technique": "Technique",
    "chronicity": "Chronicity",
}
FIRST_DAY = date(1990, 1, 1)


@dataclass(frozen=True)
class Choice:
    """The state of the sidebar. Both dates only matter in a custom period."""

    period: str = LAST_YEAR_OF_DAYS
    start: date | None = None
    end: date | None = None
    clinic: tuple[str, ...] = ()
    therapist: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    technique: tuple[str, ...] = ()
    chronicity: tuple[str, ...] = ()


def selection_of(choice: Choice, as_of: date | None) -> Selection:
    """The choice as a Selection, its period counted back from the newest visit."""
    start, end = period_of(choice, as_of)
    return Selection(start, end, **{name: getattr(choice, name) for name in NAMED})


def period_of(choice: Choice, as_of: date | None) -> tuple[date | None, date | None]:
    """First and last day; None for all data."""
    if as_of is None or choice.period == ALL:
        return None, None
    if choice.period == CUSTOM:
        start, end = sorted((choice.start or as_of, choice.end or as_of))
        return start, end
    if choice.period == THIS_YEAR:
        return date(as_of.year, 1, 1), as_of
    if choice.period == LAST_YEAR:
        return date(as_of.year - 1, 1, 1), date(as_of.year - 1, 12, 31)
    year_ago = (pd.Timestamp(as_of) - pd.DateOffset(years=1)).date()
    return year_ago + timedelta(days=1), as_of


def in_words(choice: Choice, as_of: date | None) -> tuple[str, ...]:
    """Each filter as a phrase, the period first."""
    start, end = period_of(choice, as_of)
    when = PERIODS[choice.period]
    phrases = [f"{when} ({theme.span(start, end)})" if start else "All data"]
    for name in NAMED:
        chosen = [names.name(name, value) for value in getattr(choice, name)]
        if chosen:
            phrases.append(f"{LABELS[name].lower()}: {', '.join(chosen)}")
    return tuple(phrases)


def to_query(choice: Choice) -> dict[str, list[str]]:
    """The choice as URL parameters; what is as at the start is left out."""
    query = {name: list(getattr(choice, name)) for name in NAMED if getattr(choice, name)}
    if choice.period != Choice().period:
        query = {"period": [choice.period]} | query
    if choice.period == CUSTOM:
        query |= {"from": [str(choice.start)], "to": [str(choice.end)]}
    return query


def link(address: str, choice: Choice, others: Mapping[str, Sequence[str]] | None = None) -> str:
    """A link that opens the same page with the same choice; `others` are the page's own."""
    query = urlencode({**to_query(choice), **(others or {})}, doseq=True)
    if address and not urlsplit(address).path:
        address += "/"
    return f"{address}?{query}" if query else address


QUERY_NAMES = ("period", "from", "to", *NAMED)


def from_query(
    query: Mapping[str, Sequence[str]], known: Mapping[str, Collection[str]], as_of: date | None
) -> tuple[Choice, tuple[str, ...]]:
    """The choice that URL parameters mean, and a sentence for each part that means nothing.

    The sentences never repeat what the URL holds.
    """
    choice, ignored = _period(query, as_of)
    for name in NAMED:
        given = list(dict.fromkeys(query.get(name, ())))
        found = tuple(value for value in given if value in known.get(name, ()))
        choice = replace(choice, **{name: found})
        if len(found) < len(given):
            ignored += (_unknown(name, len(given) - len(found)),)
    return choice, ignored


def _unknown(name: str, number: int) -> str:
    what = (
        f"a {LABELS[name].lower()}" if number == 1 else f"{number} values of {LABELS[name].lower()}"
    )
    return f"The link names {what} that this clinic's data do not have; it was ignored."


def _period(
    query: Mapping[str, Sequence[str]], as_of: date | None
) -> tuple[Choice, tuple[str, ...]]:
    period = next(iter(query.get("period", ())), Choice().period)
    if period not in PERIODS:
        return Choice(), ("The link names a period that is not known; it was ignored.",)
    if period != CUSTOM:
        return Choice(period), ()
    start, end = _day(query, "from"), _day(query, "to")
    if start is None or end is None:
        return Choice(), ("The link's custom period lacks a valid first or last day.",)
    last = max(as_of or FIRST_DAY, FIRST_DAY)
    start, end = sorted(min(max(day, FIRST_DAY), last) for day in (start, end))
    return Choice(CUSTOM, start, end), ()


def _day(query: Mapping[str, Sequence[str]], name: str) -> date | None:
    try:
        return date.fromisoformat(next(iter(query.get(name, ())), ""))
    except ValueError:
        return None


def kept(choice: Choice, known: Mapping[str, Collection[str]]) -> Choice:
    """The choice without values that the data no longer have, as after an undo."""
    return replace(
        choice,
        **{name: tuple(v for v in getattr(choice, name) if v in known[name]) for name in NAMED},
    )
