"""How many episodes end with enough less pain, and how sure that is with some not followed."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines import thresholds
from pipelines.measures import eligibility
from pipelines.measures.grouping import Groups, grouped, rates
from pipelines.selection import Clinic
from pipelines.settings import Settings


def responders(clinic: Clinic, settings: Settings, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of eligible episodes that respond, by each of three thresholds.

    Columns: *by, measure ("responders_30", "responders_50", "responders_2pt"), n, of,
    rate, low, high, no_baseline, low_baseline, not_yet_followed. The thresholds are the
    settings' responder_percent, substantial_percent and responder_points. Wilson
    interval. Sources: Dworkin 2008 (IMMPACT) for the percentages, Farrar 2001 for points.
    """
    baseline, latest = _scores(clinic.episodes)
    met = {
        "responders_30": thresholds.fell_by_percent(baseline, latest, settings.responder_percent),
        "responders_50": thresholds.fell_by_percent(baseline, latest, settings.substantial_percent),
        "responders_2pt": thresholds.fell_by_points(baseline, latest, settings.responder_points),
    }
    return _shares(clinic, settings, by, "measure", met)


def outcome_shares(clinic: Clinic, settings: Settings, by: Sequence[str] = ()) -> pd.DataFrame:
    """Shares of eligible episodes that ended improved, unchanged or worse; they add to 1.

    Columns: *by, outcome ("improved", "unchanged", "worse"), n, of, rate, low, high,
    no_baseline, low_baseline, not_yet_followed. Wilson interval.
    """
    baseline, latest = _scores(clinic.episodes)
    improved = thresholds.improved(baseline, latest, settings)
    worse = thresholds.worse(baseline, latest, settings)
    met = {"improved": improved, "unchanged": ~improved & ~worse, "worse": worse}
    return _shares(clinic, settings, by, "outcome", met)


def completeness(clinic: Clinic, settings: Settings, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of due episodes that were followed.

    Columns: *by, n (followed), of (due), rate, low, high, no_baseline, not_yet_due.
    Wilson interval.
    """
    groups = grouped(clinic.episodes, by)
    due, known = eligibility.due(clinic, settings), eligibility.has_baseline(clinic.episodes)
    figures = rates(
        groups.count(due & eligibility.followed(clinic.episodes)), groups.count(due)
    ).assign(no_baseline=groups.count(~known), not_yet_due=groups.count(known & ~due))
    return groups.named(figures)


def due_responders(clinic: Clinic, settings: Settings, by: Sequence[str] = ()) -> pd.DataFrame:
    """Responders at 30% among due episodes, with the bounds that the missing leave open.

    Columns: *by, n, of, rate, low, high, not_followed, lowest, highest
    (lowest: all not followed failed; highest: all succeeded).
    """
    groups = grouped(clinic.episodes, by)
    chosen = eligibility.due(clinic, settings) & eligibility.high_enough(clinic.episodes, settings)
    followed = chosen & eligibility.followed(clinic.episodes)
    met = thresholds.fell_by_percent(*_scores(clinic.episodes), settings.responder_percent)
    figures = rates(groups.count(followed & met), groups.count(followed))
    n, missing, of = figures["n"], groups.count(chosen & ~followed), groups.count(chosen)
    with np.errstate(invalid="ignore"):
        figures = figures.assign(not_followed=missing, lowest=n / of, highest=(n + missing) / of)
    return groups.named(figures)


def _scores(episodes: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    return episodes["baseline"].to_numpy(), episodes["latest"].to_numpy()


def _shares(
    clinic: Clinic, settings: Settings, by: Sequence[str], kind: str, met: dict[str, np.ndarray]
) -> pd.DataFrame:
    """One row a group and kind, groups first."""
    groups = grouped(clinic.episodes, by)
    eligible = eligibility.eligible(clinic.episodes, settings)
    aside = eligibility.left_out(clinic.episodes, settings, groups)
    parts = [
        groups.named(_share(groups, eligible, hit).assign(**aside)).assign(**{kind: name})
        for name, hit in met.items()
    ]
    together = pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)
    return together[[*by, kind, *(name for name in together if name not in (*by, kind))]]


def _share(groups: Groups, eligible: np.ndarray, hit: np.ndarray) -> pd.DataFrame:
    return rates(groups.count(eligible & hit), groups.count(eligible))
