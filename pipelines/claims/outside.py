"""Outside evidence on a claim, in words, with its size and quality. Never mixed with our own."""

from pipelines.claims.held import Outside
from pipelines.evidence import Claim, Evidence, Finding, PublishedRate

COUNTED = {"events": "events", "serious": "serious events", "people": "people with any"}


def outside_evidence(claim: Claim, evidence: Evidence) -> tuple[Outside, ...]:
    """Findings of studies first, then published side-effect rates."""
    findings = [_finding(one, evidence) for one in evidence.findings_on(claim.number)]
    return (*findings, *(_rate(evidence.rates[name], evidence) for name in claim.rates))


def _finding(finding: Finding, evidence: Evidence) -> Outside:
    return Outside(
        about=finding.about,
        result=_with_interval(finding),
        size=finding.size or "Size not given here",
        quality=f"Quality: {finding.quality or 'not graded here'}",
        source=evidence.citation(finding),
    )


def _with_interval(finding: Finding) -> str:
    if finding.low is None:
        return finding.result
    limits = f"95% CI {finding.low:g} to {finding.high:g}"
    return f"{finding.result} ({finding.estimate:g} {finding.unit}, {limits})"


def _rate(rate: PublishedRate, evidence: Evidence) -> Outside:
    return Outside(
        about=rate.definition,
        result=_rate_in_words(rate),
        size=f"{rate.n:,} {rate.unit}" if rate.n else "Several studies",
        quality=rate.how_asked + (f". {rate.note}" if rate.note else ""),
        source=evidence.citation(rate),
    )


def _rate_in_words(rate: PublishedRate) -> str:
    per = f"per {rate.per:,} {rate.unit}"
    if rate.low is not None:
        return f"{rate.low:g} to {rate.high:g} {per}"
    parts = [] if rate.rate is None else [f"{rate.rate:g} {per}"]
    parts += [] if rate.at_most is None else [f"at most {rate.at_most:g} {per}"]
    return f"{', '.join(parts)}; {COUNTED[rate.measure]} counted"
