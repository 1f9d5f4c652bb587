"""The work list in words: what each kind of gap is, and what to do about it."""

from collections.abc import Callable

from dashboard.phrases import sentence, several
from pipelines.measures.work_list import DUE_SOON, SOON_DAYS
from pipelines.settings import Settings

TASKS = {
    "due_not_followed": "Due for a score",
    DUE_SOON: "Due soon",
    "no_baseline": "No first score",
    "unspecified_condition": "No condition",
    "side_effects_not_recorded": "Side effects blank",
}
"""Each list in a few words, the most useful first."""
GAPS = {
    "no_baseline": "Episodes without a score at the first visit",
    "due_not_followed": "Episodes due without a later score",
    "unspecified_condition": "Episodes without a condition",
    "side_effects_not_recorded": "Sessions without side effects filled in",
}
"""What is counted in a table, in full."""


def what_to_do(task: str, number: int, settings: Settings) -> str:
    """How many there are, and what closes the gap."""
    return sentence(SENTENCES[task](number, settings))


def _due(number: int, settings: Settings) -> str:
    if not number:
        return "no episode is due for a score."
    return (
        f"{several(number, 'episode')} {'is' if number == 1 else 'are'} due: begun at least "
        f"{several(settings.due_days, 'day')} ago, with a first score and none since. Ask for "
        "today's pain at the next visit or by a call, and enter it: a follow-up counts."
    )


def _due_soon(number: int, settings: Settings) -> str:
    if not number:
        return f"no episode becomes due within {SOON_DAYS} days."
    return (
        f"{several(number, 'episode')} {'becomes' if number == 1 else 'become'} due within "
        f"{SOON_DAYS} days and {'has' if number == 1 else 'have'} no later score yet, soonest "
        "first. Ask at the next visit."
    )


def _no_baseline(number: int, settings: Settings) -> str:
    if not number:
        return "every episode has a score at its first visit."
    return (
        f"{several(number, 'episode')} {'has' if number == 1 else 'have'} no score at the first "
        "visit. It cannot be asked for afterwards: enter it where it was noted elsewhere, and "
        "import again."
    )


def _no_condition(number: int, settings: Settings) -> str:
    if not number:
        return "every episode has a condition."
    return (
        f"{several(number, 'episode')} {'has' if number == 1 else 'have'} no condition. Fill it in "
        "in your practice system, and import again."
    )


def _blank(number: int, settings: Settings) -> str:
    if not number:
        return "every treatment session says whether there were side effects."
    return (
        f"{several(number, 'treatment session')} {'says' if number == 1 else 'say'} nothing about "
        "side effects. A blank is not a none: enter none where there was none, and import again."
    )


SENTENCES: dict[str, Callable[[int, Settings], str]] = {
    "due_not_followed": _due,
    DUE_SOON: _due_soon,
    "no_baseline": _no_baseline,
    "unspecified_condition": _no_condition,
    "side_effects_not_recorded": _blank,
}
