"""How far the headline may lie off while scores are missing, and what asking for them settles."""

import numpy as np
import pandas as pd

from pipelines.intervals import wilson
from pipelines.measures.responders import due_responders
from pipelines.selection import Clinic
from pipelines.settings import Settings


def follow_up_gain(clinic: Clinic, settings: Settings) -> pd.DataFrame:
    """Responders at 30% among due episodes, with what the missing scores leave open.

    One row, columns: n, of, rate, low, high, not_followed, lowest, highest (as
    `due_responders`), margin. The margin is the farthest that a 95% interval (Wilson) would
    reach from the share if all those due were followed, whatever share of the missing turned
    out to respond; missing where none is due.
    """
    due = due_responders(clinic, settings)
    row = due.iloc[0]
    return due.assign(margin=_margin(int(row["n"]), int(row["not_followed"]), int(row["of"])))


def _margin(n: int, missing: int, followed: int) -> float:
    of = followed + missing
    if not of:
        return np.nan
    possible = np.arange(n, n + missing + 1)
    low, high = wilson(possible, np.full(len(possible), of))
    share = possible / of
    return float(np.maximum(share - low, high - share).max())
