"""Rows that say otherwise than another system about the same visit, with both values."""

import numpy as np
import pandas as pd

from pipelines.ingest.again.facts import COMPARED
from pipelines.ingest.again.file import File
from pipelines.ingest.again.keys_known import Named
from pipelines.ingest.again.meeting import Verdict, comparable
from pipelines.ingest.again.sources import Sources
from pipelines.store import Writer
from pipelines.store.fold import without_removed
from pipelines.store.merge import told
from pipelines.store.words import applied
from pipelines.tables import FLAG, NUMBER, SEPARATOR, SESSION

NAMES = {"session_time": "the time", "twitch_response": "the twitch response"}
"""What columns are called in a sentence, where not by their own name."""


def contradictions(
    writer: Writer,
    file: File,
    verdict: Verdict,
    by_key: Named,
    aliases: pd.DataFrame,
    sources: Sources,
) -> dict[int, str]:
    """For each record that contradicts another system, what it says and what is known.

    A value that the row's own system gave may be corrected by it, whatever the visit's number.
    """
    rows = file.sessions.index.to_numpy()
    by_alias = by_key.by_alias[rows] & (verdict.place >= 0)
    several = by_alias | verdict.by_facts | verdict.contrary
    if not aliases.empty:
        several |= verdict.place >= 0
    at = np.flatnonzero(several)
    if not len(at):
        return {}
    said, known = file.said.iloc[at], writer.current.iloc[verdict.place[at]]
    differ = comparable(said, known, sources).differ(np.arange(len(at)), np.arange(len(at)))
    which = np.flatnonzero(differ.any(axis=1))
    if not len(which):
        return {}
    said, known, differ, at = said.iloc[which], known.iloc[which], differ[which], at[which]
    owners = _owners(writer, known["session_key"], differ)
    by_other_number = by_alias[at] | verdict.by_facts[at]
    foreign = differ & _foreign(owners, known["session_key"], by_other_number, aliases, sources)
    foreign |= differ & verdict.contrary[at][:, None]
    found = np.flatnonzero(foreign.any(axis=1))
    columns = foreign[found].argmax(axis=1)
    return {
        int(rows[at[row]]): _sentence(
            COMPARED[column], said.iloc[row], known.iloc[row], owners[row, column], sources
        )
        for row, column in zip(found, columns, strict=True)
    }


def _owners(writer: Writer, keys: pd.Series, differ: np.ndarray) -> np.ndarray:
    """The import that told each differing value last, None elsewhere."""
    log = without_removed(
        writer.store.log(writer.head), writer.store.read(writer.head, "settled"), writer.head
    )
    log = applied(log[log["session_key"].isin(keys)], writer.answers)
    owners = np.full(differ.shape, None, dtype=object)
    for column in np.flatnonzero(differ.any(axis=0)):
        tells = log.loc[told(log[COMPARED[column]]), ["session_key", "import_id"]]
        last = tells.drop_duplicates("session_key", keep="last").set_index("session_key")
        named = last["import_id"].astype("str").reindex(keys.array).to_numpy(dtype=object)
        owners[:, column] = np.where(pd.isna(named), None, named)
    return owners


def _foreign(
    owners: np.ndarray,
    keys: pd.Series,
    by_other_number: np.ndarray,
    aliases: pd.DataFrame,
    sources: Sources,
) -> np.ndarray:
    """Values of another system: told by one, where it or this file uses another number."""
    known = pd.notna(owners)
    other = known & ~np.isin(np.where(known, owners, ""), list(sources.same))
    named = set(zip(aliases["import_id"], aliases["session_key"], strict=True))
    theirs = [
        [(owner, key) in named for owner in row] for key, row in zip(keys, owners, strict=True)
    ]
    return other & (by_other_number[:, None] | np.array(theirs, dtype=bool))


def _sentence(
    column: str, said: pd.Series, known: pd.Series, owner: str | None, sources: Sources
) -> str:
    """`pain before is 7 here and 6 in the file x of 3 May 2025`."""
    file, day = sources.told(owner or known["import_id"])
    name = NAMES.get(column, column.replace("_", " "))
    return (
        f"{name} is {_in_words(column, said[column])} here and"
        f" {_in_words(column, known[column])} in the file {file} of {day}"
    )


def _in_words(column: str, value: object) -> str:
    if column == "session_time":
        minutes = int(float(str(value))) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    if SESSION[column] == NUMBER:
        return f"{float(str(value)):g}"
    if SESSION[column] == FLAG:
        return "yes" if value else "no"
    return str(value).replace(SEPARATOR, ", ") or "none"
