"""What is said of a file's visits that are known already, or should be."""

import numpy as np
import pandas as pd

from pipelines.ingest.again.file import File
from pipelines.ingest.again.keys_known import Named
from pipelines.ingest.again.meeting import Verdict
from pipelines.ingest.steps import Step

STEP = "known visits"


def tell(
    file: File, by_key: Named, verdict: Verdict, kept: np.ndarray, current: pd.DataFrame
) -> None:
    """Notes how visits were recognised, as steps and as a count of repairs."""
    steps = file.cleaned.findings.steps
    if by_key.numbered_anew:
        steps.append(
            Step(
                STEP,
                f"the numbers of {by_key.differ:,} of its visits are not used",
                f"of {by_key.known:,} known ones they stand beside another patient or day",
            )
        )
    found = int((verdict.by_facts & kept).sum())
    if found:
        file.cleaned.findings.repairs["visit_recognised_by_facts"] += found
        keep = "visit keeps its" if found == 1 else "visits keep their"
        agree = "patient, day and what else is told agree, one to one"
        steps.append(Step(STEP, f"{found:,} {keep} known number", agree))
    _tell_of_strangers(file, current)


def tell_that_nothing_is_erased(file: File, visits: int) -> None:
    """Notes that blanks do not erase: a survey is blank where the practice system speaks."""
    because = f"{visits:,} of its visits are known from another system, which says what it does not"
    file.cleaned.findings.steps.append(Step(STEP, "its blanks erase nothing", because))


def _tell_of_strangers(file: File, current: pd.DataFrame) -> None:
    """Says so where none of the file's patients is known, though its period is."""
    days = file.sessions["session_date"]
    inside = current["session_date"].between(days.min(), days.max())
    if file.sessions.empty or not inside.any():
        return
    patients = file.sessions["patient_id"].cat.remove_unused_categories().cat.categories
    if (current["patient_id"].cat.categories.get_indexer(patients) >= 0).any():
        return
    file.cleaned.findings.steps.append(
        Step(
            "patients",
            "none of its patients is known",
            f"their numbers are not among those of the {int(inside.sum()):,} visits known from its"
            " period: are patients numbered here as in the other exports?",
        )
    )
