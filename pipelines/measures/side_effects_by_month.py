"""A control chart of side effects: is a month different, or is it chance."""

import numpy as np
import pandas as pd

from pipelines.intervals import ROUNDING
from pipelines.measures.side_effects import any_side_effect
from pipelines.selection import Clinic

BASE_MONTHS = 12
RUN = 7
RULES = {
    "outside": "outside the limits",
    "shift": "seven in a row on one side of the centre",
    "trend": "seven in a row rising or falling",
    "two_of_three": "two of three near a limit",
}


def side_effects_by_month(clinic: Clinic) -> pd.DataFrame:
    """A p-chart of recorded treatment sessions with any side effect.

    Columns: month (first day), n, of, rate, recording_rate, centre, lower, upper (3 errors),
    trial (limits from fewer than 12 months), outside, shift, trend, two_of_three
    (which rule signals), signal (the rules in words, "" for none). A month without a
    recorded session is left out. Rules: NHS England, Making Data Count.
    """
    months = any_side_effect(clinic, by=("month",))
    columns = ["month", "n", "of", "rate", "recording_rate"]
    months = months.loc[months["of"] > 0, columns].reset_index(drop=True)
    return p_chart(months)


def p_chart(months: pd.DataFrame) -> pd.DataFrame:
    """Centre line, limits and signals for rows of n, of and rate in order of time.

    The centre is pooled over the first 12 rows and then fixed.
    """
    base = months.iloc[:BASE_MONTHS]
    centre = base["n"].sum() / base["of"].sum() if len(base) else np.nan
    error = np.sqrt(centre * (1 - centre) / months["of"])
    rate = months["rate"].to_numpy(dtype=float)
    chart = months.assign(
        centre=centre,
        lower=np.clip(centre - 3 * error, 0, 1),
        upper=np.clip(centre + 3 * error, 0, 1),
        trial=len(months) < BASE_MONTHS,
        **signals(rate, centre, error.to_numpy(dtype=float)),
    )
    chart["signal"] = [
        "; ".join(words for rule, words in RULES.items() if row[rule])
        for row in chart[list(RULES)].to_dict("records")
    ]
    return chart


def signals(rate: np.ndarray, centre: float, error: np.ndarray) -> dict[str, np.ndarray]:
    """Which points signal by each rule; every point of a run is marked.

    Of two in three near a limit, those two (or three) are marked that lie beyond two
    standard errors. A point on the centre line is on neither side.
    """
    side, steps = np.sign(rate - centre), np.sign(np.diff(rate))
    # A month on a limit is not beyond it, which rounding would sometimes make it.
    distance = np.abs(rate - centre) - ROUNDING
    return {
        "outside": distance > 3 * error,
        "shift": _runs(side, RUN),
        "trend": _trends(steps)[: len(rate)],
        "two_of_three": _two_of_three(side, distance > 2 * error),
    }


def _runs(signs: np.ndarray, length: int) -> np.ndarray:
    """Members of a run of at least this length of one sign other than 0."""
    marked = np.zeros(len(signs), dtype=bool)
    for start in range(len(signs) - length + 1):
        if abs(signs[start : start + length].sum()) == length:
            marked[start : start + length] = True
    return marked


def _trends(steps: np.ndarray) -> np.ndarray:
    """Points joined by at least six steps in one direction."""
    in_run = _runs(steps, RUN - 1)
    return np.append(in_run, False) | np.append(False, in_run)


def _two_of_three(side: np.ndarray, far: np.ndarray) -> np.ndarray:
    marked = np.zeros(len(side), dtype=bool)
    for start in range(len(side) - 2):
        window = slice(start, start + 3)
        if abs(side[window].sum()) == 3 and far[window].sum() >= 2:
            marked[window] |= far[window]
    return marked
