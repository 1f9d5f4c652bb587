"""Writes the page of claims from data/evidence/claims.toml: each with its rule, why, sentence."""

from pipelines.evidence import Claim, Evidence, load_evidence
from tests.support.hygiene import PROJECT

PAGE = PROJECT / "docs" / "claims.md"
OPENING = """# What the clinic's page says, claim by claim

This page is made from data/evidence/claims.toml (`make docs`), and a test fails where the two
differ. `outcomes claims` holds each claim against the clinic's own data; `outcomes wording FILE`
marks each sentence of a text that the figures do not carry.

A claim is **supported** where its rule holds, else **not supported**; it is **not enough data**
where any group that it needs has fewer than 30 patients (setting), and, where the rule was chosen
here, where under half is recorded or seen again. A verdict rests on intervals, not on points,
where the rule is ours. No verdict says that needling caused anything: there is no comparison
group. Seventeen claims are looked at, and among so many one or another comes out well by chance.

The sentence may be printed instead, whatever the verdict. Its counts are rounded to 5 and its
shares and intervals made from the rounded counts, which moves a share of a small group by some
points. Where a count that it needs stands for fewer than 11 patients (setting), there is no
sentence. Verdict, reason and exact figures are for the clinic alone.
"""


def claims_page() -> str:
    """Every claim in order, as Markdown."""
    evidence = load_evidence()
    sections = [_section(claim, evidence) for _, claim in sorted(evidence.claims.items())]
    return "\n".join([OPENING, *sections])


def _section(claim: Claim, evidence: Evidence) -> str:
    given = "it came with the claim" if claim.rule_given else "chosen here, on the strict side"
    parts = [
        f"## {claim.number}. {claim.gist}",
        f"**Measured**: {claim.tests}.",
        f"**Supported when** ({given}): {claim.supported}.",
        f"**Why**: {claim.why}.",
        f"**To print**: {evidence.sentence(claim.number)}",
    ]
    if claim.otherwise:
        parts.append(f"**Or**: {evidence.sentence(claim.number, otherwise=True)}")
    return "\n\n".join(parts) + "\n"
