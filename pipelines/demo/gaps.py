"""What nobody wrote down, and appointments that did not take place."""

import numpy as np
import pandas as pd

from pipelines.demo.facts import CANCELLED, LATE_CANCELLED, MISSING, NO_SHOW

NO_CONDITION = 0.02
NO_SCORE_BEFORE, NO_SCORE_AFTER = 0.06, 0.10
NOT_ATTENDED = {CANCELLED: 0.045, LATE_CANCELLED: 0.015, NO_SHOW: 0.035}
CLINICAL = ("technique", "twitch", "effects", "severity", "adjuncts", "muscles",
            "depth_mm", "needle_count", "dwell_minutes", "stimulation_hz")  # fmt: skip


def with_gaps(rng: np.random.Generator, visits: pd.DataFrame) -> pd.DataFrame:
    """The visits without some scores and conditions."""
    count = len(visits)
    return visits.assign(
        before=visits["before"].mask(rng.random(count) < NO_SCORE_BEFORE),
        after=visits["after"].mask(rng.random(count) < NO_SCORE_AFTER),
        condition=visits["condition"].mask(rng.random(count) < NO_CONDITION, MISSING),
    )


def not_attended(rng: np.random.Generator, visits: pd.DataFrame, days: np.ndarray) -> pd.DataFrame:
    """Appointments a day before some visits that were cancelled or missed."""
    chance = rng.random(len(visits))
    limits = np.cumsum(list(NOT_ATTENDED.values()))
    chosen = (chance < limits[-1]) & (visits["opening_day"] > 0).to_numpy()
    missed = visits[chosen]
    kinds = np.array(list(NOT_ATTENDED))[np.searchsorted(limits, chance[chosen], side="right")]
    opening_day = missed["opening_day"] - 1
    return missed.assign(
        **dict.fromkeys(CLINICAL, MISSING),
        before=np.nan,
        after=np.nan,
        status=kinds,
        opening_day=opening_day,
        day=days[opening_day.to_numpy()].astype(np.int64),
    )
