"""How long it lasts: pain four, eight and twelve weeks after the first treatment."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from pipelines.selection import Clinic
from pipelines.settings import Settings


class Window(NamedTuple):
    """Days after the first treatment: the day aimed at, and the first and last that count."""

    day: int
    first: int
    last: int


WINDOWS = (Window(28, 21, 42), Window(56, 43, 69), Window(84, 70, 112))


def how_long_it_lasts(
    clinic: Clinic,
    settings: Settings,
    by: Sequence[str] = (),
    windows: Sequence[Window] = WINDOWS,
) -> pd.DataFrame:
    """Change, responders and still improved at the visit nearest each day.

    Columns: *by, day, first_day, last_day, n, without_visit, not_yet_reached (those of
    them whose window is still open at as-of), change_mean, low, high, responders,
    responders_of, responders_rate, responders_low, responders_high, still, still_of,
    still_rate, still_low, still_high.
    """
    raise NotImplementedError
