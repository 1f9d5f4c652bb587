"""Builders of small clinics: from a table written as text, or at random by seed."""

from datetime import date

import numpy as np
import pandas as pd

from pipelines import tables
from pipelines.episodes import form_episodes
from pipelines.selection import Clinic
from pipelines.settings import Settings

SHORT = {
    "patient": "patient_id",
    "date": "session_date",
    "time": "session_time",
    "type": "visit_type",
    "before": "pain_before",
    "after": "pain_after",
    "effects": "side_effects",
    "severity": "side_effect_severity",
    "region": "body_region",
    "import": "import_id",
    "line": "source_line",
}
"""What the columns of a written table may be called, for short."""

DEFAULTS = {
    "patient_id": "P1",
    "session_date": "2025-01-06",
    "visit_type": "treatment",
    "condition": "neck pain",
    "import_id": "import 1",
    "source_file": "export.csv",
}


def table(text: str) -> pd.DataFrame:
    """Sessions from a table of cells between bars, one visit a line, headers first.

    A blank cell is missing; in a set, `none` is recorded-none. A column that is not
    written is missing throughout, apart from DEFAULTS.
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    names = [SHORT.get(name, name) for name in header]
    unknown = set(names) - set(tables.SESSION)
    assert not unknown, f"no such column: {unknown}"
    return frame([dict(zip(names, row, strict=True)) for row in rows])


def frame(records: list[dict[str, str | float | None]]) -> pd.DataFrame:
    """Sessions from one mapping a visit, every column in its proper type."""
    length = len(records)
    columns = {}
    for name, kind in tables.SESSION.items():
        given = [record.get(name, DEFAULTS.get(name)) for record in records]
        cells = [None if cell == "" or pd.isna(cell) else cell for cell in given]
        columns[name] = _column(name, kind, cells)
    columns["session_key"] = pd.Series([f"S{row}" for row in range(length)], dtype="str")
    return pd.DataFrame(columns)


def _column(name: str, kind: str, cells: list) -> pd.Series:
    if name == "source_line":
        return pd.Series([int(cell or row + 2) for row, cell in enumerate(cells)], dtype="int32")
    if name == "session_time":
        return pd.Series([_seconds(cell) for cell in cells], dtype="float64")
    if kind == tables.SET:
        cells = ["" if cell == "none" else cell for cell in cells]
        return pd.Series(cells, dtype="str").str.replace(", ", ";").astype("category")
    if kind == tables.FLAG:
        return pd.Series([{"yes": True, "no": False}.get(cell) for cell in cells], dtype="boolean")
    types = {
        tables.TEXT: "str",
        tables.DATE: "datetime64[s]",
        tables.NUMBER: "float64",
        tables.WHOLE: "int32",
    }
    if kind == tables.CATEGORY:
        return pd.Series(cells, dtype="str").astype("category")
    return pd.Series(cells, dtype="str" if kind == tables.TEXT else "object").astype(types[kind])


def _seconds(cell: str | float | None) -> float:
    if cell is None:
        return np.nan
    if isinstance(cell, str):
        hours, minutes = cell.split(":")
        return int(hours) * 3600.0 + int(minutes) * 60
    return float(cell)


def clinic(
    sessions: str | pd.DataFrame, settings: Settings | None = None, as_of: str | None = None
) -> Clinic:
    """The whole clinic of these sessions, as of its newest visit unless another day is given.

    As in the store, they stand in the order in which they first came: import, then line.
    """
    if isinstance(sessions, str):
        sessions = table(sessions)
    as_stored = sessions.sort_values(["import_id", "source_line"], kind="stable")
    visits, episodes = form_episodes(as_stored, settings or Settings())
    newest = visits["session_date"].max()
    day = date.fromisoformat(as_of) if as_of else None if pd.isna(newest) else newest.date()
    return Clinic(visits, episodes, day)


def values(frame: pd.DataFrame, column: str) -> list:
    """A column as plain values; missing is None."""
    return [None if pd.isna(value) else value for value in frame[column].tolist()]


def random_sessions(seed: int, visits: int = 120) -> pd.DataFrame:
    """Sessions of a clinic where everything happens: gaps, calls, orphans, blanks, ties.

    Days lie close together so that two visits fall on one day, and gaps of around the
    setting occur; half points occur so that thresholds are met exactly.
    """
    draw = np.random.default_rng(seed)
    patients = max(1, int(visits / draw.integers(3, 12)))
    records = [_random_visit(draw, patients) for _ in range(visits)]
    return frame(records).sample(frac=1, random_state=seed).reset_index(drop=True)


def _random_visit(draw: np.random.Generator, patients: int) -> dict[str, str | float | None]:
    steps = (0, 1, 7, 14, 28, 29, 42, 56, 60, 84, 90, 91, 119, 120, 180, 181, 300, 391, 700)
    day = pd.Timestamp("2023-11-20") + pd.Timedelta(days=int(draw.choice(steps)))
    before = draw.integers(0, 21) / 2
    return {
        "patient_id": f"P{draw.integers(0, patients)}",
        "session_date": (day + pd.Timedelta(days=int(draw.integers(0, 3)))).isoformat(),
        "session_time": _maybe(draw, 0.5, float(draw.integers(28, 32)) * 1800),
        "visit_type": _pick(draw, tables.VISIT_TYPES, (0.15, 0.6, 0.15, 0.1)),
        "clinic": _maybe(draw, 0.9, _pick(draw, ("North", "South"))),
        "therapist": _maybe(draw, 0.85, _pick(draw, ("Ada", "Bo", "Cy", "Dee"))),
        "condition": _pick(draw, ("neck pain", "low back pain", "unspecified"), (0.5, 0.3, 0.2)),
        "body_region": _maybe(draw, 0.7, _pick(draw, ("neck", "back"))),
        "chronicity": _maybe(draw, 0.8, _pick(draw, tables.CHRONICITIES)),
        "technique": _maybe(draw, 0.9, _pick(draw, tables.TECHNIQUES, (0.25, 0.45, 0.2, 0.1))),
        "pain_before": _maybe(draw, 0.85, before),
        "pain_after": _maybe(draw, 0.8, float(np.clip(before - draw.integers(-2, 7) / 2, 0, 10))),
        "side_effects": _maybe(draw, 0.85, _random_effects(draw)),
        "side_effect_severity": _maybe(draw, 0.1, _pick(draw, tables.SEVERITIES, (0.7, 0.2, 0.1))),
        "contraindications": _maybe(draw, 0.1, "pregnancy"),
        "age": _maybe(draw, 0.9, float(draw.integers(18, 90))),
        "import_id": _pick(draw, ("import 1", "import 2", "import 3")),
        "source_line": int(draw.integers(2, 10_000)),
    }


def _random_effects(draw: np.random.Generator) -> str:
    common = (0.2, 0.15, 0.1, 0.05, 0, 0, 0, 0, 0, 0, 0.01, 0, 0.005, 0.02)
    happened = draw.random(len(tables.SIDE_EFFECTS)) < common
    names = [name for name, hit in zip(tables.SIDE_EFFECTS, happened, strict=True) if hit]
    return tables.SEPARATOR.join(names) or "none"


def _maybe(draw: np.random.Generator, share: float, value: object) -> object:
    return value if draw.random() < share else None


def _pick(draw: np.random.Generator, names: tuple[str, ...], chances=None) -> str:
    return str(draw.choice(names, p=chances))
