"""One whole process, timed, with its peak of memory.

The benchmarks' own process imports no pandas: on Linux a child's peak is at
least what its parent held when it was started.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

READ_AS_TEXT = "import sys, pandas as pd; pd.read_csv(sys.argv[1], engine='pyarrow', dtype=str)"
"""What every figure is a ratio to: a whole process that reads the file as text."""


@dataclass(frozen=True)
class Run:
    """Seconds by the wall clock, the peak of resident memory in bytes, and what was printed."""

    seconds: float
    peak_bytes: int
    printed: str


@dataclass(frozen=True)
class Comparison:
    """Medians over alternating runs of a process and of the text read."""

    seconds: float
    text_seconds: float
    peak_bytes: int

    @property
    def ratio(self) -> float:
        """How many text reads of the same file it takes."""
        return self.seconds / self.text_seconds


def run(arguments: list[str | Path], store: Path | None = None) -> Run:
    """Run Python with these arguments; raises where it fails."""
    environment = os.environ | ({"OUTCOMES_STORE": str(store)} if store else {})
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    printed = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{arguments} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_maxrss * unit, printed)


def read_as_text(file: Path) -> Run:
    """The yardstick on this file."""
    return run(["-c", READ_AS_TEXT, file])


def compare(file: Path, once: Callable[[], Run], repeats: int) -> Comparison:
    """Alternate the yardstick with `once`; medians of both, and the highest peak."""
    texts, runs = _alternate(file, once, repeats)
    return _comparison([one.seconds for one in runs], texts, runs)


def compare_printed(
    file: Path, once: Callable[[], Run], repeats: int
) -> Iterator[tuple[str, Comparison]]:
    """The same for a process that prints seconds by name as JSON, as a Comparison for each."""
    texts, runs = _alternate(file, once, repeats)
    printed = [json.loads(one.printed) for one in runs]
    for name in printed[0]:
        yield name, _comparison([one[name] for one in printed], texts, runs)


def _alternate(
    file: Path, once: Callable[[], Run], repeats: int
) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    pairs = [(read_as_text(file), once()) for _ in range(repeats)]
    texts, runs = zip(*pairs, strict=True)
    return texts, runs


def _comparison(seconds: list[float], texts: tuple[Run, ...], runs: tuple[Run, ...]) -> Comparison:
    return Comparison(
        seconds=statistics.median(seconds),
        text_seconds=statistics.median(text.seconds for text in texts),
        peak_bytes=max(one.peak_bytes for one in runs),
    )
