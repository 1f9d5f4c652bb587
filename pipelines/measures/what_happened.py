"""What did happen by each session: improved, left without improvement, or neither yet."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.measures import eligibility
from pipelines.measures.cumulative_incidence import cumulative_incidence
from pipelines.measures.grouping import grouped
from pipelines.selection import Clinic
from pipelines.settings import Settings

IMPROVED, LEFT = 1, 2


def what_happened(clinic: Clinic, settings: Settings, by: Sequence[str] = ()) -> pd.DataFrame:
    """Cumulative incidence of improving and of leaving without improvement.

    Columns: *by, session, at_risk, improved, improved_low, improved_high, left, left_low,
    left_high, neither; the three shares add to 1.
    Eligible episodes. Left: not improved, and the last visit at least `left_days` before
    as-of. Kaplan-Meier says what happens if people carry on, this says what did happen.
    """
    episodes = clinic.episodes
    groups = grouped(episodes, by)
    eligible = episodes["sessions_to_event"].notna().to_numpy()
    times = episodes["sessions_to_event"].to_numpy()[eligible].astype(np.int64)
    table = cumulative_incidence(
        times, _kinds(clinic, settings)[eligible], groups.codes[eligible], groups.size
    )
    table.columns = [name.replace("first", "improved").replace("second", "left") for name in table]
    table["neither"] = 1 - table["improved"] - table["left"]
    return groups.names.join(table.set_index("group"), how="inner").reset_index(drop=True)


def _kinds(clinic: Clinic, settings: Settings) -> np.ndarray:
    episodes = clinic.episodes
    improved = episodes["improved"].to_numpy(dtype=bool, na_value=False)
    if clinic.as_of is None:
        return np.where(improved, IMPROVED, 0)
    gone = eligibility.days_before(clinic, episodes["last_date"]) >= settings.left_days
    return np.select([improved, gone], [IMPROVED, LEFT], 0)
