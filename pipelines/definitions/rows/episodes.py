"""Episodes behind the figures of pain, sessions to improvement, mix and techniques."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from pipelines import thresholds
from pipelines.definitions.rows.rows import Rows, pseudonyms
from pipelines.measures import eligibility
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.tables import UNKNOWN

Masks = dict[str, np.ndarray]
FACTS = ("first_date", "last_date", "clinic", "therapist", "condition", "chronicity", "technique")
SCORES = ("treatment_sessions", "baseline", "latest", "latest_date")


def _frame(clinic: Clinic, *further: str) -> pd.DataFrame:
    episodes = clinic.episodes
    table = episodes[[*FACTS, *SCORES, *further]].reset_index(drop=True)
    table.insert(0, "patient", pseudonyms(episodes["patient_id"]).to_numpy())
    return table


def _scores(clinic: Clinic) -> tuple[np.ndarray, np.ndarray]:
    return clinic.episodes["baseline"].to_numpy(), clinic.episodes["latest"].to_numpy()


def _not_followed(clinic: Clinic, settings: Settings) -> Masks:
    return {
        "no_baseline": ~eligibility.has_baseline(clinic.episodes),
        "not_yet_followed": eligibility.not_yet_followed(clinic.episodes),
    }


def _not_eligible(clinic: Clinic, settings: Settings) -> Masks:
    low = eligibility.low_baseline(clinic.episodes, settings)
    return {**_not_followed(clinic, settings), "low_baseline": low}


def _not_due(clinic: Clinic, settings: Settings) -> Masks:
    known = eligibility.has_baseline(clinic.episodes)
    return {"no_baseline": ~known, "not_due": known & ~eligibility.due(clinic, settings)}


def _no_technique(clinic: Clinic, settings: Settings) -> Masks:
    unknown = clinic.episodes["technique"].isna() | (clinic.episodes["technique"] == UNKNOWN)
    return {"technique_unknown": unknown.to_numpy(dtype=bool)}


def _all(clinic: Clinic, settings: Settings) -> Rows:
    return Rows(_frame(clinic), {})


def _those(mask: Callable[[Clinic, Settings], np.ndarray]) -> Callable[[Clinic, Settings], Rows]:
    """All episodes, of which some are counted."""
    return lambda clinic, settings: Rows(_frame(clinic), {}, mask(clinic, settings))


def _change(clinic: Clinic, settings: Settings) -> Rows:
    baseline, latest = _scores(clinic)
    return Rows(_frame(clinic), _not_followed(clinic, settings), value=baseline - latest)


def _score(name: str) -> Callable[[Clinic, Settings], Rows]:
    def rows(clinic: Clinic, settings: Settings) -> Rows:
        score = clinic.episodes[name].to_numpy()
        return Rows(_frame(clinic), _not_followed(clinic, settings), value=score)

    return rows


def _eligible(clinic: Clinic, settings: Settings) -> Rows:
    return Rows(_frame(clinic), _not_eligible(clinic, settings))


def _met(measure: str, settings: Settings, clinic: Clinic) -> np.ndarray:
    """Whether each episode responds by this threshold."""
    scores = _scores(clinic)
    if measure == "responders_2pt":
        return thresholds.fell_by_points(*scores, settings.responder_points)
    percents = {
        "responders_30": settings.responder_percent,
        "responders_50": settings.substantial_percent,
    }
    return thresholds.fell_by_percent(*scores, percents[measure])


def _responders(measure: str) -> Callable[[Clinic, Settings], Rows]:
    def rows(clinic: Clinic, settings: Settings) -> Rows:
        met = _met(measure, settings, clinic)
        return Rows(_frame(clinic), _not_eligible(clinic, settings), met)

    return rows


def _outcome(name: str) -> Callable[[Clinic, Settings], Rows]:
    def rows(clinic: Clinic, settings: Settings) -> Rows:
        scores, aside = _scores(clinic), _not_eligible(clinic, settings)
        kinds = [thresholds.improved(*scores, settings), thresholds.worse(*scores, settings)]
        outcome = np.select(kinds, ["improved", "worse"], "unchanged")
        told = np.where(np.logical_or.reduce(list(aside.values())), "", outcome)
        return Rows(_frame(clinic).assign(outcome=told), aside, outcome == name)

    return rows


def _followed_of_due(clinic: Clinic, settings: Settings) -> Rows:
    followed = eligibility.followed(clinic.episodes)
    return Rows(_frame(clinic), _not_due(clinic, settings), followed)


def _due_responders(clinic: Clinic, settings: Settings) -> Rows:
    aside = {**_not_eligible(clinic, settings), **_not_due(clinic, settings)}
    return Rows(_frame(clinic), aside, _met("responders_30", settings, clinic))


def _bounds(clinic: Clinic, settings: Settings) -> Rows:
    """Those not followed up stay in: they are what the bounds leave open."""
    low = eligibility.low_baseline(clinic.episodes, settings)
    aside = {**_not_due(clinic, settings), "low_baseline": low}
    followed = eligibility.followed(clinic.episodes)
    return Rows(_frame(clinic), aside, followed & _met("responders_30", settings, clinic))


def _to_improvement(clinic: Clinic, settings: Settings) -> Rows:
    """Counted are those improved; `value` is the sessions to it, or to the last score."""
    episodes = clinic.episodes
    improved = episodes["improved"].to_numpy(dtype=bool, na_value=False)
    times = episodes["sessions_to_event"].to_numpy()
    return Rows(_frame(clinic), _not_eligible(clinic, settings), improved, times)


def _followed_to_improvement(clinic: Clinic, settings: Settings) -> Rows:
    return _to_improvement(clinic, settings)._replace(counted=None)


def _with_technique(
    inner: Callable[[Clinic, Settings], Rows], *further: str, sign: int = 1
) -> Callable[[Clinic, Settings], Rows]:
    """The rows of a figure, those without a known technique left out too."""

    def rows(clinic: Clinic, settings: Settings) -> Rows:
        found = inner(clinic, settings)
        frame = found.frame.assign(**{name: clinic.episodes[name].to_numpy() for name in further})
        value = None if found.value is None else sign * found.value
        aside = {**_no_technique(clinic, settings), **found.left_out}
        return found._replace(frame=frame, left_out=aside, value=value)

    return rows


BEHIND = {
    "counts.episodes": _all,
    "counts.no_baseline": _those(lambda c, s: ~eligibility.has_baseline(c.episodes)),
    "counts.low_baseline": _those(lambda c, s: eligibility.low_baseline(c.episodes, s)),
    "counts.not_yet_followed": _those(lambda c, s: eligibility.not_yet_followed(c.episodes)),
    "pain.n": _change,
    "pain.baseline_mean": _score("baseline"),
    "pain.latest_mean": _score("latest"),
    "pain.change_mean": _change,
    "pain.change_median": _change,
    "pain.eligible": _eligible,
    **{f"pain.{name}": _responders(name) for name in ("responders_30", "responders_50")},
    "pain.responders_2pt": _responders("responders_2pt"),
    **{f"pain.{name}": _outcome(name) for name in ("improved", "unchanged", "worse")},
    "outcomes": _outcome("improved"),
    "pain.completeness": _followed_of_due,
    "pain.responders_30_due": _due_responders,
    "pain.responders_30_bounds": _bounds,
    "sessions_to_improvement.n": _followed_to_improvement,
    "sessions_to_improvement.events": _to_improvement,
    "sessions_to_improvement.median": _to_improvement,
    "sessions_to_improvement.by_session": _to_improvement,
    "condition_mix": _all,
    "condition_mix.patients": _all,
    "condition_mix.outcome": _responders("responders_30"),
    "mix_by_month": _all,
    "techniques.episodes": _with_technique(_all),
    "techniques.responders_30": _with_technique(_responders("responders_30")),
    "techniques.lasting": _with_technique(_change),
    "techniques.lasting_raw": _with_technique(_change, sign=-1),
    "techniques.lasting_adjusted": _with_technique(_score("latest"), "age"),
}
