"""The figures of the page on therapists, and the part of them that a therapist may see."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from dashboard import names
from pipelines.measures.counts import counts
from pipelines.measures.therapists import case_mix, funnel_limits, therapist_funnel
from pipelines.measures.therapists.funnel import TOO_FEW
from pipelines.selection import Clinic
from pipelines.settings import Settings

YOU, ANOTHER, WHOLE = "You", "Another therapist", "Whole clinic"
FEWEST_OTHERS = 2
"""With one other therapist, the clinic's figures and one's own would tell the other's."""
EPISODES_TO, SHARES_TO = 5, 0.05
"""What another therapist's episodes and share are rounded to, so that no case can be told."""
OF_CASES = (
    "episodes",
    "baseline",
    "chronic_rate",
    "age",
    "main_conditions",
    "scored_rate",
    "followed_rate",
)
SHARES = {
    "crude": "crude_rate",
    "standardised": "standardised_rate",
    **{f"{end}_{level}": f"limit_{level}_{end}" for level in (95, 998) for end in ("low", "high")},
}
"""What the shares of the funnel are called in tables and files."""


@dataclass(frozen=True)
class Therapists:
    """One row a therapist, the funnel, and the whole clinic.

    `points`: label, n, of, crude_rate, standardised_rate, limit_95_low ... limit_998_high,
    verdict, and the case mix: `OF_CASES`. `limits`: of, low_998, low_95, high_95, high_998.
    `whole` is the clinic's own case mix, `left_out` the clinic's episodes without a share, by
    reason (for the owner alone), `variance` that between therapists of the share, by
    which the limits are widened. `own` is the label of the viewer's own row; None
    for the owner, to whom every row has its name.
    """

    points: pd.DataFrame
    limits: pd.DataFrame
    whole: pd.Series
    rate: float
    episodes: int
    unknown: int
    adjusted_for: tuple[str, ...]
    variance: float
    left_out: Mapping[str, int]
    own: str | None = None

    @property
    def told(self) -> pd.DataFrame:
        """The rows with enough episodes to say something: those that are drawn."""
        return self.points[self.points["verdict"] != TOO_FEW]


@dataclass(frozen=True)
class NotShown:
    """Why a therapist is shown no comparison: how many others have patients enough."""

    others: int


def therapists(everybody: Clinic, settings: Settings) -> Therapists:
    """Every therapist by name, for the owner."""
    funnel = therapist_funnel(everybody, settings)
    mix = _in_words(case_mix(everybody, settings))
    points = funnel.table.rename(columns=SHARES).drop(columns=["expected", "z", "design_effect"])
    points = points.assign(label=points["therapist"].astype("str"))
    points = points.merge(mix, on="therapist", how="left").drop(columns="therapist")
    shares = points.columns.intersection(SHARES.values())
    # Hard cases can bring a standardised share above all of them.
    points[shares] = points[shares].clip(0, 1)
    points = points.sort_values("label", key=lambda label: label.str.casefold(), kind="stable")
    return Therapists(
        points=points.reset_index(drop=True),
        limits=_limits(funnel.rate, points["of"], funnel.between.variance),
        whole=_in_words(case_mix(everybody, settings, ())).iloc[0],
        rate=funnel.rate,
        episodes=funnel.episodes,
        unknown=funnel.unknown,
        adjusted_for=funnel.adjusted_for,
        variance=funnel.between.variance,
        left_out=counts(everybody, settings),
    )


def _in_words(mix: pd.DataFrame) -> pd.DataFrame:
    """The case mix in the columns of `OF_CASES`."""
    told = [_conditions(row) for row in mix.to_dict("records")]
    shares = {name: f"{name}_rate" for name in ("chronic", "scored", "followed")}
    mix = mix.rename(columns=shares).assign(main_conditions=told)
    return mix[[name for name in ("therapist", *OF_CASES) if name in mix]]


def _conditions(row: dict) -> str:
    """Such as "Neck pain 31%, low back pain 22%"."""
    named = [
        f"{names.name('condition', row[f'{place}_condition'])} {100 * row[f'{place}_share']:.0f}%"
        for place in ("first", "second")
        if not pd.isna(row[f"{place}_condition"])
    ]
    return ", ".join(named)


def seen_by(found: Therapists, therapist: str, fewest: int) -> Therapists | NotShown:
    """What a therapist may see: their own row by name, the others without one.

    Another is drawn from `fewest` patients on, with episodes and share rounded, and nothing
    else. They stand by number of episodes, so that their order tells no name. Nothing is
    shown at all with fewer than two others drawn.
    """
    points = found.points
    own, others = points["label"] == therapist, points["label"] != therapist
    drawn = points[others & (points["patients"] >= fewest) & (points["verdict"] != TOO_FEW)]
    if len(drawn) < FEWEST_OTHERS:
        return NotShown(len(drawn))
    mine = points[own].assign(label=YOU)
    mine[list(SHARES.values())] = mine[list(SHARES.values())].round(2)
    seen = pd.concat([mine, _unnamed(drawn)], ignore_index=True)
    seen = seen.astype({"patients": "Int64", "n": "Int64", "episodes": "Int64"})
    rate, variance = round(found.rate, 2), round(found.variance, 3)
    return replace(
        found,
        points=seen,
        limits=_limits(rate, seen["of"], variance),
        whole=_coarse(found.whole),
        rate=rate,
        episodes=_to(found.episodes),
        unknown=_to(found.unknown),
        variance=variance,
        left_out={},
        own=YOU,
    )


def _limits(rate: float, of: pd.Series, variance: float) -> pd.DataFrame:
    """The funnel a little beyond the therapist with most episodes."""
    return funnel_limits(rate, round(1.05 * of.max()) if len(of) else 0, variance)


def _unnamed(others: pd.DataFrame) -> pd.DataFrame:
    """Where each of the others stands, and nothing else."""
    unnamed = pd.DataFrame(
        {
            "label": ANOTHER,
            "of": _to(others["of"]),
            "standardised_rate": _share(others["standardised_rate"]),
            "verdict": None,
        }
    )
    return unnamed.sort_values(["of", "standardised_rate"]).reset_index(drop=True)


def _coarse(whole: pd.Series) -> pd.Series:
    """Means to a tenth and shares to whole per cent."""
    places = {"baseline": 1, "age": 0} | {n: 2 for n in OF_CASES if n.endswith("_rate")}
    coarse = {n: round(v, places[n]) if n in places else v for n, v in whole.items()}
    return pd.Series(coarse | {"episodes": int(_to(whole["episodes"]))})


def _to(number) -> np.ndarray:
    return (np.rint(np.asarray(number) / EPISODES_TO) * EPISODES_TO).astype(int)


def _share(rate: pd.Series) -> np.ndarray:
    return np.round(np.rint(rate.to_numpy() / SHARES_TO) * SHARES_TO, 2)
