"""Depth as it is, not in bands: what each 10 mm more goes with."""

import numpy as np
import pandas as pd

from pipelines.measures.comparison import verdict as words
from pipelines.measures.comparison.fit import Fit, design, fit_of
from pipelines.measures.comparison.groups import DEPTH, features
from pipelines.measures.comparison.rows import DEPTH_MM, HORIZONS, depth_cells
from pipelines.measures.comparison.small_sample import Careful, careful
from pipelines.selection import Clinic
from pipelines.settings import Settings

STEP_MM = 10
EACH_STEP, LESS = "each 10 mm more", "10 mm less"


def by_depth(clinic: Clinic, settings: Settings) -> pd.DataFrame:
    """The adjusted difference in pain with each 10 mm more, one row a horizon.

    Columns: feature, horizon, group, reference, outcome, n, patients, difference, low, high,
    p, p_holm (one question, so the same), verdict, reason, careful_low, careful_high,
    careful_p. A straight line, adjusted as the groups are; the depth of an episode is the
    mean over its sessions that record it. Negative is less pain where the needle goes deeper.
    """
    (feature,) = features(clinic, DEPTH, settings)
    rows = []
    for horizon in HORIZONS:
        solved = design(depth_cells(clinic, horizon, feature, settings), DEPTH_MM)
        fit = fit_of(solved)
        if fit.n:
            sound = careful(solved, fit)
            rows.append({"horizon": horizon, **_figures(fit, sound, horizon, settings)})
    return pd.DataFrame(rows).assign(
        feature=DEPTH_MM, group=EACH_STEP, reference=LESS, outcome="pain"
    )


def _figures(fit: Fit, sound: Careful, horizon: str, settings: Settings) -> dict[str, object]:
    slope, half = STEP_MM * float(fit.estimates[0]), STEP_MM * float(fit.half_width[0])
    careful_half = STEP_MM * float(sound.half_width[0])
    p, why = float(fit.p[0]), None
    if fit.clusters < settings.fewest_patients:
        why = words.fewer_patients(fit.clusters, settings.fewest_patients)
    elif np.isnan(slope):
        why = words.why_not_estimable("depth", horizon, fit.n, fit.rank)
    differs = words.DIFFERS if p < words.SIGNIFICANT else words.NO_DIFFERENCE
    return {
        "n": fit.n,
        "patients": fit.clusters,
        "difference": slope,
        "low": slope - half,
        "high": slope + half,
        "p": p,
        "p_holm": p,
        "verdict": words.TOO_FEW if why else differs,
        "reason": why,
        "careful_low": slope - careful_half,
        "careful_high": slope + careful_half,
        "careful_p": float(sound.p[0]),
    }
