"""A random clinic exported again: under other ids, overlapping, corrected, by a second system.

Never more visits than there were, and none lost: what is not counted waits in quarantine.
"""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pipelines.store import Store
from pipelines.store.check import check_store
from tests.generative.test_promises import store_for_a_moment
from tests.support.again import practice_of, renumbered, survey_of
from tests.support.examples import examples
from tests.support.exports import content, export, figures, take, visit

TIMES = st.sampled_from(["", "", "09:00", "17:00"])
VISITS = st.tuples(st.integers(1, 4), st.integers(1, 6), TIMES, st.integers(0, 10))


@st.composite
def clinics(draw: st.DrawFn, most_a_day: int = 2) -> list[dict[str, str]]:
    """Visits with ids, at most so many of one patient on one day, some days with and some
    without times."""
    drawn = draw(st.lists(VISITS, min_size=3, max_size=14))
    rows: list[dict[str, str]] = []
    days: dict[tuple[int, int], set[str]] = {}
    for patient, day, time, pain in drawn:
        held = days.setdefault((patient, day), set())
        if len(held) < most_a_day and time not in held:
            held.add(time)
            facts = {"patient_id": f"P{patient}", "date": f"2025-01-0{day}"}
            row = visit(len(rows) + 1, pain_before=str(pain), **facts)
            rows.append(row | {"Time": time})
    return rows


def lost(store: Store, rows: list[dict[str, str]]) -> int:
    """Visits that are neither counted nor in quarantine."""
    return len(rows) - len(store.current()) - len(store.quarantine())


def sound(store: Store) -> bool:
    return all(finding.sound for finding in check_store(store))


def facts_of(held: pd.DataFrame) -> list[str]:
    """What is known of each visit, whatever its key."""
    days = ["patient_id", "session_date", "session_time", "pain_before"]
    numbers = held.sort_values(days)[days]
    return sorted(map(str, numbers.to_numpy().tolist()))


@given(clinics(), st.data())
@examples(10)
def test_a_renumbered_export_never_doubles_and_never_loses_a_visit(rows, data):
    overlap = data.draw(st.integers(1, len(rows)))
    corrected = data.draw(st.sets(st.integers(0, len(rows) - 1), max_size=2))
    again = [
        row | ({"Pain after": "2.5"} if n in corrected else {})
        for n, row in enumerate(renumbered(rows))
    ]
    names = data.draw(st.permutations(list(rows[0])))
    again = [{name: row[name] for name in names} for row in again]
    with store_for_a_moment() as store:
        take(store, export(rows[:overlap]))
        take(store, export(again))
        assert len(store.current()) <= len(rows)
        assert lost(store, rows) <= 0
        assert sound(store)


@given(clinics(), st.randoms(use_true_random=False))
@examples(8)
def test_row_numbers_for_ids_never_double_nor_overwrite(rows, random):
    mixed = random.sample(rows, len(rows))
    again = [row | {"Visit ID": f"V{n}"} for n, row in enumerate(mixed, start=1)]
    with store_for_a_moment() as store:
        take(store, export(rows))
        before = content(store)
        take(store, export(again))
        assert len(store.current()) <= len(rows)
        if store.quarantine().empty:
            assert facts_of(content(store)) == facts_of(before)
        assert sound(store)


@given(clinics(most_a_day=1), st.randoms(use_true_random=False))
@examples(6)
def test_two_systems_in_either_order_give_the_same_figures(rows, random):
    practice = practice_of(rows)
    survey = survey_of(random.sample(rows, random.randint(1, len(rows))))
    with store_for_a_moment() as one, store_for_a_moment() as other:
        for store, files in ((one, (practice, survey)), (other, (survey, practice))):
            for file in files:
                take(store, export(file))
        assert len(one.current()) == len(other.current()) == len(rows)
        assert figures(one) == figures(other)
        assert sound(one)
        assert sound(other)


@given(clinics(), st.data())
@examples(8)
def test_undo_of_any_of_them_is_as_if_it_had_never_been(rows, data):
    files = [rows, renumbered(rows), practice_of(renumbered(rows, "X"))]
    gone = data.draw(st.integers(1, len(files) - 1))
    with store_for_a_moment() as store, store_for_a_moment() as never:
        made = [take(store, export(file)).import_id for file in files]
        store.undo(made[gone])
        for number, file in enumerate(files):
            if number != gone:
                take(never, export(file))
        assert figures(store) == figures(never)
        assert sound(store)
