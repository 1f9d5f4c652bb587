"""Whether anything hidden follows from what was published, over many clinics and releases."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice

import numpy as np

from pipelines.errors import OutcomesError
from pipelines.publish import making
from pipelines.publish.cube import CELL, COUNTS
from tests.support.attacker import Attacker
from tests.support.published import random_clinic, releases_of, secrets, subtractions

TITLE = "Attacks on what is published"
ABOUT = """
Made-up clinics of 60 to 150 patients, 2 to 5 conditions, three releases each, half a year apart.
The attacker is given release.json of all three and the rules of docs/publishing.md, and asks for
the narrowest range of each hidden number of 1 to 10 patients, and of each hidden rest of a
denominator of 1 to 10 patients. "Narrowed" is a range that leaves out 11 or is shorter than 5.
"Without step 5" is the same with complementary suppression switched off, over the first clinics.
"Subtractions" are all shown answers of the last release's `summary --public`, less those of rows
inside them; a small group is one of 1 to 10 patients that the rounded difference shows to be
under 11. Below, the share of the numbers above nought that are hidden, by table, in the last
release of each clinic, and how many of these are hidden only for the sake of others.
"""
CLINICS, WITHOUT = 300, 40
SPARE, PROCESSES = 40, 2
MOST = 150


def run(seed: int) -> Iterator[dict]:
    """One row a figure."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        tried = pool.map(_one, range(seed, seed + CLINICS + SPARE))
        published = list(islice(filter(None, tried), CLINICS))
        off = list(
            islice(filter(None, pool.map(_one_without, range(seed, seed + WITHOUT))), WITHOUT)
        )
    yield from _rows("as published", [found for found, _ in published])
    yield from _rows("without step 5", off)
    yield from _by_table([shares for _, shares in published])


def _one(seed: int) -> tuple[dict[str, int], dict[str, tuple[int, int]]] | None:
    """What the attacker found in a clinic, and its shares; None where it is too small at first."""
    try:
        made = releases_of(random_clinic(seed, MOST))
    except OutcomesError:
        return None
    return _attacked(made), _shares(made[-1])


def _one_without(seed: int) -> dict[str, int] | None:
    """What the attacker finds where nothing is hidden for the sake of others."""
    with _switched_off():
        found = _one(seed)
    return found and found[0]


def _attacked(made) -> dict[str, int]:
    attacker = Attacker([release.contract for release in made])
    hidden = set(attacker.hidden())
    kept = list(secrets(made, lambda number: number in hidden))
    small = [
        1
        for _, _, difference, patients in subtractions(made[-1])
        if patients < 11 and difference + 4 < 11
    ]
    return {"hidden": len(kept), "narrowed": len(attacker.narrowed(kept)), "small": len(small)}


@contextmanager
def _switched_off() -> Iterator[None]:
    """Releases in which nothing is hidden for the sake of others."""
    usual = making.hidden_besides
    making.hidden_besides = lambda new, primary, earlier, settings: primary
    try:
        yield
    finally:
        making.hidden_besides = usual


def _rows(how: str, found: list[dict[str, int]]) -> Iterator[dict]:
    narrowed = np.array([one["narrowed"] for one in found])
    total = sum(one["hidden"] for one in found)
    yield {"what": f"clinics, {how}", "number": len(found), "of": ""}
    yield {"what": f"hidden numbers narrowed, {how}", "number": int(narrowed.sum()), "of": total}
    yield {
        "what": f"clinics with any, {how}",
        "number": int((narrowed > 0).sum()),
        "of": len(found),
    }
    small = sum(one["small"] for one in found)
    yield {"what": f"small groups by subtraction, {how}", "number": small, "of": ""}


def _shares(release) -> dict[str, tuple[int, int]]:
    """By table: hidden numbers and numbers above nought, patients included."""
    cells = release.counted.cells
    shares: dict[str, tuple[int, int]] = {}
    for cell in cells.index:
        depth = ["half_year" if "-" in cell[0] else "year", *CELL[1:]]
        name = " and ".join(d for d, v in zip(depth, cell, strict=True) if v != "all") or "clinic"
        above = cells.loc[cell, list(COUNTS)].to_numpy() > 0
        hidden = release.hidden.loc[cell, list(COUNTS)].to_numpy(dtype=bool) & above
        known = shares.get(name, (0, 0))
        shares[name] = (known[0] + int(hidden.sum()), known[1] + int(above.sum()))
    return shares


def _by_table(shares: list[dict[str, tuple[int, int]]]) -> Iterator[dict]:
    for name in dict.fromkeys(name for one in shares for name in one):
        hidden = sum(one.get(name, (0, 0))[0] for one in shares)
        of = sum(one.get(name, (0, 0))[1] for one in shares)
        yield {"what": f"hidden in {name} ({hidden / of:.0%})", "number": hidden, "of": of}
