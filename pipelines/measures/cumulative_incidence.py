"""What share had each of two competing events by each session."""

import numpy as np
import pandas as pd

from pipelines.intervals import Z
from pipelines.measures.kaplan_meier import Counts, counted


def cumulative_incidence(times, kinds, groups=None, size: int = 1) -> pd.DataFrame:
    """Aalen and Johansen's estimate, with limits by the delta method on the log-log scale.

    `kinds` is 0 for censored, 1 or 2. Columns: group, session, at_risk, first, first_low,
    first_high, second, second_low, second_high. Limits are missing where the share is 0
    or nobody is left to follow.
    """
    kinds = np.asarray(kinds)
    groups = np.zeros(len(kinds), dtype=np.int64) if groups is None else groups
    either, *each = (
        counted(times, hit, groups, size) for hit in (kinds > 0, kinds == 1, kinds == 2)
    )
    listed = either.at_risk > 0
    group, session = np.nonzero(listed)
    table = pd.DataFrame(
        {"group": group, "session": session + 1, "at_risk": either.at_risk[listed]}
    )
    for name, one in zip(("first", "second"), each, strict=True):
        share, error = _incidence(either, one.events)
        with np.errstate(divide="ignore", invalid="ignore"):
            turn = Z * error / (share * np.log(share))
            low, high = share ** np.exp(-turn), share ** np.exp(turn)
        table[name] = share[listed]
        table[f"{name}_low"], table[f"{name}_high"] = low[listed], high[listed]
    return table


def _incidence(either: Counts, own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The share with an event of one kind by each session, and its standard error.

    Marubini and Valsecchi's variance (1995), as statsmodels computes it.
    """
    n, all_events = np.maximum(either.at_risk, 1), either.events
    free = np.cumprod(1 - all_events / n, axis=1)
    chance = np.hstack([np.ones((len(n), 1)), free])[:, : n.shape[1]] / n
    share = np.cumsum(chance * own, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        loss = np.where(all_events < n, all_events / (n * (n - all_events)), np.nan)
    step = chance * own / n
    variance = (
        share**2 * np.cumsum(loss, axis=1)
        - 2 * share * np.cumsum(share * loss, axis=1)
        + np.cumsum(share**2 * loss, axis=1)
        + np.cumsum(chance**2 * (n - own) * own / n, axis=1)
        - 2 * share * np.cumsum(step, axis=1)
        + 2 * np.cumsum(share * step, axis=1)
    )
    # Rounding can leave a variance of nothing a hair below 0.
    return share, np.sqrt(np.maximum(variance, 0))
