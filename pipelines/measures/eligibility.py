"""Which episodes a figure is about, and why the others are left out."""

import numpy as np
import pandas as pd

from pipelines.measures.grouping import Groups
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.thresholds import at_least
from pipelines.visits import days_of


def has_baseline(episodes: pd.DataFrame) -> np.ndarray:
    """Whether pain_before was recorded at the first visit."""
    return episodes["baseline"].notna().to_numpy()


def followed(episodes: pd.DataFrame) -> np.ndarray:
    """Whether there are a baseline and a score on a later day."""
    return has_baseline(episodes) & episodes["latest"].notna().to_numpy()


def not_yet_followed(episodes: pd.DataFrame) -> np.ndarray:
    """Whether there is a baseline but no score on a later day."""
    return has_baseline(episodes) & episodes["latest"].isna().to_numpy()


def high_enough(episodes: pd.DataFrame, settings: Settings) -> np.ndarray:
    """Whether the baseline reaches the lowest from which a 30% drop means anything."""
    return at_least(episodes["baseline"], settings.lowest_baseline)


def low_baseline(episodes: pd.DataFrame, settings: Settings) -> np.ndarray:
    """Whether the baseline is below that, followed or not."""
    return has_baseline(episodes) & ~high_enough(episodes, settings)


def eligible(episodes: pd.DataFrame, settings: Settings) -> np.ndarray:
    """Whether followed, with a baseline high enough."""
    return followed(episodes) & high_enough(episodes, settings)


def due(clinic: Clinic, settings: Settings) -> np.ndarray:
    """Whether there is a baseline, taken at least `due_days` before as-of."""
    episodes = clinic.episodes
    if clinic.as_of is None:
        return np.zeros(len(episodes), dtype=bool)
    age = days_before(clinic, episodes["first_date"])
    return has_baseline(episodes) & (age >= settings.due_days)


def days_before(clinic: Clinic, dates: pd.Series) -> np.ndarray:
    """Days from each date to as-of."""
    return np.datetime64(clinic.as_of, "D").astype(np.int64) - days_of(dates)


def left_out(episodes: pd.DataFrame, settings: Settings, groups: Groups) -> dict[str, np.ndarray]:
    """How many episodes of each group have no baseline, a low one, no later score."""
    return {
        "no_baseline": groups.count(~has_baseline(episodes)),
        "low_baseline": groups.count(low_baseline(episodes, settings)),
        "not_yet_followed": groups.count(not_yet_followed(episodes)),
    }
