"""Every claim of the clinic's page held against one clinic."""

from datetime import date

from pipelines.claims.held import Held, Sentence, Tested
from pipelines.claims.outside import outside_evidence
from pipelines.claims.periods import in_words
from pipelines.claims.printing import Counts, sentences
from pipelines.claims.registry import RULES
from pipelines.evidence import Claim, Evidence, load_evidence
from pipelines.selection import Clinic
from pipelines.settings import Settings


def hold_claims(
    clinic: Clinic,
    settings: Settings,
    period: tuple[date, date] | None = None,
    evidence: Evidence | None = None,
    counts: Counts | None = None,
) -> tuple[Held, ...]:
    """All claims, by number, against a selected clinic: live, or frozen in a release.

    `period` is what sentences name; without one, the first to the last selected visit.
    `counts` looks each count of a sentence up by its name (`printing.count_name`), in what a
    release publishes; without it each is held against disclosure control by itself.
    """
    evidence = evidence or load_evidence()
    named = in_words(period or _period(clinic))
    return tuple(
        _held(claim, tested, sentences(claim, tested, settings, named, evidence, counts), evidence)
        for _, claim in sorted(evidence.claims.items())
        for tested in [RULES[claim.name].test(clinic, settings, claim)]
    )


def _held(claim: Claim, tested: Tested, printed: tuple[Sentence, ...], evidence: Evidence) -> Held:
    return Held(
        number=claim.number,
        name=claim.name,
        gist=claim.gist,
        tests=claim.tests,
        rule=claim.supported,
        rule_given=claim.rule_given,
        verdict=tested.verdict,
        reason=tested.reason,
        figures=tested.figures,
        sentences=printed,
        outside=outside_evidence(claim, evidence),
    )


def _period(clinic: Clinic) -> tuple[date, date] | None:
    dates = clinic.visits["session_date"]
    return None if dates.empty else (dates.min().date(), dates.max().date())
