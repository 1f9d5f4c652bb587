"""The sentences at the head of a page: made from its figures, with the doubt in them.

Pure functions of figures; right at none, one and many. They say what was recorded, never
what the treatment did.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import names, theme
from pipelines.evidence import load_evidence
from pipelines.selection import Selection
from pipelines.settings import Settings

NO_COMPARISON = (
    "There is no comparison group: pain often improves without treatment, and regression to "
    "the mean alone gives about half a point when patients start at 4 or more."
)
"""Printed wherever a change is shown without a comparison."""

Row = pd.Series | Mapping[str, Any]


@dataclass(frozen=True)
class Takeaway:
    """What a page says first: the answer in one line, and under it how sure that is."""

    heading: str
    doubt: str


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


def responders(rate: Row, due: Row, left_out: Mapping[str, int], settings: Settings) -> Takeaway:
    """How many episodes had enough less pain, how sure that is and who is not in it."""
    n, of = int(rate["n"]), int(rate["of"])
    if not of:
        return Takeaway("No episode can be counted yet", _why_none(left_out, settings))
    level = f"at least {settings.responder_percent:g}% less pain at the latest visit"
    heading = f"Of {several(of, 'episode')} followed up, {_so_many(n, of)} had {level}"
    if few(of, settings):
        heading = (
            f"Too few to say: of {several(of, 'episode')} followed up, {theme.count(n)} had {level}"
        )
    start = f"Counted are those that began with pain of {settings.lowest_baseline:g} or more"
    limits = theme.percent_range(rate["low"], rate["high"])
    parts = [f"{start}; 95% interval {limits}.", not_followed(left_out), bounds(due)]
    return Takeaway(heading, " ".join(part for part in parts if part))


def _so_many(n: int, of: int) -> str:
    if not n:
        return "none"
    return f"{theme.count(n)} ({theme.percent(n / of)})"


def _why_none(left_out: Mapping[str, int], settings: Settings) -> str:
    if not left_out["episodes"]:
        return "No episode of care begins in this selection."
    return sentence(
        f"{several(left_out['episodes'], 'episode')} begin here: "
        f"{several(left_out['no_baseline'], 'one', 'of them')} without a first score, "
        f"{theme.count(left_out['low_baseline'])} below {settings.lowest_baseline:g} at the start, "
        f"{theme.count(left_out['not_yet_followed'])} not yet followed up."
    )


def not_followed(left_out: Mapping[str, int]) -> str:
    """How many episodes have no second score yet."""
    number = int(left_out["not_yet_followed"])
    return f"Not yet followed up: {theme.count(number)}." if number else ""


def bounds(due: Row) -> str:
    """How far the rate could lie off, had those due but not followed all failed, or all not."""
    missing = int(due["not_followed"])
    if not missing or not theme.known(due["lowest"]):
        return ""
    return (
        f"Of the {theme.count(int(due['of']) + missing)} due, {several(missing, 'episode')} "
        f"{'was' if missing == 1 else 'were'} not followed: it would be "
        f"{theme.percent(due['lowest'])} had none of them improved so far, "
        f"{theme.percent(due['highest'])} had all."
    )


def pain(lasting: Row, settings: Settings) -> Takeaway:
    """Which way pain went from first to latest visit, and whether that is clear."""
    n = int(lasting["n"])
    left = {"not_yet_followed": lasting["not_yet_followed"]}
    if not n:
        return Takeaway("No episode has a first and a later score yet", not_followed(left))
    change, low, high = (lasting[name] for name in ("change_mean", "low", "high"))
    limits = f"95% interval {theme.interval(low, high)}" if theme.known(low) else "no interval"
    where = f"from {theme.number(lasting['baseline_mean'], 1)} to {theme.number(lasting['latest_mean'], 1)}"
    doubt = (
        f"Mean of {several(n, 'episode')}, {where} on the 0-10 scale; change {limits}, "
        f"median {theme.points(lasting['change_median'])}. {not_followed(left)}"
    ).strip()
    return Takeaway(_which_way(n, change, low, high, settings), doubt)


def _which_way(n: int, change: float, low: float, high: float, settings: Settings) -> str:
    size = theme.points(abs(change))
    if few(n, settings) or not theme.known(low):
        way = "lower" if change > 0 else "higher"
        apart = f"{size} {way}" if theme.number(abs(change), 1) != "0.0" else "the same"
        return f"Too few to say: pain at the latest visit was {apart} in {several(n, 'episode')}"
    if low > 0:
        return f"Pain was {size} lower at the latest visit than at the first"
    if high < 0:
        return f"Pain was {size} higher at the latest visit than at the first"
    return "No clear change in pain from the first to the latest visit"


def waiting(median: Row, left_out: Mapping[str, int], settings: Settings) -> Takeaway:
    """The session by which half have improved, in words where there is none."""
    n, events = int(median["n"]), int(median["events"])
    if not n:
        return Takeaway("No episode can be counted yet", _why_none(left_out, settings))
    counted = sentence(
        f"{several(events, 'episode')} of {theme.count(n)} improved, by at least "
        f"{settings.improved_points:g} points and {settings.improved_percent:g}%; the others "
        "count for as long as they came."
    )
    if few(n, settings):
        return Takeaway(
            f"Too few to say: {theme.count(events)} of {several(n, 'episode')} improved", counted
        )
    if not theme.known(median["median"]):
        return Takeaway(
            "Fewer than half are known to have improved so far", f"Median not reached. {counted}"
        )
    heading = f"Half had improved after {several(int(median['median']), 'treatment session')}"
    return Takeaway(heading, f"Median, 95% interval {median_limits(median)}. {counted}")


def median_limits(median: Row) -> str:
    """The median's interval; an end that is not reached says so."""
    low, high = median["low"], median["high"]
    first = theme.count(low) if theme.known(low) else "not reached"
    return f"{first} to {theme.count(high) if theme.known(high) else 'not reached'}"


