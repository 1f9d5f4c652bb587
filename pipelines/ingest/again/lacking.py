"""Known visits that a newer export of their period does not hold, or calls cancelled."""

import numpy as np
import pandas as pd

from pipelines.ingest.again.file import File
from pipelines.ingest.again.keys_known import Named
from pipelines.ingest.again.patient_days import patient_days
from pipelines.ingest.again.sources import Sources
from pipelines.ingest.again.told import STEP
from pipelines.ingest.rows import SKIPPED
from pipelines.ingest.steps import Step
from pipelines.store.layout import LACKING
from pipelines.store.merge import told
from pipelines.store.settle import VANISHED

CALLED_OFF = (
    "cancelled", "no_show", "rescheduled", "never_booked", "archived", "deleted", "break",
    "waitlist", "test", "preview",
)  # fmt: skip
NARROWED_BY = ("clinic", "therapist", "condition", "technique")
FEW, SHARE = 5, 0.2
"""A file that lacks more visits than these of its period is a part of it, by a filter that its
columns do not show: a list of so many would be false, and nobody would read it."""


def lacking(
    file: File, by_key: Named, place: np.ndarray, current: pd.DataFrame, sources: Sources
) -> pd.DataFrame:
    """One row a known visit to ask about, with the reason; `place` are the visits it holds.

    Never of a file of mended rows alone: it holds no period.
    """
    called_off = _called_off(file, by_key, place)
    missing = np.zeros(len(current), dtype=bool)
    if not (file.mended != "").any():
        missing = _missing(file, by_key, place, current, sources)
    missing[list(called_off)] = False
    words = called_off | dict.fromkeys(np.flatnonzero(missing), VANISHED)
    at = sorted(words)
    found = pd.DataFrame(
        {
            "import_id": file.import_id,
            "session_key": current["session_key"].iloc[at].array,
            "reason": [words[visit] for visit in at],
        },
        columns=list(LACKING),
    )
    _tell(file, found)
    return found


def _tell(file: File, found: pd.DataFrame) -> None:
    for reason, number in found["reason"].value_counts().items():
        what = "not in it" if reason == VANISHED else str(reason).replace("_", " ") + " in it"
        known = "1 known visit is" if number == 1 else f"{number:,} known visits are"
        counted = "listed as vanished and counted until you say otherwise"
        file.cleaned.findings.steps.append(Step(STEP, f"{known} {what}, {counted}"))


def _called_off(file: File, by_key: Named, place: np.ndarray) -> dict[int, str]:
    """Known visits whose row is skipped by its status, and the word of that status."""
    skipped = file.cleaned.skipped.reason
    reasons = [SKIPPED.index(name) for name in CALLED_OFF]
    rows = np.flatnonzero(np.isin(skipped, reasons) & (by_key.place >= 0))
    held = set(place[place >= 0])
    patients = file.cleaned.frame["patient_id"].isna().to_numpy()
    return {
        int(by_key.place[row]): SKIPPED[skipped[row]]
        for row in rows
        if by_key.place[row] not in held and (by_key.agrees[row] or patients[row])
    }


def _missing(
    file: File, by_key: Named, place: np.ndarray, current: pd.DataFrame, sources: Sources
) -> np.ndarray:
    """Known visits of the same system in the file's period and scope that it does not hold."""
    none = np.zeros(len(current), dtype=bool)
    days = file.sessions["session_date"]
    due = current["session_date"].between(days.min(), days.max()).to_numpy()
    for name in NARROWED_BY:
        due = due & _in_scope(file.said[name], current[name])
    at = np.flatnonzero(due)
    due[at] = sources.held(current["session_key"].iloc[at])
    missing = due.copy()
    missing[place[place >= 0]] = False
    missing[by_key.place[by_key.place >= 0]] = False
    if not missing.any() or (missing == due).all():
        return none  # a file that holds no known visit of its days was not exported to hold them
    missing = missing & ~_may_wait(file, current)
    number, of = int(missing.sum()), int(due.sum())
    if number > FEW and number > SHARE * of:
        told_of = f"{number:,} of {of:,} visits known from its period are not in it"
        file.cleaned.findings.steps.append(
            Step(STEP, "this file holds only part of its period", told_of)
        )
        return none
    return missing


def _in_scope(said: pd.Series, known: pd.Series) -> np.ndarray:
    """Known visits with the one word that the file holds throughout; all where it holds several.

    An export of one therapist says nothing about the visits of another.
    """
    tells = told(said)
    words = said[tells].cat.remove_unused_categories().cat.categories
    if not tells.any() or not tells.all() or len(words) != 1:
        return np.ones(len(known), dtype=bool)
    return (known == words[0]).to_numpy(dtype=bool)


def _may_wait(file: File, current: pd.DataFrame) -> np.ndarray:
    """Known visits of a patient and day of which a row is in quarantine: it may be that one."""
    waits = (file.cleaned.findings.reason > 0) & (file.cleaned.skipped.reason < 0)
    rows = file.cleaned.frame.loc[waits, ["patient_id", "session_date"]].dropna()
    if rows.empty:
        return np.zeros(len(current), dtype=bool)
    waiting, known = patient_days(rows, current)
    return np.isin(known, waiting)
