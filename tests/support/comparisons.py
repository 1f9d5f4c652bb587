"""Comparisons made up by seed, with a truth that is known: straight to the cells of a model."""

from dataclasses import dataclass

import numpy as np

from pipelines.measures.comparison.collapse import collapse
from pipelines.measures.comparison.differences import PAIN, Model
from pipelines.measures.comparison.groups import Feature
from pipelines.measures.comparison.rows import BEFORE, GROUP, IMMEDIATE

GROUPS = ("superficial", "deep", "electrical", "mixed")
SUPERFICIAL, DEEP, ELECTRICAL = range(3)
FEATURE = Feature("technique", GROUPS, SUPERFICIAL, ("technique",))
CONDITIONS = ("not recorded", "neck pain", "low back pain", "shoulder pain")
NECK = CONDITIONS.index("neck pain")
CHRONICITIES = ("not recorded", "acute", "subacute", "chronic")
CHRONIC = CHRONICITIES.index("chronic")
THERAPISTS = ("not recorded", "Ada", "Bo", "Cy", "Dee")
NUMBERS = ("1", "2", "3", "4 or more")


@dataclass(frozen=True)
class Truth:
    """What is so in a made-up clinic; points of pain, negative is less.

    `effect` of deep against superficial; `in_neck` what it is more in neck pain alone;
    `by_severity` how much harder cases (more pain, chronic) are given deep rather than
    superficial; `hidden` what a cause that nobody records adds to pain after, and how much
    more it is given deep. `a_group` fixes the patients with each of two techniques.
    """

    patients: int = 250
    effect: float = 0.0
    in_neck: float = 0.0
    by_severity: float = 0.0
    hidden: float = 0.0
    a_group: int | None = None


def made_up(seed: int, truth: Truth) -> Model:
    """Sessions of patients who differ, 1 to 6 each, as a model of the immediate effect."""
    draw = np.random.default_rng(seed)
    patients = 2 * truth.a_group if truth.a_group else truth.patients
    condition, therapist = draw.integers(1, 4, patients), draw.integers(1, 5, patients)
    chronicity = draw.integers(1, 4, patients)
    baseline = 4.5 + 0.5 * (chronicity == CHRONIC) + draw.normal(0, 1.2, patients)
    hidden = draw.random(patients) < 0.5
    lean = truth.by_severity * (baseline - 4.5 + 1.5 * (chronicity == CHRONIC) - 0.5)
    lean = lean + truth.hidden * 1.5 * (hidden - 0.5)
    own = draw.normal(0, 0.6, patients) + truth.hidden * hidden
    count = draw.integers(1, 7, patients)
    patient = np.repeat(np.arange(patients), count)
    number = np.concatenate([np.arange(each) for each in count])
    group = _given(draw, truth, lean, patient)
    before = baseline[patient] - 0.4 * number + draw.normal(0, 0.8, len(patient))
    before = np.round(np.clip(before, 0, 10), 1)
    effect = truth.effect + truth.in_neck * (condition == NECK)[patient]
    after = 0.8 * before - 0.5 + 0.3 * (chronicity == CHRONIC)[patient] + own[patient]
    after += (group == DEEP) * effect + draw.normal(0, 0.9, len(patient))
    factors = {
        GROUP: (group, GROUPS),
        "session_number": (np.minimum(number, 3), NUMBERS),
        "condition": (condition[patient], CONDITIONS),
        "chronicity": (chronicity[patient], CHRONICITIES),
        "therapist": (therapist[patient], THERAPISTS),
    }
    cells = collapse(
        factors={name: codes for name, (codes, _) in factors.items()},
        names={name: names for name, (_, names) in factors.items()},
        linear={BEFORE: before},
        outcome=np.round(after, 1),
        patients=patient,
    )
    return Model(FEATURE, IMMEDIATE, PAIN, cells)


def _given(
    draw: np.random.Generator, truth: Truth, lean: np.ndarray, patient: np.ndarray
) -> np.ndarray:
    """The technique of each session; with fixed groups one technique a patient."""
    if truth.a_group:
        return np.repeat([SUPERFICIAL, DEEP], truth.a_group)[patient]
    usual = _drawn(draw, lean)
    changed = _drawn(draw, lean[patient])
    return np.where(draw.random(len(patient)) < 0.7, usual[patient], changed)


def _drawn(draw: np.random.Generator, lean: np.ndarray) -> np.ndarray:
    electrical = draw.random(len(lean)) < 0.25
    deep = draw.random(len(lean)) < 1 / (1 + np.exp(-lean))
    return np.where(electrical, ELECTRICAL, np.where(deep, DEEP, SUPERFICIAL))
