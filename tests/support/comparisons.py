"""Comparisons made up by seed, with a truth that is known: straight to the cells of a model."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.collapse import collapse
from pipelines.measures.comparison.differences import PAIN, Model
from pipelines.measures.comparison.groups import Feature
from pipelines.measures.comparison.rows import AGE, BEFORE, GROUP, IMMEDIATE, LASTING

GROUPS = ("superficial", "deep", "electrical", "mixed")
SUPERFICIAL, DEEP, ELECTRICAL, MIXED_GROUP = range(4)
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


@dataclass(frozen=True)
class _Made:
    """Facts by patient, and sessions: the patient, number, technique and scores of each."""

    condition: np.ndarray
    therapist: np.ndarray
    chronicity: np.ndarray
    hidden: np.ndarray
    own: np.ndarray
    patient: np.ndarray
    number: np.ndarray
    group: np.ndarray
    before: np.ndarray
    after: np.ndarray


def made_up(seed: int, truth: Truth) -> Model:
    """Sessions of patients who differ, 1 to 6 each, as a model of the immediate effect."""
    return _immediate(_made(np.random.default_rng(seed), truth))


def made_up_twice(seed: int, truth: Truth) -> tuple[Model, Model]:
    """The same, and the model of the lasting effect in the same patients.

    An episode a patient; the latest score leans on the first one, chronicity and the patient,
    whatever the technique. Those with one session are not followed.
    """
    draw = np.random.default_rng(seed)
    made = _made(draw, truth)
    return _immediate(made), _lasting(draw, made)


def strength_of_hidden(truth: Truth) -> tuple[float, float]:
    """How strong the hidden cause is: its risk ratios to being given deep, and to the outcome.

    The first is how much commoner it is in sessions with deep than with superficial, in a
    clinic of very many patients; the second is its points in standard deviations of pain
    after within the two groups, as a risk ratio (Chinn, Stat Med 2000).
    """
    made = _made(np.random.default_rng(0), replace(truth, patients=100_000))
    has, sides = made.hidden[made.patient], (DEEP, SUPERFICIAL)
    share = [has[made.group == side].mean() for side in sides]
    spread = np.mean([made.after[made.group == side].std() for side in sides])
    return float(share[0] / share[1]), float(np.exp(0.91 * truth.hidden / spread))


def _made(draw: np.random.Generator, truth: Truth) -> _Made:
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
    after = np.round(after, 1)
    facts = (condition, therapist, chronicity, hidden, own)
    return _Made(*facts, patient, number, group, before, after)


def _immediate(made: _Made) -> Model:
    numbers = {"session_number": (np.minimum(made.number, 3), NUMBERS)}
    factors = {GROUP: (made.group, GROUPS), **numbers, **_covariates(made, made.patient)}
    linear = {BEFORE: made.before}
    return Model(FEATURE, IMMEDIATE, PAIN, _cells(factors, linear, made.after, made.patient))


def _lasting(draw: np.random.Generator, made: _Made) -> Model:
    patients = len(made.own)
    count = np.bincount(made.patient)
    each = np.bincount(made.patient * len(GROUPS) + made.group, minlength=patients * len(GROUPS))
    each = each.reshape(patients, len(GROUPS))
    group = np.where(4 * each.max(axis=1) >= 3 * count, each.argmax(axis=1), MIXED_GROUP)
    first = made.before[made.number == 0]
    latest = 0.6 * first + 0.3 * (made.chronicity == CHRONIC) + made.own
    latest = np.round(latest + draw.normal(0, 1.2, patients), 1)
    age = np.round(draw.normal(48, 14, patients))
    rows = np.flatnonzero(count > 1)
    factors = {GROUP: (group[rows], GROUPS), **_covariates(made, rows)}
    linear = {BEFORE: first[rows], AGE: age[rows]}
    return Model(FEATURE, LASTING, PAIN, _cells(factors, linear, latest[rows], rows))


def _covariates(made: _Made, patient: np.ndarray) -> dict[str, tuple[np.ndarray, tuple]]:
    return {
        "condition": (made.condition[patient], CONDITIONS),
        "chronicity": (made.chronicity[patient], CHRONICITIES),
        "therapist": (made.therapist[patient], THERAPISTS),
    }


def _cells(
    factors: Mapping[str, tuple[np.ndarray, tuple]],
    linear: Mapping[str, np.ndarray],
    outcome: np.ndarray,
    patients: np.ndarray,
) -> Cells:
    return collapse(
        factors={name: codes for name, (codes, _) in factors.items()},
        names={name: names for name, (_, names) in factors.items()},
        linear=linear,
        outcome=outcome,
        patients=patients,
    )


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
