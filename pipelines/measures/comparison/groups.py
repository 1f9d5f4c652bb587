"""Who is in which group, at a session and over an episode.

A feature of a session is a whole number, its level, or -1 where it was not recorded. An
episode has the level of enough of its sessions that record it (`technique_share`), else
it is mixed; without a session that records it, it is left out.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from pipelines.errors import OutcomesError
from pipelines.measures.sessions import episode_rows, treated
from pipelines.measures.techniques import GROUPS, reference_technique
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.tables import ADJUNCTS, MIXED, SEPARATOR
from pipelines.visits import NEEDLED, codes_among

LEFT_OUT = -1
TECHNIQUE, TWITCH, STIMULATION, DEPTH = "technique", "twitch_response", "stimulation", "depth"
ADJUNCT = "adjunct"
FEATURES = (TECHNIQUE, TWITCH, STIMULATION, ADJUNCT, DEPTH)
ELECTRICAL_WITH = "electrical with exercise or mobilization"
"""Against deep needling without either: what the clinic's page claims something about."""
ASKABLE = (*FEATURES, *ADJUNCTS, ELECTRICAL_WITH)
"""A feature, or one of the comparisons of adjuncts alone."""


@dataclass(frozen=True)
class Feature:
    """What is compared: its levels by name, the last of them being mixed, and the reference."""

    name: str
    groups: tuple[str, ...]
    reference: int
    columns: tuple[str, ...]

    @property
    def reference_name(self) -> str:
        return self.groups[self.reference]


def features(
    clinic: Clinic, name: str, settings: Settings, reference: str | None = None
) -> list[Feature]:
    """The comparisons of one feature (`ASKABLE`): for adjuncts one each, for others one.

    The reference is the commonest technique, else the first group, unless it is named. None
    of techniques where there is no treatment session with one to be the reference.
    """
    found = _features(clinic, name, settings)
    return [_against(each, reference) for each in found] if reference else found


def _features(clinic: Clinic, name: str, settings: Settings) -> list[Feature]:
    if name == TECHNIQUE:
        commonest = reference_technique(clinic)
        place = [GROUPS.index(commonest)] if commonest else []
        return [Feature(TECHNIQUE, GROUPS, one, ("technique",)) for one in place]
    if name == ADJUNCT:
        return [_adjunct(each) for each in (*ADJUNCTS, ELECTRICAL_WITH)]
    if name in (*ADJUNCTS, ELECTRICAL_WITH):
        return [_adjunct(name)]
    column, groups = {
        TWITCH: ("twitch_response", ("without a twitch", "with a twitch", MIXED)),
        STIMULATION: ("stimulation_hz", FREQUENCIES),
        DEPTH: ("depth_mm", depth_bands(settings)),
    }[name]
    return [Feature(name, groups, 0, (column,))]


def _adjunct(name: str) -> Feature:
    if name == ELECTRICAL_WITH:
        groups = ("deep without either", ELECTRICAL_WITH, MIXED)
        return Feature(ELECTRICAL_WITH, groups, 0, ("technique", "adjuncts"))
    words = name.replace("_", " ")
    return Feature(name, (f"without {words}", f"with {words}", MIXED), 0, ("adjuncts",))


def _against(feature: Feature, reference: str) -> Feature:
    """The same, another of its groups being the reference; sessions are never mixed."""
    known = feature.groups[:-1]
    if reference not in known:
        raise OutcomesError(f"No group to compare with is called that. Use {' or '.join(known)}.")
    return replace(feature, reference=known.index(reference))


FREQUENCIES = ("low frequency", "high frequency", "between low and high", MIXED)


def depth_bands(settings: Settings) -> tuple[str, ...]:
    """Up to the depth of superficial needling, then by steps of 10 mm, then mixed."""
    edges = depth_edges(settings)
    middle = [f"over {low:g} to {high:g} mm" for low, high in pairwise(edges)]
    return (f"up to {edges[0]:g} mm", *middle, f"over {edges[-1]:g} mm", MIXED)


def depth_edges(settings: Settings) -> tuple[float, ...]:
    """The upper ends of all bands but the last."""
    return tuple(settings.superficial_mm + 10 * step for step in range(3))


