"""The thresholds a clinic may change, in one frozen dataclass loaded from one file."""

import hashlib
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines.errors import OutcomesError
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
        thresholds = {name: getattr(self, name) for name in ALLOWED}
        return hashlib.sha256(repr(sorted(thresholds.items())).encode()).hexdigest()[:6]


ALLOWED = {
    "episode_gap_days": (7, 730),
    "lowest_baseline": (0, 10),
    "responder_percent": (1, 100),
    "substantial_percent": (1, 100),
    "responder_points": (0.1, 10),
    "improved_points": (0.1, 10),
    "improved_percent": (1, 100),
    "due_days": (1, 365),
    "left_days": (1, 730),
    "technique_share": (0.501, 1),
    "completer_sessions": (2, 20),
    "fewest_at_risk": (1, 1000),
    "fewest_patients": (2, 1000),
    "fewest_episodes": (1, 1000),
    "cell_size": (5, 1000),
    "low_frequency_hz": (0.1, 1000),
    "high_frequency_hz": (0.1, 1000),
    "superficial_mm": (1, 50),
}


def load_settings(path: Path = SETTINGS) -> Settings:
    """The clinic's settings; a file that is not there means every default.

    Raises OutcomesError where a name is unknown or a value is outside its range.
    """
    if not path.exists():
        return Settings()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise OutcomesError(f"{path.name} cannot be read: {error}.") from None
    return Settings(**{name: _checked(path.name, name, value) for name, value in given.items()})


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
    low, high = ALLOWED[name]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not low <= value <= high:
        raise OutcomesError(f"{file}: {name} must be a number from {low} to {high}.")
    if kind is int and value != int(value):
        raise OutcomesError(f"{file}: {name} must be a whole number.")
    return kind(value)
