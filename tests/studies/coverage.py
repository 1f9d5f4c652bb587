"""How often each 95% interval holds the truth, over 2,000 clinics in which it is known."""

from collections.abc import Iterator

import numpy as np

from pipelines.intervals import clopper_pearson, clustered_mean, clustered_rate, wilson
from pipelines.measures.cumulative_incidence import cumulative_incidence
from pipelines.measures.kaplan_meier import life_table

TITLE = "Coverage of the intervals"
ABOUT = """
Each row is one kind of figure in 2,000 made-up clinics of one size. "Covers" is the share of
the intervals that hold the truth; "too low" and "too high" are the shares that lie wholly below
and above it; "none" is the share of clinics in which there is no interval, such as no improved
episode yet. A 95% interval should cover 93% to 97%, give or take the one
point by which 2,000 clinics leave a coverage unsure; where one misses, too wide is the better
miss. Wilson limits on Rao and Scott's effective size cover less with few patients or few events:
pages, downloads and the registry give Korn and Graubard's instead, and only
`outcomes summary --json`, whose contract names them, keeps the others.
"""
CLINICS = 2_000
SIZES = (20, 50, 150, 500)
IMPROVE = np.array([0.10, 0.12, 0.15, 0.12, 0.10, 0.08, 0.06, 0.05, 0.05, 0.05])
LEAVE = np.array([0.08, 0.06, 0.05, 0.05, 0.04, 0.04, 0.04, 0.03, 0.03, 0.03])
"""Chance to improve, and to leave without improvement, at each session of those still there."""
MARKS = (1, 3, 6)
SPREAD_OF_PATIENTS = 4.0
"""Beta distribution of a patient's own rate: the smaller, the more patients differ."""
SESSION_LIMITS = {
    "Korn-Graubard": ("low", "high"),
    "Rao-Scott": ("rao_scott_low", "rao_scott_high"),
}
"""The limits that pages show, and those of the summary's contract."""


def run(seed: int) -> Iterator[dict]:
    """One row a figure and size of clinic."""
    for place, patients in enumerate(SIZES):
        draw = np.random.default_rng([seed, place])
        yield from _means(draw, patients)
        yield from _patient_rates(draw, patients)
        yield from _session_rates(draw, patients)
        yield from _improved(draw, patients)
        yield from _left(draw, patients)


def _row(figure: str, patients: int, low, high, truth: float) -> dict:
    low, high = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    given = np.isfinite(low) & np.isfinite(high)
    below, above = (high < truth)[given].mean(), (low > truth)[given].mean()
    return {
        "figure": figure,
        "patients": patients,
        "truth": f"{truth:.3g}",
        "covers": f"{1 - below - above:.1%}",
        "too low": f"{below:.1%}",
        "too high": f"{above:.1%}",
        "none": f"{1 - given.mean():.1%}",
    }


def _visits(draw: np.random.Generator, patients: int) -> tuple[np.ndarray, np.ndarray]:
    """Clinic and patient of each session; a patient has 1 to 10."""
    people = np.arange(CLINICS * patients)
    sessions = draw.integers(1, 11, len(people))
    person = np.repeat(people, sessions)
    return person // patients, person


def _means(draw: np.random.Generator, patients: int) -> Iterator[dict]:
    """A mean change, where sessions of one patient resemble each other."""
    clinic, person = _visits(draw, patients)
    own = draw.normal(2.0, 1.5, CLINICS * patients)[person]
    # Scores are whole points, so changes are too.
    change = np.round(own + draw.normal(0, 1.5, len(person)))
    found = clustered_mean(change, person, clinic, CLINICS)
    yield _row("mean change, clustered by patient", patients, found["low"], found["high"], 2.0)


