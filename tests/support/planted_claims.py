"""Small clinics for which a claim is supported, is not, or cannot be told: three a claim."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import numpy as np
import pandas as pd

from pipelines.claims import NOT_ENOUGH, NOT_SUPPORTED, SUPPORTED
from pipelines.evidence import load_evidence
from pipelines.selection import Clinic
from tests.support.clinics import clinic, frame

Records = list[dict[str, object]]
ENOUGH, TOO_FEW, MANY = 40, 20, 60
LAST = "2026-06-30"
"""Well after every visit, so that each episode is due."""


@dataclass(frozen=True)
class Planted:
    """A clinic by its verdict for one claim."""

    claim: str
    verdict: str
    records: Callable[[], Records]

    def clinic(self) -> Clinic:
        """The whole clinic, as of a day on which each episode is due."""
        return clinic(frame(self.records()), as_of=LAST)


_numbers = count(1)


def patients(
    number: int, visits: int = 2, every: int = 7, facts: Callable[[int, int], dict] | None = None
) -> Records:
    """New patients with visits some days apart; `facts` of patient and visit, both from 0."""
    made: Records = []
    for patient in range(number):
        name, first = f"Q{next(_numbers)}", pd.Timestamp("2025-01-06") + pd.Timedelta(patient, "D")
        for visit in range(visits):
            day = first + pd.Timedelta(days=every * visit)
            made.append(
                {"patient_id": name, "session_date": day.isoformat()}
                | (facts(patient, visit) if facts else {})
            )
    return made


def directly_after(number: int, drop: float) -> Records:
    return patients(number, facts=lambda *_: {"pain_before": 6, "pain_after": 6 - drop})


def improving(number: int, after: int) -> Records:
    """Pain falls from 8 to 2 at the visit after so many sessions."""
    return patients(
        number, visits=after + 1, facts=lambda _, visit: {"pain_before": 2 if visit == after else 8}
    )


def weeks_later(number: int, pain_then: float) -> Records:
    """Improved in week 6 and seen on day 84."""
    course = (8, 2, pain_then)
    return patients(number, 3, every=42, facts=lambda _, visit: {"pain_before": course[visit]})


def twitching(number: int, technique: str, every: int) -> Records:
    """Every so many-th session with a twitch."""
    return patients(
        number,
        visits=3,
        facts=lambda patient, visit: {
            "technique": technique,
            "twitch_response": "yes" if (patient + visit) % every == 0 else "no",
        },
    )


def scored(number: int, fall: float, **facts: object) -> Records:
    """Four sessions of patients who differ; pain falls by so much at and between them."""
    draw = np.random.default_rng(number)
    start = draw.integers(50, 90, number) / 10
    noise = draw.normal(0, 0.3, (number, 4, 2))

    def of(patient: int, visit: int) -> dict:
        level = start[patient] - visit * fall / 3
        before, after = level + noise[patient, visit, 0], level - fall + noise[patient, visit, 1]
        return {
            "pain_before": float(np.clip(round(before, 1), 0, 10)),
            "pain_after": float(np.clip(round(after, 1), 0, 10)),
            "therapist": ("Ada", "Bo")[patient % 2],
            **facts,
        }

    return patients(number, 4, facts=of)


def against(
    group: dict, reference: dict, sizes: tuple[int, int], fall: float, other: float
) -> Records:
    """Two groups of patients with their own fall in pain."""
    return [*scored(sizes[0], fall, **group), *scored(sizes[1], other, **reference)]


def telling(number: int, visits: int, effects: Callable[[int], str], **facts: object) -> Records:
    """Sessions that tell of side effects; the running number of the session says which."""
    return patients(
        number,
        visits,
        every=1,
        facts=lambda patient, visit: {"side_effects": effects(patient * visits + visit), **facts},
    )


def nothing(_: int) -> str:
    return "none"


def the_four(session: int) -> str:
    """Each of the four at a tenth of the sessions."""
    return ("soreness", "bruising", "fatigue", "bleeding", *["none"] * 6)[session % 10]


def responding(number: int, pain_then: float, **facts: object) -> Records:
    return patients(
        number, facts=lambda _, visit: {"pain_before": pain_then if visit else 7, **facts}
    )


def stages(acute: tuple[int, float], chronic: tuple[int, float]) -> Records:
    """Acute and chronic patients: how many, and their pain at the last visit."""
    return [
        *responding(*acute, chronicity="acute"),
        *responding(*chronic, chronicity="chronic"),
    ]


def conditions(number: int = ENOUGH, last: int = ENOUGH, pain_of_last: float = 2) -> Records:
    """Every condition of the page, the last of them otherwise."""
    *names, other = load_evidence().claims[14].groups
    made = [record for name in names for record in responding(number, 2, condition=name)]
    return [*made, *responding(last, pain_of_last, condition=other)]


def flagged(number: int, with_one: int) -> Records:
    """Contraindications recorded throughout; so many patients have one flagged."""
    return patients(
        number,
        facts=lambda patient, _: {
            "technique": "deep",
            "contraindications": "pregnancy" if patient < with_one else "none",
        },
    )


DEEP, SUPERFICIAL = {"technique": "deep"}, {"technique": "superficial"}
WITH = {"technique": "electrical", "adjuncts": "exercise"}
WITHOUT = {"technique": "deep", "adjuncts": "none"}
SLOW = {"technique": "electrical", "stimulation_hz": 2.0}
FAST = {"technique": "electrical", "stimulation_hz": 100.0}
TWITCH, NO_TWITCH = ({"technique": "deep", "twitch_response": answer} for answer in ("yes", "no"))
BOTH, ONE_SMALL = (MANY, MANY), (MANY, TOO_FEW)


def superficial(sore_of_ten: int, visits: int = 52, number: int = MANY) -> Records:
    """Superficial sessions with so many in ten sore, beside deep ones with five in ten."""
    own = telling(
        number, visits, lambda s: "soreness" if s % 10 < sore_of_ten else "none", **SUPERFICIAL
    )
    return [*own, *telling(MANY, 6, lambda s: "soreness" if s % 2 else "none", **DEEP)]


CASES = {
    "less_pain_directly_after": (
        lambda: directly_after(ENOUGH, 2),
        lambda: directly_after(ENOUGH, 0.5),
        lambda: directly_after(TOO_FEW, 2),
    ),
    "several_sessions": (
        lambda: improving(ENOUGH, 3),
        lambda: improving(ENOUGH, 1),
        lambda: improving(TOO_FEW, 3),
    ),
    "one_or_three_to_six_sessions": (
        lambda: improving(10, 1) + improving(30, 3),
        lambda: improving(10, 1) + improving(30, 7),
        lambda: improving(5, 1) + improving(15, 3),
    ),
    "lasts_twelve_weeks": (
        lambda: weeks_later(ENOUGH, 2),
        lambda: weeks_later(ENOUGH, 8),
        lambda: weeks_later(TOO_FEW, 2),
    ),
    "deep_elicits_twitch": (
        lambda: twitching(ENOUGH, "deep", 1) + twitching(ENOUGH, "superficial", 3),
        lambda: twitching(ENOUGH, "deep", 3) + twitching(ENOUGH, "superficial", 3),
        lambda: twitching(ENOUGH, "deep", 1) + twitching(TOO_FEW, "superficial", 3),
    ),
    "deep_relieves_more": (
        lambda: against(DEEP, SUPERFICIAL, BOTH, 2.5, 1),
        lambda: against(DEEP, SUPERFICIAL, BOTH, 1.5, 1.5),
        lambda: against(DEEP, SUPERFICIAL, ONE_SMALL, 2.5, 1),
    ),
    "superficial_low_risk": (
        lambda: superficial(1),
        lambda: superficial(5),
        lambda: superficial(1, number=TOO_FEW),
    ),
    "electrical_with_adjuncts": (
        lambda: against(WITH, WITHOUT, BOTH, 2.5, 1),
        lambda: against(WITH, WITHOUT, BOTH, 1.5, 1.5),
        lambda: against(WITH, WITHOUT, ONE_SMALL, 2.5, 1),
    ),
    "low_and_high_frequency": (
        lambda: against(SLOW, FAST, BOTH, 1, 2.5),
        lambda: against(SLOW, FAST, BOTH, 1.5, 1.5),
        lambda: against(SLOW, FAST, ONE_SMALL, 1, 2.5),
    ),
    "common_side_effects": (
        lambda: telling(ENOUGH, 20, the_four),
        lambda: telling(ENOUGH, 20, lambda s: "soreness" if s % 3 == 0 else "none"),
        lambda: telling(TOO_FEW, 20, the_four),
    ),
    "serious_events_rare": (
        lambda: telling(MANY, 52, nothing),
        lambda: telling(MANY, 52, lambda s: "infection" if s == 7 else "none"),
        lambda: telling(TOO_FEW, 20, nothing),
    ),
    "low_risk_overall": (
        lambda: telling(MANY, 52, nothing),
        lambda: telling(MANY, 40, nothing),
        lambda: telling(TOO_FEW, 20, nothing),
    ),
    "acute_and_chronic": (
        lambda: stages((ENOUGH, 2), (ENOUGH, 2)),
        lambda: stages((ENOUGH, 2), (ENOUGH, 7)),
        lambda: stages((ENOUGH, 2), (TOO_FEW, 2)),
    ),
    "each_condition": (
        lambda: conditions(),
        lambda: conditions(pain_of_last=7),
        lambda: conditions(last=TOO_FEW),
    ),
    "twitch_indicates_effect": (
        lambda: against(TWITCH, NO_TWITCH, BOTH, 2.5, 1),
        lambda: against(TWITCH, NO_TWITCH, BOTH, 1.5, 1.5),
        lambda: against(TWITCH, NO_TWITCH, ONE_SMALL, 2.5, 1),
    ),
    "light_pinch": (
        lambda: telling(ENOUGH, 3, nothing),
        lambda: telling(ENOUGH, 3, lambda _: "pain_during"),
        lambda: telling(TOO_FEW, 3, nothing),
    ),
    "contraindicated_not_treated": (
        lambda: flagged(ENOUGH, 0),
        lambda: flagged(ENOUGH, 1),
        lambda: flagged(TOO_FEW, 0),
    ),
}
"""By claim: supported, not supported, not enough data."""

PLANTED = [
    Planted(claim, verdict, records)
    for claim, each in CASES.items()
    for verdict, records in zip((SUPPORTED, NOT_SUPPORTED, NOT_ENOUGH), each, strict=True)
]
