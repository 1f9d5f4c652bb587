"""What the events in force say together: the log of accepted rows made into current sessions."""

from typing import TYPE_CHECKING

import pandas as pd

from pipelines.store.ledger import Head
from pipelines.store.merge import current_rows
from pipelines.tables import SESSION

if TYPE_CHECKING:
    from pipelines.store.store import Store


def sessions_of(store: "Store", head: Head) -> pd.DataFrame:
    """The current sessions under a head, in order of first appearance."""
    log = store.log(head)
    return current_rows(log, log["erases"].to_numpy(dtype=bool))[list(SESSION)]
