"""Every sentence of the Techniques page, over a grid of results: what it may and must say."""

import re
from functools import cache

import pytest

from dashboard import theme
from tests.support import comparison_sentences as grid

SAYS_WHY = re.compile(
    r"\b(caus(e|es|ed|ing)|effects? of|because of|leads? to|due to the|thanks to|works?|cures?"
    r"|proves?|proven|reduces?|helps?|relie(f|ves?))\b",
    re.I,
)
RANKS = re.compile(
    r"\b(best|worst|better|worse|superior|inferior|rank\w*|winner|prefer\w*)\b", re.I
)
RANKS_TECHNIQUES = re.compile(r"\b(best|superior to|(better|worse) technique)\b", re.I)
NOUNS = "patient|episode|session|point|percentage point|fact|group|other way"
ONE_OF_MANY = re.compile(rf"(?<![\d.,])1 ({NOUNS})s\b")
MANY_AS_ONE = re.compile(rf"(?<![\d.,-])(\d*[02-9]|\d+1|\d+\.\d+) ({NOUNS})\b")
ARTICLES = re.compile(r"\b(a [aeiou]|an [^aeiouh])", re.I)
BROKEN = re.compile(r"None|nan\b|NaN|inf\b|_|  |\s[.,;:)](?!\d)|\.\.|,,|\(\)|\{|\}|" + theme.NONE)
OF_A_DIFFERENCE = re.compile(r"points? (less|more)\b")
DOUBT = re.compile(r"95% interval|the records fit|anywhere from|\d to (under )?\d|no doubt from")


@cache
def sentences() -> tuple[str, ...]:
    return tuple(sorted(grid.sentences()))


@cache
def headings() -> tuple[str, ...]:
    return tuple(sorted(grid.headings()))


def broken(texts, rule: re.Pattern) -> list[str]:
    return [text for text in texts if rule.search(text)][:5]


def test_the_grid_is_large():
    assert len(sentences()) > 2000
    assert len(headings()) > 200


@pytest.mark.parametrize("rule", [SAYS_WHY, RANKS], ids=["why", "ranking"])
def test_none_says_why_or_ranks(rule):
    assert broken([*sentences(), *headings()], rule) == []


def test_published_findings_rank_no_technique():
    assert broken(grid.published(), RANKS_TECHNIQUES) == []


@pytest.mark.parametrize(
    "rule",
    [ONE_OF_MANY, MANY_AS_ONE, ARTICLES, BROKEN],
    ids=["one of many", "many as one", "articles", "broken"],
)
def test_numbers_and_grammar_are_right(rule):
    assert broken([*sentences(), *headings(), *grid.published()], rule) == []


def test_every_sentence_ends_with_a_full_stop_and_begins_with_a_capital():
    assert [text for text in sentences() if not text.endswith(".")][:5] == []
    assert [text for text in sentences() if not re.match(r"[A-Z0-9]", text)][:5] == []


def test_no_heading_ends_with_a_full_stop():
    assert [text for text in headings() if text.endswith(".")][:5] == []
    assert [text for text in headings() if not re.match(r"[A-Z0-9]", text)][:5] == []


def test_every_claim_of_a_difference_has_its_doubt():
    claims = [text for text in [*sentences(), *headings()] if OF_A_DIFFERENCE.search(text)]
    assert len(claims) > 1000
    assert [text for text in claims if not DOUBT.search(text)][:5] == []


def test_no_sentence_is_too_long_to_be_read():
    assert max(len(text) for text in headings()) < 380
    assert [text for text in sentences() if len(text) > 480][:3] == []
