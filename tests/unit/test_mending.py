"""Suggestions for cells in quarantine: only where a cell can be read in one way."""

import json

import pandas as pd
import pytest

from pipelines.ingest.load import import_file
from pipelines.ingest.mending import accepted, nearest, places, suggestion, suggestions
from pipelines.ingest.quarantine import Reading, tables_to_mend
from pipelines.store import Store
from pipelines.vocabulary import load_vocabulary

DAY_FIRST, MONTH_FIRST = Reading("dmy", False), Reading("mdy", False)
OUT_OF_100 = Reading("dmy", True)


@pytest.mark.parametrize(
    ("text", "reading", "suggested"),
    [
        ("7/10/", DAY_FIRST, "7"),
        ("7 / 10 /", DAY_FIRST, "7"),
        ("7/10/", OUT_OF_100, "70"),
        ("70/100/", OUT_OF_100, "70"),
        ("(7)", DAY_FIRST, "7"),
        ("7,5;", DAY_FIRST, "7.5"),
        ("1O", DAY_FIRST, "10"),
        ("Seven", DAY_FIRST, "7"),
        ("seven", OUT_OF_100, "70"),
    ],
)
def test_a_score_with_one_reading_is_suggested(text, reading, suggested):
    assert suggestion("pain_not_a_number", text, reading).text == suggested


@pytest.mark.parametrize(
    "text", ["7/", "7-", "7?", "7+", "~7", "/10", "??", "very bad", "7O", "o", "I", "", "sevn"]
)
def test_a_score_with_two_readings_or_none_is_left_to_the_person(text):
    assert suggestion("pain_not_a_number", text, DAY_FIRST) is None


@pytest.mark.parametrize(
    "reason", ["pain_is_a_range", "pain_before_and_after_in_one_cell", "no_patient", "no_date"]
)
@pytest.mark.parametrize("text", ["7/4", "6-7", "7 -> 4", "7"])
def test_two_scores_in_one_cell_and_blanks_are_never_suggested_for(reason, text):
    assert suggestion(reason, text, DAY_FIRST) is None


@pytest.mark.parametrize(
    ("text", "reading", "suggested"),
    [
        ("70", DAY_FIRST, "7"),
        ("100", DAY_FIRST, "10"),
        ("700", OUT_OF_100, "70"),
        ("1000", OUT_OF_100, "100"),
    ],
)
def test_a_nought_too_many_has_one_reading(text, reading, suggested):
    assert suggestion("pain_out_of_range", text, reading).text == suggested


@pytest.mark.parametrize("text", ["11", "75", "77", "90", "98", "99", "-7", "110", "0", "12.5"])
def test_other_scores_beyond_the_scale_have_two_or_none(text):
    assert suggestion("pain_out_of_range", text, DAY_FIRST) is None


@pytest.mark.parametrize(
    ("reason", "text", "reading", "suggested"),
    [
        ("date_not_understood", "21.04,2025", DAY_FIRST, "21/04/2025"),
        ("date_not_understood", "2l/04/2025", DAY_FIRST, "21/04/2025"),
        ("date_not_understood", "2025;04;03", MONTH_FIRST, "2025-04-03"),
        ("date_not_understood", "03;04;25", MONTH_FIRST, "03/04/2025"),
        ("date_does_not_exist", "04/22/2025", DAY_FIRST, "22/04/2025"),
        ("date_does_not_exist", "22/04/2025", MONTH_FIRST, "04/22/2025"),
        ("time_not_understood", "9;30", DAY_FIRST, "09:30"),
    ],
)
def test_a_date_or_time_with_one_reading_is_suggested(reason, text, reading, suggested):
    assert suggestion(reason, text, reading).text == suggested


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("31/02/2025", DAY_FIRST),  # which of two days of which month?
        ("04/21/2025", DAY_FIRST),  # 21 April, or 4 December with its digits swapped
        ("03;04;2025", Reading()),  # nobody said which comes first
        ("21/04/2925", DAY_FIRST),
        ("21/04", DAY_FIRST),
        ("123/04/2025", DAY_FIRST),
        ("tomorrow", DAY_FIRST),
    ],
)
def test_a_date_with_two_readings_or_none_is_left_to_the_person(text, reading):
    assert suggestion("date_not_understood", text, reading) is None
    assert suggestion("date_does_not_exist", text, reading) is None


@pytest.mark.parametrize(
    ("reason", "text", "term"),
    [
        ("unknown_status", "Completd", "attended"),
        ("unknown_status", "Canceledd", "cancelled"),
        ("severity_not_understood", "modrate", "moderate"),
    ],
)
def test_a_mistyped_word_is_the_nearest_term(reason, text, term):
    lists = {"unknown_status": "statuses", "severity_not_understood": "severities"}
    terms = getattr(load_vocabulary(), lists[reason])
    assert terms.find(suggestion(reason, text, DAY_FIRST).text) == term


@pytest.mark.parametrize("text", ["Zebra", "x9", "mild moderate", "pq"])
def test_a_word_near_none_or_two_terms_is_left_to_the_person(text):
    assert nearest(text, load_vocabulary().severities) is None


def test_every_suggestion_is_accepted_by_the_importer(tmp_path):
    """Whatever is suggested, the row is in once its cell says that."""
    store = Store(tmp_path / "store")
    scores = ["7/10/", "(6)", "1O", "seven", "70", '"7,5;"', *"0123456789"]
    lines = [f"P{n},21/04/2025,{score},low back pain" for n, score in enumerate(scores)]
    data = "\n".join(["patient,date,pain before,condition", *lines]).encode()
    assert import_file(store, "slips.csv", data).quarantined == 6
    waiting = store.quarantine()
    made = suggestions(waiting)
    assert list(made["suggested"]) == ["7", "6", "10", "7", "7", "7.5"]
    (_, content), *others = tables_to_mend(accepted(waiting, made))
    assert not others
    assert import_file(store, "mended.csv", content).accepted == 6
    assert store.quarantine().empty
    assert sorted(store.current()["pain_before"])[-7:] == [7, 7, 7, 7.5, 8, 9, 10]


def test_the_cell_that_a_reason_is_about_is_found_by_the_reasons_own_sentence():
    header = json.dumps(["patient", "Pain", "Pain"])
    rows = pd.DataFrame(
        [
            ("Pain: “x” is not a pain score", json.dumps(["P1", "x", "3"])),
            ("Pain: “x” is not a pain score", json.dumps(["P1", "x", "x"])),
        ],
        columns=["sentence", "cells"],
    ).assign(reason="pain_not_a_number", header=header)
    assert places(rows) == [1, -1]
