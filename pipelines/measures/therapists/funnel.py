"""Each therapist's share of responders against the limits that chance keeps it within."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.measures.therapists.cases import Cases, eligible_cases
from pipelines.measures.therapists.expected import expected_chances
from pipelines.measures.therapists.limits import TAILS, interpolated_limit, own_limits
from pipelines.measures.therapists.spread import Between, between_therapists, design_effects
from pipelines.selection import Clinic
from pipelines.settings import Settings

WITHIN = "within the limits"
ABOVE = "above the upper 99.8% limit"
BELOW = "below the lower 99.8% limit"
TOO_FEW = "too few to say"
FEWEST_EXPECTED = 5
"""Responders, and others, that a case mix has to let expect before a share says anything."""
POINTS = 240
"""Places at which the funnel is drawn."""


@dataclass(frozen=True)
class Funnel:
    """One row a therapist, and what the whole clinic adds.

    `table`, by name: therapist, patients, n (responders), of (eligible episodes), crude (n /
    of), expected, standardised (n / expected x rate), low_998, low_95, high_95, high_998
    (of the standardised share, for just these cases), z, design_effect, verdict. A share may
    be above 1 where cases are hard. `rate` is that of all eligible episodes, `episodes`
    their number, `unknown` those of them without a known therapist; `adjusted_for` names
    what was adjusted for.
    """

    table: pd.DataFrame
    rate: float
    episodes: int
    unknown: int
    adjusted_for: tuple[str, ...]
    between: Between


def therapist_funnel(clinic: Clinic, settings: Settings) -> Funnel:
    """Responders at 30% by therapist, crude and indirectly standardised. No ranking.

    Eligible episodes, each with the therapist of most of its sessions; without a known one an
    episode counts for the clinic's rate alone. Limits at 95% and 99.8% are exact for just
    these cases, wider by the design effect of patients with several episodes and, where
    therapists differ by more than chance, by the variance between them. Source: Spiegelhalter,
    Stat Med 2005;24:1185-1202.
    """
    return funnel_of(eligible_cases(clinic, settings), settings.fewest_episodes)


def funnel_of(cases: Cases, fewest: int) -> Funnel:
    """The same from eligible episodes as codes."""
    chance, adjusted_for = expected_chances(cases)
    table = _table(cases, chance)
    variance = table.pop("variance") * table["design_effect"]
    told = _says_something(table, fewest) & (variance > 0)
    table["z"] = ((table["n"] - table["expected"]) / np.sqrt(variance)).where(told)
    error = cases.rate * np.sqrt(variance) / table["expected"]
    between = between_therapists(table.loc[told, "z"].to_numpy(), error[told].to_numpy())
    wider = table["design_effect"] * (1 + (between.variance / error**2).where(told, 0))
    counts = _counts(cases, chance, table, wider)
    table = table.assign(**_shares(table, counts, cases.rate), verdict=WITHIN)
    table.loc[table["n"] > counts["high_998"], "verdict"] = ABOVE
    table.loc[table["n"] < counts["low_998"], "verdict"] = BELOW
    table.loc[~told, "verdict"] = TOO_FEW
    table = table[table["of"] > 0].reset_index(drop=True)
    unknown = int((cases.therapist < 0).sum())
    return Funnel(table, cases.rate, len(cases.responded), unknown, adjusted_for, between)


def _table(cases: Cases, chance: np.ndarray) -> pd.DataFrame:
    """Counts and sums of each therapist; `variance` is that of the number of responders."""
    pairs = pd.DataFrame({"therapist": cases.therapist, "patient": cases.patient})
    patients = pairs[pairs["therapist"] >= 0].drop_duplicates()["therapist"]
    of, n = cases.by_therapist(), cases.by_therapist(cases.responded)
    expected = cases.by_therapist(chance)
    with np.errstate(divide="ignore", invalid="ignore"):
        crude, standardised = n / of, n / expected * cases.rate
    return pd.DataFrame(
        {
            "therapist": cases.therapists,
            "patients": np.bincount(patients, minlength=len(of)),
            "n": n.astype(int),
            "of": of,
            "crude": crude,
            "expected": expected,
            # Where nobody responded at all, everybody's standardised share is that of the clinic.
            "standardised": np.where((of > 0) & (expected == 0), cases.rate, standardised),
            "design_effect": design_effects(cases, chance),
            "variance": cases.by_therapist(chance * (1 - chance)),
        }
    )


def _says_something(table: pd.DataFrame, fewest: int) -> pd.Series:
    others = table["of"] - table["expected"]
    least = np.minimum(table["expected"], others)
    return (table["of"] >= fewest) & (least >= FEWEST_EXPECTED)


def _counts(
    cases: Cases, chance: np.ndarray, table: pd.DataFrame, wider: pd.Series
) -> pd.DataFrame:
    """The numbers of responders that chance keeps each to, moved from the expected one by the
    root of how much wider the spread is."""
    rows = [own_limits(chance[cases.therapist == place]) for place in range(len(table))]
    counts = pd.DataFrame(rows, columns=list(TAILS), index=table.index)
    expected, root = table["expected"], np.sqrt(wider)
    return counts.apply(lambda count: expected + (count - expected) * root)


def _shares(table: pd.DataFrame, counts: pd.DataFrame, rate: float) -> pd.DataFrame:
    """Limits of the standardised share, clamped to 0-1; the rate itself where it is 0."""
    return (
        counts.div(table["expected"].where(table["expected"] > 0), axis=0)
        .mul(rate)
        .clip(0, 1)
        .fillna(rate)
    )


def funnel_limits(rate: float, most: int, variance: float = 0.0) -> pd.DataFrame:
    """The funnel around the clinic's rate, for numbers of episodes up to the most.

    Columns: of (episodes), low_998, low_95, high_95, high_998. Exact binomial, interpolated,
    clamped to 0-1; wider where there is a variance between therapists.
    """
    episodes = np.unique(np.rint(np.geomspace(1, max(most, 1), POINTS)))
    chance = rate * (1 - rate)
    root = np.sqrt(1 + (variance * episodes / chance if chance > 0 else 0))
    limits = {name: interpolated_limit(rate, episodes, p) for name, p in TAILS.items()}
    wider = {name: np.clip(rate + (at - rate) * root, 0, 1) for name, at in limits.items()}
    return pd.DataFrame({"of": episodes.astype(int)} | wider)
