"""What the wording checker marks, and what it lets pass."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support import marketing

TITLE = "The wording checker: hits and misses"
ABOUT = """
Forty marketing texts of tests/support/marketing.toml, half of them overstated, against the
figures of a made-up clinic; then single sentences. The rules of data/evidence/wording.toml
were mended until they had the texts and the first sentences right, so those rows say only that
nothing has got worse. The last two rows are sentences written afterwards and never used to
mend the rules: they say how the checker fares with what it has not seen. It looks for words
and forms, so a slogan of its own making can still pass. A text without marks is to be read by
a person all the same.

A hit is an overstated sentence that is marked, a false mark an honest one that is.
"""


def run(seed: int) -> Iterator[dict]:
    """One row a text, then one a set of single sentences. Nothing is drawn: no seed is needed."""
    with TemporaryDirectory() as folder:
        for text in marketing.texts():
            found = marketing.checked(text, Path(folder))
            missed = marketing.missed(text, found)
            yield _row(
                text.name,
                len(found),
                len(text.overstated),
                len(text.overstated) - len(missed),
                "; ".join(missed),
                len(marketing.marked_wrongly(text, found)),
            )
    for table, name in (("sentences", "single sentences"), ("fresh", "sentences not seen before")):
        yield from _single(table, name)


def _single(table: str, name: str) -> Iterator[dict]:
    sets = marketing.single(table)
    missed = [one for one in sets["overstated"] if not marketing.is_marked(one)]
    wrongly = sum(map(marketing.is_marked, sets["honest"]))
    overstated, honest = (len(sets[kind]) for kind in ("overstated", "honest"))
    yield _row(
        f"{name}, overstated", overstated, overstated, overstated - len(missed), " ".join(missed), 0
    )
    yield _row(f"{name}, honest", honest, 0, 0, "", wrongly)


def _row(
    text: str, sentences: int, overstated: int, hits: int, missed: str, false_marks: int
) -> dict:
    return {
        "text": text,
        "sentences": sentences,
        "overstated": overstated,
        "hits": hits,
        "missed": missed,
        "false marks": false_marks,
    }
