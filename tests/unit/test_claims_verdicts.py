"""Every claim with its three verdicts planted and found, and each rule held to its words."""

import pytest

from pipelines.claims.registry import RULES
from pipelines.evidence import load_evidence
from pipelines.settings import Settings
from tests.support.planted_claims import PLANTED

CLAIMS = {claim.name: claim for claim in load_evidence().claims.values()}


@pytest.mark.parametrize(
    "planted", PLANTED, ids=lambda one: f"{one.claim}-{one.verdict.replace(' ', '_')}"
)
def test_a_planted_verdict_is_found(planted):
    claim = CLAIMS[planted.claim]
    found = RULES[planted.claim].test(planted.clinic(), Settings(), claim)
    assert (found.verdict, bool(found.reason)) == (planted.verdict, True), found.reason


@pytest.mark.parametrize("name", CLAIMS)
def test_the_code_was_written_for_the_words_of_the_rule(name):
    assert RULES[name].words == CLAIMS[name].supported


def test_each_claim_has_its_rule_and_three_planted_clinics():
    assert set(RULES) == set(CLAIMS)
    assert len(PLANTED) == 51
