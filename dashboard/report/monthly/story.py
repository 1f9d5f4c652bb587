"""What a monthly report says, as plain text in the order in which it is read."""

from typing import Any

from dashboard import changes, phrases, theme, words, work_words
from dashboard.report.monthly.figures import Monthly
from dashboard.report.monthly.month import MONTHS_OF_OUTCOMES
from dashboard.request import Request
from dashboard.sections import overview
from dashboard.shown import Measure
from pipelines.measures.headline import span_before


def story(found: Monthly, request: Request) -> dict[str, Any]:
    """Texts by name: heading, takeaway, cards, what changed, the month, follow-up, gaps, foot."""
    headline = found.overview.headline.loc["responders_30"].rename({"value": "rate"})
    said = words.responders(headline, found.overview.due, found.overview.counts, request.settings)
    year = found.month.ending(MONTHS_OF_OUTCOMES)
    return {
        "title": f"Outcomes, {found.month.name}",
        "about": f"Episodes of care begun {theme.span(year.start, year.end)}",
        "heading": said.heading,
        "doubt": said.doubt,
        "cards": [_card(card) for card in overview.measures(found.overview, request)],
        "before": phrases.before(span_before(year)),
        "changed": [change.sentence for change in changes.sentences(found.overview.changed)],
        "unchanged": changes.NONE,
        "month": month_in_words(found),
        "gaps": _gaps(found),
        "followed": follow_up(found),
        "no_comparison": phrases.NO_COMPARISON,
        "foot": _foot(found, request),
    }


def _card(card: Measure) -> dict[str, str]:
    return {name: getattr(card, name) for name in ("label", "value", "sure", "of", "change")}


def month_in_words(found: Monthly) -> list[str]:
    """How busy the month was, its side effects, and its serious events."""
    counts, effects = found.counts, found.any_side_effect
    busy = ", ".join(
        (
            phrases.several(counts["sessions"], "treatment session"),
            phrases.several(counts["episodes"], "new episode"),
            phrases.several(counts["patients"], "patient"),
        )
    )
    sessions = int(effects["treatment_sessions"])
    if not effects["of"]:
        return [f"{phrases.sentence(busy)}.", "Side effects were not recorded in this month."]
    limits = theme.interval(100 * effects["low"], 100 * effects["high"])
    return [
        f"{phrases.sentence(busy)}.",
        f"Side effects in {theme.count(effects['n'])} of "
        f"{phrases.several(int(effects['of']), 'recorded session')}: "
        f"{phrases.per_100(effects['rate'])} (95% interval {limits}); recorded in "
        f"{theme.percent(effects['of'] / sessions)} of treatment sessions.",
        words.serious_events(found.serious),
    ]


def follow_up(found: Monthly) -> str:
    """The share followed up, and what the missing could make of the headline."""
    followed = found.overview.headline.loc["completeness"].rename({"value": "rate"})
    parts = (phrases.sentence(phrases.followed_up(followed)), words.bounds(found.overview.due))
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _gaps(found: Monthly) -> list[list[str]]:
    """Each kind of gap with how many there are, of how many."""
    return [
        [work_words.GAPS[str(row.task)], f"{theme.count(row.n)} of {theme.count(row.of)}"]
        for row in found.work.itertuples()
    ]


def _foot(found: Monthly, request: Request) -> str:
    over = request.as_of is None or request.as_of >= found.month.last
    parts = (
        f"Data to {theme.day(request.as_of)}",
        f"version {request.version} of the store",
        f"settings {request.settings.version}",
        "" if over else f"{found.month.name} is not over in the data",
    )
    return "; ".join(part for part in parts if part) + "."
