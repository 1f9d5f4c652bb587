"""What becomes of a row whose number is unknown, by what its whole file looks like."""

from dataclasses import dataclass

import numpy as np

from pipelines.ingest.again.facts import Facts, places
from pipelines.ingest.again.pairs import LONE, MATCHED, NONE, UNCLEAR, Pairing

NEW, KNOWN, NOT_TOLD_APART, CONTRADICTS = 0, 1, 2, 3
"""A visit of its own; a known one; cannot be told; a known one of which it says otherwise."""
HALF = 0.5
"""Share of the visits that both could hold from which on a file tells the same visits again."""
ALIKE, SEVERAL, MANY = 2, 3, 5
"""Visits of one system's files that must say the same with a score, or agree, or meet at all,
before that can be no chance."""
SCORES = ("pain_before", "pain_after", "function_score")


@dataclass(frozen=True)
class Met:
    """The rows of unknown number, the visits that they could be, and how these were paired.

    `same`: visits that an export of the same system held. `by_facts`: rows, or visits, without
    a number of their own. `could_be`: how many visits both could hold, for the same system (True)
    and for others. `stable`: the file holds other visits under the numbers known for them.
    """

    pairing: Pairing
    facts: Facts
    same: np.ndarray
    by_facts: np.ndarray
    could_be: dict[bool, int]
    stable: bool


def judge(met: Met) -> np.ndarray:
    """For each row NEW, KNOWN, NOT_TOLD_APART or CONTRADICTS.

    Two errors are equally bad: to count a visit twice, and to take two for one. Where the file
    as a whole does not show which it is, neither is done: the row waits.
    """
    kind, visit = met.pairing.kind, met.pairing.visit
    paired = visit >= 0
    same = np.zeros(len(kind), dtype=bool)
    same[paired] = met.same[visit[paired]]
    result = np.full(len(kind), NEW)
    for system in (True, False):
        mine = paired & (same == system)
        told = _told_again(met, mine, system)
        apart = NEW if system and met.stable else NOT_TOLD_APART
        result[mine & (kind == MATCHED)] = KNOWN if told else apart
        result[mine & (kind == LONE)] = (KNOWN if system else CONTRADICTS) if told else NEW
        if system and not told:
            result[mine & _sure(met, kind, visit)] = KNOWN
            result[mine & _many_but_for_words(met, kind, visit, mine)] = CONTRADICTS
    again = _told_again(met, paired & same, True)
    own_number = met.stable and bool(met.same.all())
    result[kind == UNCLEAR] = NEW if own_number else NOT_TOLD_APART
    spare = (kind == NONE) & met.pairing.fitted
    result[spare] = NEW if again or own_number else NOT_TOLD_APART
    return result


def _told_again(met: Met, mine: np.ndarray, system: bool) -> bool:
    """Whether the file tells of the same visits as earlier ones from this or another system."""
    matched = mine & (met.pairing.kind == MATCHED)
    agree, meet, most = int(matched.sum()), int(mine.sum()), HALF * met.could_be[system]
    if not system:
        return agree >= max(1, most) or meet >= max(MANY, most)
    return agree >= most and (agree >= SEVERAL or _alike(met, matched) >= ALIKE)


def _alike(met: Met, matched: np.ndarray) -> int:
    """How many pairs differ in nothing and both tell a score."""
    rows = np.flatnonzero(matched)
    visits, scores = met.pairing.visit[rows], places(SCORES)
    scored = met.facts.incoming[rows][:, scores] == met.facts.known[visits][:, scores]
    return int((scored.any(axis=1) & ~met.facts.differ(rows, visits).any(axis=1)).sum())


def _sure(met: Met, kind: np.ndarray, visit: np.ndarray) -> np.ndarray:
    """Rows with the time of their visit, and those of which either side has no number."""
    time = places(("session_time",))[0]
    equal = met.facts.incoming[:, time] == met.facts.known[np.maximum(visit, 0), time]
    return (kind == MATCHED) & (equal | met.by_facts)


def _many_but_for_words(
    met: Met, kind: np.ndarray, visit: np.ndarray, mine: np.ndarray
) -> np.ndarray:
    """Rows that differ in a word and in no time, where nearly all meet such a visit."""
    time = places(("session_time",))[0]
    lone = np.flatnonzero(mine & (kind == LONE))
    in_time = met.facts.differ(lone, visit[lone])[:, time]
    chosen = np.zeros(len(kind), dtype=bool)
    chosen[lone[~in_time]] = True
    enough = chosen.sum() >= MANY and mine.sum() >= HALF * met.could_be[True]
    return chosen if enough else np.zeros(len(kind), dtype=bool)
