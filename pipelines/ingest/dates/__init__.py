"""Dates and times of day, judged over the whole column and all its forms.

One day above 12 settles whether day or month comes first; so does a weekday's name.
What stays open is asked, never guessed.
"""

from pipelines.ingest.dates.asking import Hint
from pipelines.ingest.dates.reading import (
    FAULTS,
    FINE,
    NO_SUCH_DAY,
    SWAPPED,
    UNREADABLE,
    WRONG_WEEKDAY,
    Dates,
    How,
    read_clock,
    read_dates,
)

__all__ = [
    "FAULTS", "FINE", "NO_SUCH_DAY", "SWAPPED", "UNREADABLE", "WRONG_WEEKDAY", "Dates", "Hint",
    "How", "read_clock", "read_dates",
]  # fmt: skip
