"""Versions of one visit made into the current one, and what an undo brings back."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from pipelines.errors import OutcomesError
from pipelines.store.delta import Table
from pipelines.store.merge import adds_nothing, current_rows, same_content
from pipelines.tables import TEXT, WHOLE
from tests.support.clinics import frame
from tests.support.exports import column, content, empty_store, export, figures, take, visit


def versions(*values: tuple[float | None, str | None]):
    rows = frame([{"pain_before": pain, "side_effects": effects} for pain, effects in values])
    return rows.assign(session_key=["S"] * len(rows))


def merged(*values, erases: tuple[bool, ...] | None = None):
    rows = versions(*values)
    now = current_rows(rows, np.array(erases or [False] * len(rows)))
    (row,) = now[["pain_before", "side_effects"]].astype(object).itertuples(index=False)
    return tuple(None if value != value else value for value in row)


def test_the_newest_known_value_of_each_column_wins():
    assert merged((7, "none"), (6, "soreness")) == (6, "soreness")
    assert merged((7, "none"), (None, "soreness")) == (7, "soreness")
    assert merged((7, None), (6, None), (None, "none")) == (6, "")


def test_recorded_none_is_a_value_and_replaces():
    assert merged((7, "soreness"), (None, "none")) == (7, "")


def test_a_row_that_was_told_to_replace_erases_with_its_blanks_and_only_what_came_before():
    assert merged((7, "soreness"), (None, None), erases=(False, True)) == (None, None)
    assert merged((7, "soreness"), (None, "none"), (6, None), erases=(False, True, False)) == (
        6,
        "",
    )


def test_keys_come_out_in_order_of_first_appearance_with_the_newest_origin():
    rows = frame([{"source_line": line, "pain_before": 1} for line in (2, 3, 4)])
    now = current_rows(rows.assign(session_key=["B", "A", "B"]), np.zeros(3, bool))
    assert now["session_key"].tolist() == ["B", "A"]
    assert now["source_line"].tolist() == [4, 3]


def test_equal_means_every_column_and_a_blank_adds_nothing():
    one, other = versions((7, "none"), (7, None)), versions((7, "none"), (7, "none"))
    assert same_content(one, other).tolist() == [True, False]
    assert adds_nothing(one, other).tolist() == [True, True]
    assert adds_nothing(other, one).tolist() == [True, False]


def test_words_are_compared_whatever_the_categories_of_the_frames():
    one, other = versions((1, "nausea")), versions((1, "fatigue"), (1, "nausea")).iloc[1:]
    assert same_content(one, other).tolist() == [True]


def test_undo_brings_back_the_older_value(tmp_path):
    store = empty_store(tmp_path)
    take(store, export([visit(1), visit(2)]))
    before = content(store)
    later = take(store, export([visit(1, pain_before="2"), visit(3)]))
    store.undo(later.import_id)
    assert content(store).equals(before)


def test_undo_of_the_first_leaves_what_a_later_import_confirmed_as_that_ones(tmp_path):
    store = empty_store(tmp_path)
    first = take(store, export([visit(1), visit(2)]))
    second = take(store, export([visit(1), visit(3)]))
    store.undo(first.import_id)
    assert sorted(content(store).index) == ["/V1", "/V3"]
    assert set(column(store, "import_id")) == {second.import_id}


def test_undo_in_any_order_ends_in_an_empty_store(tmp_path):
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        store = empty_store(tmp_path / str(order))
        pains = ("7", "5", "")
        ids = [take(store, export([visit(1, pain_before=pain)])).import_id for pain in pains]
        for number in order:
            store.undo(ids[number])
        assert store.current().empty
        assert figures(store)["counts"]["visits"] == 0
        assert store.imports()["undone"].all()


@pytest.mark.parametrize(
    ("import_id", "told"), [("000009-abcdef", "none has this id"), (None, "it was undone before")]
)
def test_an_undo_that_cannot_be_says_why(import_id, told, tmp_path):
    store = empty_store(tmp_path)
    made = take(store, export([visit(1)])).import_id
    store.undo(made) if import_id is None else None
    with pytest.raises(OutcomesError, match=told):
        store.undo(import_id or made)


def test_an_import_can_be_made_again_after_its_undo(tmp_path):
    store = empty_store(tmp_path)
    data = export([visit(1), visit(2)])
    store.undo(take(store, data).import_id)
    assert take(store, data).accepted == 2
    assert store.imports()["undone"].tolist() == [False, True]


def test_a_confirmed_row_comes_back_as_its_import_would_have_written_it(tmp_path):
    """The blank that a replacing import made is not kept by one that only agreed with it."""
    store, never = empty_store(tmp_path / "one"), empty_store(tmp_path / "never")
    whole, blank = export([visit(1)]), export([visit(1, pain_after="")])
    take(store, whole)
    undone = take(store, blank, replace=True)
    take(store, blank)
    store.undo(undone.import_id)
    for data in (whole, blank):
        take(never, data)
    assert content(store).equals(content(never))


@pytest.mark.parametrize("folder", ["Ann's clinic (2)", "Prüfung #1", "a & b"])
def test_a_store_lies_in_a_folder_of_any_name(folder, tmp_path):
    store = empty_store(tmp_path / folder)
    for number in (1, 2):
        take(store, export([visit(number, date=f"2025-01-0{number}")]))
    assert len(store.current()) == 2


def test_a_per_cent_sign_in_the_path_is_told_before_anything_is_written(tmp_path):
    store = empty_store(tmp_path / "a%20b")
    with pytest.raises(OutcomesError, match="has a per cent sign in it"):
        take(store, export([visit(1)]))


def test_rows_are_read_in_the_order_in_which_they_were_written(tmp_path):
    """Columns joined of several parts came back shuffled, and with them the day's first score."""
    table = Table(tmp_path / "table", {"key": TEXT, "place": WHOLE})
    parts = pa.chunked_array([[f"row {n}"] for n in range(40)], pa.string())
    for _ in range(5):
        table.overwrite(
            pd.DataFrame({"key": parts.to_pandas(types_mapper=pd.ArrowDtype), "place": range(40)})
        )
        assert table.read(table.version())["place"].tolist() == list(range(40))
