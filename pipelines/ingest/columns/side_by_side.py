"""A row a patient, with one visit beside the other: no session list."""

import re
from collections.abc import Sequence

from pipelines.errors import FileRefused
from pipelines.ingest.cells import one_line
from pipelines.ingest.headers import load_headers

NUMBERED = re.compile(r"^(?P<stem>.*[^\W\d])[\s_#.\-]*(?P<number>\d{1,2})$")
VISITS = ("session_date", "pain_before", "pain_after")


def refuse_side_by_side(header: Sequence[str]) -> None:
    """Raises FileRefused where two columns of the visit stand twice or more under numbers."""
    headers, numbers = load_headers(), {}
    for text in header:
        found = NUMBERED.match(one_line(text))
        guess = headers.guess(found["stem"]) if found else None
        if found and guess and guess.column in VISITS:
            numbers.setdefault(guess.column, set()).add(int(found["number"]))
    if sum(len(several) > 1 for several in numbers.values()) > 1:
        raise FileRefused(
            "Visits stand side by side in numbered columns, one row for each patient."
            " Export one row for each visit."
        )
