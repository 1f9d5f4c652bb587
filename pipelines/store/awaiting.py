"""Rows that are visits or not by a word of the clinic: a status that no shipped list knows.

Such a row is in the log, and beside it here; it counts where its word is answered with a status
that is a visit. Where nobody had answered it when it came, it stands in quarantine as well.
"""

import numpy as np
import pandas as pd

from pipelines.store.answers import Answers

STATUSES = "statuses"
ATTENDED, NOT_YET = "attended", "not_yet_attended"
UNKNOWN_STATUS = "unknown_status"


def is_visit(waiting: pd.DataFrame, answers: Answers) -> np.ndarray:
    """Which rows are visits by the answers; booked ones where scores and a past date say so."""
    meant = _meant(waiting, answers)
    booked = (meant == NOT_YET) & waiting["took_place"].to_numpy(dtype=bool)
    return (meant == ATTENDED) | booked


def is_settled(waiting: pd.DataFrame, reasons: pd.Series, answers: Answers) -> np.ndarray:
    """Which entries the answers settle: their word was all that kept them, or they are no visit."""
    answered = _meant(waiting, answers) != ""
    return answered & ((reasons == UNKNOWN_STATUS).to_numpy() | ~is_visit(waiting, answers))


def _meant(waiting: pd.DataFrame, answers: Answers) -> np.ndarray:
    found = {word: answers.of(STATUSES, word) or "" for word in set(waiting["word"])}
    return np.array([found[word] for word in waiting["word"]], dtype=object)


def waiting_rows(log: pd.DataFrame, waiting: pd.DataFrame) -> np.ndarray:
    """Which rows of the log are such rows."""
    marked = np.zeros(len(log), dtype=bool)
    for import_id, rows in waiting[waiting["logged"].astype(bool)].groupby("import_id"):
        mine = (log["import_id"] == import_id).to_numpy()
        marked |= mine & log["source_line"].isin(rows["line"]).to_numpy()
    return marked


def rows_in_force(
    log: pd.DataFrame, waiting: pd.DataFrame, closed: set[str], answers: Answers
) -> pd.DataFrame:
    """The log without the rows that are no visits by the answers.

    Nor does a row count that was mended under another key, or whose visit the other rows know
    for another patient.
    """
    if waiting.empty:
        return log
    of_a_word = waiting_rows(log, waiting)
    counts = is_visit(waiting, answers)
    open_ones = ~waiting["entry"].isin(closed).to_numpy() | _known(log[~of_a_word], waiting)
    kept = ~of_a_word | waiting_rows(log, waiting[counts & open_ones])
    kept &= ~_of_another_patient(log, of_a_word)
    return log[kept]


def _known(sure: pd.DataFrame, waiting: pd.DataFrame) -> np.ndarray:
    """Which rows are of visits that other rows tell of."""
    return waiting["session_key"].isin(sure["session_key"]).to_numpy()


def _of_another_patient(log: pd.DataFrame, of_a_word: np.ndarray) -> np.ndarray:
    """Which of these rows have the key of a visit of another patient."""
    columns = ["session_key", "patient_id"]
    unsure = log.loc[of_a_word, columns].astype("str")
    sure = log.loc[~of_a_word & log["session_key"].isin(unsure["session_key"]).to_numpy(), columns]
    patients = sure.astype("str").drop_duplicates("session_key").set_index("session_key")
    other = unsure["session_key"].map(patients["patient_id"])
    found = np.zeros(len(log), dtype=bool)
    found[of_a_word] = (other.notna() & (other != unsure["patient_id"])).to_numpy()
    return found
