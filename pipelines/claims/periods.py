"""A period in words."""

from calendar import monthrange
from datetime import date


def in_words(period: tuple[date, date] | None) -> str:
    """As in "March 2025" or "July 2024-June 2025"; days where months are cut.

    Without a period: "a period without visits".
    """
    if period is None:
        return "a period without visits"
    first, last = period
    if first.day > 1 or last.day < monthrange(last.year, last.month)[1]:
        return _day(first) if first == last else f"the period {_day(first)} to {_day(last)}"
    if first.year == last.year and first.month != last.month:
        return f"{first:%B}-{last:%B} {last.year}"
    months = (f"{first:%B %Y}", f"{last:%B %Y}")
    return months[0] if months[0] == months[1] else "-".join(months)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
