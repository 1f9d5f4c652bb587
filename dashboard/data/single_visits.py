"""Lists of single visits, changes and waiting rows: for the owner alone, never kept."""

import numpy as np
import pandas as pd

from dashboard import names
from dashboard.access import require_single_visits
from dashboard.data.reading import selected_clinic, store_of
from dashboard.importing import made
from dashboard.request import Request
from pipelines.ingest.clinic_words import answers_in_force
from pipelines.ingest.mappings import SavedMapping, list_mappings
from pipelines.ingest.quarantine import tables_to_mend
from pipelines.ingest.unknown_words import unknown_words as find_unknown_words
from pipelines.measures.contraindications import contraindicated_and_treated
from pipelines.measures.serious_events import serious_events
from pipelines.measures.work_list import work_list
from pipelines.store import settle
from pipelines.watch import LastRun, last_runs


def serious_visits(request: Request) -> pd.DataFrame:
    """Single visits with a serious event, in words. For the owner."""
    require_single_visits(request.viewer)
    return _in_words(serious_events(selected_clinic(request)))


def contraindicated(request: Request) -> pd.DataFrame:
    """Single sessions given although a contraindication was flagged. For the owner."""
    require_single_visits(request.viewer)
    return _in_words(contraindicated_and_treated(selected_clinic(request)))


def work(request: Request, task: str) -> pd.DataFrame:
    """Single visits and episodes with one kind of gap in the data. For the owner."""
    require_single_visits(request.viewer)
    return _in_words(work_list(selected_clinic(request), request.settings, [task]))


def _in_words(frame: pd.DataFrame) -> pd.DataFrame:
    terms = [column for column in frame if column in names.LISTS]
    return frame.assign(**{column: _named(frame[column]) for column in terms})


def _named(column: pd.Series) -> np.ndarray:
    """The words of each value; a list can be long, and few of its values differ."""
    codes, values = pd.factorize(column, use_na_sentinel=False)
    return np.array([names.name(str(column.name), value) for value in values], dtype=object)[codes]


def changes(request: Request) -> pd.DataFrame:
    """Every change of the store (imports, answers, removals), newest first. For the owner."""
    require_single_visits(request.viewer)
    return made.changes(store_of(request))


def gone(request: Request) -> pd.DataFrame:
    """Visits that a newer export lacks, for a person to settle. For the owner."""
    require_single_visits(request.viewer)
    return settle.vanished(store_of(request))


def unknown_words(request: Request) -> pd.DataFrame:
    """Words that no list knows, with the nearest term. For the owner: each is of a cell."""
    require_single_visits(request.viewer)
    return find_unknown_words(store_of(request))


def answers(request: Request) -> pd.DataFrame:
    """What was answered about words of the clinic. For the owner."""
    require_single_visits(request.viewer)
    return answers_in_force(store_of(request))


def kept_answers(request: Request) -> list[SavedMapping]:
    """What was settled under a name for files with the same headers. For the owner."""
    require_single_visits(request.viewer)
    return list_mappings(store_of(request))


def watched(request: Request) -> list[LastRun]:
    """What the last watch of each folder did. For the owner."""
    require_single_visits(request.viewer)
    return last_runs(store_of(request))


def quarantine(request: Request) -> pd.DataFrame:
    """Rows that wait to be mended, with their text. For the owner."""
    require_single_visits(request.viewer)
    return store_of(request).quarantine()


def files_to_mend(request: Request) -> list[tuple[str, bytes]]:
    """The same rows as files, one for each kind of header, to mend and import again."""
    return tables_to_mend(quarantine(request))
