"""The settings and their changes for people: value, default, range, what each decides."""

from collections.abc import Sequence
from typing import Any

from pipelines.known_settings import KNOWN
from pipelines.settings import Settings
from pipelines.store.settings_log import SettingsChange, Value

ARROW = "\N{RIGHTWARDS ARROW}"
TIME_ZONE = "time zone of the clinic"


def listed(settings: Settings) -> list[dict[str, Any]]:
    """One row a setting: name, value, default, lowest, highest, unit, words."""
    rows = [
        {
            "setting": name,
            "value": getattr(settings, name),
            "default": getattr(Settings(), name),
            "lowest": known.lowest,
            "highest": known.highest,
            "unit": known.unit,
            "what": known.words,
        }
        for name, known in KNOWN.items()
    ]
    zone = {"setting": "time_zone", "value": settings.time_zone, "default": "", "lowest": None}
    return [*rows, {**zone, "highest": None, "unit": "", "what": TIME_ZONE}]


def changes_listed(changes: Sequence[SettingsChange]) -> list[dict[str, Any]]:
    """One object a change, newest first: at, and the values before and after of each setting."""
    return [
        {
            "at": change.at.isoformat(),
            "changed": {
                name: {"before": old, "after": new} for name, (old, new) in change.changed.items()
            },
        }
        for change in changes
    ]


def in_words(change: SettingsChange) -> str:
    """Such as "Settings changed on 3 Nov 2026: least fall that is a response 30% -> 25%; ..."."""
    told = [f"{_called(name)} {_shown(name, old)} {ARROW} {_shown(name, new)}"
            for name, (old, new) in change.changed.items()]  # fmt: skip
    day = f"{change.at.day} {change.at:%b %Y}"
    alike = "; figures before and after are not alike" if set(change.changed) & set(KNOWN) else ""
    return f"Settings changed on {day}: {', '.join(told)}{alike}."


def _called(name: str) -> str:
    return KNOWN[name].words if name in KNOWN else TIME_ZONE


def _shown(name: str, value: Value) -> str:
    if name in KNOWN:
        return KNOWN[name].shown(float(value))
    return str(value) or "none"
