"""Whom each therapist treats, and how complete the record is: read beside any funnel."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.measures import eligibility
from pipelines.measures.grouping import grouped, patient_codes
from pipelines.selection import Clinic
from pipelines.settings import Settings

MAIN = ("first", "second")
"""The commonest conditions that are named."""


def case_mix(
    clinic: Clinic, settings: Settings, by: Sequence[str] = ("therapist",)
) -> pd.DataFrame:
    """Who is treated by whom, over all episodes of each therapist, by name.

    Columns: *by (missing where nobody is known), episodes, patients, baseline (mean,
    0-10, of those with one), chronic (share of those whose chronicity is known), age (mean
    of the known), first_condition, first_share, second_condition, second_share (of all
    episodes; missing without one), scored (share with a first score), due, followed (share
    of the due that were followed).
    """
    episodes = clinic.episodes
    groups = grouped(episodes, by)
    due = eligibility.due(clinic, settings)
    seen = due & eligibility.followed(episodes)
    chronicity = episodes["chronicity"].cat.codes.to_numpy()
    chronic = chronicity == episodes["chronicity"].cat.categories.get_loc("chronic")
    every = np.bincount(groups.codes, minlength=groups.size)
    pairs = groups.codes * np.int64(len(episodes) + 1) + pd.factorize(patient_codes(episodes))[0]
    patients = pd.unique(pairs) // np.int64(len(episodes) + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        figures = {
            "episodes": every,
            "patients": np.bincount(patients, minlength=groups.size),
            "baseline": _mean(episodes["baseline"], groups.codes, groups.size),
            "chronic": groups.count(chronic) / groups.count(chronicity >= 0),
            "age": _mean(episodes["age"], groups.codes, groups.size),
            **_conditions(episodes["condition"], groups.codes, groups.size),
            "scored": groups.count(eligibility.has_baseline(episodes)) / every,
            "due": groups.count(due),
            "followed": groups.count(seen) / groups.count(due),
        }
    return groups.named(figures)


def _mean(column: pd.Series, group: np.ndarray, size: int) -> np.ndarray:
    values = column.to_numpy(dtype=float)
    known = ~np.isnan(values)
    total = np.bincount(group[known], values[known], minlength=size)
    return total / np.bincount(group[known], minlength=size)


def _conditions(column: pd.Series, group: np.ndarray, size: int) -> dict[str, pd.Series]:
    """The commonest conditions of each group with their shares; of equals the first by name."""
    codes, width = column.cat.codes.to_numpy().astype(np.int64), len(column.cat.categories)
    known = codes >= 0
    place = group[known] * width + codes[known]
    count = np.bincount(place, minlength=size * width).reshape(size, width)
    order = np.argsort(-count, axis=1, kind="stable")
    every = np.bincount(group, minlength=size)
    found = {}
    for rank, name in enumerate(MAIN):
        chosen = order[:, rank] if rank < width else np.full(size, -1)
        number = np.where(chosen >= 0, count[np.arange(size), chosen], 0) if width else 0
        chosen = np.where(number > 0, chosen, -1)
        found[f"{name}_condition"] = pd.Series(
            pd.Categorical.from_codes(chosen, dtype=column.dtype)
        )
        found[f"{name}_share"] = np.where(chosen >= 0, number / every, np.nan)
    return found