def side_effects(any_effect: Row, serious: Row) -> Takeaway:
    """The rate per 100 recorded sessions, with how many were recorded at all."""
    recorded, sessions = int(any_effect["of"]), int(any_effect["treatment_sessions"])
    if not sessions:
        return Takeaway("No treatment session in this selection", "")
    if not recorded:
        told = sentence(
            f"{several(sessions, 'treatment session')}, none with side effects filled in."
        )
        return Takeaway("Side effects are not recorded, so no rate can be given", told)
    n = int(any_effect["n"])
    share = theme.percent(recorded / sessions)
    if n:
        heading = f"Side effects in {theme.per_hundred(n / recorded)} of 100 recorded sessions"
    else:
        heading = f"No side effect in {several(recorded, 'recorded session')}"
    limits = theme.interval(100 * any_effect["low"], 100 * any_effect["high"])
    doubt = (
        f"{theme.count(n)} of {several(recorded, 'recorded session')}, 95% interval {limits} per 100. "
        f"Recorded in {share} of {several(sessions, 'session')}{_recorded_too_seldom(recorded / sessions)}. "
        f"{serious_events(serious)}"
    )
    return Takeaway(heading, doubt)


def _recorded_too_seldom(rate: float) -> str:
    return ": with so many blank, the rate may be far off" if rate < 0.8 else ""


def serious_events(serious: Row) -> str:
    """How many recorded sessions had a serious event, and what may yet be the rate."""
    n, of = int(serious["n"]), int(serious["of"])
    if not of:
        return "Serious events: not recorded."
    upper = theme.number(serious["high"], 1)
    if not n:
        return f"No serious event in {several(of, 'recorded session')}; the true rate may be up to {upper} per 10,000."
    rate = theme.number(serious["rate_per_10000"], 1)
    limits = theme.interval(serious["low"], serious["high"])
    return f"Serious events in {several(n, 'session')}: {rate} per 10,000 (95% interval {limits})."


