"""The sentences to print: every part named, right grammar, and nothing that may not leave."""

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest

from pipelines.claims import NOT_ENOUGH, hold_claims
from pipelines.claims.blanks import filled_in
from pipelines.claims.contract import claims_contract
from pipelines.claims.held import Blanks
from pipelines.claims.periods import in_words
from pipelines.claims.printing import sentences
from pipelines.claims.published import Published, percent_in_words, points_in_words, published
from pipelines.claims.registry import RULES
from pipelines.claims.tally import Tally, difference
from pipelines.evidence import load_evidence
from pipelines.measures.immediate import immediate_drops
from pipelines.settings import Settings
from tests.support.clinics import clinic, frame, random_sessions
from tests.support.planted_claims import LAST, PLANTED, directly_after

EVIDENCE = load_evidence()
CLAIMS = {claim.name: claim for claim in EVIDENCE.claims.values()}
ENOUGH = [planted for planted in PLANTED if planted.verdict != NOT_ENOUGH]
PARTS = {
    "denominator": r"\b(Among|Between|Of|In|of) \d[\d,]*\b",
    "period": r"January-June 2025",
    "interval": r"95% CI|\(95% CI\)|there is no median",
    "known": r"(all|\d+%) (of |were )",
    "no comparison": r"No comparison group|not given by chance|drives how many are told",
    "rounded": r"Counts are rounded to 5",
}


def tally(n: int, of: int, **also: object) -> Tally:
    facts = {
        "n": n, "of": of, "patients": of, "patients_with": n, "patients_without": of - n,
        "largest": 1, "rate": n / of if of else float("nan"), "low": 0.0, "high": 1.0,
    }  # fmt: skip
    return Tally(**(facts | also))


@pytest.mark.parametrize(
    "planted", ENOUGH, ids=lambda one: f"{one.claim}-{one.verdict.replace(' ', '_')}"
)
def test_every_part_is_named_whatever_the_verdict(planted):
    claim = CLAIMS[planted.claim]
    found = RULES[planted.claim].test(planted.clinic(), Settings(), claim)
    made = sentences(claim, found, Settings(), "January-June 2025", EVIDENCE)
    assert made
    for sentence in made:
        assert (sentence.text is None) != (sentence.why_not is None)
        if sentence.text:
            missing = [name for name, form in PARTS.items() if not re.search(form, sentence.text)]
            assert missing == [], sentence.text
            assert not re.search(r"nan|None|\{|\}|  | ,|\b1 sessions\b", sentence.text)


COUNTS = ((0, 200), (100, 200), (200, 200))
COMPARISONS, EVENTS = (6, 8, 9, 15), (11, 12)
ADJUSTED = {
    "difference": -0.4, "low": -0.7, "high": -0.02, "of": 203, "of_reference": 151,
    "patients": 80, "patients_reference": 60,
    "difference_lasting": 0.0, "low_lasting": -0.3, "high_lasting": 0.3,
}  # fmt: skip


@pytest.mark.parametrize(("n", "of"), COUNTS)
@pytest.mark.parametrize("number", sorted(EVIDENCE.claims))
def test_a_template_is_whole_at_none_some_and_all(number, n, of):
    """Every placeholder filled, at counts of none, some and all, with the median reached or not."""
    for otherwise in (False, True):
        blanks = _blanks(number, n, of, otherwise)
        shown = {share: _shown(one) for share, one in blanks.shares.items()}
        values = filled_in(blanks, shown, Settings()) | {
            "period": "March 2025",
            "group": "neck pain",
        }
        text = EVIDENCE.sentence(number, otherwise).format(**values)
        assert not re.search(r"nan|None|\{|\}|  | 0 of|\b1 sessions\b|--", text)


def _shown(tally: Tally) -> Published:
    found = published(tally, Settings())
    assert found is not None
    return found


