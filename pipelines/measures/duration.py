"""How long it lasts: pain four, eight and twelve weeks after the first treatment."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines import thresholds
from pipelines.intervals import clustered_mean
from pipelines.measures import eligibility
from pipelines.measures.grouping import Groups, grouped, patient_codes, rates
from pipelines.measures.sessions import episode_visits
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.visits import days_of


class Window(NamedTuple):
    """Days after the first treatment: the day aimed at, and the first and last that count."""

    day: int
    first: int
    last: int


WINDOWS = (Window(28, 21, 42), Window(56, 43, 69), Window(84, 70, 112))


class Scores(NamedTuple):
    """Later visits with pain_before, in order: the episode's row, days since its start, score."""

    episode: np.ndarray
    day: np.ndarray
    score: np.ndarray


def how_long_it_lasts(
    clinic: Clinic,
    settings: Settings,
    by: Sequence[str] = (),
    windows: Sequence[Window] = WINDOWS,
) -> pd.DataFrame:
    """Change, responders and still improved at the visit nearest each day.

    Columns: *by, day, first_day, last_day, n, without_visit, not_yet_reached (those of
    them whose window is still open at as-of), change_mean, low, high, responders,
    responders_of, responders_rate, responders_low, responders_high, still, still_of,
    still_rate, still_low, still_high.

    n are episodes with a baseline and a visit with pain_before in the window (two equally
    near: the earlier); responders_of those of them with a baseline high enough; still_of
    those of them that were improved at a visit before it.
    """
    groups, scores = grouped(clinic.episodes, by), _later_scores(clinic)
    first_improved = _first_improved(clinic.episodes, scores, settings)
    parts = [_at(clinic, settings, groups, scores, first_improved, window) for window in windows]
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)


def _later_scores(clinic: Clinic) -> Scores:
    visits, episode = episode_visits(clinic, "session_date", "pain_before")
    day = days_of(visits["session_date"]) - days_of(clinic.episodes["first_date"])[episode]
    score = visits["pain_before"].to_numpy()
    later = np.flatnonzero((day > 0) & ~np.isnan(score))
    return Scores(episode[later], day[later], score[later])


def _first_improved(episodes: pd.DataFrame, scores: Scores, settings: Settings) -> np.ndarray:
    """Which of the scores is the first improved one, by episode; past the last where none."""
    baseline = episodes["baseline"].to_numpy()[scores.episode]
    hits = np.flatnonzero(thresholds.improved(baseline, scores.score, settings))[::-1]
    first = np.full(len(episodes), len(scores.score))
    first[scores.episode[hits]] = hits
    return first


def _nearest(scores: Scores, window: Window, episodes: int) -> np.ndarray:
    """Which of the scores is nearest the day, by episode; -1 without one in the window."""
    inside = np.flatnonzero((scores.day >= window.first) & (scores.day <= window.last))
    distance, count = np.abs(scores.day[inside] - window.day), len(scores.day)
    # Distance, then place: the smallest is the nearest, of equally near the earlier.
    smallest = np.full(episodes, np.iinfo(np.int64).max)
    np.minimum.at(smallest, scores.episode[inside], distance * count + inside)
    found = smallest < np.iinfo(np.int64).max
    return np.where(found, smallest % max(count, 1), -1)


def _at(
    clinic: Clinic,
    settings: Settings,
    groups: Groups,
    scores: Scores,
    first_improved: np.ndarray,
    window: Window,
) -> pd.DataFrame:
    episodes = clinic.episodes
    known = eligibility.has_baseline(episodes)
    nearest = _nearest(scores, window, len(episodes))
    seen, baseline = known & (nearest >= 0), episodes["baseline"].to_numpy()
    score = np.full(len(episodes), np.nan)
    score[seen] = scores.score[nearest[seen]]
    eligible = seen & eligibility.high_enough(episodes, settings)
    earlier = eligible & (first_improved < nearest)
    responds = thresholds.fell_by_percent(baseline, score, settings.responder_percent)
    still = thresholds.improved(baseline, score, settings)
    figures = {
        "day": np.full(groups.size, window.day),
        "first_day": window.first,
        "last_day": window.last,
        **_change(episodes, groups, seen, baseline - score),
        "without_visit": groups.count(known & ~seen),
        "not_yet_reached": groups.count(known & ~seen & _open(clinic, window)),
        **_rate(groups, "responders", eligible & responds, eligible),
        **_rate(groups, "still", earlier & still, earlier),
    }
    return groups.named(figures)


def _open(clinic: Clinic, window: Window) -> np.ndarray:
    """Whether a visit in the window may still come."""
    if clinic.as_of is None:
        return np.zeros(len(clinic.episodes), dtype=bool)
    return eligibility.days_before(clinic, clinic.episodes["first_date"]) < window.last


def _change(
    episodes: pd.DataFrame, groups: Groups, seen: np.ndarray, change: np.ndarray
) -> dict[str, pd.Series]:
    patients = patient_codes(episodes)[seen]
    mean = clustered_mean(change[seen], patients, groups.codes[seen], groups.size)
    return {"n": mean["n"], "change_mean": mean["mean"], "low": mean["low"], "high": mean["high"]}


def _rate(groups: Groups, name: str, hit: np.ndarray, of: np.ndarray) -> dict[str, pd.Series]:
    rate = rates(groups.count(hit), groups.count(of)).rename(columns={"n": ""})
    return {f"{name}_{part}".rstrip("_"): rate[part] for part in rate}


class Improved(NamedTuple):
    """By episode: improved before a window, seen in it, still improved there, window over."""

    earlier: np.ndarray
    seen: np.ndarray
    still: np.ndarray
    over: np.ndarray


def improved_before(clinic: Clinic, settings: Settings, window: Window) -> Improved:
    """What the still-improved share of `how_long_it_lasts` is made of, and who is not in it.

    `earlier` are eligible episodes improved at a visit before the one nearest the day, or
    before the window where there is none in it.
    """
    episodes, scores = clinic.episodes, _later_scores(clinic)
    first_improved = _first_improved(episodes, scores, settings)
    nearest = _nearest(scores, window, len(episodes))
    day = np.append(scores.day, window.last + 1)[first_improved]
    seen, baseline = nearest >= 0, episodes["baseline"].to_numpy()
    before = np.where(seen, first_improved < nearest, day < window.first)
    score = np.append(scores.score, np.nan)[nearest]
    return Improved(
        earlier=before & eligibility.high_enough(episodes, settings),
        seen=seen,
        still=thresholds.improved(baseline, score, settings),
        over=~_open(clinic, window),
    )
