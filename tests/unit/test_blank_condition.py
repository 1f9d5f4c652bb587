"""A condition that a later export leaves blank is kept, as any blank keeps what is known."""

from pathlib import Path

from tests.support.exports import cell, empty_store, export, take, visit


def test_a_blank_condition_never_erases_a_known_one(tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([visit(1)]))
    again = take(store, export([visit(1, condition="")]))
    assert (again.unchanged, again.updated) == (1, 0)
    assert cell(store, "condition").casefold() == "neck pain"


def test_it_does_where_the_import_is_told_to_replace(tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([visit(1)]))
    take(store, export([visit(1, condition="")]), replace=True)
    assert cell(store, "condition") == "unspecified"
