"""Rows that are visits or not by a word of the clinic: a status that no shipped list knows.

They are cleaned and kept as other rows are, beside the visits; what becomes of them hangs on
the answer to their word. Without one they stand in quarantine.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.ingest.clean import Cleaned
from pipelines.ingest.columns import Columns
from pipelines.ingest.keys import one_row_a_visit
from pipelines.ingest.rows import SKIPPED
from pipelines.store.answers import Answers
from pipelines.store.awaiting import STATUSES, UNKNOWN_STATUS, is_visit
from pipelines.store.layout import AWAITING

BETWEEN = "\t"


@dataclass(frozen=True)
class ByWord:
    """Lines of the file with such a status, and visits of which they tell.

    `rows` are one a visit, with key and origin; `visits` those among them that the answers call
    visits. `lines` has one row for each line, under its row's number: word and took_place.
    """

    rows: pd.DataFrame
    visits: pd.DataFrame
    lines: pd.DataFrame

    def held(self, keys: pd.Series) -> pd.DataFrame:
        """The rows that are no visits now, under the keys by which the store knows them."""
        rows = self.rows[~self.rows.index.isin(self.visits.index)]
        known = keys.reindex(rows.index).astype("str")
        return rows.assign(session_key=known.where(known.notna(), rows["session_key"]))

    def kept(
        self, import_id: str, logged: pd.DataFrame, line: np.ndarray, entries: pd.DataFrame
    ) -> pd.DataFrame:
        """The lines as the store keeps them; `logged` are the rows that go into the log."""
        at = self.lines.index
        names = entries.set_index("line")["entry"]
        taken = at.isin(logged.index)
        table = pd.DataFrame(
            {
                "import_id": import_id,
                "line": line[at],
                "entry": pd.Series(line[at]).map(names).astype("str").fillna("").array,
                "session_key": logged["session_key"].reindex(at).astype("str").fillna("").array,
                "word": self.lines["word"].array,
                "took_place": pd.array(self.lines["took_place"], dtype="boolean"),
                "logged": pd.array(taken, dtype="boolean"),
                "accepted": pd.array(taken & at.isin(self.visits.index), dtype="boolean"),
            }
        )[list(AWAITING)]
        return table[table["word"] != ""]


def settle_by_word(
    sessions: pd.DataFrame,
    sure: pd.DataFrame,
    cleaned: Cleaned,
    columns: Columns,
    answers: Answers,
) -> ByWord:
    """What becomes of `sessions`, rows without another problem whose status is a word.

    A line that tells of one of the `sure` visits of the file adds nothing to it. Lines are
    skipped or put in quarantine here.
    """
    lines = _lines(cleaned)
    one = _one_a_visit(sessions, sure, lines, cleaned, columns)
    visits = is_visit(lines, answers)
    known = np.array([answers.of(STATUSES, word) or "" for word in lines["word"]], dtype=object)
    rows = lines.index.to_numpy()
    _quarantine(cleaned, rows[known == ""])
    for term in set(known[~visits]) - {""}:
        cleaned.skipped.reason[rows[~visits & (known == term)]] = SKIPPED.index(term)
    chosen = one[one.index.isin(rows[visits])]
    told = _mask(cleaned, rows[visits & ~np.isin(rows, chosen.index)])
    cleaned.skipped.mark(told & (cleaned.findings.reason == 0), "same_visit")
    return ByWord(one, chosen, lines)


def _lines(cleaned: Cleaned) -> pd.DataFrame:
    """Word and whether it took place, of each row that is not skipped already."""
    status = cleaned.by_word
    rows = np.flatnonzero(cleaned.waits_for_a_word() & (cleaned.skipped.reason < 0))
    words = np.array(status.words, dtype=object)[status.codes[rows]]
    return pd.DataFrame(
        {"word": pd.array(words, dtype="str"), "took_place": status.took_place[rows]}, index=rows
    )


def _one_a_visit(
    sessions: pd.DataFrame,
    sure: pd.DataFrame,
    lines: pd.DataFrame,
    cleaned: Cleaned,
    columns: Columns,
) -> pd.DataFrame:
    """One row a visit and word; of a visit with two such words the first."""
    word = lines["word"].reindex(sessions.index).fillna("")
    free = (word != "") & ~sessions["session_key"].isin(sure["session_key"])
    rows, words = sessions[free], word[free]
    keyed = rows.assign(session_key=(words + BETWEEN + rows["session_key"]).astype("str"))
    one, _ = one_row_a_visit(keyed, cleaned, columns)
    keys = one["session_key"].str.replace(f"^[^{BETWEEN}]*{BETWEEN}", "", regex=True)
    return one.assign(session_key=keys.astype("str")).drop_duplicates("session_key")


def _quarantine(cleaned: Cleaned, rows: np.ndarray) -> None:
    """Every line waits: none is skipped as a further one of a visit that is none yet."""
    reasons, further = cleaned.skipped.reason, SKIPPED.index("same_visit")
    reasons[rows[reasons[rows] == further]] = -1
    cleaned.findings.problem(_mask(cleaned, rows), UNKNOWN_STATUS, cleaned.by_word.position)


def _mask(cleaned: Cleaned, rows: np.ndarray) -> np.ndarray:
    mask = np.zeros(len(cleaned.frame), dtype=bool)
    mask[rows] = True
    return mask
