"""A correct file, spoiled at random: each visit is the truth, asked about, quarantined or
refused, never another one; every record is accounted for; the long form is a study."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import spoiling
from tests.corpus.pollutions import NAMES
from tests.corpus.spoiling import (
    FEWEST,
    LEAST,
    MOST,
    OUTCOMES,
    TRUE,
    Spoiled,
    drawn,
    judged,
    shrunk,
)
from tests.support.examples import examples

FILES = 30
ONCE_WRONG = (
    Spoiled(("cells_that_are_no_scores", "totals"), 202501061460, (3, 4, 8, 9)),
    Spoiled(("totals",), 202501061855, (3, 4, 6)),
    Spoiled(("cells_shifted",), 63, (5, 7, 8)),
    Spoiled(("cells_shifted",), 202501060210, (3, 4, 5, 6, 7, 8)),
    Spoiled(("cells_shifted",), 202501061740, (7, 8, 9)),
    Spoiled(("all_quoted", "byte_flipped"), 202501060065, (0, 1, 2, 3, 4, 7, 8, 9)),
    Spoiled(("all_quoted", "byte_flipped"), 202501060381, (2, 3, 4, 5, 6, 7, 8, 9)),
    Spoiled(("scores_out_of_ten", "cells_that_are_no_scores"), 202501061349, (7, 8, 9)),
)
"""Files that the study found, made as small as they go."""


@st.composite
def spoiled_files(draw: st.DrawFn) -> Spoiled:
    """One to four pollutions of at least six of the clinic's visits."""
    names = draw(st.sets(st.sampled_from(NAMES), min_size=1, max_size=4))
    visits = draw(st.sets(st.integers(0, MOST - 1), min_size=LEAST))
    ordered = tuple(name for name in NAMES if name in names)
    return Spoiled(ordered, draw(st.integers(0, 99_999)), tuple(sorted(visits)))


@given(spoiled_files())
@examples(12)
def test_a_spoiled_file_never_gives_another_value(given: Spoiled):
    assert judged(given).faults == []


@pytest.mark.parametrize("file", ONCE_WRONG, ids=lambda file: str(file.seed))
def test_what_once_went_wrong(file: Spoiled):
    assert judged(file).faults == []


def test_most_visits_of_spoiled_files_are_read_all_the_same():
    found = Counter()
    for seed in range(FILES):
        found += judged(drawn(seed)).visits
    assert set(found) <= set(OUTCOMES)
    assert found[TRUE] > 0.8 * found.total()


def test_a_wrong_value_would_be_seen_and_made_small(monkeypatch):
    """As if a reader lost the half points, but only where they stand behind a comma."""
    honest = spoiling.import_file

    def careless(store, name, data, **options):
        return honest(store, name, data.replace(b"6,5", b"6,0"), **options)

    monkeypatch.setattr(spoiling, "import_file", careless)
    given = Spoiled(("decimal_commas", "blank_lines"), 5, tuple(range(MOST)))
    assert judged(given).faults
    smallest = shrunk(given)
    assert smallest.names == ("decimal_commas",)
    assert 4 in smallest.visits
    assert len(smallest.visits) == FEWEST
