"""Side effects in five figures, each with published ones where there are any."""

import pandas as pd

from dashboard import phrases, published, theme
from dashboard.figures.side_effects import SideEffects
from dashboard.shown import Measure

LOW = 0.8
"""A recording rate below this makes every other rate unsure."""


def measures(found: SideEffects) -> list[Measure]:
    """Sessions, events, patients, serious events, and how many sessions are recorded at all."""
    return [_any(found), _events(found), _patients(found), _serious(found), _recorded(found)]


def of(row: pd.Series) -> str:
    """How many of how many: "210 of 877"."""
    return f"{theme.count(row['n'])} of {theme.count(row['of'])}"


def left_out(found: SideEffects) -> dict[str, int]:
    """What no rate of recorded sessions can use."""
    return {"not_recorded": phrases.not_recorded(found.any)}


def _any(found: SideEffects) -> Measure:
    row = found.any
    return Measure(
        name="any_side_effect",
        label="Any side effect per 100",
        value=theme.per_hundred(row["rate"]),
        sure=_per_100_interval(row),
        of=f"{of(row)} recorded sessions",
        left_out=left_out(found),
    )


def _events(found: SideEffects) -> Measure:
    row = found.events
    return Measure(
        name="side_effect_events",
        label="Events per 100",
        value=theme.per_hundred(row["rate"]),
        sure=_per_100_interval(row),
        of=f"{phrases.several(int(row['n']), 'event')} in "
        f"{phrases.several(int(row['of']), 'recorded session')}",
        change=published.events_said(),
        left_out=left_out(found),
    )


def _per_100_interval(row: pd.Series) -> str:
    return phrases.interval_95(theme.interval(100 * row["low"], 100 * row["high"]))


def _patients(found: SideEffects) -> Measure:
    row = found.patients
    return Measure(
        name="patients_with_any",
        label="Patients with any",
        value=theme.percent(row["rate"]),
        sure=phrases.share_interval(row),
        of=f"{of(row)} patients with a recorded session",
        left_out=left_out(found),
    )


def _serious(found: SideEffects) -> Measure:
    row = found.serious
    return Measure(
        name="serious",
        label="Serious events",
        value=theme.count(row["n"]) if row["of"] else theme.NONE,
        sure=phrases.serious_limits(row),
        of=f"{of(row)} recorded sessions had one",
        change=published.serious_said(),
        left_out=left_out(found),
    )


def _recorded(found: SideEffects) -> Measure:
    row = found.recorded
    low = theme.known(row["rate"]) and row["rate"] < LOW
    return Measure(
        name="recording",
        label="Recorded",
        value=theme.percent(row["rate"]),
        sure=phrases.share_interval(row),
        of=f"{of(row)} treatment sessions",
        change="With so many blank, every rate here may be far off" if low else "",
    )
