"""Rows of unknown number beside the known visits of their patients on their days."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.ingest.again.facts import Facts, facts
from pipelines.ingest.again.file import File
from pipelines.ingest.again.judge import CONTRADICTS, KNOWN, NOT_TOLD_APART, Met, judge
from pipelines.ingest.again.keys_known import Named
from pipelines.ingest.again.pairs import pair
from pipelines.ingest.again.patient_days import patient_days
from pipelines.ingest.again.sources import Sources


@dataclass(frozen=True)
class Verdict:
    """For each session the place of its known visit (-1: a new one), and what is not settled.

    `by_facts` marks those recognised without their number, `contrary` those that meet a visit
    of another system which they contradict.
    """

    place: np.ndarray
    by_facts: np.ndarray
    unclear: np.ndarray
    contrary: np.ndarray


def meet(file: File, by_key: Named, current: pd.DataFrame, sources: Sources) -> Verdict:
    """Which visit each session is, by its number, else by what it says."""
    rows = file.sessions.index.to_numpy()
    insisted = file.insisted[rows]
    place = np.where(insisted, -1, by_key.place[rows])
    place[by_key.by_alias[rows] & _repeated(place)] = -1
    verdict = Verdict(place, *(np.zeros(len(rows), dtype=bool) for _ in range(3)))
    unknown = np.flatnonzero((place < 0) & ~insisted)
    free = np.ones(len(current), dtype=bool)
    free[place[place >= 0]] = False
    free[by_key.place[by_key.place >= 0]] = False
    if len(unknown) and (file.mended != "").all():
        free &= ~sources.held_with(file.mended, current["session_key"])
    among = np.flatnonzero(free)
    if len(unknown) and len(among):
        _by_facts(file, by_key, unknown, current, among, sources, verdict)
    return verdict


def _repeated(place: np.ndarray) -> np.ndarray:
    return (place >= 0) & pd.Series(place).duplicated(keep=False).to_numpy()


def _by_facts(
    file: File,
    by_key: Named,
    unknown: np.ndarray,
    current: pd.DataFrame,
    among: np.ndarray,
    sources: Sources,
    verdict: Verdict,
) -> None:
    """Fills the verdict for rows whose patient has a visit on their day."""
    one, other = patient_days(file.said.iloc[unknown], current.iloc[among])
    meeting, met = np.isin(one, other), np.isin(other, one)
    if not meeting.any():
        return
    rows, visits = unknown[meeting], among[met]
    said, known = file.said.iloc[rows], current.iloc[visits]
    compared = comparable(said, known, sources)
    pairing = pair(one[meeting], other[met], compared)
    same = sources.held(known["session_key"])
    could_be = _could_be(file.said.iloc[unknown], current.iloc[among], sources)
    by_facts = _has_no_number(said)
    by_facts = by_facts | (pairing.visit >= 0) & _has_no_number(known)[pairing.visit]
    stable = not by_key.numbered_anew and bool((by_key.agrees & ~by_key.by_alias).any())
    judged = judge(Met(pairing, compared, same, by_facts, could_be, stable))
    found = judged == KNOWN
    verdict.place[rows[found]] = visits[pairing.visit[found]]
    verdict.by_facts[rows[found]] = True
    verdict.unclear[rows[judged == NOT_TOLD_APART]] = True
    contrary = judged == CONTRADICTS
    verdict.place[rows[contrary]] = visits[pairing.visit[contrary]]
    verdict.contrary[rows[contrary]] = True


def comparable(said: pd.DataFrame, known: pd.DataFrame, sources: Sources) -> Facts:
    """The facts of both, without times that are those of an answer."""
    answered = known["import_id"].isin(sources.answered).to_numpy()
    known = known.assign(session_time=known["session_time"].where(~answered))
    if sources.new.answered:
        said = said.assign(session_time=np.nan)
    return facts(said, known)


def _could_be(unknown: pd.DataFrame, free: pd.DataFrame, sources: Sources) -> dict[bool, int]:
    """How many visits both could hold: in the period of both, the fewer of the two."""
    same = sources.held(free["session_key"])
    days = unknown["session_date"]
    found = {}
    for system in (True, False):
        known = free.loc[same == system, "session_date"]
        there = known.between(days.min(), days.max()).sum()
        here = days.between(known.min(), known.max()).sum()
        found[system] = int(min(there, here))
    return found


def _has_no_number(sessions: pd.DataFrame) -> np.ndarray:
    """Visits that have no number of their own, but go by what they say."""
    own = sessions["session_key"].astype("str").str.slice(0, 33)
    return (own == sessions["patient_id"].astype("str") + "|").to_numpy(dtype=bool)
