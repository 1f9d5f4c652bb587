"""Parts of sentences, and the short ones: right at none, one and many.

Pure functions of figures. They say what was recorded, never what the treatment did.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from dashboard import theme
from pipelines import tables
from pipelines.evidence import load_evidence
from pipelines.selection import Selection
from pipelines.settings import Settings

NO_COMPARISON = (
    "There is no comparison group: pain often improves without treatment, and regression to "
    "the mean alone gives about half a point when patients start at 4 or more."
)
"""Printed wherever a change is shown without a comparison."""


Row = pd.Series | Mapping[str, Any]


def several(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "no episodes", "1 episode", "1,204 episodes"."""
    noun = one if number == 1 else (many or f"{one}s")
    return f"{theme.count(number) if number else 'no'} {noun}"


def sentence(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def matching(episodes: int, patients: int) -> str:
    """What the filters leave: "1,204 episodes, 893 patients match"."""
    if not episodes and not patients:
        return "Nothing matches"
    verb = "matches" if episodes + patients == 1 else "match"
    return sentence(f"{several(episodes, 'episode')}, {several(patients, 'patient')} {verb}")


def few(number: int, settings: Settings) -> bool:
    """Whether a figure stands on so few episodes that a warning goes with it."""
    return number < settings.fewest_episodes


def median_limits(median: Row) -> str:
    """The median's interval; an end that is not reached says so, without any there is none."""
    low, high = median["low"], median["high"]
    if not theme.known(low) and not theme.known(high):
        return "no interval"
    first = theme.count(low) if theme.known(low) else "not reached"
    return f"{first} to {theme.count(high) if theme.known(high) else 'not reached'}"


WITHOUT_CONDITION = (tables.UNSPECIFIED, tables.UNMAPPED)


def change(row: Row, show: Callable[[float], str]) -> str:
    """A figure against the same span before, without praise or blame; "" without such a span."""
    verdict = row["verdict"]
    if not theme.known(verdict):
        return ""
    if not theme.known(row["previous"]) or verdict == "too few to say":
        return "Too few to compare with before"
    earlier = show(row["previous"])
    if verdict == "no clear change":
        return f"No clear change: {earlier} before"
    return f"{'Up' if verdict == 'higher' else 'Down'} from {earlier} before"


def before(span: Selection | None) -> str:
    """What "before" means on the cards; "" where there is no such span."""
    if span is None or span.start is None:
        return ""
    return f"Before: {theme.span(span.start, span.end)}, with the same other filters."


def followed_up(row: Row) -> str:
    """The share of due episodes that were followed, for the foot of a page."""
    due = int(row["of"])
    if not due:
        return "no episode due yet"
    return f"{theme.percent(row['rate'])} of {several(due, 'due episode')} followed up"


def interval_95(limits: str) -> str:
    """ "95% interval 54 to 70%", or that there is none."""
    return "No interval" if limits.startswith("no interval") else f"95% interval {limits}"


def share_interval(row: Row) -> str:
    """The 95% interval of a share, from its limits as fractions."""
    return interval_95(theme.percent_range(row["low"], row["high"]))


def span_of_trend(months: pd.DataFrame, show: Callable[[float], str], fewest: int) -> str:
    """The small line in words: "Months with 10 or more, Dec 2025 to Nov 2026: 58% to 71%"."""
    first, last = (theme.month(months["month"].iloc[place]) for place in (0, -1))
    low, high = show(months["value"].min()), show(months["value"].max())
    return f"Months with {fewest} or more, {first} to {last}: {low} to {high}"


def sessions(number: float | None) -> str:
    """A median in sessions: "4 sessions", or "not reached"."""
    return several(int(number), "session") if theme.known(number) else "Not reached"


def one_decimal(value: float | None) -> str:
    """A change on the 0-10 scale without its unit: "2.3"."""
    return theme.number(value, 1)


def per_100(rate: float | None) -> str:
    """A rate of sessions: "19.2 per 100"."""
    return f"{theme.per_hundred(rate)} per 100" if theme.known(rate) else theme.NONE


def per_10000(rate: float | None) -> str:
    """A rate that is already per 10,000: "4.9 per 10,000"."""
    return f"{theme.number(rate, 1)} per 10,000" if theme.known(rate) else theme.NONE


def serious_limits(row: Row) -> str:
    """How often serious events may truly be; with none the bound, in words."""
    if not row["of"]:
        return "No interval"
    if not row["n"]:
        return f"The true rate may be up to {theme.number(row['high'], 1)} per 10,000"
    return f"95% interval {theme.interval(row['low'], row['high'])} per 10,000"


def not_recorded(any_effect: Row) -> int:
    """How many treatment sessions a side-effect rate leaves out: those left blank."""
    return int(any_effect["treatment_sessions"]) - int(any_effect["of"])


def further(number: int, noun: str) -> str:
    """What a shortened chart leaves to its table: "3 further conditions are in the table."."""
    if number <= 0:
        return ""
    verb = "is" if number == 1 else "are"
    return f"{sentence(several(number, f'further {noun}'))} {verb} in the table."


NOT_BY_CHANCE = (
    "Groups were not made by chance: they differ in more than this, so a difference does not "
    "show what made it."
)


def claim(number: int) -> str:
    """What the clinic's page says, to be read beside the clinic's own figure."""
    gist = load_evidence().claims[number].gist
    return (
        "The clinic's page says: "
        f"\N{LEFT DOUBLE QUOTATION MARK}{gist}\N{RIGHT DOUBLE QUOTATION MARK}."
    )


def carried(row: Row) -> str:
    """How much of a session's fall in pain is still there at the next visit."""
    if not theme.known(row["retention"]):
        return ""
    kept, pairs = theme.percent(row["retention"]), several(int(row["n"]), "pair")
    return (
        f"At the next visit {kept} of the fall within a session was still there ({pairs} of "
        "visits)."
    )


def log_rank(test: Row) -> str:
    """Whether waiting times of groups differ by more than chance, in words."""
    left = int(test["left_out"])
    tail = f" Group not known: {theme.count(left)}." if left else ""
    if not theme.known(test["p"]):
        return f"Too few groups to compare.{tail}"
    chance = theme.p_value(test["p"])
    found = "differ" if test["p"] < 0.05 else "show no clear difference"
    episodes = several(int(test["n"]), "episode")
    return f"The {int(test['groups'])} groups {found} (log-rank {chance}, {episodes}).{tail}"


def serious_told(number: int) -> str:
    """What heads the list of serious events."""
    if not number:
        return "No serious event was told at any visit in this selection."
    return (
        f"{sentence(several(number, 'visit'))} at which one was told, follow-ups included, newest "
        "first. What was told is not always what was caused by the needling."
    )


def contraindicated(number: int) -> str:
    """What heads the list of sessions with a contraindication flagged."""
    if not number:
        return "No treatment session has a contraindication flagged."
    return (
        f"{sentence(several(number, 'treatment session'))} with a contraindication flagged, "
        "newest first."
    )


def unnamed(mix: pd.DataFrame) -> str:
    """Episodes whose condition is blank or not in the vocabulary, as work to do."""
    if not len(mix):
        return "No episode of care begins in this selection."
    by_name = mix.set_index(mix["condition"].astype(str))["n"]
    blank, unknown = (int(by_name.get(name, 0)) for name in ("unspecified", "unmapped"))
    parts = []
    if blank:
        parts.append(
            f"{sentence(several(blank, 'episode'))} with the condition left blank: the work "
            "list says where each is found."
        )
    if unknown:
        parts.append(
            f"{sentence(several(unknown, 'episode'))} with a term that the vocabulary lacks: "
            "say once what it means on Import and quality, and all are counted where they belong."
        )
    return " ".join(parts) or "Every episode has a condition that the vocabulary knows."
