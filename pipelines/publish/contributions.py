"""What each patient adds to each published count: the only thing that a release is made from.

One row a patient, half-year, condition, technique and chronicity. Frozen with a release, so
that it can be made again whatever later imports and undos do. Private: it never leaves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from pipelines import thresholds
from pipelines.measures import eligibility
from pipelines.measures.told_effects import COLUMNS, told_effects
from pipelines.publish.figures import figure_rows
from pipelines.publish.periods import closed_until, half_years, is_followed
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.tables import UNKNOWN
from pipelines.visits import is_treatment

DIMENSIONS = ("condition", "technique", "chronicity")
KEYS = ["patient", "half_year", *DIMENSIONS]
EPISODE_COUNTS = ("episodes", "eligible", "responders_30", "responders_50")
SESSION_COUNTS = ("sessions", "recorded", "any_side_effect")
VISITS = "visits"
"""How many visits: what nobody may hold more than a quarter of."""


@dataclass(frozen=True)
class Contributions:
    """By patient: episodes by their own facts and first day, sessions by theirs, and figures.

    `episodes` has KEYS, visits and EPISODE_COUNTS; `sessions` KEYS, visits and
    SESSION_COUNTS; `figures` patient, half_year, figure, n, of.
    """

    episodes: pd.DataFrame
    sessions: pd.DataFrame
    figures: pd.DataFrame

    def of_half_years(self, chosen: Sequence[str]) -> "Contributions":
        """Those of some half-years alone."""
        return Contributions(*(part[part["half_year"].isin(chosen)] for part in self.parts()))

    def parts(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        return self.episodes, self.sessions, self.figures

    def half_years(self) -> list[str]:
        """The half-years that have any, in order."""
        return sorted(set(self.episodes["half_year"]) | set(self.sessions["half_year"]))


def snapshot(clinic: Clinic, settings: Settings) -> tuple[Contributions, date]:
    """What every patient adds in half-years that can be published, and the last closed day.

    Visits after that day are left out first: episodes are formed anew without them.
    """
    from pipelines.episodes import form_episodes

    closed = closed_until(clinic.as_of)
    known = clinic.visits[clinic.visits["session_date"] <= pd.Timestamp(closed)]
    visits, episodes = form_episodes(known, settings)
    newest = visits["session_date"].max()
    frozen = Clinic(visits, episodes, None if pd.isna(newest) else newest.date())
    every = contributions(frozen, settings)
    ready = [half for half in every.half_years() if is_followed(half, closed, settings)]
    return every.of_half_years(ready), closed


def contributions(clinic: Clinic, settings: Settings) -> Contributions:
    """What every patient of a clinic adds to each count."""
    return Contributions(
        _gathered(_episodes(clinic, settings), (VISITS, *EPISODE_COUNTS)),
        _gathered(_sessions(clinic), (VISITS, *SESSION_COUNTS)),
        figure_rows(clinic, settings),
    )


def _episodes(clinic: Clinic, settings: Settings) -> pd.DataFrame:
    episodes = clinic.episodes
    eligible = eligibility.eligible(episodes, settings)
    scores = episodes["baseline"].to_numpy(), episodes["latest"].to_numpy()
    fell_30 = thresholds.fell_by_percent(*scores, settings.responder_percent)
    fell_50 = thresholds.fell_by_percent(*scores, settings.substantial_percent)
    return _keyed(episodes, "first_date").assign(
        visits=episodes["visits"].to_numpy(),
        episodes=1,
        eligible=eligible,
        responders_30=eligible & fell_30,
        responders_50=eligible & fell_30 & fell_50,
    )


def _sessions(clinic: Clinic) -> pd.DataFrame:
    visits = clinic.visits
    treated = is_treatment(visits).to_numpy(dtype=bool)
    told = told_effects(visits[list(COLUMNS)])
    recorded = treated & told.recorded
    return _keyed(visits, "session_date").assign(
        visits=1, sessions=treated, recorded=recorded, any_side_effect=recorded & told.any
    )


def _keyed(frame: pd.DataFrame, day: str) -> pd.DataFrame:
    """The rows' patients, half-years and dimensions; a value that is missing is unknown."""
    keys = {"patient": frame["patient_id"].reset_index(drop=True)}
    keys["half_year"] = pd.Series(pd.Categorical(half_years(frame[day])))
    for name in DIMENSIONS:
        keys[name] = _known(frame[name].reset_index(drop=True))
    return pd.DataFrame(keys)


def _known(column: pd.Series) -> pd.Series:
    if UNKNOWN not in column.cat.categories:
        column = column.cat.add_categories([UNKNOWN])
    return column.fillna(UNKNOWN)


def _gathered(rows: pd.DataFrame, counts: Sequence[str]) -> pd.DataFrame:
    """The sums by KEYS, in their order; codes are summed, texts written at the end."""
    code, levels = np.zeros(len(rows), dtype=np.int64), []
    for name in KEYS:
        levels.append(rows[name].cat.categories)
        code = code * (len(levels[-1]) + 1) + rows[name].cat.codes.to_numpy()
    cells, place = np.unique(code, return_inverse=True)
    sums = {
        name: np.bincount(place, rows[name], minlength=len(cells)).astype(np.int64)
        for name in counts
    }
    keys = {}
    for name, values in zip(reversed(KEYS), reversed(levels), strict=True):
        keys[name] = values.to_numpy(dtype=object)[cells % (len(values) + 1)]
        cells = cells // (len(values) + 1)
    table = pd.DataFrame({name: keys[name].astype(str) for name in KEYS} | sums)
    return table.sort_values(KEYS, ignore_index=True)
