"""The thresholds a clinic may change, in one frozen dataclass loaded from one file."""

import hashlib
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines.errors import OutcomesError
from pipelines.known_settings import AGREEING, KNOWN
from pipelines.places import SETTINGS


@dataclass(frozen=True)
class Settings:
    """Each value is named, with its unit, on every page that uses it."""

    episode_gap_days: int = 90
    lowest_baseline: float = 3.0
    responder_percent: float = 30.0
    substantial_percent: float = 50.0
    responder_points: float = 2.0
    improved_points: float = 2.0
    improved_percent: float = 30.0
    due_days: int = 30
    left_days: int = 60
    technique_share: float = 0.75
    completer_sessions: int = 6
    fewest_at_risk: int = 10
    fewest_patients: int = 30
    fewest_episodes: int = 10
    cell_size: int = 11
    low_frequency_hz: float = 10.0
    high_frequency_hz: float = 50.0
    superficial_mm: float = 10.0
    time_zone: str = ""

    @property
    def version(self) -> str:
        """Six characters that change with any threshold, printed beside every figure."""
        thresholds = {name: getattr(self, name) for name in KNOWN}
        return hashlib.sha256(repr(sorted(thresholds.items())).encode()).hexdigest()[:6]


def load_settings(path: Path = SETTINGS) -> Settings:
    """The clinic's settings; a file that is not there means every default.

    Raises OutcomesError where a name is unknown, a value is outside its range, or two
    settings contradict each other.
    """
    if not path.exists():
        return Settings()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise OutcomesError(f"{path.name} cannot be read: {error}.") from None
    values = {name: _checked(path.name, name, value) for name, value in given.items()}
    return _agreeing(path.name, Settings(**values))


def _checked(file: str, name: str, value: object) -> int | float | str:
    types = {field.name: field.type for field in fields(Settings)}
    if name not in types:
        known = ", ".join(types)
        raise OutcomesError(f"{file} sets {name!r}, which is no setting. Known: {known}.")
    return _zone(file, value) if name == "time_zone" else _number(file, name, value, types[name])


def _zone(file: str, value: object) -> str:
    """The name of a time zone, or nothing."""
    try:
        if value != "":
            ZoneInfo(value if isinstance(value, str) else "")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise OutcomesError(
            f'{file}: time_zone must be a place such as "Europe/Berlin", or "" for none.'
        ) from None
    return str(value)


def _number(file: str, name: str, value: object, kind: type) -> int | float:
    low, high = KNOWN[name].lowest, KNOWN[name].highest
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not low <= value <= high:
        raise OutcomesError(
            f"{file}: {name} ({KNOWN[name].words}, in {KNOWN[name].unit}) must be a number from"
            f" {low} to {high}."
        )
    if kind is int and value != int(value):
        raise OutcomesError(f"{file}: {name} must be a whole number.")
    return kind(value)


def _agreeing(file: str, settings: Settings) -> Settings:
    for pair in AGREEING:
        larger, smaller = getattr(settings, pair.larger), getattr(settings, pair.smaller)
        if larger < smaller or (pair.strictly and larger == smaller):
            bound = "above" if pair.strictly else "at least"
            raise OutcomesError(
                f"{file}: {pair.larger} ({larger:g}) must be {bound} {pair.smaller} ({smaller:g}):"
                f" {pair.why}."
            )
    return settings
