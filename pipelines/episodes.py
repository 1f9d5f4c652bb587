"""Sessions to episodes of care: which visits belong together, and what each episode shows."""

import pandas as pd

from pipelines.settings import Settings


def form_episodes(sessions: pd.DataFrame, settings: Settings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The visits in order, each with its episode, and the episodes (`tables.VISIT`, `.EPISODE`)."""
    raise NotImplementedError


def is_treatment(visits: pd.DataFrame) -> pd.Series:
    """Whether each visit is a treatment session."""
    raise NotImplementedError
