"""What the page on therapists says: who is worth a look and what to look at first.

No order, no praise, no blame; right at none, one and many, with the doubt in it.
"""

import pandas as pd

from dashboard import theme
from dashboard.figures.therapists import NotShown, Therapists
from dashboard.phrases import sentence, several
from dashboard.words import Takeaway
from pipelines.evidence import load_evidence
from pipelines.listing import listed
from pipelines.measures.therapists.funnel import ABOVE, BELOW, TOO_FEW
from pipelines.settings import Settings

FINDING = "variation_between_therapists"
NOTABLE = 0.1
"""Share by which follow-up or recording has to lie from the clinic's to be looked at first."""
COVARIATES = {"baseline": "first score", "condition": "condition", "chronicity": "chronicity"}
FEWEST_NAMED = 2
CASE_MIX = (
    "Over all episodes of each therapist. Where cases, follow-up or recording differ much, shares "
    "say little about the work itself."
)


def takeaway(found: Therapists, settings: Settings) -> Takeaway:
    """Who lies outside the limits; for a therapist, whether they do."""
    if found.own is not None:
        return _own(found, settings)
    drawn, outside = len(found.told), outside_limits(found)
    if drawn < FEWEST_NAMED:
        return Takeaway(_too_few_heading(drawn), too_few(found))
    if not len(outside):
        heading = f"{_all(drawn)} lie within the limits that chance allows"
    elif len(outside) == 1:
        heading = f"1 of {drawn} therapists lies outside the limits: worth a look, not a judgement"
    else:
        heading = (
            f"{len(outside)} of {drawn} therapists lie outside the limits: worth a look, not a "
            "judgement"
        )
    return Takeaway(heading, _joined(_of_whom(found, settings), too_few(found), _widened(found)))


def _too_few_heading(drawn: int) -> str:
    return (
        "Too few to say: no therapist has enough episodes followed up"
        if not drawn
        else "Too few to say: only 1 therapist has enough episodes followed up"
    )


def _all(number: int) -> str:
    return (
        "The shares of both therapists" if number == 2 else f"The shares of all {number} therapists"
    )


def _own(found: Therapists, settings: Settings) -> Takeaway:
    own = found.points[found.points["label"] == found.own]
    if not len(own):
        heading = "None of your episodes can be counted yet"
    elif own["verdict"].iloc[0] == TOO_FEW:
        of = several(int(own["of"].iloc[0]), "episode")
        heading = f"Too few to say: {of} of yours can be counted"
    elif own["verdict"].iloc[0] in (ABOVE, BELOW):
        heading = f"Your share lies {own['verdict'].iloc[0]}: worth a look, not a judgement"
    else:
        heading = "Your share lies within the limits that chance allows"
    return Takeaway(heading, _joined(_of_whom(found, settings), _widened(found)))


def not_shown(found: NotShown, settings: Settings) -> Takeaway:
    """Why a therapist is shown no comparison."""
    has = "has" if found.others == 1 else "have"
    return Takeaway(
        "Your share cannot be set beside the clinic's here",
        sentence(
            f"{several(found.others, 'other therapist')} {has} {settings.cell_size} or more "
            "patients who can be counted here. With fewer than two, the clinic's figures and "
            "yours would tell another's. Your own figures are on Pain."
        ),
    )


def _of_whom(found: Therapists, settings: Settings) -> str:
    """What is compared with what, and how far chance goes."""
    about = "about " if found.own else ""
    rate = f"{theme.percent(found.rate)} of {about}{several(found.episodes, 'eligible episode')}"
    return (
        f"The clinic's rate: {rate} had at least {settings.responder_percent:g}% less pain. "
        f"{_adjusted(found.adjusted_for)} By chance alone, about 1 therapist in 500 lies "
        "outside the 99.8% limits."
    )


def _adjusted(covariates: tuple[str, ...]) -> str:
    if not covariates:
        return "Nothing could be adjusted for: shares are as counted."
    used = listed(COVARIATES[name] for name in covariates)
    return f"Shares are standardised to {used}; what is not recorded is not in it."


def too_few(found: Therapists) -> str:
    """Therapists who are in the table alone."""
    few = int((found.points["verdict"] == TOO_FEW).sum())
    has = "has" if few == 1 else "have"
    told = f"{several(few, 'therapist')} {has} too few episodes to say" if few else ""
    unknown = (
        f"{several(found.unknown, 'episode')} without a known therapist" if found.unknown else ""
    )
    return " ".join(f"{sentence(part)}." for part in (told, unknown) if part)


def _widened(found: Therapists) -> str:
    if not found.variance:
        return ""
    return (
        "Therapists here differ by more than chance as a whole, so the limits are widened: who "
        "still lies outside stands apart from that spread too."
    )


def outside_limits(found: Therapists) -> pd.DataFrame:
    """The rows that are worth a look: of a therapist's view at most their own."""
    return found.points[found.points["verdict"].isin((ABOVE, BELOW))]


def worth_a_look(row: pd.Series, whole: pd.Series) -> str:
    """Where a share lies, and what to look at first: the record, then the cases."""
    return f"{row['label']}: {row['verdict']}. {look_first(row, whole)}"


def look_first(row: pd.Series, whole: pd.Series) -> str:
    """The first thing to look at: follow-up or recording where they differ, else the cases."""
    gaps = [
        _beside(row[name], whole[name], words)
        for name, words in (
            ("followed_rate", "of the due are followed up"),
            ("scored_rate", "have a first score"),
        )
        if theme.known(row[name]) and abs(row[name] - whole[name]) >= NOTABLE
    ]
    if gaps:
        return f"Look first at the record: {listed(gaps)}; then at the cases."
    return (
        "Follow-up and recording are like the clinic's; look first at the cases: what sets them "
        "apart that is not recorded?"
    )


def _beside(own: float, whole: float, words: str) -> str:
    return f"{theme.percent(own)} {words} ({theme.percent(whole)} in the clinic)"


def why_no_ranking() -> str:
    """What is printed under every comparison of therapists."""
    evidence = load_evidence()
    finding = evidence.findings[FINDING]
    return f"Nobody is ranked. {finding.result} ({evidence.citation(finding)})."


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
