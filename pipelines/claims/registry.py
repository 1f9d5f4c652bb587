"""The rule of each claim as code, beside the same rule in the words of claims.toml."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipelines.claims import comparisons, course, safety, scores, twitches
from pipelines.claims.held import Tested
from pipelines.evidence import Claim
from pipelines.selection import Clinic
from pipelines.settings import Settings


@dataclass(frozen=True)
class Rule:
    """The words that the code was written for, and the code."""

    words: str
    test: Callable[[Clinic, Settings, Claim], Tested]


OVER_HALF = "The lower limit of the share is over 50%"
CLEARLY_LESS = (
    "The upper limit of the difference is below 0 (less pain{}), after Holm's correction and by"
    " every method"
)

RULES: Mapping[str, Rule] = {
    "less_pain_directly_after": Rule(OVER_HALF, scores.less_pain_directly_after),
    "several_sessions": Rule("The median is over 1", course.several_sessions),
    "one_or_three_to_six_sessions": Rule(
        "At least 10% improved by 1 session and the median lies in 1 to 6",
        course.one_or_three_to_six,
    ),
    "lasts_twelve_weeks": Rule(OVER_HALF, scores.lasts_twelve_weeks),
    "deep_elicits_twitch": Rule(
        "The lower limit of the difference is over 0", twitches.deep_elicits_twitch
    ),
    "deep_relieves_more": Rule(
        "Both differences have their upper limit below 0 (less pain after deep), after Holm's"
        " correction and by every method",
        comparisons.deep_relieves_more,
    ),
    "superficial_low_risk": Rule(
        "The upper limit of the difference in sessions with any side effect, superficial less"
        " deep, is below 0, no superficial visit had a serious event, and the upper bound of"
        " serious events is under 1 per 1,000 superficial sessions",
        safety.superficial_low_risk,
    ),
    "electrical_with_adjuncts": Rule(CLEARLY_LESS.format(""), comparisons.electrical_with_adjuncts),
    "low_and_high_frequency": Rule(
        "The interval of the difference does not hold 0, after Holm's correction and by every"
        " method",
        comparisons.low_and_high_frequency,
    ),
    "common_side_effects": Rule(
        f"{OVER_HALF}, and each of the four has its lower limit at no less than 1 in 100 recorded"
        " sessions",
        safety.common_side_effects,
    ),
    "serious_events_rare": Rule(
        "The upper bound for the three together is under 10 per 10,000 sessions",
        safety.serious_events_rare,
    ),
    "low_risk_overall": Rule(
        "The upper bound is under 1 per 1,000 sessions", safety.low_risk_overall
    ),
    "acute_and_chronic": Rule(
        "In acute and in chronic pain, the lower limit of the share is over 50%", scores.by_stage
    ),
    "each_condition": Rule(
        f"{OVER_HALF} for every condition, each at a level that allows for as many looks; each"
        " condition has its own verdict",
        scores.by_condition,
    ),
    "twitch_indicates_effect": Rule(
        CLEARLY_LESS.format(" with a twitch"), comparisons.twitch_indicates_effect
    ),
    "light_pinch": Rule(OVER_HALF, safety.light_pinch),
    "contraindicated_not_treated": Rule("There is none", safety.contraindicated_not_treated),
}
"""By the name of the claim. A test holds each rule to the words of the claim's `supported`."""
