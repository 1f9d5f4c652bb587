"""What is fixed about the sample clinic: its conditions, staff, reactions and rates."""

from dataclasses import dataclass
from datetime import date

import numpy as np

LAST_DATE = date(2026, 11, 20)
YEARS = 3


@dataclass(frozen=True)
class Condition:
    """One complaint: share of new episodes, pain at its usual level, and what is needled."""

    term: str
    codes: tuple[str, str, str]  # ICD-10-CM: right, left, both or unspecified
    share: float
    usual_pain: float
    stages: tuple[float, float, float]  # acute, subacute, chronic
    stay: float  # the chance to leave after a visit is divided by it
    depth_mm: int  # typical depth of a deep needle
    over_lung: bool
    muscles: tuple[str, str, str, str]


def _one_code(code: str) -> tuple[str, str, str]:
    return code, code, code


def _by_side(stem: str, both: str) -> tuple[str, str, str]:
    return f"{stem}1", f"{stem}2", f"{stem}{both}"


CONDITIONS = (
    Condition("Low back pain", _one_code("M54.50"), 0.27, 5.7, (0.24, 0.26, 0.50), 1.15, 45, False,
              ("Multifidus", "Quadratus lumborum", "Gluteus medius", "Erector spinae")),
    Condition("Neck pain", _one_code("M54.2"), 0.18, 5.3, (0.25, 0.28, 0.47), 1.0, 28, True,
              ("Upper trapezius", "Levator scapulae", "Splenius capitis", "Semispinalis")),
    Condition("Shoulder pain", _by_side("M25.51", "9"), 0.14, 5.4, (0.18, 0.32, 0.50), 1.1, 30,
              True, ("Infraspinatus", "Supraspinatus", "Deltoid", "Teres minor")),
    Condition("Myofascial pain syndrome", _one_code("M79.18"), 0.11, 5.6, (0.12, 0.25, 0.63), 1.1,
              28, True, ("Upper trapezius", "Rhomboids", "Gluteus medius", "Infraspinatus")),
    Condition("Tension-type headache", _one_code("G44.209"), 0.08, 5.1, (0.15, 0.20, 0.65), 0.9,
              18, False, ("Suboccipitals", "Temporalis", "Upper trapezius", "Masseter")),
    Condition("Runner's knee", _by_side("M22.2X", "9"), 0.06, 4.7, (0.25, 0.40, 0.35), 0.9, 35,
              False, ("Vastus lateralis", "Vastus medialis", "Rectus femoris", "Gluteus medius")),
    Condition("Tendinitis", _one_code("M77.9"), 0.05, 4.9, (0.22, 0.40, 0.38), 0.95, 20, False,
              ("Wrist extensors", "Supinator", "Brachioradialis", "Biceps brachii")),
    Condition("Plantar fasciitis", _one_code("M72.2"), 0.035, 5.4, (0.10, 0.30, 0.60), 1.0, 22,
              False, ("Gastrocnemius", "Soleus", "Quadratus plantae", "Flexor digitorum brevis")),
    Condition("TMJ pain", _by_side("M26.62", "3"), 0.03, 4.9, (0.15, 0.25, 0.60), 0.9, 14, False,
              ("Masseter", "Temporalis", "Lateral pterygoid", "Sternocleidomastoid")),
    Condition("Whiplash", _one_code("S13.4XXA"), 0.02, 6.2, (0.45, 0.35, 0.20), 1.2, 26, True,
              ("Splenius capitis", "Upper trapezius", "Levator scapulae", "Multifidus")),
    Condition("IT band syndrome", _by_side("M76.3", "0"), 0.015, 4.8, (0.25, 0.40, 0.35), 0.85, 35,
              False, ("Tensor fasciae latae", "Vastus lateralis", "Gluteus maximus",
                      "Biceps femoris")),
    Condition("Cervicogenic headache", _one_code("G44.86"), 0.01, 5.5, (0.12, 0.23, 0.65), 1.0, 20,
              False, ("Suboccipitals", "Semispinalis", "Splenius capitis", "Upper trapezius")),
)  # fmt: skip


