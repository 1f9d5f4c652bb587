"""Claims about pain: directly after, after twelve weeks, by stage and by condition."""

from collections.abc import Sequence

import numpy as np

from pipelines import thresholds
from pipelines.claims import reasons
from pipelines.claims.held import NOT_ENOUGH, SHARE, Blanks, Figure, Tested
from pipelines.claims.tally import Tally, of_episodes, of_sessions
from pipelines.evidence import Claim
from pipelines.intervals import wilson
from pipelines.listing import listed
from pipelines.measures import eligibility
from pipelines.measures.duration import Window, improved_before
from pipelines.measures.grouping import patient_codes
from pipelines.measures.sessions import treatment_sessions
from pipelines.selection import Clinic
from pipelines.settings import Settings

HALF = 0.5
WEEKS_11_TO_13 = Window(84, 70, 90)
"""Days after the first treatment: week 1 is days 0 to 6."""


def less_pain_directly_after(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """Sessions with both scores that ended with at least 1 point less."""
    sessions = treatment_sessions(clinic, (), "pain_before", "pain_after")
    before, after = (sessions[name].to_numpy() for name in ("pain_before", "pain_after"))
    scored, patients = ~np.isnan(before) & ~np.isnan(after), patient_codes(sessions)
    drop = of_sessions(thresholds.fell_by_points(before, after, 1), scored, patients)
    known = of_sessions(scored, np.ones(len(sessions), dtype=bool), patients)
    figure = share_figure("sessions that ended with at least 1 point less pain", drop)
    few = reasons.too_few({"with both scores": drop.patients}, settings.fewest_patients)
    if few:
        return reasons.not_enough(few, figure)
    return Tested(
        reasons.judged(drop.low > HALF),
        f"Pain fell by at least 1 point in {reasons.share(drop, 'sessions')}.",
        (figure,),
        (Blanks({"": drop, "known": known}),),
    )


def lasts_twelve_weeks(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """Episodes improved at an earlier visit that were still improved in weeks 11 to 13."""
    patients = patient_codes(clinic.episodes)
    course = improved_before(clinic, settings, WEEKS_11_TO_13)
    still = of_episodes(course.still, course.earlier & course.seen, patients)
    known = of_episodes(course.seen, course.earlier & (course.seen | course.over), patients)
    figures = (
        share_figure("episodes still improved in weeks 11 to 13", still),
        share_figure("of those improved, seen in weeks 11 to 13", known),
    )
    few = reasons.too_few(
        {"improved earlier and seen in weeks 11 to 13": still.patients}, settings.fewest_patients
    )
    few = few or reasons.too_little_known(known, "Of the improved, seen in those weeks:")
    if few:
        return reasons.not_enough(few, *figures)
    return Tested(
        reasons.judged(still.low > HALF),
        f"Still improved in weeks 11 to 13: {reasons.share(still, 'episodes')}.",
        figures,
        (Blanks({"": still, "known": known}),),
    )


def by_stage(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """Acute and chronic pain, each on its own; both must hold, so no correction is needed."""
    return _each(clinic, settings, "chronicity", claim.groups, looks=1, noun="{} pain")


def by_condition(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """Each condition of the page; several looks, so each at a level that allows for them."""
    return _each(clinic, settings, "condition", claim.groups, looks=len(claim.groups), noun="{}")


def share_figure(about: str, tally: Tally, group: str | None = None, **also) -> Figure:
    """A tally as a figure."""
    return Figure(
        about,
        SHARE,
        tally.rate,
        tally.low,
        tally.high,
        tally.n,
        tally.of,
        tally.patients,
        group,
        **also,
    )


def _each(
    clinic: Clinic, settings: Settings, column: str, names: Sequence[str], looks: int, noun: str
) -> Tested:
    """Responders among the due, whoever was not followed counting as not improved."""
    found = {name: _responders(clinic, settings, column, name) for name in names}
    enough = {
        name: shares[""].patients >= settings.fewest_patients for name, shares in found.items()
    }
    holds = {name: enough[name] and _lowest(found[name][""], looks) > HALF for name in names}
    figures = tuple(
        share_figure(
            f"episodes with at least {settings.responder_percent:g}% less pain at the last visit",
            shares[""],
            name,
            verdict=reasons.judged(holds[name]) if enough[name] else NOT_ENOUGH,
        )
        for name, shares in found.items()
    )
    blanks = tuple(
        Blanks(shares, group=noun.format(reasons.inside(name)))
        for name, shares in found.items()
        if enough[name]
    )
    reason = _in_words(found, enough, holds, settings, looks)
    if not all(enough.values()):
        return Tested(NOT_ENOUGH, reason, figures, blanks)
    return Tested(reasons.judged(all(holds.values())), reason, figures, blanks)


def _lowest(tally: Tally, looks: int) -> float:
    """The lower limit at a level that allows for several looks (Bonferroni)."""
    return float(wilson(tally.n, tally.of, 1 - 0.05 / looks).low) if looks > 1 else tally.low


def _responders(clinic: Clinic, settings: Settings, column: str, name: str) -> dict[str, Tally]:
    episodes = clinic.episodes
    own = (episodes[column].astype("str").str.casefold() == name.casefold()).to_numpy(dtype=bool)
    of = own & eligibility.high_enough(episodes, settings) & eligibility.due(clinic, settings)
    followed, patients = eligibility.followed(episodes), patient_codes(episodes)
    baseline, latest = (episodes[part].to_numpy() for part in ("baseline", "latest"))
    responds = thresholds.fell_by_percent(baseline, latest, settings.responder_percent)
    return {
        "": of_episodes(responds, of, patients),
        "missing": of_episodes(~followed, of, patients),
        "worse": of_episodes(thresholds.worse(baseline, latest, settings), of, patients),
        "known": of_episodes(followed, of, patients),
    }


def _in_words(
    found: dict[str, dict[str, Tally]],
    enough: dict[str, bool],
    holds: dict[str, bool],
    settings: Settings,
    looks: int,
) -> str:
    parts = [
        f"{name}: {reasons.share(shares[''], 'episodes')}"
        for name, shares in found.items()
        if enough[name]
    ]
    few = {name: shares[""].patients for name, shares in found.items() if not enough[name]}
    kept = [name for name in found if holds[name]]
    said = ["; ".join(parts) + "."] if parts else []
    if parts and looks > 1:
        said.append(f"{_holding(kept)}, each lower limit allowing for {looks} looks (Bonferroni).")
    if few:
        counts = ", ".join(f"{reasons.inside(name)} {count}" for name, count in few.items())
        said.append(f"Too few patients (under {settings.fewest_patients}): {counts}.")
    return " ".join(said)


def _holding(names: list[str]) -> str:
    if not names:
        return "Over half for none of them"
    return f"Over half for {listed(reasons.inside(name) for name in names)}"
