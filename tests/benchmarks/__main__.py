"""Measures, prints and writes docs/performance.md: `python -m tests.benchmarks [SIZE ...]`."""

import csv
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipelines.ingest.headers import load_headers
from tests.benchmarks import machine
from tests.benchmarks.process import Comparison, Run, compare, compare_printed, run
from tests.benchmarks.targets import GIGABYTE, TARGETS
from tests.support.hygiene import PROJECT
from tests.support.tables import markdown

PAGE = PROJECT / "docs" / "performance.md"
SIZES = (10_000, 100_000, 1_000_000)
SEED = 1
REPEATS = {10_000: 5, 100_000: 5}
FEW_REPEATS = 3
OPENING = """# Performance

Written by `make bench`. Each figure is the median of several runs, alternating with the
yardstick: a whole process that reads the same file as text and does nothing else,
`python -c 'import pandas as pd; pd.read_csv(file, engine="pyarrow", dtype=str)'`.
The ratio to it means the same on another machine; seconds do not. The files are the sample
clinic at each size, with cancelled and missed visits beside the sessions.

- **import** is `outcomes import` into an empty store, **import with repairs** the same with
  something to repair in every 50th row, **summary** is `outcomes summary --json`,
  both as whole processes, start of Python included.
- **first page** is the time from the start of the script to the end of the Overview, in a
  server that has just been started; **page again** is the same for the next visitor.
- **changed filter** is the time of the server from a filter that was not used before to the
  finished page, the slowest of several, all data behind it. The browser's drawing comes on
  top of the last three.
- **comparison** is what is shown of techniques at first, over all data: both horizons, raw and
  adjusted, judged by every other method. **one difference** is one adjusted fit of it, and
  **statsmodels on rows** the same fit on one matrix row a session, in the same run: estimates
  and standard errors agree to 1e-8, or the benchmark fails.
"""


def measure(file: Path, sessions: int, folder: Path) -> Iterator[tuple[str, Comparison]]:
    """Each thing that is measured at one size, by its name."""
    repeats = REPEATS.get(sessions, FEW_REPEATS)
    store = folder / "store"

    def import_once(export: Path = file) -> Run:
        shutil.rmtree(store, ignore_errors=True)
        return run(["-m", "pipelines", "import", export, "--json"], store)

    dirty = with_repairs(file, folder / "dirty.csv")
    yield "import with repairs", compare(dirty, lambda: import_once(dirty), repeats)
    yield "import", compare(file, import_once, repeats)
    summary = ["-m", "pipelines", "summary", "--json"]
    yield "summary", compare(file, lambda: run(summary, store), repeats)
    pages = ["-m", "tests.benchmarks.pages"]
    yield from compare_printed(file, lambda: run(pages, store), repeats)
    comparison = ["-m", "tests.benchmarks.comparison"]
    yield from compare_printed(file, lambda: run(comparison, store), repeats)


def with_repairs(file: Path, dirty: Path) -> Path:
    """The same export, with something to repair in every 50th row: a score as `7 out of 10`."""
    with (
        file.open(encoding="utf-8", newline="") as clean,
        dirty.open("w", encoding="utf-8", newline="") as written,
    ):
        reader = csv.reader(clean)
        writer = csv.writer(written)
        header = next(reader)
        score = next(n for n, name in enumerate(header) if is_pain_before(name))
        writer.writerow(header)
        for number, cells in enumerate(reader):
            if number % 50 == 0 and cells[score]:
                cells[score] = f"{cells[score].partition('/')[0]} out of 10"
            writer.writerow(cells)
    return dirty


def is_pain_before(header: str) -> bool:
    """Whether the importer reads the score before treatment from it."""
    guess = load_headers().guess(header)
    return guess is not None and guess.column == "pain_before"


def row(name: str, sessions: int, found: Comparison) -> dict[str, str]:
    """One line of the table, with the target where there is one."""
    target = TARGETS.get((name, sessions))
    gigabytes = found.peak_bytes / GIGABYTE
    reached = target and target.reached(found.seconds, found.ratio, gigabytes)
    return {
        "what": name,
        "sessions": f"{sessions:,}",
        "seconds": f"{found.seconds:.2f}",
        "one text read": f"{found.text_seconds:.2f}",
        "ratio": f"{found.ratio:.1f}x",
        "peak memory": f"{gigabytes:.2f} GB",
        "to reach": str(target or ""),
        "reached": {True: "yes", False: "NO", None: ""}[reached],
    }


def main(sizes: list[int]) -> None:
    """Measure at each size; print each line as it is known, and write the page at the end."""
    rows = []
    for sessions in sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "export.csv"
            demo = ["demo", "--sessions", str(sessions), "--seed", str(SEED), "--csv", file]
            run(["-m", "pipelines", *demo])
            for name, found in measure(file, sessions, Path(folder)):
                rows.append(row(name, sessions, found))
                print("  ".join(f"{cell:>12}" for cell in rows[-1].values()), flush=True)
    facts = markdown({"": name, " ": value} for name, value in machine.description().items())
    text = "\n".join([OPENING, markdown(rows), "", "## Measured with", "", facts, ""])
    PAGE.write_text(text, encoding="utf-8")
    print(f"wrote docs/{PAGE.name}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
