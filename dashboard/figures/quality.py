"""The figures of the page on data quality: gaps, counted."""

import pandas as pd

from dashboard import names
from pipelines.measures.follow_up_gain import follow_up_gain
from pipelines.measures.work_list import work_counts
from pipelines.selection import Clinic
from pipelines.settings import Settings


def gaps(part: Clinic, settings: Settings, by: str) -> pd.DataFrame:
    """The work list counted by kind of gap, and by therapist or month."""
    return names.labelled(work_counts(part, settings, (by,)), by)


def follow_up(part: Clinic, settings: Settings) -> pd.Series:
    """The headline among the due, its bounds, and what asking the missing would settle."""
    return follow_up_gain(part, settings).iloc[0]
