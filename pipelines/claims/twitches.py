"""The claim that deep needling elicits twitch responses more often than superficial."""

import numpy as np

from pipelines.claims import reasons
from pipelines.claims.held import PERCENTAGE_POINTS, Blanks, Figure, Tested
from pipelines.claims.scores import share_figure
from pipelines.claims.tally import Tally, difference, of_sessions
from pipelines.evidence import Claim
from pipelines.measures.grouping import patient_codes
from pipelines.measures.sessions import treatment_sessions
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.visits import NEEDLED, codes_among

DEEP, SUPERFICIAL = NEEDLED.index("deep"), NEEDLED.index("superficial")


def deep_elicits_twitch(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """The twitch rate of deep less that of superficial sessions, both clustered by patient."""
    sessions = treatment_sessions(clinic, (), "technique", "twitch_response")
    codes, patients = codes_among(sessions["technique"], NEEDLED), patient_codes(sessions)
    twitch = sessions["twitch_response"].to_numpy(dtype=bool, na_value=False)
    recorded = sessions["twitch_response"].notna().to_numpy(dtype=bool)
    deep, superficial = (
        of_sessions(twitch, recorded & (codes == code), patients) for code in (DEEP, SUPERFICIAL)
    )
    known = of_sessions(recorded, np.isin(codes, (DEEP, SUPERFICIAL)), patients)
    figures = (
        share_figure("sessions with a twitch response", deep, "deep"),
        share_figure("sessions with a twitch response", superficial, "superficial"),
        difference_figure("twitch rate, deep less superficial", deep, superficial),
    )
    groups = {"needled deep": deep.patients, "needled superficially": superficial.patients}
    few = reasons.too_few(groups, settings.fewest_patients)
    few = few or reasons.too_little_known(known, "Twitch responses were recorded at")
    if few:
        return reasons.not_enough(few, *figures)
    return Tested(
        reasons.judged(difference(deep, superficial)[1] > 0),
        f"A twitch in {reasons.share(deep, 'deep sessions')} and in"
        f" {reasons.share(superficial, 'superficial ones')};"
        f" {difference_in_words(deep, superficial)}.",
        figures,
        (Blanks({"": deep, "reference": superficial, "known": known}),),
    )


def difference_figure(about: str, first: Tally, second: Tally) -> Figure:
    """The first share less the second."""
    value, low, high = difference(first, second)
    smaller = min(first.patients, second.patients)
    return Figure(about, PERCENTAGE_POINTS, value, low, high, first.n, first.of, smaller)


def difference_in_words(first: Tally, second: Tally) -> str:
    """As in "a difference of 12 percentage points (95% CI 4 to 20)"."""
    value, low, high = (100 * part for part in difference(first, second))
    return f"a difference of {value:.1f} percentage points (95% CI {low:.1f} to {high:.1f})"
