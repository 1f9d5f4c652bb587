"""Claims about side effects, serious events and contraindications."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.claims import reasons
from pipelines.claims.held import PER_10000, Blanks, Figure, Tested
from pipelines.claims.scores import HALF, share_figure
from pipelines.claims.tally import Tally, difference, of_sessions
from pipelines.claims.twitches import difference_figure, difference_in_words
from pipelines.evidence import Claim
from pipelines.intervals import rare_rate
from pipelines.listing import listed
from pipelines.measures.contraindications import contraindicated_and_treated
from pipelines.measures.grouping import patient_codes
from pipelines.measures.sessions import treatment_sessions
from pipelines.measures.told_effects import COLUMNS, Told, told_effects
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.tables import SERIOUS_SIDE_EFFECTS, SIDE_EFFECTS
from pipelines.visits import NEEDLED, codes_among, is_treatment

COMMON = ("soreness", "bruising", "fatigue", "bleeding")
COMMON_FROM = 0.01
"""From 1 in 100 a side effect is called common (CIOMS)."""
RARE_PER_10000 = 10
"""Under 1 in 1,000 an event is called rare (CIOMS)."""
LOW_PER_10000 = 10
"""Under 1 in 1,000 is the bound that the page's low risk is held to."""


class Recorded(NamedTuple):
    """Treatment sessions: what each tells, whose it is, its technique."""

    told: Told
    patients: np.ndarray
    technique: np.ndarray

    def share(self, hit: np.ndarray, chosen: np.ndarray | bool = True) -> Tally:
        """The share of the sessions with side effects recorded."""
        return of_sessions(hit, self.told.recorded & chosen, self.patients)

    def known(self, chosen: np.ndarray | bool = True) -> Tally:
        """The share of the sessions that has them recorded."""
        everything = np.ones(len(self.patients), dtype=bool) & chosen
        return of_sessions(self.told.recorded, everything, self.patients)


