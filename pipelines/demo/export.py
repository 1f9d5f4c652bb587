"""The sample clinic to a file, as one of three systems would write it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd

from pipelines.demo import practice, spreadsheet, survey
from pipelines.demo.blocks import blocks
from pipelines.demo.facts import ATTENDED, LAST_DATE
from pipelines.demo.opening_days import Scenario, years_until
from pipelines.errors import OutcomesError


@dataclass(frozen=True)
class System:
    """How one system writes the clinic: what stands above, in and below the table."""

    encoding: str
    head: Callable[[], str]
    body: Callable[[pd.DataFrame, int], bytes | memoryview]
    foot: Callable[[int], str] = lambda rows: ""
    lists_missed: bool = True


SYSTEMS = {
    "practice": System(practice.ENCODING, practice.head, practice.body),
    "spreadsheet": System(
        spreadsheet.ENCODING, spreadsheet.head, spreadsheet.body, spreadsheet.foot
    ),
    "survey": System(survey.ENCODING, survey.head, survey.body, lists_missed=False),
}
SORTED_SESSIONS = 200_000
"""Up to this size an export is sorted by date, and not streamed."""


@dataclass(frozen=True)
class Sample:
    """One of the committed sample exports: its system, branch, beginning, size and seed."""

    file: str
    style: str
    branch: str
    first_date: date
    sessions: int
    seed: int


SAMPLES = (
    Sample("practice_management.csv", "practice", "Harbor Street", date(2023, 11, 21), 900, 17),
    Sample("front_desk.csv", "spreadsheet", "Old Town", date(2023, 11, 21), 600, 3),
    Sample("outcome_survey.csv", "survey", "Mill Road", date(2025, 1, 6), 500, 10),
)


def write_export(
    path: Path,
    sessions: int = 2_000,
    seed: int = 1,
    style: str = "practice",
    last_date: date = LAST_DATE,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Write the sample clinic's export and return its number of rows.

    The file holds exactly `sessions` attended visits (treatments, follow-up
    calls and discharges) of the three years until `last_date`, and beside them
    some 10% of rows for what was cancelled or missed (none in a survey). The
    same arguments give the same bytes. Up to 200,000 sessions are sorted by date;
    more are streamed by patient, in memory that does not grow with the size.
    `progress` is told the sessions written so far. The file appears when whole.
    """
    return _write(path, years_until(last_date), sessions, seed, style, progress)


def write_samples(folder: Path) -> list[Path]:
    """Write the three small sample exports: one clinic, three branches, three systems."""
    return [_write_sample(folder / sample.file, sample) for sample in SAMPLES]


def _write_sample(path: Path, sample: Sample) -> Path:
    whole = years_until(LAST_DATE)
    scenario = replace(whole, first_date=sample.first_date, branches=(sample.branch,))
    _write(path, scenario, sample.sessions, sample.seed, sample.style, lambda done: None)
    return path


def _write(
    path: Path,
    scenario: Scenario,
    sessions: int,
    seed: int,
    style: str,
    progress: Callable[[int], None],
) -> int:
    system = _checked(sessions, seed, style)
    rows = done = 0
    with _whole_file(path) as file:
        file.write(system.head().encode(system.encoding))
        for visits in _in_order(blocks(scenario, sessions, seed), sessions):
            attended = visits["status"] == ATTENDED
            kept = visits if system.lists_missed else visits[attended]
            file.write(system.body(kept, rows + 1))
            rows += len(kept)
            done += int(attended.sum())
            progress(done)
        file.write(system.foot(rows).encode(system.encoding))
    return rows


def _checked(sessions: int, seed: int, style: str) -> System:
    if style not in SYSTEMS:
        raise OutcomesError(f"No style {style!r}: choose one of {', '.join(SYSTEMS)}.")
    if sessions < 1 or seed < 0:
        raise OutcomesError("A sample needs at least one session, and a seed of 0 or more.")
    return SYSTEMS[style]


def _in_order(visits: Iterator[pd.DataFrame], sessions: int) -> Iterator[pd.DataFrame]:
    """By date, patients numbered as they come, where all fits in memory; else as it comes."""
    if sessions > SORTED_SESSIONS:
        yield from visits
        return
    whole = pd.concat(visits, ignore_index=True)
    whole = whole.iloc[np.lexsort((whole["patient"], whole["minute"], whole["day"]))]
    yield whole.assign(patient=pd.factorize(whole["patient"])[0] + 1)


@contextmanager
def _whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name when it is complete, so that half an export is never met."""
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(path)
    except OSError as error:
        raise OutcomesError(
            f"{path} cannot be written ({error.strerror}). Choose another place."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
