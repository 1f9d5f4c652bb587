"""One store, whatever way the visits come in: twice, in parts that are written each in its own
way and in any order, read in one pass or record by record."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ingest import read
from pipelines.ingest.load import import_file
from pipelines.store import Store
from tests.corpus import pollutions as p
from tests.corpus.clinic import CLINIC
from tests.corpus.draft import draft_of
from tests.corpus.judge import TODAY
from tests.corpus.pollutions import NAMES
from tests.corpus.spoiling import MOST, Spoiled, made
from tests.support.examples import examples
from tests.support.exports import content, figures, take, twin_store

HARMLESS = tuple(
    way.__name__
    for way in (
        p.dates_in_another_form, p.decimal_commas, p.scores_out_of_ten, p.ids_wrapped,
        p.ids_in_another_case, p.other_yes_and_no, p.other_lists, p.columns_added,
        p.headers_by_other_names, p.columns_shuffled, p.lines_twice, p.notes_between,
        p.header_again, p.totals, p.blank_lines, *p.LAYOUT,
    )
)  # fmt: skip
"""Ways to write a file after which every value is still known, of a part as of the whole."""
SETTLE = [number for number, visit in enumerate(CLINIC) if visit["session_date"].day > 12]
OPEN = [number for number in range(MOST) if number not in SETTLE]


@contextmanager
def two_stores() -> Iterator[tuple[Store, Store]]:
    """Two empty stores in which a patient has the same code."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        yield twin_store(Path(one)), twin_store(Path(other))


def ways(names: tuple[str, ...], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of the ways, in the order in which they are applied."""
    chosen = st.sets(st.sampled_from(names), max_size=most)
    return chosen.map(lambda some: tuple(name for name in NAMES if name in some))


SEEDS = st.integers(0, 99_999)
ANY = st.builds(Spoiled, ways(NAMES, 4), SEEDS, st.just(tuple(range(MOST))))


@st.composite
def parts(draw: st.DrawFn) -> list[Spoiled]:
    """The clinic's visits in two or three files, which may overlap, each written in its own way.

    In each, some day above 12 settles the order of day and month.
    """
    count = draw(st.integers(2, 3))
    found = []
    for place in range(count):
        own = SETTLE[place::count] + OPEN[place::count]
        more = draw(st.sets(st.integers(0, MOST - 1), max_size=3))
        visits = tuple(sorted({*own, *more}))
        found.append(Spoiled(draw(ways(HARMLESS, 4)), draw(SEEDS), visits))
    return draw(st.permutations(found))


@given(parts())
@examples(5)
def test_parts_each_written_in_its_own_way_are_the_whole(files):
    with two_stores() as (whole, pieces):
        take(whole, draft_of(CLINIC).data(), today=TODAY)
        for file in files:
            take(pieces, made(file)[1], today=TODAY)
        assert content(whole).equals(content(pieces))
        assert figures(whole) == figures(pieces)


@given(ANY)
@examples(5)
def test_a_spoiled_file_imported_twice_changes_nothing(file):
    with two_stores() as (store, _):
        first = import_file(store, "spoiled.csv", made(file)[1], today=TODAY)
        held, waiting = content(store), len(store.quarantine())
        again = import_file(store, "spoiled.csv", made(file)[1], today=TODAY)
        assert (again.refused, again.accepted, again.updated) == (first.refused, 0, 0)
        assert (again.unchanged, again.quarantined) == (first.accepted, first.quarantined)
        assert content(store).equals(held)
        assert len(store.quarantine()) == waiting


@given(ANY)
@examples(8)
def test_in_one_pass_and_record_by_record_hold_the_same(file):
    data = made(file)[1]
    with two_stores() as (one, other):
        fast = import_file(one, "spoiled.csv", data, today=TODAY)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(read, "read_at_once", lambda *file: None)
            careful = import_file(other, "spoiled.csv", data, today=TODAY)
        assert fast.as_contract() == careful.as_contract()
        assert content(one).equals(content(other))
        assert figures(one) == figures(other)
