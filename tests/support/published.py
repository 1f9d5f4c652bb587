"""Made-up clinics whose releases are published one after the other, with the truth beside."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd

from pipelines import tables
from pipelines.publish import making
from pipelines.publish.cube import BEHIND, PARENT, REST
from pipelines.publish.groups import contains
from pipelines.publish.public import public_summary
from pipelines.publish.release import Release
from pipelines.selection import Clinic
from pipelines.settings import Settings
from tests.support.attacker import CHAINS, DIMENSIONS, SUPPRESSED, Number
from tests.support.clinics import clinic, frame

CONDITIONS = ("Neck pain", "Low back pain", "Shoulder pain", "Headache", "Plantar fascia")
LAST_DAYS = ("2025-07-31", "2026-01-31", "2026-07-31")
"""When the three releases of a clinic are made: each time one half-year more is over."""


def random_clinic(seed: int, most: int = 260) -> pd.DataFrame:
    """Sessions of a clinic that differs by seed in size, mix, length of care and recording."""
    draw = np.random.default_rng(seed)
    patients = int(draw.integers(60, most))
    conditions = CONDITIONS[: draw.integers(2, 6)]
    mix = draw.dirichlet(np.full(len(conditions), 1.2))
    techniques = draw.dirichlet((3, 4, 1.5, 0.4))
    stages = draw.dirichlet((1.5, 1, 3))
    followed, told = draw.uniform(0.6, 0.98), draw.uniform(0.7, 1)
    records = []
    for patient in range(patients):
        for _ in range(1 + (draw.random() < 0.15)):
            facts = (
                f"P{patient}",
                str(draw.choice(conditions, p=mix)),
                str(draw.choice(tables.TECHNIQUES, p=techniques)),
                str(draw.choice(tables.CHRONICITIES, p=stages)),
            )
            records += _care(draw, facts, followed, told)
    return frame(records)


def _care(draw: np.random.Generator, facts: tuple[str, ...], followed: float, told: float) -> list:
    """The visits of one episode."""
    patient, condition, technique, stage = facts
    day = pd.Timestamp("2024-06-20") + pd.Timedelta(days=int(draw.integers(0, 760)))
    pain, records = float(draw.integers(2, 10)), []
    for number in range(draw.integers(1, 7)):
        seen = number == 0 or draw.random() < followed
        effects = "soreness" if draw.random() < 0.25 else "none"
        records.append(
            {
                "patient_id": patient,
                "session_date": (day + pd.Timedelta(days=7 * number)).isoformat(),
                "condition": condition,
                "technique": technique,
                "chronicity": stage,
                "pain_before": max(0.0, pain - number * float(draw.integers(0, 3)))
                if seen
                else None,
                "side_effects": effects if draw.random() < told else None,
            }
        )
    return records


def seen_until(sessions: pd.DataFrame, last_day: str) -> Clinic:
    """The clinic as its store was on a day."""
    return clinic(sessions[sessions["session_date"] <= pd.Timestamp(last_day)], as_of=last_day)


def releases_of(
    sessions: pd.DataFrame, settings: Settings | None = None, days: tuple[str, ...] = LAST_DAYS
) -> list[Release]:
    """One release a day, each with those before it in view."""
    made: list[Release] = []
    for day in days:
        seen = seen_until(sessions, day)
        name = f"{date.fromisoformat(day):%Y-%m}a"
        made.append(
            making.make(seen, settings or Settings(), made, name, {"store_version": len(made) + 1})
        )
    return made


def secrets(releases: list[Release], hidden: Callable[[Number], bool]) -> Iterator[Number]:
    """Every hidden number of fewer than 11 patients, and every hidden rest of a denominator."""
    for release in releases:
        for cell, row in release.counted.cells.iterrows():
            yield from (
                number
                for number in _small_numbers(release.name, tuple(cell), row)
                if hidden(number._replace(whole=None))
            )


def _small_numbers(release: str, cell: tuple, row: Mapping[str, Any]) -> Iterator[Number]:
    for count in (name for chain in CHAINS for name in chain):
        if 0 < row[BEHIND + count] < 11:
            yield Number(release, cell, count)
        if count in PARENT and 0 < row[REST + count] < 11:
            yield Number(release, cell, count, PARENT[count])


def answers(release: Release) -> dict[tuple, dict[str, Any]]:
    """What `summary --public` says to everything that may be asked: by cell, its counts."""
    told = {}
    for table in release.tables:
        for row in table["rows"]:
            asked = {name: row[name] for name in table["dimensions"] if row[name] != "all"}
            said = public_summary(release, asked)
            pain, effects = said["pain"], said["side_effects"]
            period = asked.get("year", asked.get("half_year", "all"))
            told[(period, *(asked.get(name, "all") for name in DIMENSIONS))] = {
                "episodes": said["counts"]["episodes"],
                "eligible": pain["eligible"],
                "responders_30": pain["responders_30"]["n"],
                "responders_50": pain["responders_50"]["n"],
                "sessions": said["counts"]["sessions"],
                "recorded": effects["recorded"],
                "any_side_effect": effects["any"]["n"],
            }
    return told


def subtractions(release: Release) -> Iterator[tuple[Number, tuple, int, int]]:
    """Each shown number less each shown number of a row inside its own.

    The number, the row inside, the rounded difference, and the patients truly behind it.
    """
    told, cells = answers(release), release.counted.cells
    for outer, inner in permutations(told, 2):
        if not contains(release.counted.group(outer), release.counted.group(inner)):
            continue
        for chain in CHAINS:
            for count in chain:
                both = told[outer][count], told[inner][count]
                exact = cells.loc[outer, count] - cells.loc[inner, count]
                if SUPPRESSED not in both and 0 < both[1] < both[0] + 5 and exact:
                    patients = _patients_between(release, outer, inner, count)
                    yield Number(release.name, outer, count), inner, both[0] - both[1], patients


def _patients_between(release: Release, outer: tuple, inner: tuple, count: str) -> int:
    """How many patients are counted in one row and not in the row inside it."""
    part = release.contributions.episodes
    rows = part if count in part else release.contributions.sessions
    between = _in_row(rows, outer) & ~_in_row(rows, inner) & (rows[count] > 0).to_numpy()
    return rows.loc[between, "patient"].nunique()


def _in_row(rows: pd.DataFrame, cell: tuple) -> np.ndarray:
    period, *others = cell
    chosen = (rows["half_year"].str.startswith(period if period != "all" else "")).to_numpy()
    for name, value in zip(DIMENSIONS, others, strict=True):
        if value != "all":
            chosen = chosen & (rows[name] == value).to_numpy()
    return chosen