def superficial_low_risk(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """Fewer sessions with any side effect than deep needling, and serious events bounded."""
    sessions = _recorded(clinic)
    own, other = (sessions.technique == NEEDLED.index(name) for name in ("superficial", "deep"))
    superficial, deep = (
        sessions.share(sessions.told.any, own),
        sessions.share(sessions.told.any, other),
    )
    known = sessions.known(own | other)
    events = _serious_visits(clinic, "superficial")
    _, bound = _per_10000(events, superficial.of)
    figures = (
        share_figure("sessions with any side effect", superficial, "superficial"),
        share_figure("sessions with any side effect", deep, "deep"),
        difference_figure("any side effect, superficial less deep", superficial, deep),
        _serious_figure("serious events, superficial", events, superficial),
    )
    groups = {"needled superficially": superficial.patients, "needled deep": deep.patients}
    few = _few(groups, known, settings)
    if few:
        return reasons.not_enough(few, *figures)
    holds = difference(superficial, deep)[2] < 0 and not events and bound < LOW_PER_10000
    return Tested(
        reasons.judged(holds),
        f"Any side effect in {reasons.share(superficial, 'superficial sessions')} and in"
        f" {reasons.share(deep, 'deep ones')}; {difference_in_words(superficial, deep)}."
        f" {_serious_in_words(events, superficial.of, 'serious event')}",
        figures,
        (Blanks({"": superficial, "reference": deep, "known": known}),),
    )


def common_side_effects(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """The four among all that were told, and each of them common on its own."""
    sessions = _recorded(clinic)
    events = _common_events(sessions)
    each = {name: sessions.share(sessions.told.has(name)) for name in COMMON}
    known, figures = (
        sessions.known(),
        [share_figure("side effects told that are one of the four", events)],
    )
    figures += [share_figure(f"sessions with {name}", tally, name) for name, tally in each.items()]
    all_recorded = sessions.share(sessions.told.any)
    few = _few({"with side effects recorded": all_recorded.patients}, known, settings)
    if not events.of:
        few = few or "No side effect was told, so none can be called common."
    if few:
        return reasons.not_enough(few, *figures)
    rare = [name for name, tally in each.items() if not tally.low >= COMMON_FROM]
    also = f" Not at 1 in 100 sessions for certain: {listed(rare)}." if rare else ""
    return Tested(
        reasons.judged(events.low > HALF and not rare),
        f"The four make up {reasons.share(events, 'side effects told')}.{also}",
        tuple(figures),
        (Blanks({"": events, "known": known}),),
    )


def serious_events_rare(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """The three kinds together, told at any visit, against the recorded sessions."""
    visits = told_effects(clinic.visits)
    kinds = np.any([visits.has(name) for name in SERIOUS_SIDE_EFFECTS], axis=0)
    what = "pneumothorax, nerve injury or infection"
    few = _few({}, _recorded(clinic).known(), settings)
    return _rare(clinic, settings, int(kinds.sum()), what, RARE_PER_10000, few)


def low_risk_overall(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """Serious events of any kind, told at any visit, against the recorded sessions."""
    return _rare(clinic, settings, _serious_visits(clinic), "serious event", LOW_PER_10000)


def light_pinch(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """Recorded sessions at which no pain during needling was told."""
    sessions = _recorded(clinic)
    without, known = sessions.share(~sessions.told.has("pain_during")), sessions.known()
    figure = share_figure("sessions without pain during needling told", without)
    few = _few({"with side effects recorded": without.patients}, known, settings)
    if few:
        return reasons.not_enough(few, figure)
    return Tested(
        reasons.judged(without.low > HALF),
        f"No pain during needling was told in {reasons.share(without, 'sessions')};"
        " where it was not told it may still have been felt.",
        (figure,),
        (Blanks({"": without, "known": known}),),
    )


def contraindicated_not_treated(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """Needled sessions with a contraindication flagged: one is enough to refute it."""
    visits = clinic.visits
    needled = (is_treatment(visits) & (visits["technique"] != "none")).to_numpy(dtype=bool)
    recorded = visits["contraindications"].notna().to_numpy(dtype=bool)
    flagged = recorded & (visits["contraindications"] != "").to_numpy(dtype=bool)
    patients = patient_codes(visits)
    treated = of_sessions(flagged, needled & recorded, patients)
    known = of_sessions(recorded, needled, patients)
    figure = share_figure("needled sessions with a contraindication flagged", treated)
    found = len(contraindicated_and_treated(clinic))
    few = reasons.too_few(
        {"with contraindications recorded": treated.patients}, settings.fewest_patients
    )
    few = few or reasons.too_little_known(known, "Contraindications were recorded at")
    if few and not found:
        return reasons.not_enough(few, figure)
    return Tested(
        reasons.judged(not found),
        f"{reasons.counted(found, 'session')} of {treated.of:,} with contraindications recorded"
        f" {'was' if found == 1 else 'were'} flagged and treated all the same.",
        (figure,),
        (Blanks({"": treated, "known": known}),) if not few else (),
    )


def _recorded(clinic: Clinic) -> Recorded:
    sessions = treatment_sessions(clinic, (), *COLUMNS, "technique")
    codes = codes_among(sessions["technique"], NEEDLED)
    return Recorded(told_effects(sessions), patient_codes(sessions), codes)


def _few(groups: dict[str, int], known: Tally, settings: Settings) -> str | None:
    few = reasons.too_few(groups, settings.fewest_patients)
    return few or reasons.too_little_known(known, "Side effects were recorded at")


def _common_events(sessions: Recorded) -> Tally:
    """One row a side effect told, so that a session with two has two."""
    recorded = sessions.told.recorded
    told = sessions.told.sets[sessions.told.which[recorded]]
    row, kind = np.nonzero(told)
    common = np.isin(kind, [SIDE_EFFECTS.index(name) for name in COMMON])
    everything = np.ones(len(row), dtype=bool)
    return of_sessions(common, everything, sessions.patients[recorded][row])


def _serious_visits(clinic: Clinic, technique: str | None = None) -> int:
    """Visits of any kind at which a serious event was told."""
    chosen = clinic.visits
    if technique:
        chosen = chosen[(chosen["technique"] == technique).to_numpy(dtype=bool)]
    return int(told_effects(chosen).serious.sum())


def _rare(
    clinic: Clinic,
    settings: Settings,
    events: int,
    what: str,
    bound: float,
    little_known: str | None = None,
) -> Tested:
    sessions = _recorded(clinic)
    every, known = sessions.share(sessions.told.serious), sessions.known()
    figure = _serious_figure(f"{what}, told at any visit", events, every)
    few = reasons.too_few({"with side effects recorded": every.patients}, settings.fewest_patients)
    few = few or little_known
    if few:
        return reasons.not_enough(few, figure)
    _, high = _per_10000(events, every.of)
    return Tested(
        reasons.judged(high < bound),
        _serious_in_words(events, every.of, what),
        (figure,),
        (Blanks({"events": _of(every, events), "known": known}, otherwise=not events),),
    )


def _of(every: Tally, events: int) -> Tally:
    """The recorded sessions, with the events told at any visit."""
    low, high = (limit / 10_000 for limit in _per_10000(events, every.of))
    return Tally(
        n=events, of=every.of, patients=every.patients,
        patients_with=min(events, every.patients), patients_without=every.patients,
        largest=every.largest, rate=events / every.of, low=low, high=high, sessions=True,
    )  # fmt: skip


def _per_10000(events: int, of: int) -> tuple[float, float]:
    """Exact limits; more events than sessions is no rate."""
    if not of or events > of:
        return (np.nan, np.nan)
    low, high = rare_rate(events, of)
    return float(10_000 * low), float(10_000 * high)


def _serious_figure(about: str, events: int, every: Tally) -> Figure:
    low, high = _per_10000(events, every.of)
    value = 10_000 * events / every.of if every.of else None
    limits = (None, None) if pd.isna(high) else (low, high)
    return Figure(about, PER_10000, value, *limits, events, every.of, every.patients)


def _serious_in_words(events: int, of: int, what: str) -> str:
    low, high = _per_10000(events, of)
    told = reasons.counted(events, "visit") if events else "No visit"
    return (
        f"{told} told of a {what}, against {of:,} recorded sessions: {low:.1f} to {high:.1f} per"
        " 10,000 (95% CI)."
    )
