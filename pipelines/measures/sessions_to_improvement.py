"""How many treatment sessions until improved, counting those who have not yet."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.measures import kaplan_meier
from pipelines.measures.grouping import Groups, grouped
from pipelines.selection import Clinic


def improvement_curve(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """Share improved by each session, by Kaplan-Meier, among eligible episodes.

    Columns: *by, session (1 ... the largest time), at_risk, events, censored, improved,
    low, high. `improved` is 1 - S; low and high are missing while nobody has improved
    and where everybody has. An episode not improved is censored at the treatment
    sessions received before its last visit with pain_before.
    """
    groups = grouped(clinic.episodes, by)
    return _named(groups, _improved(_table(clinic, groups)))


def improvement_median(clinic: Clinic, by: Sequence[str] = ()) -> pd.DataFrame:
    """The session by which half have improved.

    Columns: *by, n, events, median, low, high. Missing is "not reached".
    """
    groups = grouped(clinic.episodes, by)
    times, events, codes = _times(clinic.episodes, groups)
    table = kaplan_meier.life_table(times, events, codes, groups.size)
    medians = kaplan_meier.medians(table, groups.size)
    n, happened = (np.bincount(code, minlength=groups.size) for code in (codes, codes[events]))
    return groups.named({"n": n, "events": happened, **medians})


def improved_by(
    clinic: Clinic, by: Sequence[str] = (), sessions: Sequence[int] = (1, 3, 6)
) -> pd.DataFrame:
    """Share improved by the given numbers of sessions.

    Columns: *by, session, at_risk, improved, low, high. Beyond the largest time nothing
    is known and the share is missing, unless all had improved by then.
    """
    groups = grouped(clinic.episodes, by)
    table = _improved(_table(clinic, groups))
    asked = pd.MultiIndex.from_product([range(groups.size), sessions], names=["group", "session"])
    marks = table.set_index(["group", "session"]).reindex(asked)
    marks["at_risk"] = marks["at_risk"].fillna(0).astype(int)
    highest = table.groupby("group")["improved"].max().reindex(asked.get_level_values("group"))
    all_improved = (highest.to_numpy() == 1) & marks["improved"].isna()
    marks["improved"] = marks["improved"].mask(all_improved, 1.0)
    return _named(groups, marks.reset_index()[["group", *_MARKS]])


def compare_groups(clinic: Clinic, by: str) -> pd.DataFrame:
    """Log-rank test between the groups of one column known at the first session.

    One row, columns: groups, n, left_out (eligible, but the group is not known),
    chi_square, degrees_of_freedom, p. Group by what was known at the start, such as
    first_technique or chronicity: a group that is only known later has stayed longer.
    """
    known = clinic.episodes[by].notna().to_numpy()
    groups = grouped(clinic.episodes[known], [by])
    times, events, codes = _times(clinic.episodes[known], groups)
    chi_square, degrees, p = kaplan_meier.logrank(times, events, codes, groups.size)
    left_out = clinic.episodes["sessions_to_event"].notna().to_numpy() & ~known
    return pd.DataFrame(
        {
            "groups": [len(np.unique(codes))],
            "n": len(codes),
            "left_out": int(left_out.sum()),
            "chi_square": chi_square,
            "degrees_of_freedom": degrees,
            "p": p,
        }
    )


_MARKS = ("session", "at_risk", "improved", "low", "high")


def _times(episodes: pd.DataFrame, groups: Groups) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Time, whether improved, and group of each eligible episode."""
    eligible = episodes["sessions_to_event"].notna().to_numpy()
    improved = episodes["improved"].to_numpy(dtype=bool, na_value=False)
    times = episodes["sessions_to_event"].to_numpy()[eligible].astype(np.int64)
    return times, improved[eligible], groups.codes[eligible]


def _table(clinic: Clinic, groups: Groups) -> pd.DataFrame:
    times, events, codes = _times(clinic.episodes, groups)
    return kaplan_meier.life_table(times, events, codes, groups.size)


def _improved(table: pd.DataFrame) -> pd.DataFrame:
    """Survival turned round: the share improved, with its limits."""
    return table.assign(
        improved=1 - table["survival"], low=1 - table["high"], high=1 - table["low"]
    )[["group", "session", "at_risk", "events", "censored", "improved", "low", "high"]]


def _named(groups: Groups, table: pd.DataFrame) -> pd.DataFrame:
    return groups.names.join(table.set_index("group"), how="inner").reset_index(drop=True)
