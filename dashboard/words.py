"""The sentences at the head of a page: made from its figures, with the doubt in them.

Pure functions of figures; right at none, one and many. They say what was recorded, never
what the treatment did.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard import theme
from dashboard.phrases import WITHOUT_CONDITION, Row, few, median_limits, sentence, several
from pipelines.listing import listed
from pipelines.settings import Settings


@dataclass(frozen=True)
class Takeaway:
    """What a page says first: the answer in one line, and under it how sure that is."""

    heading: str
    doubt: str


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
    episodes = int(left_out["episodes"])
    if not episodes:
        return "No episode of care begins in this selection."
    return (
        f"{several(episodes, 'episode')} {'begins' if episodes == 1 else 'begin'} here: "
        f"{theme.count(left_out['no_baseline'])} without a first score, "
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
    where = (
        f"from {theme.number(lasting['baseline_mean'], 1)} to "
        f"{theme.number(lasting['latest_mean'], 1)}"
    )
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
        f"{theme.count(n)} of {several(recorded, 'recorded session')}, 95% interval {limits} per "
        "100. "
        f"Recorded in {share} of "
        f"{several(sessions, 'session')}{_recorded_too_seldom(recorded / sessions)}. "
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
        return (
            f"No serious event in {several(of, 'recorded session')}; the true rate may be up "
            f"to {upper} per 10,000."
        )
    rate = theme.number(serious["rate_per_10000"], 1)
    limits = theme.interval(serious["low"], serious["high"])
    return f"Serious events in {several(n, 'session')}: {rate} per 10,000 (95% interval {limits})."


def conditions(mix: pd.DataFrame, settings: Settings) -> Takeaway:
    """The commonest condition, and how many episodes have none that is known."""
    total = int(mix["of"].max()) if len(mix) else 0
    if not total:
        return Takeaway("No episode of care begins in this selection", "")
    known = mix[~mix["condition"].astype(str).isin(WITHOUT_CONDITION)]
    if not len(known):
        return Takeaway("No new episode has a known condition", _without_condition(mix))
    first = known.iloc[0]
    parts = [
        "Too few to say much." if few(total, settings) else "",
        f"{several(len(known), 'condition')} in all; 95% interval of the first "
        f"{theme.percent_range(first['low'], first['high'])}.",
        _without_condition(mix),
    ]
    return Takeaway(_commonest(known, total), " ".join(part for part in parts if part))


def _commonest(known: pd.DataFrame, total: int) -> str:
    first = known.iloc[0]
    tied = known.loc[known["n"] == first["n"], "label"]
    number = theme.count(first["n"])
    if len(tied) > 1:
        return f"{listed(tied)} are commonest, {number} each of {theme.count(total)}"
    share = f"{number} of {several(total, 'new episode')} ({theme.percent(first['share'])})"
    return f"{first['label']} is the commonest reason for care: {share}"


def _without_condition(mix: pd.DataFrame) -> str:
    unnamed = mix[mix["condition"].astype(str).isin(WITHOUT_CONDITION)]
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
