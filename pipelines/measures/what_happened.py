"""What did happen by each session: improved, left without improvement, or still in care."""

from collections.abc import Sequence

import pandas as pd

from pipelines.selection import Clinic
from pipelines.settings import Settings


def what_happened(clinic: Clinic, settings: Settings, by: Sequence[str] = ()) -> pd.DataFrame:
    """Cumulative incidence of improving and of leaving without improvement.

    Columns: *by, session, at_risk, improved, left, neither; the three shares add to 1.
    """
    raise NotImplementedError
