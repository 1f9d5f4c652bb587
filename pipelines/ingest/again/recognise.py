"""Visits that a file holds under other numbers than the store: they keep the known ones."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.ingest.again.file import File
from pipelines.ingest.again.keys_known import Named, named
from pipelines.ingest.again.lacking import lacking
from pipelines.ingest.again.meeting import Verdict, meet
from pipelines.ingest.again.sources import Source, Sources
from pipelines.ingest.again.told import tell, tell_that_nothing_is_erased
from pipelines.ingest.again.values import contradictions
from pipelines.ingest.keys import quarantine_visits
from pipelines.store import Writer
from pipelines.store.layout import ALIASES, LACKING
from pipelines.store.merge import NOT_TOLD, equal_words


@dataclass(frozen=True)
class Recognised:
    """The sessions under the keys of the store, and what an import writes beside them.

    `keys` are those of all records, blank where the file's own numbers name nothing;
    `of_another` says that it tells of visits which another system brought: its blanks erase
    nothing.
    """

    sessions: pd.DataFrame
    keys: pd.Series
    of_another: bool
    aliases: pd.DataFrame
    lacking: pd.DataFrame


def recognise(writer: Writer, file: File) -> Recognised:
    """The visits of a file, each under the key that the store knows it by.

    A row whose number is unknown is a known visit where patient and day are the same and clinic,
    time, therapist, condition and technique do not differ (a blank differs from nothing), one to
    one. What cannot be told apart, and what contradicts another system, goes in quarantine.
    """
    current, sessions = writer.current, file.sessions
    if current.empty:
        none = pd.DataFrame(columns=list(ALIASES)), pd.DataFrame(columns=list(LACKING))
        return Recognised(sessions, file.keys, False, *none)
    sources = Sources(writer.store, writer.head, Source.of(file.columns.mapping()))
    aliases = _aliases_in_force(writer)
    by_key = named(file.records(), current, aliases)
    verdict = meet(file, by_key, current, sources)
    _put_strangers_aside(file, verdict, current)
    differing = contradictions(writer, file, verdict, by_key, aliases, sources)
    _put_aside(file, verdict, differing)
    kept = (file.cleaned.findings.reason == 0)[sessions.index]
    place = np.where(kept, verdict.place, -1)
    tell(file, by_key, verdict, kept, current)
    missing = lacking(file, by_key, place, current, sources)
    found = _under_known_keys(file, verdict.place, by_key, current)
    found = _without_types_not_told(file, found, place, current)[kept]
    of_another = (place >= 0) & (verdict.by_facts | by_key.by_alias[sessions.index])
    of_another[of_another] = ~sources.held(current["session_key"].iloc[place[of_another]])
    if file.replace and of_another.any():
        tell_that_nothing_is_erased(file, int(of_another.sum()))
    return Recognised(
        _without_times_of_answers(found, place[kept], sources),
        _keys(file, by_key, found),
        bool(of_another.any()),
        _aliases(file, found),
        missing,
    )


def _aliases_in_force(writer: Writer) -> pd.DataFrame:
    rows = writer.store.read(writer.head, "aliases")
    rows = rows[rows["import_id"].isin(writer.head.surviving())]
    return rows.sort_values("import_id", kind="stable")


def _put_strangers_aside(file: File, verdict: Verdict, current: pd.DataFrame) -> None:
    """Quarantines rows whose number is known for another patient."""
    at = np.flatnonzero(verdict.place >= 0)
    patients = current["patient_id"].iloc[verdict.place[at]]
    other = at[~equal_words(file.sessions["patient_id"].iloc[at], patients)]
    rows = file.sessions.index[other]
    quarantine_visits(file.cleaned, rows, "visit_of_another_patient", file.columns)
    verdict.place[other] = -1


def _put_aside(file: File, verdict: Verdict, differing: dict[int, str]) -> None:
    """Quarantines what cannot be told apart, and what differs, with the sentence that says how."""
    rows = file.sessions.index[verdict.unclear]
    quarantine_visits(file.cleaned, rows, "visit_not_told_apart", file.columns)
    file.cleaned.findings.details.update(differing)
    rows = pd.Index(sorted(differing), dtype="int64")
    quarantine_visits(file.cleaned, rows, "contradicts_known_visit", file.columns)


def _under_known_keys(
    file: File, place: np.ndarray, by_key: Named, current: pd.DataFrame
) -> pd.DataFrame:
    """The sessions under known keys; a new visit under a number that is taken gets one apart."""
    own = by_key.own[file.sessions.index]
    known, taken = (place >= 0) & (place != own), (place < 0) & (own >= 0)
    if not (known | taken).any():
        return file.sessions
    keys = file.sessions["session_key"].to_numpy(dtype=object, copy=True)
    keys[known] = current["session_key"].to_numpy(dtype=object)[place[known]]
    keys[taken] = [f"{key}@{file.import_id}" for key in keys[taken]]
    return file.sessions.assign(session_key=pd.array(keys, dtype="str"))


def _without_types_not_told(
    file: File, sessions: pd.DataFrame, place: np.ndarray, current: pd.DataFrame
) -> pd.DataFrame:
    """A file that tells no type of visit makes no known evaluation a treatment."""
    at = np.flatnonzero(place >= 0)
    known = current["visit_type"].iloc[place[at]].to_numpy()
    at = at[known != NOT_TOLD["visit_type"]]
    if file.replace or not len(at):
        return sessions
    untold = np.zeros(len(place), dtype=bool)
    untold[at] = ~file.tells_type()[at]
    return sessions.assign(visit_type=sessions["visit_type"].mask(untold))


def _without_times_of_answers(
    sessions: pd.DataFrame, place: np.ndarray, sources: Sources
) -> pd.DataFrame:
    """When a form was answered is no time of a visit that is known otherwise."""
    if not sources.new.answered or (place < 0).all():
        return sessions
    return sessions.assign(session_time=sessions["session_time"].where(place < 0))


def _keys(file: File, by_key: Named, found: pd.DataFrame) -> pd.Series:
    """What entries in quarantine are called: by numbers that name nothing, not at all."""
    if not by_key.numbered_anew:
        return file.keys
    keys = pd.Series([""] * len(file.keys), dtype="str")
    keys.loc[found.index] = found["session_key"]
    return keys


def _aliases(file: File, found: pd.DataFrame) -> pd.DataFrame:
    own = file.sessions["session_key"].loc[found.index]
    other = (own != found["session_key"]).to_numpy()
    return pd.DataFrame(
        {
            "import_id": file.import_id,
            "session_key": found["session_key"][other].array,
            "other_key": own[other].array,
        }
    )
