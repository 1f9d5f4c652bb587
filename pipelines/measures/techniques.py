"""Techniques: own change at both horizons, and the raw difference against the commonest."""

import pandas as pd

from pipelines.selection import Clinic
from pipelines.settings import Settings


def techniques(clinic: Clinic, settings: Settings) -> pd.DataFrame:
    """One row a technique, by treatment sessions, then mixed; never unknown.

    Columns: technique, sessions, episodes, responders, eligible, rate, low, high.
    """
    raise NotImplementedError


def technique_effects(clinic: Clinic) -> pd.DataFrame:
    """Own mean change and raw difference, one row a horizon and technique.

    Columns: horizon ("immediate", "lasting"), technique, n, patients, change_mean, low,
    high (own; positive is less pain), reference, difference, difference_low,
    difference_high, p (raw, against the reference; negative is less pain; missing for
    the reference itself).
    """
    raise NotImplementedError


def reference_technique(clinic: Clinic) -> str | None:
    """The technique with most selected treatment sessions; tie: order of the vocabulary."""
    raise NotImplementedError
