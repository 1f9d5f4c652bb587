"""How busy the clinic is."""

import pandas as pd

from pipelines.selection import Clinic


def activity(clinic: Clinic) -> pd.DataFrame:
    """New episodes, treatment sessions and patients seen, by month; no month is left out.

    Columns: month (first day), episodes, sessions, patients.
    """
    raise NotImplementedError
