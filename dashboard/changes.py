"""What changed: the sentences of the overview, each from a rule with a known false alarm rate."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from dashboard import names, phrases, theme
from pipelines.selection import Selection

MOST = 5
NONE = "No rule signals a change in this selection."
BEFORE = "in the same span before"
STRICT = (
    "Six strict rules look: where nothing changes, they speak up less than once in two years, "
    "as tried on made-up clinics. A small change can go unseen."
)


@dataclass(frozen=True)
class Change:
    """A sentence, and the page that shows it."""

    sentence: str
    page: str
    link: str


def compared_with(span: Selection | None) -> str:
    """What the rules look at, and how rarely they are wrong."""
    if span is None or span.start is None:
        alone = "only serious events and the chart of side effects are looked at"
        return f"There is no span before this one, so {alone}. {STRICT}"
    return f"Against {theme.span(span.start, span.end)}. {STRICT}"


def sentences(changed: pd.DataFrame) -> list[Change]:
    """A sentence for each rule that signals, at most five; `changed` as `what_changed` gives it."""
    told = [Change(SENTENCES[row.rule](row), *PLACES[row.rule]) for row in changed.itertuples()]
    return told[:MOST]


def _serious(row) -> str:
    return (
        f"{phrases.several(int(row.n), 'session')} with a serious event in the newest three months "
        f"({theme.count(row.of)} recorded), more than chance lets expect after "
        f"{theme.count(row.then_n)} in the {theme.count(row.then_of)} before."
    )


def _side_effects(row) -> str:
    return (
        f"Side effects in {theme.month(row.month)}: {theme.count(row.n)} of "
        f"{phrases.several(int(row.of), 'recorded session')} ({theme.percent(row.rate)}; centre "
        f"{theme.percent(row.then_rate)}), signalled by the control chart: {row.subject}."
    )


def _responders(row) -> str:
    return (
        f"{_moved(row)}: {_share(row)} of {phrases.several(int(row.of), 'episode')} followed up "
        f"had enough less pain, after {theme.percent(row.then_rate)} of {theme.count(row.then_of)} "
        f"{BEFORE}."
    )


def _moved(row) -> str:
    return "Fewer respond" if row.rate < row.then_rate else "More respond"


def _completeness(row) -> str:
    return (
        f"Follow-up fell to {_share(row)} of {phrases.several(int(row.of), 'episode')} due, from "
        f"{theme.percent(row.then_rate)} of {theme.count(row.then_of)} {BEFORE}."
    )


def _recording(row) -> str:
    return (
        f"Side effects were recorded at {_share(row)} of "
        f"{phrases.several(int(row.of), 'treatment session')}, after "
        f"{theme.percent(row.then_rate)} of {theme.count(row.then_of)} {BEFORE}."
    )


def _condition(row) -> str:
    return (
        f"{names.name('condition', row.subject)} moved from {theme.percent(row.then_rate)} to "
        f"{_share(row)} of new episodes ({theme.count(row.then_n)} of {theme.count(row.then_of)}, "
        f"now {theme.count(row.n)} of {theme.count(row.of)})."
    )


def _share(row) -> str:
    return theme.percent(row.rate)


SENTENCES: dict[str, Callable[..., str]] = {
    "serious_events": _serious,
    "side_effects_by_month": _side_effects,
    "responders": _responders,
    "completeness": _completeness,
    "recording": _recording,
    "condition_share": _condition,
}
PLACES = {
    "serious_events": ("side_effects", "Side effects"),
    "side_effects_by_month": ("side_effects", "Side effects"),
    "responders": ("pain", "Pain"),
    "completeness": ("import_and_quality", "Work list"),
    "recording": ("side_effects", "Side effects"),
    "condition_share": ("conditions", "Conditions"),
}
