"""Whom each therapist treats, and how complete the record is: read beside any funnel."""

import numpy as np
import pandas as pd

from pipelines.measures import eligibility
from pipelines.measures.grouping import grouped
from pipelines.selection import Clinic
from pipelines.settings import Settings

MAIN = 2
"""How many of the commonest conditions are named."""


def case_mix(clinic: Clinic, settings: Settings) -> pd.DataFrame:
    """Who is treated by whom, over all episodes of each therapist, by name.

    Columns: therapist (missing where none is known), episodes, patients, baseline (mean,
    0-10, of those with one), chronic (share of those whose chronicity is known), age (mean
    of the known), first_condition, first_share, second_condition, second_share (of all
    episodes; missing without one), scored (share with a first score), due, followed (share
    of the due that were followed).
    """
    episodes = clinic.episodes
    groups = grouped(episodes, ("therapist",))
    due = eligibility.due(clinic, settings)
    seen = due & eligibility.followed(episodes)
    chronicity = episodes["chronicity"].astype("str")
    every = np.bincount(groups.codes, minlength=groups.size)
    pairs = pd.DataFrame({"group": groups.codes, "patient": episodes["patient_id"].cat.codes})
    with np.errstate(divide="ignore", invalid="ignore"):
        figures = {
            "episodes": every,
            "patients": pairs.drop_duplicates()["group"].value_counts(sort=False).sort_index(),
            "baseline": _mean(episodes["baseline"], groups.codes, groups.size),
            "chronic": groups.count((chronicity == "chronic").to_numpy())
            / groups.count(chronicity.notna().to_numpy()),
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
    for name, rank in zip(("first", "second")[:MAIN], range(MAIN), strict=True):
        chosen = order[:, rank] if rank < width else np.full(size, -1)
        number = np.where(chosen >= 0, count[np.arange(size), chosen], 0) if width else 0
        chosen = np.where(number > 0, chosen, -1)
        found[f"{name}_condition"] = pd.Series(
            pd.Categorical.from_codes(chosen, dtype=column.dtype)
        )
        found[f"{name}_share"] = np.where(chosen >= 0, number / every, np.nan)
    return found
