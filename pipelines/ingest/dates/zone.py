"""Times written with their zone, as the clinic's own date and time of day."""

import numpy as np
import pandas as pd


def local(
    days: np.ndarray, seconds: np.ndarray, offset: np.ndarray, time_zone: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days and seconds in the clinic's zone, and which of them that changed.

    `offset` are the seconds ahead of UTC that a text states; without one it stays as written.
    """
    stated = ~np.isnan(offset) & ~np.isnan(seconds) & ~np.isnat(days)
    if not time_zone or not stated.any():
        return days, seconds, np.zeros(len(days), bool)
    shift = (seconds[stated] - offset[stated]).astype("timedelta64[s]")
    instants = days[stated].astype("datetime64[s]") + shift
    there = pd.DatetimeIndex(instants, tz="UTC").tz_convert(time_zone).tz_localize(None)
    written = there.to_numpy().astype("datetime64[s]")
    own_days, own_seconds = days.copy(), seconds.copy()
    own_days[stated] = written.astype("datetime64[D]")
    own_seconds[stated] = (written - written.astype("datetime64[D]")).astype(float)
    return own_days, own_seconds, (own_days != days) | (stated & (own_seconds != seconds))
