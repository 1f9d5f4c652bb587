"""Who stands outside the 99.8% limits where it is known who differs, over 1,000 clinics each."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.measures.therapists.funnel import ABOVE, BELOW, TOO_FEW, Funnel, funnel_of
from pipelines.measures.therapists.limits import interpolated_limit
from pipelines.settings import Settings
from tests.support.therapists import Practice, made_up

TITLE = "Therapists where it is known who differs"
ABOUT = """
Clinics of 3 to 12 therapists with 8 to 250 eligible episodes each are made up. Each row is one
truth. "Outside" is the share of therapists outside the 99.8% limits by the method of the page:
standardised to the cases, with exact limits for just these cases; therapists with too few
episodes to say are never called outside and count as inside. At most 1 in 200 (0.5%) should be
outside where none differs. Beside it what the same clinics would show by other methods: the
standardised share against the plain funnel for the number of episodes, and the crude share
against that funnel, both for therapists of any size. "Found" is how often the one who truly
differs is outside, "clinics" the share of clinics with anybody outside, "widened" the share in
which the limits were widened because therapists differ by more than chance.
"""
CLINICS = 1_000
FEWEST = Settings().fewest_episodes
OUTSIDE = (ABOVE, BELOW)
LOWEST, HIGHEST = 0.001, 0.999


class Counted(NamedTuple):
    """One clinic: therapists, those outside by each method, and whether limits were widened."""

    therapists: int
    outside: int
    plain: int
    crude: int
    first: bool
    few: int
    widened: bool


def run(seed: int) -> Iterator[dict]:
    """One row a truth."""
    yield row(seed, "nothing but chance", Practice(mix=0))
    yield row(seed, "only case mix", Practice())
    yield row(seed, "only case mix, twice as far apart", Practice(mix=2))
    yield row(seed, "only case mix, 20 to 40 therapists", Practice(therapists=(20, 40)))
    again = Practice(again=0.4, alike=1.5)
    yield row(seed, "only case mix; 4 in 10 episodes are a patient's further ones, alike", again)
    for of in (30, 60, 120, 240):
        truth = Practice(therapists=(6, 12), differs=-0.2, of=of)
        yield row(seed, f"one of 6 to 12 has 20 points less, {of} episodes", truth, found=True)
    yield row(seed, "therapists differ a little (SD 0.2 log odds)", Practice(between=0.2))
    many = Practice(therapists=(20, 40), between=0.5)
    yield row(seed, "20 to 40 therapists differ much (SD 0.5 log odds)", many)


def row(
    seed: int, truth: str, practice: Practice, found: bool = False, clinics: int = CLINICS
) -> dict:
    """The shares of one truth, over so many clinics."""
    counted = [_counted(seed + place, practice) for place in range(clinics)]
    table = pd.DataFrame(counted)
    therapists = table["therapists"].sum()
    # The one who truly differs is no false alarm.
    others = (table["outside"] - table["first"]).sum() if found else table["outside"].sum()
    return {
        "truth": truth,
        "clinics": clinics,
        "therapists": int(therapists),
        "outside": f"{others / (therapists - found * clinics):.2%}",
        "standardised, plain funnel": f"{table['plain'].sum() / therapists:.2%}",
        "crude": f"{table['crude'].sum() / therapists:.2%}",
        "found": f"{table['first'].mean():.1%}" if found else "",
        "clinics with any": f"{(table['outside'] > 0).mean():.1%}",
        "too few to say": f"{table['few'].sum() / therapists:.1%}",
        "widened": f"{table['widened'].mean():.1%}",
    }


def _counted(seed: int, practice: Practice) -> Counted:
    funnel = funnel_of(made_up(seed, practice), FEWEST)
    verdict = funnel.table["verdict"]
    outside = verdict.isin(OUTSIDE)
    return Counted(
        therapists=len(verdict),
        outside=int(outside.sum()),
        plain=_beyond(funnel, "standardised"),
        crude=_beyond(funnel, "crude"),
        first=bool(outside.iloc[0]),
        few=int((verdict == TOO_FEW).sum()),
        widened=funnel.between.variance > 0,
    )


def _beyond(funnel: Funnel, share: str) -> int:
    """How many shares lie outside the funnel drawn for the number of episodes."""
    of, rate = funnel.table["of"].to_numpy(), funnel.rate
    low, high = (interpolated_limit(rate, of, quantile) for quantile in (LOWEST, HIGHEST))
    return int(np.count_nonzero((funnel.table[share] < low) | (funnel.table[share] > high)))
