"""Pain at the first visit of an episode against pain at the last."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.intervals import clustered_mean
from pipelines.measures import eligibility
from pipelines.measures.grouping import grouped, medians, patient_codes
from pipelines.selection import Clinic
from pipelines.thresholds import thousandths


def lasting_change(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Mean fall from baseline to latest, per episode with both.

    Columns: *by, n, patients, baseline_mean, latest_mean, change_mean, low, high,
    change_median, no_baseline, not_yet_followed. Points of 0-10, positive is less pain;
    interval clustered by patient.
    """
    episodes = clinic.episodes
    groups = grouped(episodes, by)
    chosen = eligibility.followed(episodes)
    codes, patients = groups.codes[chosen], patient_codes(episodes)[chosen]
    baseline, latest = (episodes[name].to_numpy()[chosen] for name in ("baseline", "latest"))
    change = clustered_mean(baseline - latest, patients, codes, groups.size)
    return groups.named(
        {
            "n": change["n"],
            "patients": change["clusters"],
            "baseline_mean": _mean(baseline, codes, change["n"]),
            "latest_mean": _mean(latest, codes, change["n"]),
            "change_mean": change["mean"],
            "low": change["low"],
            "high": change["high"],
            "change_median": medians(
                thousandths(baseline) - thousandths(latest), codes, groups.size
            )
            / 1000,
            "no_baseline": groups.count(~eligibility.has_baseline(episodes)),
            "not_yet_followed": groups.count(eligibility.not_yet_followed(episodes)),
        }
    )


def score_distribution(clinic: Clinic) -> pd.DataFrame:
    """How many episodes with baseline and latest stand at each whole point, first and last.

    Columns: when ("baseline", "latest"), pain (0 to 10, rounded half up), n, of, share.
    """
    chosen = clinic.episodes[eligibility.followed(clinic.episodes)]
    parts = [_at_each_point(chosen[when], when) for when in ("baseline", "latest")]
    return pd.concat(parts, ignore_index=True)


def _at_each_point(scores: pd.Series, when: str) -> pd.DataFrame:
    points = np.floor((thousandths(scores) + 500) / 1000).astype(int)
    n = np.bincount(points, minlength=11)
    share = n / len(scores) if len(scores) else np.nan
    return pd.DataFrame(
        {"when": when, "pain": np.arange(11), "n": n, "of": len(scores), "share": share}
    )


def _mean(values: np.ndarray, codes: np.ndarray, n: pd.Series) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        return np.bincount(codes, values, minlength=len(n)) / n.to_numpy()
