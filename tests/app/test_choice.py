"""The sidebar's choice: which Selection it means, and how a link says it."""

from datetime import date

import pytest

from dashboard.choice import Choice, from_query, in_words, kept, link, selection_of, to_query
from pipelines.selection import Selection

AS_OF = date(2026, 11, 20)
KNOWN = {
    "clinic": ("Harbor Street",),
    "therapist": ("Ada Amber", "Bo Birch"),
    "condition": ("Low back pain", "Neck pain"),
    "technique": ("deep",),
    "chronicity": ("acute", "chronic"),
}


@pytest.mark.parametrize(
    ("choice", "start", "end"),
    [
        (Choice(), date(2025, 11, 21), AS_OF),
        (Choice("this-year"), date(2026, 1, 1), AS_OF),
        (Choice("last-year"), date(2025, 1, 1), date(2025, 12, 31)),
        (Choice("all"), None, None),
        (
            Choice("custom", date(2026, 3, 1), date(2026, 4, 30)),
            date(2026, 3, 1),
            date(2026, 4, 30),
        ),
        (
            Choice("custom", date(2026, 4, 30), date(2026, 3, 1)),
            date(2026, 3, 1),
            date(2026, 4, 30),
        ),
    ],
)
def test_periods_count_from_the_newest_visit(choice, start, end):
    assert selection_of(choice, AS_OF) == Selection(start, end)


def test_twelve_months_end_on_a_leap_day():
    selection = selection_of(Choice(), date(2024, 2, 29))
    assert (selection.start, selection.end) == (date(2023, 3, 1), date(2024, 2, 29))


def test_an_empty_store_has_no_period():
    assert selection_of(Choice(), None) == Selection()


CHOICES = [
    Choice(),
    Choice("all"),
    Choice("this-year", condition=("Low back pain", "Neck pain")),
    Choice("custom", date(2026, 3, 1), date(2026, 4, 30), technique=("deep",)),
    Choice(clinic=("Harbor Street",), therapist=("Bo Birch",), chronicity=("acute",)),
]


@pytest.mark.parametrize("choice", CHOICES)
def test_a_link_says_the_choice_and_is_read_back(choice):
    assert from_query(to_query(choice), KNOWN, AS_OF) == (choice, ())


def test_the_choice_at_the_start_needs_no_words_in_the_link():
    assert link("http://127.0.0.1:8501/pain", Choice()) == "http://127.0.0.1:8501/pain"


def test_a_link_to_the_first_page_has_its_slash():
    assert link("http://127.0.0.1:8501", Choice("all")) == "http://127.0.0.1:8501/?period=all"


def test_a_link_keeps_what_the_page_has_chosen():
    others = {"pain_by": ["Technique"]}
    assert link("http://x/pain", Choice("all"), others) == (
        "http://x/pain?period=all&pain_by=Technique"
    )


def test_a_link_quotes_what_it_must():
    assert link("http://x/", Choice("all", condition=("Neck & jaw",))) == (
        "http://x/?period=all&condition=Neck+%26+jaw"
    )


@pytest.mark.parametrize(
    "query",
    [
        {"condition": ["<script>"]},
        {"condition": ["Neck pain", "P0004"]},
        {"period": ["next-year"]},
        {"period": ["custom"], "from": ["yesterday"], "to": ["2026-01-01"]},
        {"period": ["custom"]},
    ],
)
def test_what_a_link_has_wrong_is_ignored_with_a_sentence_that_does_not_repeat_it(query):
    choice, ignored = from_query(query, KNOWN, AS_OF)
    assert len(ignored) == 1
    for values in query.values():
        for value in set(values) - {"custom"}:
            assert value not in ignored[0]
    assert choice in (Choice(), Choice(condition=("Neck pain",)))


def test_a_value_named_twice_counts_once():
    choice, ignored = from_query({"condition": ["Neck pain", "Neck pain"]}, KNOWN, AS_OF)
    assert choice.condition == ("Neck pain",)
    assert not ignored


def test_a_custom_period_stays_within_what_the_page_can_show():
    query = {"period": ["custom"], "from": ["1900-01-01"], "to": ["2999-01-01"]}
    choice, _ = from_query(query, KNOWN, AS_OF)
    assert (choice.start, choice.end) == (date(1990, 1, 1), AS_OF)


def test_a_value_that_an_undo_took_away_leaves_the_choice():
    choice = Choice(condition=("Neck pain", "Whiplash"))
    assert kept(choice, KNOWN).condition == ("Neck pain",)


def test_a_caption_names_every_filter():
    choice = Choice(condition=("Neck pain",), technique=("deep",))
    assert in_words(choice, AS_OF) == (
        "Last 12 months (21 Nov 2025 to 20 Nov 2026)",
        "condition: Neck pain",
        "technique: Deep needling",
    )
