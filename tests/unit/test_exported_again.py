"""A visit exported again with a correction and with blanks, in one row."""

from pathlib import Path

import pytest

from tests.support.exports import cell, empty_store, export, take, visit


@pytest.mark.parametrize(("replace", "kept"), [(False, 4.0), (True, None)])
def test_a_corrected_row_keeps_what_its_blanks_stand_for(tmp_path: Path, replace, kept):
    store = empty_store(tmp_path)
    take(store, export([visit(1, pain_before="7", pain_after="4")]))
    report = take(store, export([visit(1, pain_before="6", pain_after="")]), replace=replace)
    assert report.updated == 1
    assert cell(store, "pain_before") == 6
    assert cell(store, "pain_after") == kept
