"""Which visit a row is, and rows of one file that are the same visit."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.frames import stack, to_arrow
from pipelines.ingest.clean import Cleaned
from pipelines.ingest.columns import Columns
from pipelines.ingest.terms import joined
from pipelines.store.answers import NO_ANSWERS
from pipelines.store.merge import CONTENT, adds_nothing, current_rows
from pipelines.store.words import (
    ELSE,
    TERMS,
    WORD,
    applied,
    behind,
    has_words,
    is_word,
    renamed,
)
from pipelines.tables import ADJUNCTS, CATEGORY, SEPARATOR, SESSION, UNMAPPED

BY_FACTS = ("patient_id", "session_date", "session_time", "therapist", "condition")


def session_keys(cleaned: Cleaned) -> pd.Series:
    """Clinic and the export's own visit id, else patient, date, time, therapist and condition.

    Missing where neither the id nor patient and date are known.
    """
    frame, given = cleaned.frame, cleaned.visit_id
    keys = pa.nulls(len(frame), pa.string())
    if given is not None:
        clinic = _as_text(frame["clinic"])
        keys = pc.binary_join_element_wise(clinic, given, "/")
    without = keys.is_null().to_numpy(zero_copy_only=False)
    without &= (frame["patient_id"].notna() & frame["session_date"].notna()).to_numpy()
    if without.any():
        facts = frame.loc[without, list(BY_FACTS)]
        # What a word means is answered later, and a visit keeps its key.
        known = renamed(facts["condition"], lambda text: UNMAPPED if is_word(text) else text)
        facts = facts.assign(condition=known)
        parts = [_as_text(facts[name]) for name in BY_FACTS]
        keys = pc.replace_with_mask(keys, without, pc.binary_join_element_wise(*parts, "|"))
    return pa.chunked_array([keys]).to_pandas().astype("str")


def _as_text(column: pd.Series) -> pa.Array:
    """Each value as text, empty where it is missing."""
    if column.dtype.kind == "M":
        texts = pa.array(column.to_numpy().astype("datetime64[D]")).cast(pa.string())
    elif column.dtype.kind == "f":
        texts = pa.array(column, from_pandas=True).cast(pa.int64()).cast(pa.string())
    else:
        chunks = to_arrow(column.to_frame("of"), {"of": CATEGORY}).column("of")
        texts = chunks.combine_chunks().cast(pa.string())
    return pc.fill_null(texts, "")


def one_row_a_visit(
    sessions: pd.DataFrame, cleaned: Cleaned, columns: Columns
) -> tuple[pd.DataFrame, int]:
    """The sessions with unique keys, by their row of the file, and how many were filled from a
    further line.

    A further line of a visit that adds nothing or fills blanks is skipped as `same_visit`;
    one that contradicts an earlier line, or names another patient, is put in quarantine.
    """
    repeated = sessions["session_key"].duplicated(keep=False)
    if not repeated.any():
        return sessions, 0
    several = _with_words_behind(_with_all_adjuncts(sessions[repeated]))
    first = several.groupby("session_key", sort=False).head(1).set_index("session_key")
    firsts = first.loc[several["session_key"]].reset_index().set_index(several.index)
    _quarantine(cleaned, several, firsts, columns)
    good = several[cleaned.findings.reason[several.index] == 0]
    further = good["session_key"].duplicated()
    cleaned.skipped.mark(_mask(cleaned, good.index[further]), "same_visit")
    visits = _earliest_first(good)
    filled = int((~_are_just_their_first(visits, good)).sum())
    found = stack([sessions[~repeated], visits], SESSION).sort_values("source_line")
    rows = np.searchsorted(sessions["source_line"], found["source_line"])
    return found.set_index(sessions.index[rows]), filled


def _with_all_adjuncts(several: pd.DataFrame) -> pd.DataFrame:
    """Each line with the adjuncts of all lines of its visit: a system may write a line a charge."""
    told = several.dropna(subset="adjuncts")
    sets = told.groupby("session_key")["adjuncts"].agg(_all_of)
    found = several["session_key"].map(sets)
    return several.assign(adjuncts=pd.Categorical(found))


def _all_of(lines: pd.Series) -> str:
    parts = set(SEPARATOR.join(lines).replace(ELSE, SEPARATOR).split(SEPARATOR))
    return joined(parts, ADJUNCTS, {part for part in parts if part.startswith(WORD)})


def _one_behind_another(lines: pd.Series) -> str:
    return behind(list(lines))


def _with_words_behind(several: pd.DataFrame) -> pd.DataFrame:
    """Each line with a word, and behind it what other lines of its visit tell of the same."""
    for name in filter(lambda name: has_words(several[name]), TERMS):
        told = several.dropna(subset=name)
        texts = told.groupby("session_key")[name].agg(_one_behind_another)
        own = several[name].astype("str")
        words = own.map(is_word, na_action="ignore").eq(True)
        whole = several["session_key"].map(texts).astype("str")
        several = several.assign(**{name: pd.Categorical(own.where(~words, whole))})
    return several


def _quarantine(
    cleaned: Cleaned, several: pd.DataFrame, firsts: pd.DataFrame, columns: Columns
) -> None:
    other = (several["patient_id"] != firsts["patient_id"]).to_numpy()
    quarantine_visits(cleaned, several.index[other], "visit_of_another_patient", columns)
    mine = several[~other]
    merged = _earliest_first(mine).set_index("session_key").loc[mine["session_key"]]
    merged = merged.reset_index().set_index(mine.index)
    agrees = adds_nothing(applied(mine, NO_ANSWERS), applied(merged, NO_ANSWERS))
    quarantine_visits(cleaned, mine.index[~agrees], "contradicts_same_visit", columns)


def quarantine_visits(cleaned: Cleaned, rows: pd.Index, reason: str, columns: Columns) -> None:
    """Puts these rows in quarantine for a reason about their visit id."""
    position = columns.positions.get("visit_id", -1)
    cleaned.findings.problem(_mask(cleaned, rows), reason, position)


def _mask(cleaned: Cleaned, rows: pd.Index) -> np.ndarray:
    mask = np.zeros(len(cleaned.frame), dtype=bool)
    mask[rows.to_numpy()] = True
    return mask


def _earliest_first(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a key: of each column the first known value, with the first line's origin."""
    backwards = rows.iloc[::-1]
    merged = current_rows(backwards, np.zeros(len(rows), dtype=bool))
    return merged.iloc[::-1]


def _are_just_their_first(visits: pd.DataFrame, lines: pd.DataFrame) -> np.ndarray:
    """Which visits are just their first line."""
    first = lines.groupby("session_key", sort=False).head(1).set_index("session_key")
    first = first.loc[visits["session_key"]].reset_index()
    blank = first[list(CONTENT)].isna().to_numpy() & visits[list(CONTENT)].notna().to_numpy()
    return ~blank.any(axis=1)
