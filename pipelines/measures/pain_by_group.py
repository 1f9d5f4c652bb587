"""The pain figures of each group side by side."""

import numpy as np
import pandas as pd

from pipelines.measures.carry_over import carry_over
from pipelines.measures.lasting_pain import lasting_change
from pipelines.measures.responders import completeness, due_responders, responders
from pipelines.selection import Clinic
from pipelines.settings import Settings

LIMITS = ["low", "high"]
MEASURES = {"responders_30": "", "responders_50": "substantial_", "responders_2pt": "points_"}


def pain_by_group(clinic: Clinic, settings: Settings, by: str) -> pd.DataFrame:
    """Responders, change, completeness and carry-over of each group, most followed up first.

    Columns: <by>, n, of, rate, low, high (responders at 30%), substantial_n, _rate, _low,
    _high (at 50%) and points_n, _rate, _low, _high (by 2 points), of the same episodes;
    scored (episodes with both scores), change_mean, change_low, change_high, change_median;
    followed, due, followed_rate, not_followed, lowest, highest (the bounds of the responder
    rate of the due); retention, retention_low, retention_high, pairs.

    `by` is a column of the episode table. The order is by number, never by outcome; of
    equal numbers the order of the categories. A group whose name is missing is last.
    """
    together = pd.concat(
        [
            _responders(clinic, settings, by),
            _change(clinic, by),
            _completeness(clinic, settings, by),
            _retention(clinic, by),
        ],
        axis=1,
    )
    unnamed = together[by].isna().to_numpy()
    order = np.lexsort((-together["of"].to_numpy(), unnamed))
    return together.iloc[order].reset_index(drop=True)


def _responders(clinic: Clinic, settings: Settings, by: str) -> pd.DataFrame:
    """Every measure lists the same groups in the same order, so that their rows stand level."""
    found = responders(clinic, settings, [by])
    parts = []
    for measure, prefix in MEASURES.items():
        part = found[found["measure"] == measure].reset_index(drop=True)
        kept = [by, "n", "of", "rate", *LIMITS] if not prefix else ["n", "rate", *LIMITS]
        parts.append(part[kept].rename(columns={c: f"{prefix}{c}" for c in kept if c != by}))
    return pd.concat(parts, axis=1)


def _change(clinic: Clinic, by: str) -> pd.DataFrame:
    names = {"n": "scored", "low": "change_low", "high": "change_high"}
    found = lasting_change(clinic, [by]).rename(columns=names)
    return found[["scored", "change_mean", "change_low", "change_high", "change_median"]]


def _completeness(clinic: Clinic, settings: Settings, by: str) -> pd.DataFrame:
    names = {"n": "followed", "of": "due", "rate": "followed_rate"}
    share = completeness(clinic, settings, [by]).rename(columns=names)[list(names.values())]
    bounds = due_responders(clinic, settings, [by])[["not_followed", "lowest", "highest"]]
    return pd.concat([share, bounds], axis=1)


def _retention(clinic: Clinic, by: str) -> pd.DataFrame:
    names = {"retention": "retention", "low": "retention_low", "high": "retention_high"}
    found = carry_over(clinic, [by]).rename(columns=names | {"n": "pairs"})
    return found[[*names.values(), "pairs"]]
