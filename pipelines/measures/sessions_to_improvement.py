"""How many treatment sessions until improved, counting those who have not yet."""

from collections.abc import Sequence

import pandas as pd

from pipelines.selection import Clinic


def improvement_curve(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share improved by each session, by Kaplan-Meier, among eligible episodes.

    Columns: *by, session (1 ... the largest time), at_risk, events, censored, improved,
    low, high. `improved` is 1 - S; low and high are missing while nobody has improved
    and where everybody has.
    """
    raise NotImplementedError


def improvement_median(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """The session by which half have improved.

    Columns: *by, n, events, median, low, high; missing is "not reached".
    """
    raise NotImplementedError


def improved_by(
    clinic: Clinic, by: Sequence[str] = (), sessions: Sequence[int] = (1, 3, 6)
) -> pd.DataFrame:
    """Share improved by the given numbers of sessions.

    Columns: *by, session, at_risk, improved, low, high; missing beyond the largest time.
    """
    raise NotImplementedError


def compare_groups(clinic: Clinic, by: str) -> pd.DataFrame:
    """Log-rank test between the groups of one column known at the first session.

    One row, columns: groups, n, left_out (group not known), chi_square,
    degrees_of_freedom, p.
    """
    raise NotImplementedError
