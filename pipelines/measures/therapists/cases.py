"""The eligible episodes of a clinic, as codes: who treated, who responded, and the case."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines import thresholds
from pipelines.measures import eligibility
from pipelines.measures.grouping import patient_codes
from pipelines.selection import Clinic
from pipelines.settings import Settings


@dataclass(frozen=True)
class Cases:
    """One entry an eligible episode.

    Therapist and patient are whole numbers from 0, therapist -1 where nobody is known.
    Condition and chronicity are levels from 0, of which 0 is not recorded.
    """

    therapist: np.ndarray
    patient: np.ndarray
    responded: np.ndarray
    baseline: np.ndarray
    condition: np.ndarray
    chronicity: np.ndarray
    therapists: pd.Index

    @property
    def rate(self) -> float:
        """The share of all that responded; NaN without an episode."""
        return float(self.responded.mean()) if len(self.responded) else np.nan

    def by_therapist(self, values: np.ndarray | None = None) -> np.ndarray:
        """How many episodes each therapist has, or the sum of a value over them."""
        known = self.therapist >= 0
        weights = None if values is None else values[known]
        return np.bincount(self.therapist[known], weights, minlength=len(self.therapists))


def eligible_cases(clinic: Clinic, settings: Settings) -> Cases:
    """Episodes followed up that began with pain enough; responded as in `responders_30`."""
    chosen = eligibility.eligible(clinic.episodes, settings)
    columns = ["therapist", "patient_id", "condition", "chronicity", "baseline", "latest"]
    episodes = clinic.episodes.loc[chosen, columns]
    baseline = episodes["baseline"].to_numpy(dtype=float)
    latest = episodes["latest"].to_numpy(dtype=float)
    return Cases(
        therapist=episodes["therapist"].cat.codes.to_numpy(),
        patient=patient_codes(episodes),
        responded=thresholds.fell_by_percent(baseline, latest, settings.responder_percent),
        baseline=baseline,
        condition=_levels(episodes["condition"]),
        chronicity=_levels(episodes["chronicity"]),
        therapists=pd.Index(episodes["therapist"].cat.categories),
    )


def _levels(column: pd.Series) -> np.ndarray:
    return column.cat.codes.to_numpy().astype(np.int64) + 1