def conditions(mix: pd.DataFrame, settings: Settings) -> Takeaway:
    """The commonest condition, and how much has none."""
    total = int(mix["of"].max()) if len(mix) else 0
    if not total:
        return Takeaway("No episode of care begins in this selection", "")
    first = mix.iloc[0]
    tied = mix.loc[mix["n"] == first["n"], "label"]
    share = f"{theme.count(first['n'])} of {several(total, 'new episode')}"
    if len(tied) > 1:
        heading = f"{names.listed(tied)} are commonest, {theme.count(first['n'])} each of {theme.count(total)}"
    else:
        heading = f"{first['label']} is the commonest reason for care: {share} ({theme.percent(first['share'])})"
    parts = [f"{several(len(mix), 'condition')} in all".capitalize() + "."]
    parts.append(f"95% interval of the first {theme.percent_range(first['low'], first['high'])}.")
    parts.append(_without_condition(mix))
    if few(total, settings):
        parts.insert(0, "Too few to say much.")
    return Takeaway(heading, " ".join(part for part in parts if part))


def _without_condition(mix: pd.DataFrame) -> str:
    unnamed = mix[mix["condition"].astype(str).isin(["unspecified", "unmapped"])]
    number = int(unnamed["n"].sum())
    return sentence(f"{several(number, 'episode')} without a known condition.") if number else ""


def quality(imports: int, rows: int) -> Takeaway:
    """How many imports count, and what waits to be mended."""
    if not imports:
        return Takeaway(
            "Nothing is imported yet", "Drop the exports of your practice system below."
        )
    heading = (
        "Every row is accounted for"
        if not rows
        else f"{sentence(several(rows, 'row'))} {'waits' if rows == 1 else 'wait'} to be mended"
    )
    return Takeaway(heading, sentence(f"{several(imports, 'import')} in the store."))


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


def span_of_trend(months: pd.DataFrame, show: Callable[[float], str]) -> str:
    """The small line in words: "By month, Dec 2025 to Nov 2026: 58% to 71%"."""
    first, last = theme.month(months["month"].iloc[0]), theme.month(months["month"].iloc[-1])
    low, high = show(months["value"].min()), show(months["value"].max())
    return f"By month, {first} to {last}: {low} to {high}"


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


def recorded(any_effect: Row) -> str:
    """How many sessions a side-effect rate leaves out."""
    blank = int(any_effect["treatment_sessions"]) - int(any_effect["of"])
    return f"{several(blank, 'treatment session')} with side effects left blank"


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
    return f"The clinic's page says: \N{LEFT DOUBLE QUOTATION MARK}{gist}\N{RIGHT DOUBLE QUOTATION MARK}."


def carried(row: Row) -> str:
    """How much of a session's fall in pain is still there at the next visit."""
    if not theme.known(row["retention"]):
        return ""
    kept, pairs = theme.percent(row["retention"]), several(int(row["n"]), "pair")
    return f"At the next visit {kept} of the fall within a session was still there ({pairs} of visits)."


def log_rank(test: Row) -> str:
    """Whether waiting times of groups differ by more than chance, in words."""
    left = int(test["left_out"])
    tail = f" Group not known: {theme.count(left)}." if left else ""
    if not theme.known(test["p"]):
        return f"Too few groups to compare.{tail}"
    chance = theme.p_value(test["p"])
    found = "differ" if test["p"] < 0.05 else "show no clear difference"
    return f"The groups {found} (log-rank {chance}, {several(int(test['n']), 'episode')}).{tail}"


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
    return f"{sentence(several(number, 'treatment session'))} with a contraindication flagged, newest first."


def unnamed(mix: pd.DataFrame) -> str:
    """Episodes whose condition is blank or not in the vocabulary, as work to do."""
    if not len(mix):
        return "No episode of care begins in this selection."
    by_name = mix.set_index(mix["condition"].astype(str))["n"]
    blank, unknown = (int(by_name.get(name, 0)) for name in ("unspecified", "unmapped"))
    parts = []
    if blank:
        parts.append(
            f"{sentence(several(blank, 'episode'))} with the condition left blank: fill it in."
        )
    if unknown:
        parts.append(
            f"{sentence(several(unknown, 'episode'))} with a term that the vocabulary lacks: add it to "
            "data/vocabulary/conditions.toml, and import the file again."
        )
    return " ".join(parts) or "Every episode has a condition that the vocabulary knows."