def session_groups(sessions: pd.DataFrame, feature: Feature, settings: Settings) -> np.ndarray:
    """The level of each session; -1 where it is not recorded or none of those compared."""
    levels = _recorded(sessions, feature, settings)
    return np.where(levels < len(feature.groups) - 1, levels, LEFT_OUT)


def episode_groups(clinic: Clinic, feature: Feature, settings: Settings) -> np.ndarray:
    """The level of each selected episode; -1 where no session records it or it is another."""
    if feature.name == TECHNIQUE:
        return codes_among(clinic.episodes["technique"], GROUPS)
    visits, episode = episode_rows(clinic)
    levels = _recorded(visits, feature, settings)
    known = np.flatnonzero((episode >= 0) & (levels >= 0) & treated(visits))
    return _main(levels[known], episode[known], len(clinic.episodes), feature, settings)


def episode_mean(clinic: Clinic, column: str) -> np.ndarray:
    """The mean over the treatment sessions of each selected episode that record a number."""
    visits, episode = episode_rows(clinic)
    values = visits[column].to_numpy(dtype=float)
    known = (episode >= 0) & treated(visits) & ~np.isnan(values)
    size = len(clinic.episodes)
    total = np.bincount(episode[known], values[known], minlength=size)
    with np.errstate(invalid="ignore"):
        return total / np.bincount(episode[known], minlength=size)


def _main(
    levels: np.ndarray, episode: np.ndarray, size: int, feature: Feature, settings: Settings
) -> np.ndarray:
    mixed = len(feature.groups) - 1
    width = mixed + 1  # One more than the levels, for the sessions that are none of them.
    level = np.where(levels < mixed, levels, mixed)
    sessions = np.bincount(episode * width + level, minlength=size * width).reshape(size, width)
    total, most, main = sessions.sum(axis=1), sessions.max(axis=1), sessions.argmax(axis=1)
    share = round(settings.technique_share * 1_000_000)
    enough = most * 1_000_000 >= share * total
    group = np.where(enough, np.where(main < mixed, main, LEFT_OUT), mixed)
    return np.where(total > 0, group, LEFT_OUT)


def _recorded(sessions: pd.DataFrame, feature: Feature, settings: Settings) -> np.ndarray:
    """The level of each session, -1 where not recorded, and one past the levels for others."""
    if feature.name == TECHNIQUE:
        return codes_among(sessions["technique"], NEEDLED)
    if feature.name == TWITCH:
        return _yes(sessions["twitch_response"])
    if feature.name == STIMULATION:
        return _frequency(sessions["stimulation_hz"].to_numpy(dtype=float), settings)
    if feature.name == DEPTH:
        depth = sessions["depth_mm"].to_numpy(dtype=float)
        band = np.searchsorted(depth_edges(settings), depth)
        return np.where(np.isnan(depth), LEFT_OUT, band)
    if feature.name == ELECTRICAL_WITH:
        return _electrical_with(sessions, len(feature.groups) - 1)
    return _holds(sessions["adjuncts"], {feature.name})


def _yes(column: pd.Series) -> np.ndarray:
    """1 for yes, 0 for no, -1 where it was not recorded."""
    return column.to_numpy(dtype=np.int8, na_value=LEFT_OUT)


def _frequency(hertz: np.ndarray, settings: Settings) -> np.ndarray:
    low, high = hertz <= settings.low_frequency_hz, hertz >= settings.high_frequency_hz
    return np.select([np.isnan(hertz), low, high], [LEFT_OUT, 0, 1], default=2)


def _electrical_with(sessions: pd.DataFrame, other: int) -> np.ndarray:
    technique = codes_among(sessions["technique"], NEEDLED)
    either = _holds(sessions["adjuncts"], {"exercise", "mobilization"})
    unknown = (technique < 0) | (either < 0)
    deep = (technique == NEEDLED.index("deep")) & (either == 0)
    electrical = (technique == NEEDLED.index("electrical")) & (either == 1)
    return np.select([unknown, deep, electrical], [LEFT_OUT, 0, 1], default=other)


def _holds(column: pd.Series, wanted: set[str]) -> np.ndarray:
    """Whether a set holds any of the terms: 1, 0, and -1 where it was not recorded."""
    holds = [int(bool(wanted & set(text.split(SEPARATOR)))) for text in column.cat.categories]
    return np.array([*holds, LEFT_OUT], dtype=np.int64)[column.cat.codes.to_numpy()]
