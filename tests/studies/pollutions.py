"""Correct files spoiled at random, two thousand of them, each by its seed."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from tests.corpus.pollutions import NAMES
from tests.corpus.spoiling import OUTCOMES, Outcome, Spoiled, drawn, judged, shrunk

TITLE = "Correct files, spoiled at random"
ABOUT = """
A correct file with known truth is spoiled in one to four ways at once: another encoding,
delimiter or form of dates, lines above, between and below, other headers, cells that are
blanked, shifted, no scores or no days, a file cut off, a bit flipped. It is imported into an
empty store, and each of its visits is judged: as it is; less than it is (a value that is true
was left out); quarantined; asked (the file waits for an answer); refused; destroyed (its own
bytes were, so that no reader could know); or WRONG: another value or visit taken for true, a
record that is not accounted for, or a traceback. A file counts in the row of each of its
pollutions. Seeds are the study's seed and the number of the file.
"""
FILES = 2000


def run(seed: int) -> Iterator[dict]:
    """One row for each pollution and one for all, with its visits by what became of them."""
    given = [drawn(seed * 10_000 + number) for number in range(FILES)]
    with ProcessPoolExecutor(2) as beside:
        found = list(beside.map(judged, given, chunksize=20))
    for name in NAMES:
        yield _row(name, [(g, f) for g, f in zip(given, found, strict=True) if name in g.names])
    yield _row("all", list(zip(given, found, strict=True)))


def _row(name: str, files: list[tuple[Spoiled, Outcome]]) -> dict:
    counts = Counter()
    for _, found in files:
        counts += found.visits
    wrong = [given for given, found in files if found.faults]
    return {
        "pollution": name.replace("_", " "),
        "files": len(files),
        **{outcome: counts[outcome] for outcome in OUTCOMES},
        "files with a fault": len(wrong),
        "smallest": _told(shrunk(wrong[0])) if wrong else "",
    }


def _told(given: Spoiled) -> str:
    visits = ", ".join(map(str, given.visits))
    return f"seed {given.seed}: {', '.join(given.names)}; visits {visits}"
