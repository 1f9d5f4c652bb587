"""The share of episodes that reached each size of improvement."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.measures import eligibility
from pipelines.measures.grouping import grouped, rates
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.thresholds import thousandths

LOWEST, HIGHEST = -100, 100


def responder_curve(clinic: Clinic, settings: Settings, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of eligible episodes with a percent change of at least x, x from -100 to 100.

    Columns: *by, percent_change (-100 ... 100), n, of, rate, low, high. Positive is less
    pain. An episode that starts at 0 (only where the settings let it be eligible) has no
    percent change; it counts as 0 while pain stays 0, else as below -100.
    """
    groups = grouped(clinic.episodes, by)
    chosen = eligibility.eligible(clinic.episodes, settings)
    percent = _whole_percent(clinic.episodes[chosen])
    steps = HIGHEST - LOWEST + 1
    # One place below the lowest, for pain that more than doubled.
    cell = groups.codes[chosen] * (steps + 1) + percent - (LOWEST - 1)
    reached = np.bincount(cell, minlength=groups.size * (steps + 1)).reshape(groups.size, steps + 1)
    at_least = reached[:, ::-1].cumsum(axis=1)[:, ::-1]
    figures = rates(at_least[:, 1:].ravel(), np.repeat(at_least[:, 0], steps))
    names = groups.names.loc[groups.names.index.repeat(steps)].reset_index(drop=True)
    percents = pd.Series(
        np.tile(np.arange(LOWEST, HIGHEST + 1), groups.size), name="percent_change"
    )
    return pd.concat([names, percents, figures], axis=1)


def _whole_percent(episodes: pd.DataFrame) -> np.ndarray:
    """The largest whole x that the percent change reaches, exactly, from -101 to 100."""
    baseline = thousandths(episodes["baseline"]).astype(np.int64)
    change = baseline - thousandths(episodes["latest"]).astype(np.int64)
    percent = 100 * change // np.maximum(baseline, 1)
    return np.clip(percent, LOWEST - 1, HIGHEST)