def _blanks(number: int, n: int, of: int, otherwise: bool) -> Blanks:
    """What a claim's sentence is filled in from, at these counts."""
    if number in COMPARISONS:
        return Blanks({"known": tally(n, of)}, ADJUSTED, otherwise=otherwise)
    if number in EVENTS:
        return Blanks({"events": tally(n, of), "known": tally(n, of)}, otherwise=otherwise)
    shares = ["", "reference", "known", "missing", "worse", "by_1", "by_3"]
    named = {share: tally(n, of) for share in shares} | {
        "at_1": tally(of, of),
        "at_3": tally(100, 200),
    }
    marks = pd.DataFrame(
        {"improved": [n / of, n / of], "low": [0.1, np.nan], "high": [0.9, np.nan]}, index=[1, 3]
    )
    words = {"median": "1 session", "limits": "1 to not reached", "marks": marks}
    return Blanks(named, words, otherwise=otherwise)


@pytest.mark.parametrize("few", [(5, 200), (195, 200)])
def test_a_count_of_a_few_patients_or_of_a_few_left_over_is_not_told(few):
    assert published(tally(*few), Settings()) is None


def test_one_patient_above_all_is_not_told():
    assert published(tally(100, 200, largest=51), Settings()) is None


def test_a_published_share_is_made_from_rounded_parts():
    found = published(tally(88, 143), Settings())
    assert (found.n, found.of, round(100 * found.rate)) == (90, 145, 62)
    assert (round(100 * found.low), round(100 * found.high)) == (54, 70)


def test_a_sentence_is_not_given_where_a_release_hides_a_count():
    held = clinic(frame(directly_after(40, 2)), as_of=LAST)
    names = []

    def hidden(name: str, tally: Tally) -> None:
        names.append(name)

    found = hold_claims(held, Settings(), counts=hidden)
    assert found[0].sentences[0].text is None
    assert "may not be told" in found[0].sentences[0].why_not
    assert {"less_pain_directly_after.main", "less_pain_directly_after.known"} <= set(names)


def test_the_same_clinic_gives_the_same_figure_as_the_measure():
    held = clinic(random_sessions(4, 900))
    figure = RULES["less_pain_directly_after"].test(
        held, Settings(), CLAIMS["less_pain_directly_after"]
    )
    drop = immediate_drops(held).iloc[0]
    (shown,) = figure.figures
    assert (shown.n, shown.of) == (drop["n"], drop["of"])
    assert (shown.low, shown.high) == pytest.approx((drop["low"], drop["high"]))


def test_a_difference_of_shares_is_newcombes():
    first, second = tally(56, 70, low=0.6918, high=0.8769), tally(48, 80, low=0.4905, high=0.7002)
    _, low, high = difference(first, second)
    assert (low, high) == pytest.approx((0.0524, 0.3339), abs=0.001)


def test_an_empty_clinic_has_not_enough_data_for_any_claim():
    held = hold_claims(clinic(frame([])), Settings())
    assert {one.verdict for one in held} == {NOT_ENOUGH}
    assert all(sentence.text is None for one in held for sentence in one.sentences)
    contract = claims_contract(held, clinic(frame([])), Settings(), {})
    assert [one["claim"] for one in contract["claims"]] == list(range(1, 18))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2025, 3, 1), date(2025, 3, 31), "March 2025"),
        (date(2025, 1, 1), date(2025, 12, 31), "January-December 2025"),
        (date(2024, 7, 1), date(2025, 6, 30), "July 2024-June 2025"),
        (date(2025, 1, 6), date(2025, 3, 9), "the period 6 January 2025 to 9 March 2025"),
        (date(2025, 1, 6), date(2025, 1, 6), "6 January 2025"),
    ],
)
def test_a_period_in_words(first, last, words):
    assert in_words((first, last)) == words


def test_numbers_in_words():
    assert [percent_in_words(x) for x in (0, 0.0003, 0.004, 0.62, 0.996, 1)] == [
        "0", "0.03", "0.4", "62", "99.6", "100",
    ]  # fmt: skip
    assert [points_in_words(x) for x in (-0.41, -0.02, 0.0, -0.001)] == [
        "-0.4",
        "-0.02",
        "0.0",
        "0.0",
    ]