def _patient_rates(draw: np.random.Generator, patients: int) -> Iterator[dict]:
    """A share of patients or episodes, each counted once."""
    for rate in (0.1, 0.3, 0.6):
        low, high = wilson(draw.binomial(patients, rate, CLINICS), patients)
        yield _row(f"share of patients, Wilson, truth {rate:.0%}", patients, low, high, rate)
    rare = 0.002
    low, high = clopper_pearson(draw.binomial(patients * 5, rare, CLINICS), patients * 5)
    yield _row("serious events, Clopper-Pearson", patients, low, high, rare)


def _session_rates(draw: np.random.Generator, patients: int) -> Iterator[dict]:
    """A share of sessions, where patients differ in their own rate and, last, in their visits."""
    for visits, words in ((_visits, ""), (_unequal_visits, ", few with many visits")):
        for rate in (0.05, 0.2, 0.4):
            clinic, person = visits(draw, patients)
            shape = rate * SPREAD_OF_PATIENTS, (1 - rate) * SPREAD_OF_PATIENTS
            own = draw.beta(*shape, CLINICS * patients)[person]
            found = clustered_rate(draw.random(len(person)) < own, person, clinic, CLINICS)
            for name, limits in SESSION_LIMITS.items():
                title = f"share of sessions, {name}, truth {rate:.0%}{words}"
                yield _row(title, patients, *(found[limit] for limit in limits), rate)


def _unequal_visits(draw: np.random.Generator, patients: int) -> tuple[np.ndarray, np.ndarray]:
    """The same with 6 sessions on average, most patients with few and some with very many."""
    people = np.arange(CLINICS * patients)
    person = np.repeat(people, np.minimum(draw.geometric(1 / 6, len(people)), 60))
    return person // patients, person


def _courses(draw: np.random.Generator, patients: int) -> tuple[np.ndarray, ...]:
    """Session of improving, of leaving and of the last score yet; clinic of each episode."""
    people = CLINICS * patients
    improves = _first(draw, IMPROVE, people)
    leaves = _first(draw, LEAVE, people)
    seen = draw.integers(1, len(IMPROVE) + 1, people)
    return improves, leaves, seen, np.arange(people) // patients


def _first(draw: np.random.Generator, chances: np.ndarray, people: int) -> np.ndarray:
    """The first session at which it happens, beyond the last where it does not."""
    happens = draw.random((people, len(chances))) < chances
    return np.where(happens.any(axis=1), happens.argmax(axis=1), len(chances)) + 1


def _improved(draw: np.random.Generator, patients: int) -> Iterator[dict]:
    """Improved by session k, those not yet improved counted as long as they were seen."""
    improves, _, seen, clinic = _courses(draw, patients)
    table = life_table(np.minimum(improves, seen), improves <= seen, clinic, CLINICS)
    truth = 1 - np.cumprod(1 - IMPROVE)
    for session in MARKS:
        rows = table[table["session"] == session].set_index("group").reindex(range(CLINICS))
        low, high = 1 - rows["high"], 1 - rows["low"]
        name = f"improved by session {session}, Kaplan-Meier"
        yield _row(name, patients, low, high, truth[session - 1])


def _left(draw: np.random.Generator, patients: int) -> Iterator[dict]:
    """What did happen: improved, or left without improvement."""
    improves, leaves, seen, clinic = _courses(draw, patients)
    first = np.minimum(improves, leaves)
    kinds = np.where(first > seen, 0, np.where(improves <= leaves, 1, 2))
    table = cumulative_incidence(np.minimum(first, seen), kinds, clinic, CLINICS)
    still = np.cumprod((1 - IMPROVE) * (1 - LEAVE))
    before = np.concatenate([[1.0], still[:-1]])
    happened = {
        "first": ("improved", np.cumsum(before * IMPROVE)),
        "second": ("left", np.cumsum(before * (1 - IMPROVE) * LEAVE)),
    }
    for session in MARKS:
        rows = table[table["session"] == session].set_index("group").reindex(range(CLINICS))
        for name, (word, truth) in happened.items():
            label = f"{word} by session {session}, cumulative incidence"
            limits = rows[f"{name}_low"], rows[f"{name}_high"]
            yield _row(label, patients, *limits, truth[session - 1])
