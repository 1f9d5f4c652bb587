"""What each episode of care shows: its first visit, its baseline, its latest, its owner."""

import numpy as np
import pandas as pd

from pipelines import thresholds
from pipelines.settings import Settings
from pipelines.tables import MIXED, UNKNOWN
from pipelines.visits import NEEDLED, codes_among, days_of

FROM_FIRST_VISIT = ("condition", "body_region", "clinic", "chronicity", "age", "sex")


def episode_table(visits: pd.DataFrame, treated: np.ndarray, settings: Settings) -> pd.DataFrame:
    """One row an episode (`tables.EPISODE`), from visits in order that have their episode."""
    rows = np.flatnonzero(visits["episode_id"].to_numpy() > 0)
    rows = rows[np.argsort(visits["episode_id"].to_numpy()[rows], kind="stable")]
    episode = visits["episode_id"].to_numpy()[rows] - 1
    count = int(episode[-1]) + 1 if len(rows) else 0
    first = rows[_first(episode, count)]
    last = rows[_last(episode, np.arange(len(rows)), count)]
    own = treated[rows]
    start = visits.take(first).reset_index(drop=True)
    facts = {
        "episode_id": np.arange(1, count + 1),
        "patient_id": start["patient_id"],
        **{name: start[name] for name in FROM_FIRST_VISIT},
        "therapist": _therapist(visits["therapist"], rows[own], episode[own], count),
        "technique": _technique(visits["technique"], rows[own], episode[own], count, settings),
        "first_technique": start["technique"],
        "first_date": start["session_date"],
        "last_date": visits["session_date"].take(last).reset_index(drop=True),
        "treatment_sessions": np.bincount(episode[own], minlength=count).astype(np.int32),
        "visits": np.bincount(episode, minlength=count).astype(np.int32),
        "baseline": start["pain_before"],
        **_course(visits, rows, episode, first, settings),
    }
    return pd.DataFrame(facts)


def _first(group: np.ndarray, count: int) -> np.ndarray:
    """The first place of each group, where groups stand together in order."""
    return np.searchsorted(group, np.arange(count))


def _last(group: np.ndarray, place: np.ndarray, count: int) -> np.ndarray:
    """The last place given for each group; -1 where none is. The last assignment holds."""
    last = np.full(count, -1, dtype=np.int64)
    last[group] = place
    return last


def _course(
    visits: pd.DataFrame,
    rows: np.ndarray,
    episode: np.ndarray,
    first: np.ndarray,
    settings: Settings,
) -> dict[str, pd.Series | np.ndarray]:
    """Latest score, whether and after how many treatment sessions it was an improvement."""
    score, days = visits["pain_before"].to_numpy(), days_of(visits["session_date"])
    later = ~np.isnan(score[rows]) & (days[rows] > days[first][episode])
    rows, episode, count = rows[later], episode[later], len(first)
    latest = _last(episode, rows, count)
    followed = latest >= 0
    event = thresholds.improved(score[first][episode], score[rows], settings)
    improved = _last(episode[event][::-1], rows[event][::-1], count)
    ends = np.where(improved >= 0, improved, latest)
    eligible = followed & thresholds.at_least(score[first], settings.lowest_baseline)
    before = visits["treatment_sessions_before"].to_numpy()
    dates = visits["session_date"].to_numpy()
    return {
        "latest": np.where(followed, score[latest], np.nan) if count else np.zeros(0),
        "latest_date": np.where(followed, dates[latest], np.datetime64("NaT", "s")).astype(
            dates.dtype
        ),
        "improved": pd.Series(pd.arrays.BooleanArray(improved >= 0, ~eligible)),
        "sessions_to_event": np.where(eligible, before[ends], np.nan),
    }


def _therapist(column: pd.Series, rows: np.ndarray, episode: np.ndarray, count: int) -> pd.Series:
    """Who gave most treatment sessions; of equals who treated first; missing if nobody is known."""
    codes = column.cat.codes.to_numpy()[rows].astype(np.int64)
    known, width = codes >= 0, len(column.cat.categories) + 1
    pair, pairs = pd.factorize(episode[known] * width + codes[known])
    sessions = np.bincount(pair, minlength=len(pairs))
    # From the latest to treat to the first, then from fewest to most: the last one holds.
    backwards = np.arange(len(pairs))[::-1]
    order = backwards[np.argsort(sessions[backwards], kind="stable")]
    chosen = _last(pairs[order] // width, pairs[order] % width, count)
    return pd.Series(pd.Categorical.from_codes(chosen, dtype=column.dtype))


def _technique(
    column: pd.Series, rows: np.ndarray, episode: np.ndarray, count: int, settings: Settings
) -> pd.Series:
    """The technique of enough of the sessions with a known one, else mixed, else unknown."""
    codes = codes_among(column, NEEDLED)[rows]
    known = codes >= 0
    cell = episode[known] * len(NEEDLED) + codes[known]
    sessions = np.bincount(cell, minlength=count * len(NEEDLED)).reshape(count, len(NEEDLED))
    total, most = sessions.sum(axis=1), sessions.max(axis=1, initial=0)
    share = round(settings.technique_share * 1_000_000)
    main = np.where(most * 1_000_000 >= share * total, sessions.argmax(axis=1), len(NEEDLED))
    names = [*NEEDLED, MIXED, UNKNOWN]
    return pd.Series(
        pd.Categorical.from_codes(np.where(total > 0, main, len(NEEDLED) + 1), categories=names)
    )
