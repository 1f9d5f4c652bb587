"""The seven promises of the import, on small files with dirt at random."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pipelines.store import Store
from pipelines.store.check import check_store
from tests.support.examples import examples
from tests.support.exports import (
    accounted,
    content,
    export,
    figures,
    records_of,
    take,
    twin_store,
    visit,
)

SCORES = st.sampled_from(["", *map(str, range(11)), "7,5", "3/10"])
EFFECTS = st.sampled_from(["", "none", "soreness", "bruising; fatigue"])
TECHNIQUES = st.sampled_from(["", "deep", "superficial", "electrical", "none"])
CONDITIONS = st.sampled_from(["Neck pain", "Low back pain", ""])
FILLED = ("Pain before", "Pain after", "Side effects", "Technique")
"""Columns that a later export may fill, correct or leave blank."""


def made(number: int, patient: int, day: int, facts: tuple[str, ...]) -> dict[str, str]:
    """A visit some days after the first."""
    date = pd.Timestamp("2024-01-01") + pd.Timedelta(days=day)
    before, after, effects, technique, condition = facts
    return visit(
        number,
        patient_id=f"P{patient}",
        date=f"{date:%Y-%m-%d}",
        pain_before=before,
        pain_after=after,
        side_effects=effects,
        technique=technique,
        condition=condition,
    )


FACTS = st.tuples(SCORES, SCORES, EFFECTS, TECHNIQUES, CONDITIONS)
CARE = st.tuples(st.integers(1, 3), st.integers(0, 5), FACTS)


@st.composite
def clinics(
    draw: st.DrawFn, least: int = 2, most: int = 10, ties: bool = False
) -> list[dict[str, str]]:
    """Visits with ids of their own; without ties each on a day of its own, so that no order
    within a day is open."""
    drawn = draw(st.lists(CARE, min_size=least, max_size=most))
    return [
        made(number, patient, block * 40 + (0 if ties else number), facts)
        for number, (patient, block, facts) in enumerate(drawn, start=1)
    ]


SPOILED = (
    {"Pain before": "11"},
    {"Pain after": "better"},
    {"Pain before": "6-7"},
    {"Date": "yesterday"},
    {"Date": ""},
    {"Date": "2999-01-01"},
    {"Patient ID": ""},
    {"Patient ID": "", "Date": "", "Pain before": ""},
    {"Status": "Cancelled"},
    {"Status": "No show"},
    {"Status": "???!"},
    {"Side effects": "none, soreness"},
    {"Visit ID": ""},
    {"Visit ID": "V1"},
    {"Visit ID": "V1", "Patient ID": "P9"},
)
DIRT = st.sampled_from(SPOILED)
LINES = st.sampled_from(
    [[""] * 10, ["Total", "12"], ["Page 2 of 7"], ["V7", "P1"], ["x"] * 12, [" "]]
)


@st.composite
def dirty_files(draw: st.DrawFn) -> list[list[str]]:
    """Records, header first: a visit, some that are spoiled, with lines between that are none."""
    rows = [row | {"Status": "Arrived"} for row in draw(clinics(1, 8))]
    spoiled = [rows[0], *(row | draw(st.one_of(st.just({}), DIRT)) for row in rows[1:])]
    records = [list(row.values()) for row in spoiled]
    for line in draw(st.lists(st.one_of(LINES, st.just(list(rows[0]))), max_size=4)):
        records.insert(draw(st.integers(0, len(records))), line)
    return [list(rows[0]), *records]


@contextmanager
def store_for_a_moment() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        yield twin_store(Path(folder))


def same(one: Store, other: Store) -> bool:
    """The same visits and the same figures."""
    return content(one).equals(content(other)) and figures(one) == figures(other)


def sound(store: Store) -> bool:
    return all(finding.sound for finding in check_store(store))


@given(dirty_files())
@examples(12)
def test_every_row_is_accounted_for_and_its_origin_is_known(records):
    with store_for_a_moment() as store:
        report = take(store, records_of(records), "dirty.csv")
        assert report.rows == len(records) - 1
        assert accounted(report)
        assert sum(report.reasons.values()) == report.quarantined
        held, waiting = store.current(), store.quarantine()
        lines = [*held["source_line"], *waiting["line"]]
        assert len(held) == report.accepted
        assert len(set(held["source_line"])) == len(held)
        assert set(held["source_line"]).isdisjoint(waiting["line"])
        assert all(2 <= line <= len(records) for line in lines)
        assert set(held["source_file"]) <= {"dirty.csv"}
        assert set(held["import_id"]) <= {report.import_id}
        assert sound(store)


@given(dirty_files())
@examples(10)
def test_importing_twice_changes_nothing(records):
    with store_for_a_moment() as store:
        first = take(store, records_of(records))
        before, figures_before, waiting = content(store), figures(store), store.quarantine()
        second = take(store, records_of(records))
        assert content(store).equals(before)
        assert figures(store) == figures_before
        assert (second.accepted, second.unchanged) == (0, first.accepted)
        assert (
            store.quarantine().drop(columns="import_id").equals(waiting.drop(columns="import_id"))
        )


@given(clinics(), st.randoms(use_true_random=False))
@examples(12)
def test_parts_in_any_order_and_overlapping_are_the_whole(rows, random):
    parts = [random.sample(rows, random.randint(1, len(rows))) for _ in range(2)]
    parts.append([row for row in rows if not any(row in part for part in parts)] or rows[:1])
    random.shuffle(parts)
    with store_for_a_moment() as whole, store_for_a_moment() as pieces:
        take(whole, export(rows))
        for part in parts:
            take(pieces, export(part))
        assert same(whole, pieces)
        assert sound(pieces)


@given(clinics(), st.randoms(use_true_random=False))
@examples(8)
def test_the_order_of_rows_changes_no_figure(rows, random):
    shuffled = random.sample(rows, len(rows))
    with store_for_a_moment() as one, store_for_a_moment() as other:
        take(one, export(rows))
        take(other, export(shuffled))
        assert same(one, other)


@given(clinics(), st.data())
@examples(10)
def test_a_corrected_export_updates_the_changed_rows_and_no_other(rows, data):
    numbers = data.draw(st.sets(st.integers(0, len(rows) - 1), max_size=4))
    corrected = [
        row | {"Pain before": "9.5", "Side effects": "nausea"} if n in numbers else row
        for n, row in enumerate(rows)
    ]
    with store_for_a_moment() as store, store_for_a_moment() as right:
        take(store, export(rows))
        report = take(store, export(corrected))
        take(right, export(corrected))
        assert report.updated == report.accepted == len(numbers)
        assert report.unchanged == len(rows) - len(numbers)
        assert same(store, right)
        newest = store.current().set_index("session_key")["import_id"]
        assert {key for key in newest.index if newest[key] == report.import_id} == {
            f"/V{n + 1}" for n in numbers
        }


@given(clinics(), st.data())
@examples(10)
def test_a_blank_never_erases_unless_it_is_told_to(rows, data):
    blanks = data.draw(
        st.lists(st.sets(st.sampled_from(FILLED)), min_size=len(rows), max_size=len(rows))
    )
    later = [row | dict.fromkeys(names, "") for row, names in zip(rows, blanks, strict=True)]
    with store_for_a_moment() as store, store_for_a_moment() as right:
        take(store, export(rows))
        before = content(store)
        assert take(store, export(later)).updated == 0
        assert content(store).equals(before)
        take(store, export(later), replace=True)
        take(right, export(later))
        assert content(store).equals(content(right))
        assert sound(store)


@given(clinics())
@examples(10)
def test_blank_is_not_none(rows):
    with store_for_a_moment() as store:
        take(store, export(rows))
        held = content(store)["side_effects"]
        for row in rows:
            kept, written = held[f"/{row['Visit ID']}"], row["Side effects"]
            assert (kept is None) == (written == "")
            assert (kept == "") == (written == "none")


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, object]]:
    """Imports of overlapping, corrected, blanked files, some replacing, with undos between."""
    rows = draw(clinics(2, 5, ties=True))
    events, imports = [], 0
    for _ in range(draw(st.integers(2, 6))):
        if imports and draw(st.integers(0, 3)) == 0:
            events.append(("undo", draw(st.integers(0, imports - 1))))
            continue
        chosen = draw(st.lists(st.sampled_from(rows), min_size=1, max_size=4, unique_by=id))
        changed = [row | draw(CHANGES) for row in chosen]
        events.append((draw(st.sampled_from(["import", "import", "replace"])), changed))
        imports += 1
    return events


CHANGES = st.one_of(
    st.just({}),
    st.just({}),
    st.dictionaries(st.sampled_from(FILLED[:2]), SCORES, max_size=2),
    st.fixed_dictionaries({"Side effects": EFFECTS}),
)


@given(histories())
@examples(10)
def test_undo_in_any_history_is_as_if_the_import_had_never_been(events):
    with store_for_a_moment() as store, store_for_a_moment() as never:
        made: list[str] = []
        gone: set[int] = set()
        for event, what in events:
            if event == "undo":
                if what not in gone:
                    store.undo(made[what])
                    gone.add(what)
            else:
                made.append(take(store, export(what), replace=event == "replace").import_id)
        imports = [event for event in events if event[0] != "undo"]
        for number, (event, rows) in enumerate(imports):
            if number not in gone:
                take(never, export(rows), replace=event == "replace")
        assert same(store, never)
        assert sound(store)
