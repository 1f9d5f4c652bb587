"""Which conditions the clinic treats, and with what outcome."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.intervals import cells_of
from pipelines.measures.grouping import grouped, patient_codes, rates
from pipelines.measures.responders import responders
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.tables import UNMAPPED

LAST = "\uffff"
"""Sorts after every name: where counts are equal, a missing group comes last."""


def condition_mix(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """New episodes by condition, most first, then by name, within each group.

    Columns: *by, condition, n, of, share, low, high, patients. Use by=("month",),
    ("chronicity",) or ("body_region",) for the mix within each. Wilson interval.
    """
    return _mix(clinic, by, "condition")


def mix_and_outcome(clinic: Clinic, settings: Settings, of: str = "condition") -> pd.DataFrame:
    """The mix with responders at 30% beside each share.

    Columns: <of>, n, of, share, low, high, patients, responders, eligible, rate,
    rate_low, rate_high. `of` is condition, chronicity or body_region.
    """
    outcome = responders(clinic, settings, [of])
    outcome = outcome[outcome["measure"] == "responders_30"][[of, "n", "of", "rate", "low", "high"]]
    outcome.columns = [of, "responders", "eligible", "rate", "rate_low", "rate_high"]
    return _mix(clinic, (), of).merge(outcome, on=of, how="left")


def unmapped_terms(clinic: Clinic) -> pd.DataFrame:
    """Terms for a condition that the vocabulary lacks, most visits first.

    Columns: condition_term, visits, patients.
    """
    visits = clinic.visits[["patient_id", "condition", "condition_term"]]
    visits = visits[(visits["condition"] == UNMAPPED).to_numpy(dtype=bool)]
    terms = visits.groupby("condition_term", observed=True, dropna=False)["patient_id"]
    table = terms.agg(visits="size", patients="nunique").reset_index()
    return table.sort_values("visits", ascending=False, kind="stable", ignore_index=True)


def _mix(clinic: Clinic, by: Sequence[str], kind: str) -> pd.DataFrame:
    episodes = clinic.episodes
    fine, coarse = grouped(episodes, [*by, kind]), grouped(episodes, by)
    n = np.bincount(fine.codes, minlength=fine.size)
    group = np.zeros(fine.size, dtype=np.int64)
    group[fine.codes] = coarse.codes
    of = np.bincount(coarse.codes, minlength=coarse.size)[group]
    patients = cells_of(patient_codes(episodes), fine.codes).group
    mix = fine.named(rates(n, of).rename(columns={"rate": "share"})).assign(
        patients=np.bincount(patients, minlength=fine.size)
    )
    name = mix[kind].astype("str").fillna(LAST).to_numpy()
    order = np.lexsort((name, -n, group))
    return mix.iloc[order].reset_index(drop=True)
