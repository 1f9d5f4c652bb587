"""Under which settings the store's figures were made, and since when.

A line of JSON for each change, in `settings-log.jsonl` beside the tables. A line is added in
one write and read as a whole or not at all, so nobody waits for anybody; a store that cannot
be written goes without. It holds thresholds and moments, nothing of a visit.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from pipelines.settings import Settings

FILE = "settings-log.jsonl"
Value = float | str


@dataclass(frozen=True)
class SettingsChange:
    """When other settings were first seen, and what each was before and is since."""

    at: datetime
    changed: Mapping[str, tuple[Value, Value]]


def note_settings(folder: Path, settings: Settings) -> None:
    """Writes the settings down where they are not those of the last line.

    Nothing where the store is empty or cannot be written. Two who note the same change at
    once leave two equal lines, which count as one.
    """
    if not (folder / "ledger").exists():
        return
    noted = [values for _, values in _noted(folder)]
    if noted and noted[-1] == asdict(settings):
        return
    line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "settings": asdict(settings)}
    try:
        _append(folder / FILE, json.dumps(line))
    except OSError:
        return


def settings_changes(folder: Path) -> list[SettingsChange]:
    """Every change, newest first; settings that a line does not name were no settings then."""
    noted, changes = list(_noted(folder)), []
    for (_, before), (at, after) in pairwise(noted):
        both = [name for name in after if name in before and after[name] != before[name]]
        if both:
            changes.append(SettingsChange(at, {name: (before[name], after[name]) for name in both}))
    return changes[::-1]


def unreadable_lines(folder: Path) -> int:
    """How many lines say nothing: a machine that stopped while one was written leaves one."""
    return sum(_read(line) is None for line in _lines(folder))


def _noted(folder: Path) -> Iterator[tuple[datetime, dict[str, Value]]]:
    return (found for line in _lines(folder) if (found := _read(line)))


def _lines(folder: Path) -> list[str]:
    try:
        text = (folder / FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [line for line in text.splitlines() if line.strip()]


def _read(line: str) -> tuple[datetime, dict[str, Value]] | None:
    try:
        told = json.loads(line)
        return datetime.fromisoformat(told["at"]), dict(told["settings"])
    except (ValueError, KeyError, TypeError):
        return None


def _append(path: Path, line: str) -> None:
    """One write at the end; a line that was cut off is ended first."""
    whole = not path.exists() or path.read_bytes()[-1:] in (b"", b"\n")
    before = "" if whole else "\n"
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    file = os.open(path, flags, 0o600)
    try:
        os.write(file, f"{before}{line}\n".encode())
        os.fsync(file)
    finally:
        os.close(file)