@dataclass(frozen=True)
class Therapist:
    """One member of staff: which part of the period they work, and what they tend to do."""

    name: str
    branch: str
    begins: float  # share of the period that has passed
    ends: float
    speciality: tuple[int, ...]  # positions in CONDITIONS that come to them three times as often
    deep: float  # on the logit scale, against superficial
    electrical: float
    recording: float  # share of visits with the question about side effects answered

    @property
    def lasting(self) -> bool:
        """Whether they work there through the whole period."""
        return self.begins == 0 and self.ends == 1


STAFF = (
    Therapist("Ada Amber", "Harbor Street", 0.0, 1.0, (0, 7), 0.3, -0.9, 0.96),
    Therapist("Bo Birch", "Harbor Street", 0.0, 1.0, (5, 6, 10), 0.1, -0.5, 0.94),
    Therapist("Cleo Cedar", "Harbor Street", 0.25, 1.0, (4, 8, 11), -0.5, -1.4, 0.97),
    Therapist("Dev Dune", "Harbor Street", 0.6, 1.0, (2, 3), 0.5, 0.1, 0.88),
    Therapist("José Olmo", "Old Town", 0.0, 1.0, (0, 3), 0.4, -0.6, 0.95),
    Therapist("Zoë Müller", "Old Town", 0.0, 0.7, (1, 9), 0.0, -1.0, 0.92),
    Therapist("Anaïs Frêne", "Old Town", 0.4, 1.0, (1, 4, 8), -0.3, -0.8, 0.94),
    Therapist("Kim Maple", "Mill Road", 0.0, 1.0, (0, 2), 0.2, -0.2, 0.91),
    Therapist("Lee Rowan", "Mill Road", 0.0, 1.0, (1, 2, 9), 0.3, -0.9, 0.93),
    Therapist("Noa Willow", "Mill Road", 0.5, 1.0, (5, 10, 6), 0.0, -0.3, 0.95),
)
BRANCHES = tuple(dict.fromkeys(therapist.branch for therapist in STAFF))

COMMON_REACTIONS = {
    "soreness": 0.062,
    "bruising": 0.0755,
    "fatigue": 0.012,
    "bleeding": 0.0465,
    "pain_during": 0.0301,
    "pain_after": 0.0219,
    "dizziness": 0.005,
    "headache": 0.0014,
    "nausea": 0.0013,
    "aggravation": 0.0088,
    "other": 0.002,
}
"""Events per needling session as Brady 2014 counted them; soreness, fatigue,
dizziness and other, which that list lacks or names differently, are assumed.
Some 26 events in 100 sessions, between Brady's 19 and the 37 of Boyce 2020."""
SERIOUS_REACTIONS = {"pneumothorax": 0.00010, "nerve_injury": 0.00025, "infection": 0.00020}
"""Per needling session, pneumothorax only where the needle is over the lung:
together about 1 in 2,000, between none in 7,629 (Brady) and 1 in 1,024 (Boyce)."""
REACTIONS = (*COMMON_REACTIONS, *SERIOUS_REACTIONS)
SEVERITIES = ("mild", "moderate", "serious")

TECHNIQUES = ("superficial", "deep", "electrical")
REACTION_FACTOR = np.array([0.70, 1.10, 1.15])  # of each technique, against the rates above
TWITCH = np.array([0.24, 0.62, 0.50])

ADJUNCTS = {
    "exercise": 0.45,
    "mobilization": 0.28,
    "massage": 0.12,
    "stretching": 0.22,
    "physical_therapy": 0.08,
}
CONTRAINDICATIONS = {
    "active_infection": 0.0010,
    "bleeding_disorder": 0.0020,
    "compromised_immunity": 0.0020,
    "needle_phobia": 0.0040,
    "pregnancy": 0.0020,
}
"""Share of patients in whom each is flagged."""

STAGES = ("acute", "subacute", "chronic")
SEXES = ("female", "male", "other")
VISIT_TYPES = ("evaluation", "treatment", "follow_up", "discharge")
EVALUATION, TREATMENT, FOLLOW_UP, DISCHARGE = range(4)
STATUSES = ("attended", "cancelled", "late cancelled", "no show")
ATTENDED, CANCELLED, LATE_CANCELLED, NO_SHOW = range(4)
MISSING = -1
"""In every column of codes and counts; scores use NaN."""
