"""Blocks of visits of the sample clinic, one in memory at a time.

A block holds the visits of PATIENTS patients. Its random numbers come from the
seed and the block's own number, so that a block is the same however many
follow, and a smaller export holds the first patients of a larger one.
"""

from collections.abc import Iterator
from itertools import count

import numpy as np
import pandas as pd

from pipelines.demo.facts import ATTENDED
from pipelines.demo.gaps import not_attended, with_gaps
from pipelines.demo.opening_days import Scenario
from pipelines.demo.patients import draw_episodes, draw_people
from pipelines.demo.visits import draw_visits

PATIENTS = 8_000


def blocks(scenario: Scenario, sessions: int, seed: int) -> Iterator[pd.DataFrame]:
    """Blocks of visits as codes and numbers, by patient and day within each.

    Together they hold exactly the given number of attended visits, and beside
    them what was cancelled or missed. `day` and `birth` are days since 1970,
    `minute` minutes after midnight, sets are bits; see `facts` for the codes.
    """
    left = sessions
    for number in count():
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))
        block = _block(rng, scenario)
        block["patient"] += number * PATIENTS
        attended = (block["status"] == ATTENDED).to_numpy().cumsum()
        block = block.iloc[: np.searchsorted(attended, left) + 1]
        left -= min(left, int(attended[-1]))
        yield block
        if not left:
            return


def _block(rng: np.random.Generator, scenario: Scenario) -> pd.DataFrame:
    people = draw_people(rng, PATIENTS, scenario.days[-1])
    episodes = draw_episodes(rng, PATIENTS, scenario)
    visits = with_gaps(rng, draw_visits(rng, people, episodes, scenario))
    missed = not_attended(rng, visits, scenario.days)
    visits = pd.concat([visits, missed], ignore_index=True)
    order = np.lexsort((visits["minute"], visits["day"], visits["patient"]))
    return visits.iloc[order].reset_index(drop=True)
