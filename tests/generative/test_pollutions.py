"""A correct file, spoiled at random: each visit is the truth, asked about, quarantined or
refused, never another one; every record is accounted for; the long form is a study."""

from collections import Counter

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

FILES = 45


@st.composite
def spoiled_files(draw: st.DrawFn) -> Spoiled:
    """One to four pollutions of at least six of the clinic's visits."""
    names = draw(st.sets(st.sampled_from(NAMES), min_size=1, max_size=4))
    visits = draw(st.sets(st.integers(0, MOST - 1), min_size=LEAST))
    ordered = tuple(name for name in NAMES if name in names)
    return Spoiled(ordered, draw(st.integers(0, 99_999)), tuple(sorted(visits)))


@given(spoiled_files())
@examples(15)
def test_a_spoiled_file_never_gives_another_value(given: Spoiled):
    assert judged(given).faults == []


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
