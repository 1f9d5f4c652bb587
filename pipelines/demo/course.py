"""How pain goes over an episode of care, what is done at each visit, and who stays.

Pain at a visit is the patient's usual level as it fades by itself, less what
earlier sessions left behind, plus a fluctuation. The first visit comes in a bad
week, so that some of the fall after it is regression to the mean. Within a
session pain drops by a share of itself; most of that is lost before the next
visit. Technique has next to no lasting effect, and a twitch none at all, so
that a raw comparison (harder cases get deep needling) misleads and a fair one
does not.
"""

import numpy as np
import pandas as pd

from pipelines.demo.draws import pick_each
from pipelines.demo.facts import CONDITIONS, STAFF, TECHNIQUES, TWITCH

MOST_VISITS = 12
DEEP, ELECTRICAL = 1, 2
CHRONIC = 2

USUAL_PAIN = np.array([condition.usual_pain for condition in CONDITIONS])
STAY = np.array([condition.stay for condition in CONDITIONS])
STYLE = np.array([(0.0, therapist.deep, therapist.electrical) for therapist in STAFF])

BAD_WEEK = 0.6
FLUCTUATION = 1.25
REMAINS = np.array([0.24, 0.46, 0.72])  # of the usual level in the long run, by stage
REMAINS_SPREAD = 0.36
FADES_WEEKS = np.array([3.0, 5.0, 8.0])
DROP_SHARE, DROP_SPREAD = 0.21, 0.14
IMMEDIATE = np.array([0.0, 0.015, 0.025])  # added to the share by technique: small and true
TWITCH_IMMEDIATE = 0.06
LEFT_BEHIND = 0.10  # of a drop, without the parts above

LEAVE_AT_FIRST = 0.125
LEAVE = 0.105
LEAVE_WELL = 0.17
LEAVE_NO_BETTER = 0.12
KEEP_TECHNIQUE = 0.88


def draw_course(rng: np.random.Generator, episodes: pd.DataFrame, period: int) -> pd.DataFrame:
    """One row a visit that takes place within the period (in opening days).

    `episode` is the row of the episode, `number` counts its visits from 0,
    `opening_day` counts opening days; `before` and `after` are pain from 0 to 10
    before any rounding; `well` is told of the visit after which the patient left
    well; `carried` and `level` are what a later call needs.
    """
    day = _opening_days(rng, episodes)
    natural = _natural_course(rng, episodes, day)
    technique = _techniques(rng, episodes, natural[:, 0])
    twitch = rng.random(day.shape) < TWITCH[technique]
    before, after, carried = _sessions(rng, natural, technique, twitch)
    stays, well = _staying(rng, episodes, before)
    row, column = np.nonzero(stays & (day < period))
    return pd.DataFrame({
        "episode": row,
        "number": column,
        "opening_day": day[row, column],
        "technique": technique[row, column],
        "twitch": twitch[row, column],
        "before": before[row, column],
        "after": after[row, column],
        "carried": carried[row, column],
        "level": natural[row, column],
        "well": well[row, column],
    })  # fmt: skip


def _opening_days(rng: np.random.Generator, episodes: pd.DataFrame) -> np.ndarray:
    """Twice a week at first, then weekly, later every other week."""
    count = len(episodes)
    gaps = np.concatenate([
        np.zeros((count, 1), dtype=np.int64),
        rng.integers(2, 6, (count, 3)),
        rng.integers(3, 8, (count, 4)),
        rng.integers(4, 11, (count, MOST_VISITS - 8)),
    ], axis=1)  # fmt: skip
    return episodes["start"].to_numpy()[:, None] + np.cumsum(gaps, axis=1)


def _natural_course(
    rng: np.random.Generator, episodes: pd.DataFrame, day: np.ndarray
) -> np.ndarray:
    """Pain at each visit had nothing been done, fluctuation included."""
    stage, condition = episodes["stage"].to_numpy(), episodes["condition"].to_numpy()
    usual = USUAL_PAIN[condition] + 0.5 * (stage == CHRONIC) + 1.3 * rng.standard_normal(len(stage))
    remains = np.clip(REMAINS[stage] + REMAINS_SPREAD * rng.standard_normal(len(stage)), 0, 1.6)
    weeks = (day - day[:, :1]) / 5
    fading = np.exp(-weeks / FADES_WEEKS[stage][:, None])
    level = np.clip(usual, 1.5, 9.5)[:, None] * (remains[:, None] * (1 - fading) + fading)
    level += FLUCTUATION * rng.standard_normal(day.shape)
    level[:, 0] += BAD_WEEK
    return level


def _techniques(
    rng: np.random.Generator, episodes: pd.DataFrame, first_pain: np.ndarray
) -> np.ndarray:
    """Harder cases (more pain, chronic) get deep and electrical needling more often."""
    hard = 0.30 * (np.clip(first_pain, 0, 10) - 5.5) + 0.5 * (episodes["stage"] == CHRONIC)
    lean = STYLE[episodes["therapist"].to_numpy()] + np.outer(hard, (0.0, 1.0, 0.8))
    shares = np.cumsum(np.exp(lean), axis=1)
    shares /= shares[:, -1:]
    usual = pick_each(rng, shares)
    other = rng.integers(0, len(TECHNIQUES), (len(episodes), MOST_VISITS))
    return np.where(rng.random(other.shape) < KEEP_TECHNIQUE, usual[:, None], other)


def _sessions(
    rng: np.random.Generator, natural: np.ndarray, technique: np.ndarray, twitch: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pain before and after each session, and what earlier sessions left behind."""
    lasting = np.maximum(DROP_SHARE + DROP_SPREAD * rng.standard_normal(natural.shape), -0.2)
    at_once = lasting + IMMEDIATE[technique] + TWITCH_IMMEDIATE * twitch
    before, carried = np.empty_like(natural), np.zeros_like(natural)
    for visit in range(MOST_VISITS):
        if visit:
            dropped = lasting[:, visit - 1] * before[:, visit - 1]
            carried[:, visit] = 0.98 * carried[:, visit - 1] + LEFT_BEHIND * dropped
        before[:, visit] = np.clip(natural[:, visit] - carried[:, visit], 0, 10)
    return before, np.clip(before * (1 - at_once), 0, 10), carried


def _staying(
    rng: np.random.Generator, episodes: pd.DataFrame, before: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which visits take place, and after which one the patient left well.

    Who is well and who is no better both leave earlier than the others.
    """
    first = before[:, :1]
    well = (before <= 2) | (before <= 0.4 * first)
    leave = LEAVE + LEAVE_WELL * well + LEAVE_NO_BETTER * (before >= first)
    leave[:, 0] = LEAVE_AT_FIRST
    leaves = rng.random(before.shape) < leave / STAY[episodes["condition"].to_numpy()][:, None]
    left_before = np.cumsum(leaves, axis=1) - leaves
    return left_before == 0, well & leaves
