"""Side effects per recorded treatment session, and how often they are recorded at all."""

from collections.abc import Sequence

import pandas as pd

from pipelines.selection import Clinic


def any_side_effect(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of recorded treatment sessions with any side effect.

    Columns: *by, n, of, rate, low, high, patients, treatment_sessions, recording_rate.
    """
    raise NotImplementedError


def side_effect_types(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of recorded treatment sessions with each side effect that occurred.

    Columns: *by, side_effect, n, of, rate, low, high; in the order of the vocabulary.
    """
    raise NotImplementedError


def side_effect_events(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Events, apart from sessions: a session with two side effects is two.

    Columns: *by, events, sessions (recorded), per_100 (events per 100 recorded sessions).
    """
    raise NotImplementedError


def patients_with_any(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of patients with a recorded session who had any side effect.

    Columns: *by, n, of, rate, low, high.
    """
    raise NotImplementedError


def recording_rate(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share of treatment sessions with side effects recorded, none included.

    Columns: *by, n, of, rate, low, high.
    """
    raise NotImplementedError
