"""What missing scores leave open, in sentences: right at none, one and many.

Pure functions of figures, made from the responders among the due and their bounds.
"""

from dashboard import theme
from dashboard.phrases import Row, several
from pipelines.settings import Settings


def left_open(due: Row, settings: Settings) -> str:
    """The share if all missing had failed, and if all had improved; for a card."""
    missing = int(due["not_followed"])
    if not theme.known(due["lowest"]):
        return ""
    if not missing:
        return "None is missing: nothing is left open"
    who = "the one missing" if missing == 1 else f"all {theme.count(missing)} missing"
    return (
        f"At least {settings.responder_percent:g}% less pain: {theme.percent(due['lowest'])} if "
        f"{who} had failed, {theme.percent(due['highest'])} if {who} had improved"
    )


def in_group(lowest: float | None, highest: float | None) -> str:
    """The bounds in a few words: "45 to 66%"; one share where nobody is missing."""
    if not theme.known(lowest):
        return "no episode due"
    if lowest == highest:
        return theme.percent(lowest)
    return theme.percent_range(lowest, highest)


def best_and_worst(gain: Row, settings: Settings) -> str:
    """The headline among the due, and what it would be in the worst and the best case."""
    of, missing = int(gain["of"]), int(gain["not_followed"])
    due = of + missing
    if not due:
        return (
            f"No episode is due yet that began with pain of {settings.lowest_baseline:g} or more: "
            f"a score is due {several(settings.due_days, 'day')} after the first visit."
        )
    begun = (
        f"Of {several(due, 'episode')} due that began with pain of "
        f"{settings.lowest_baseline:g} or more, {_followed(of, due)}"
    )
    return " ".join(
        part for part in (f"{begun}.", _responded(gain, settings), _bounds(gain)) if part
    )


def _followed(of: int, due: int) -> str:
    if of == due:
        return f"{'it was' if due == 1 else 'all were'} followed up"
    return f"{theme.count(of) if of else 'none'} {'was' if of <= 1 else 'were'} followed up"


def _responded(gain: Row, settings: Settings) -> str:
    if not gain["of"]:
        return ""
    return (
        f"Of these {theme.percent(gain['rate'])} had at least {settings.responder_percent:g}% "
        f"less pain (95% interval {theme.percent_range(gain['low'], gain['high'])})."
    )


def _bounds(gain: Row) -> str:
    missing = int(gain["not_followed"])
    if not missing:
        return "None is missing, so only chance is left."
    who = "the one missing" if missing == 1 else f"all {theme.count(missing)} missing"
    return (
        f"At worst, if {who} had failed, it is {theme.percent(gain['lowest'])}; at best, if "
        f"{who} had improved, {theme.percent(gain['highest'])}."
    )


def worth_asking(gain: Row) -> str:
    """What is known once the missing scores are asked for; "" where none is missing."""
    missing = int(gain["not_followed"])
    if not missing or not theme.known(gain["margin"]):
        return ""
    within = max(1, round(100 * gain["margin"] + 0.499))
    whom = "this one" if missing == 1 else f"these {theme.count(missing)}, all in the work list,"
    return (
        f"Follow up {whom} and the share is known to within {several(within, 'percentage point')}, "
        "whatever they say: what is left then is chance alone."
    )
